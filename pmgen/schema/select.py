"""Which schema is meant: an operation by its trail or pointer, and one of its statuses."""

from __future__ import annotations

import difflib
import typing

from pmgen.schema.document import Catalogue, label, part

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pmgen.api import Operation
    from pmgen.pipeline import Analysis
    from pmgen.source import Json

    Found: typing.TypeAlias = tuple[Analysis, Operation]


class UnknownError(ValueError):
    """Nothing is called so, or more than one thing; says what there is."""


def single(analyses: Iterable[Analysis], wanted: str, status: str | None) -> Json:
    """One schema that stands alone. ``status``: `200`, or `request`; None where there is but one.

    Raises UnknownError.
    """
    analysis, operation = _operation(list(_all(analyses)), wanted)
    known = {
        label(role): role
        for role in analysis.table.roots
        if role.operation == operation.pointer
    }
    name = "/".join(operation.trail)
    if not known:
        raise UnknownError(f"{name!r} has no JSON example, so it has no schema.")
    if status is None and len(known) > 1:
        raise UnknownError(f"{name!r} has several; give --status {_listed(known)}.")
    role = known.get(status or next(iter(known)))
    if role is None:
        raise UnknownError(f"{name!r} has no {status!r}, but {_listed(known)}.")
    return part(role, Catalogue.of(analysis.api, analysis.table, analysis.given))


def _all(analyses: Iterable[Analysis]) -> Iterable[Found]:
    for analysis in analyses:
        for group in analysis.api.root.walk():
            yield from ((analysis, operation) for operation in group.operations)


def _listed(known: Iterable[str]) -> str:
    *others, last = sorted(known)
    return f"{', '.join(others)} or {last}" if others else last


#: The ways to call an operation, the most exact first.
_WAYS: tuple[Callable[[Found, str], bool], ...] = (
    lambda found, wanted: wanted == found[1].pointer,
    lambda found, wanted: wanted in (_full(found), "/".join(found[1].trail)),
    lambda found, wanted: f"/{_full(found)}".endswith(f"/{wanted}"),
)


def _full(found: Found) -> str:
    """The trail with the collection's name before it."""
    return "/".join((found[0].api.name, *found[1].trail))


def _operation(found: list[Found], wanted: str) -> Found:
    for is_meant in _WAYS:
        meant = [one for one in found if is_meant(one, wanted)]
        if len(meant) == 1:
            return meant[0]
        if meant:
            names = ", ".join(f"{_full(one)!r} at {one[1].pointer}" for one in meant)
            raise UnknownError(
                f"{wanted!r} may be {names}; give the longer or the latter."
            )
    raise UnknownError(f"No operation {wanted!r}; {_near(found, wanted)}")


def _near(found: list[Found], wanted: str) -> str:
    """What it may have been, by its whole trail or its name alone."""
    spelled: dict[str, str] = {}
    for _, operation in found:
        trail = "/".join(operation.trail)
        spelled.setdefault(trail.lower(), trail)
        spelled.setdefault(operation.name.lower(), trail)
    close = difflib.get_close_matches(wanted.lower(), spelled, cutoff=0.5)
    names = dict.fromkeys(repr(spelled[name]) for name in close)
    return f"near it: {', '.join(names)}." if names else "`pmgen inspect` lists all."
