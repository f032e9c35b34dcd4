"""Pins -> the symbols that they name, and what is wrong with them."""

from __future__ import annotations

import dataclasses
import difflib
import typing

from pmgen.names import legal
from pmgen.names.sites import Sites, role_of
from pmgen.names.symbols import Names, Symbol, Thing
from pmgen.pins import REQUEST, spelled

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pmgen.api import Api
    from pmgen.infer import TypeTable
    from pmgen.pins import Pins, Place


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """``key``: the pin's. ``missing``: it names nothing here; another collection of the source may have it."""

    key: str
    text: str
    missing: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Pinned:
    """``names``: what the user has chosen; ``keys``: by which pin."""

    names: Mapping[Symbol, str]
    keys: Mapping[Symbol, str]
    faults: tuple[Fault, ...]


def pinned(pins: Pins, api: Api, table: TypeTable) -> Pinned:
    """Every pin's symbols. Faults: no such place, several, no name for code, two names for one thing."""
    names: dict[Symbol, str] = {}
    keys: dict[Symbol, str] = {}
    faults: list[Fault] = []
    for key, symbols, name in _claims(pins, _Index(api, table)):
        if isinstance(symbols, str):
            faults.append(Fault(key, symbols, missing=True))
            continue
        for symbol in symbols:
            fault = _fault(symbol, name, names.get(symbol, name), keys.get(symbol, ""))
            if fault:
                faults.append(Fault(key, fault))
            names[symbol], keys[symbol] = name, key
    return Pinned(names, keys, tuple(faults))


def collisions(found: Pinned, names: Names) -> tuple[Fault, ...]:
    """Pins that did not get their name: what they name stands beside something that has it by another pin."""
    lost = [s for s, name in found.names.items() if names.found[s] != name]
    return tuple(
        Fault(
            found.keys[s],
            f"The name {found.names[s]!r} is taken by {_holder(s, found)}",
        )
        for s in lost
    )


def _holder(symbol: Symbol, found: Pinned) -> str:
    name = found.names[symbol].casefold()
    others = (
        key
        for other, key in found.keys.items()
        if other != symbol and found.names[other].casefold() == name
    )
    return f"the pin {next(others, 'of something else')}"


def _fault(symbol: Symbol, name: str, before: str, key: str) -> str:
    wrong = legal.fault(symbol.thing, name)
    if wrong:
        return f"{name!r} {wrong}"
    if legal.is_reserved(symbol.thing, name):
        return f"{name!r} is reserved: generated code needs the name itself"
    return f"{key} names the same thing {before!r}" if before != name else ""


_Claim: typing.TypeAlias = "tuple[str, tuple[Symbol, ...] | str, str]"


def _claims(pins: Pins, index: _Index) -> Iterator[_Claim]:
    """Each pin's key, its symbols or why there are none, and the name."""
    for call in pins.names:
        yield f'names."{call.trail}"', index.members(call.trail), call.name
    for pin in pins.classes:
        yield f'classes."{pin.place}"', index.classes(pin.place), pin.name
    for pin in pins.fields:
        yield f'fields."{pin.place}"', index.fields(pin.place), pin.name


class _Index:
    """A client's things by what users call them. What is not found is told in words."""

    def __init__(self, api: Api, table: TypeTable) -> None:
        self._table, self._sites = table, Sites(table)
        self._calls: dict[str, list[str]] = {}
        self._folders: dict[str, list[str]] = {}
        for group in api.root.walk():
            for inner in group.groups:
                trail = "/".join(inner.trail)
                self._folders.setdefault(trail, []).append(inner.pointer)
            for operation in group.operations:
                trail = "/".join(operation.trail)
                self._calls.setdefault(trail, []).append(operation.pointer)

    def members(self, trail: str) -> tuple[Symbol, ...] | str:
        """A request, else a folder."""
        for thing, known, key in (
            (Thing.OPERATION, self._calls, trail),
            (Thing.GROUP, self._folders, trail.removesuffix("/")),
        ):
            if len(known.get(key, ())) > 1:
                return f"{len(known[key])} {thing}s are called so; give them names of their own"
            if key in known:
                return (Symbol(thing, (known[key][0],)),)
        near = _near(trail, [*self._calls, *self._folders])
        return f"No folder and no request is called so{near}"

    def classes(self, place: Place) -> tuple[Symbol, ...] | str:
        """The record at a place."""
        records = self._records(place, place.path)
        if isinstance(records, str):
            return records
        if len(records) > 1:
            told = ", ".join(f'("{text}")' for text in self._sites.texts(records)[:5])
            return f"{len(records)} classes stand there; put one of these at the end: {told}"
        return (Symbol(Thing.RECORD, (records[0],)),)

    def fields(self, place: Place) -> tuple[Symbol, ...] | str:
        """The attribute at a place, of every record there that has it."""
        *path, wire = place.path or ("",)
        records = self._records(place, tuple(path))
        if isinstance(records, str):
            return records
        known = {f.wire: None for i in records for f in self._table.records[i].fields}
        if wire not in known:
            return f"The class there has no key {wire!r}{_near(wire, known)}"
        return tuple(
            Symbol(Thing.FIELD, (i, wire))
            for i in records
            if any(field.wire == wire for field in self._table.records[i].fields)
        )

    def _records(self, place: Place, path: tuple[str, ...]) -> list[int] | str:
        pointers = self._calls.get(place.trail, [])
        if not pointers:
            return (
                f"No request is called {place.trail!r}{_near(place.trail, self._calls)}"
            )
        if len(pointers) > 1:
            return f"{len(pointers)} requests are called {place.trail!r}; give them names of their own"
        role = role_of(pointers[0], place)
        if role not in (known := self._sites.roles(pointers[0])):
            there = ", ".join(str(r.status or r.use) for r in known) or "nothing"
            return f"No class stands in its {place.status or REQUEST}, but in: {there}"
        found = self._sites.records(role, dataclasses.replace(place, path=path))
        if not found:
            at = spelled(path)
            near = _near(at, map(spelled, self._sites.paths(role)))
            return f"No class stands at {at}{near}"
        if place.case is not None and place.case not in self._sites.texts(found):
            return f"No class there is told by {place.case!r}{_near(place.case, self._sites.texts(found))}"
        return found


def _near(text: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(text, [str(k) for k in known], n=3, cutoff=0.5)
    return f"; near it: {', '.join(map(repr, found))}" if found else ""
