"""The types that pmgen.toml wishes for, as inference takes them: places of a collection instead of text."""

from __future__ import annotations

import dataclasses
import difflib
import typing

from pmgen.infer import Role, Use, Wish, WishError, decide, endpoints, roles
from pmgen.names.pinned import Fault

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.api import Api
    from pmgen.infer import Spot, TypeTable
    from pmgen.pins import Override, Place


def typed(
    api: Api, overrides: tuple[Override, ...]
) -> tuple[TypeTable, tuple[Fault, ...]]:
    """The types of a collection, and the wishes that can't hold; after a fault the types are as without wishes."""
    found = _Wanted({}, {}, [])
    calls = calls_of(api)
    for override in overrides:
        _resolve(override, calls, found)
    samples, ends = roles(api), endpoints(api)
    if not found.faults:
        try:
            return decide(samples, ends, wishes=found.wishes), ()
        except WishError as error:
            for spot, reason in error.reasons.items():
                found.faults.append(Fault(found.keys[spot], reason))
    return decide(samples, ends), tuple(found.faults)


@dataclasses.dataclass(frozen=True, slots=True)
class _Wanted:
    """``keys``: how messages call each."""

    wishes: dict[Spot, Wish]
    keys: dict[Spot, str]
    faults: list[Fault]


def calls_of(api: Api) -> Mapping[str, list[str]]:
    """The pointers of the requests of each trail."""
    found: dict[str, list[str]] = {}
    for group in api.root.walk():
        for operation in group.operations:
            found.setdefault("/".join(operation.trail), []).append(operation.pointer)
    return found


def _resolve(override: Override, calls: Mapping[str, list[str]], into: _Wanted) -> None:
    key = f'types."{override.place}"'
    pointers = calls.get(override.place.trail, [])
    if len(pointers) != 1:
        text = no_request(override.place.trail, calls, len(pointers))
        into.faults.append(Fault(key, text, missing=not pointers))
        return
    try:
        wish = Wish.parse(override.spec)
    except ValueError as error:
        into.faults.append(Fault(key, f"{override.spec!r}: {error}"))
        return
    spot = (_role(pointers[0], override.place), override.place.path)
    into.wishes[spot], into.keys[spot] = wish, key


def no_request(trail: str, calls: Mapping[str, list[str]], count: int) -> str:
    """Why a trail that ``count`` requests have, none or several, names no request."""
    if count:
        return f"{count} requests are called {trail!r}; give them names of their own"
    near = difflib.get_close_matches(trail, calls, n=3, cutoff=0.5)
    hint = f"; near it: {', '.join(map(repr, near))}" if near else ""
    return f"No request is called {trail!r}{hint}"


def _role(pointer: str, place: Place) -> Role:
    if place.status is None:
        return Role(pointer, Use.REQUEST)
    return Role(pointer, Use.REPLY, place.status)
