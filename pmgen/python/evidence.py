"""What the examples showed, as documentation of the generated classes."""

from __future__ import annotations

import itertools
import typing

from pmgen.infer import ANYTHING, Array, Map, Use
from pmgen.python.literal import string

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.infer import Field, Origin, Record, Role
    from pmgen.python.places import Places

_MOST_PLACES = 5
_MOST_LOANS = 2
_MOST_VALUES = 5


def of_class(record: Record, places: Places) -> str:
    """Where it was seen, and how often."""
    first, *others = record.origins
    doc = f"{_capital(_place(first, places))} ({first.objects} seen)."
    if others:
        shown = [
            f"{_place(o, places)} ({o.objects} seen)" for o in others[:_MOST_PLACES]
        ]
        rest = len(others) - len(shown)
        more = [f"{rest} more"] if rest else []
        doc += f"\n\nOne type with {_counted(len(others), 'other place')}: "
        doc += "; ".join([*shown, *more]) + "."
    return doc


def of_field(field: Field, places: Places) -> str:
    """What the examples showed, where it is not simply a value in each."""
    notes = [*_unknown(field), *_counts(field), *_seen(field), *_loans(field, places)]
    return " ".join(notes)


def what(role: Role, places: Places) -> str:
    """A role in words."""
    if role in places.described:
        return places.described[role]
    use = "request body" if role.use is Use.REQUEST else f"{role.status} reply"
    return f'the {use} of "{places.called[role.operation]}"'


def _unknown(field: Field) -> Iterator[str]:
    found = field.type
    if found == ANYTHING:
        yield "Unknown: only `null` was seen." if field.nulls else "Unknown."
    elif isinstance(found, Array) and found.item == ANYTHING:
        yield "Its items are unknown."
    elif isinstance(found, Map) and found.value == ANYTHING:
        yield "Its values are unknown."


def _counts(field: Field) -> Iterator[str]:
    if field.seen < field.of:
        yield f"Seen in {field.seen} of {field.of}."
    if field.nulls and field.type != ANYTHING:
        yield f"Null in {field.nulls} of {field.seen}."


def _seen(field: Field) -> Iterator[str]:
    """The texts; more are possible."""
    if field.values:
        shown = ", ".join(map(string, field.values[:_MOST_VALUES]))
        rest = len(field.values) - _MOST_VALUES
        yield f"Seen: {shown}{f' and {rest} more' if rest > 0 else ''}."


def _loans(field: Field, places: Places) -> Iterator[str]:
    """Which places show nothing of the type, and where it is from."""
    by_lender = itertools.groupby(field.loans, key=lambda loan: loan.lender)
    for lender, loans in itertools.islice(by_lender, _MOST_LOANS):
        borrowers = [_place(loan.borrower, places) for loan in loans]
        where = "; ".join(borrowers[:_MOST_LOANS])
        rest = len(borrowers) - _MOST_LOANS
        more = f" and {_counted(rest, 'more place')}" if rest > 0 else ""
        yield f"Only null or empty in {where}{more}: the type is from {_place(lender, places)}."


def _place(origin: Origin, places: Places) -> str:
    path = "".join(
        step if step in ("[]", "{}") else f".{step}" for step in origin.path
    ).removeprefix(".")
    where = what(origin.role, places)
    return f"`{path}` of {where}" if path else where


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")
