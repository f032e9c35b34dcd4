"""Types, as decided: what the target language has to express. Records live in a table and are referred to."""

from __future__ import annotations

import dataclasses
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pmgen.infer.roles import Role


@dataclasses.dataclass(frozen=True, slots=True)
class Scalar:
    """``kind``: anything, null, boolean, integer, number (integers included) or string."""

    kind: str


ANYTHING = Scalar("anything")


@dataclasses.dataclass(frozen=True, slots=True)
class Timestamp:
    """Text that is a date or a time in one style (runtime.dates)."""

    style: str


@dataclasses.dataclass(frozen=True, slots=True)
class Array:
    """A list of one item type."""

    item: Type


@dataclasses.dataclass(frozen=True, slots=True)
class Map:
    """An object whose keys are data."""

    value: Type


@dataclasses.dataclass(frozen=True, slots=True)
class Ref:
    """A record, by its number in the table."""

    record: int


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """An object that is one of several records, told by the text under the key ``tag``; two or more ``cases``.

    Several texts may stand for one record. Text that is no case is no value of the type.
    """

    tag: str
    cases: tuple[tuple[str, Ref], ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Union:
    """Two or more members, no two of the same JSON type, none of them a union or anything."""

    members: tuple[Type, ...]


Type: typing.TypeAlias = "Scalar | Timestamp | Array | Map | Ref | Choice | Union"


# Tuples, as Role and Node are, since these are made in great numbers and frozen dataclasses take thrice the time.
class Origin(typing.NamedTuple):
    """Where a record was found: in a role, at a path of keys, ``[]`` for items, ``{}`` for values of a map."""

    role: Role
    path: tuple[str, ...]
    objects: int


def holds_records(found: Type) -> bool:
    """Whether there are any."""
    if isinstance(found, (Scalar, Timestamp, Ref)):  # most are
        return isinstance(found, Ref)
    return next(references(found), None) is not None


def references(found: Type) -> Iterator[int]:
    """The records that a type refers to itself, not through other records."""
    match found:
        case Ref(record):
            yield record
        case Array(inner) | Map(inner):
            yield from references(inner)
        case Choice(_, cases):
            yield from (ref.record for _, ref in cases)
        case Union(members):
            for member in members:
                yield from references(member)
        case Scalar() | Timestamp():
            return


def by_spot(origins: Iterable[Origin]) -> dict[tuple[Role, tuple[str, ...]], Origin]:
    """One origin for each place, with all that was seen there; by role and path."""
    found: dict[tuple[Role, tuple[str, ...]], Origin] = {}
    for origin in origins:
        spot = origin.role, origin.path
        before = found.get(spot)
        count = origin.objects + before.objects if before else origin.objects
        found[spot] = Origin(*spot, count) if before else origin
    return found


@dataclasses.dataclass(frozen=True, slots=True)
class Loan:
    """Evidence that one place of a record has from another: the ``borrower`` alone shows nothing of the type."""

    borrower: Origin
    lender: Origin


class Field(typing.NamedTuple):
    """``seen`` of the record's ``of`` objects had the key; ``nulls`` of those held null.

    ``values``: the texts that were seen, sorted, if they are few and short; () if not. ``loans``: places where the
    type is known from another one only.
    """

    wire: str
    type: Type
    required: bool
    seen: int
    of: int
    nulls: int
    values: tuple[str, ...] = ()
    loans: tuple[Loan, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Record:
    """An object type. ``origins`` are in document order; equal records of several places are one.

    Records may hold themselves, at any remove.
    """

    fields: tuple[Field, ...]
    origins: tuple[Origin, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class TypeTable:
    """All records in document order (owners before what they hold), and the type of each role that has JSON."""

    records: tuple[Record, ...]
    roots: Mapping[Role, Type]

    def check(self) -> None:
        """Raise AssertionError where an invariant of the table is broken; for tests."""
        for found in (
            *self.roots.values(),
            *(f.type for r in self.records for f in r.fields),
        ):
            _check(found, len(self.records))


def _check(found: Type, records: int) -> None:
    match found:
        case Ref(record):
            assert 0 <= record < records, f"dangling {found}"
        case Array(inner) | Map(inner):
            _check(inner, records)
        case Choice(_, cases):
            assert len({ref for _, ref in cases}) > 1, f"no choice in {found}"
            for _, ref in cases:
                _check(ref, records)
        case Union(members):
            assert len(set(members)) > 1, f"no choice in {found}"
            assert not any(isinstance(m, Union) or m == ANYTHING for m in members)
            for member in members:
                _check(member, records)
        case Scalar() | Timestamp():
            pass
