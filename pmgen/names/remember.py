"""Names -> Kept: what of them the next run needs to give the same ones."""

from __future__ import annotations

import typing

from pmgen.infer import Ref
from pmgen.names.homes import chains, spread
from pmgen.names.kept import (
    MOST_PLACES,
    Kept,
    KeptCall,
    KeptClass,
    KeptFolder,
    numbered,
)
from pmgen.names.sites import Sites
from pmgen.names.symbols import Names, Thing
from pmgen.names.uses import remembered
from pmgen.pins import Place

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmgen.api import Api, Operation
    from pmgen.infer import Origin, Record, TypeTable
    from pmgen.names.homes import Chain


def remember(api: Api, table: TypeTable, names: Names) -> Kept:
    """Everything that a user's code can name, and by what it is known."""
    folders, keys = _folders(api, names)
    calls, trails = _calls(api, names, keys)
    settings = {s.key: str(names(Thing.SETTING, s.key)) for s in api.settings}
    return Kept(
        settings=remembered(api, settings, trails),
        folders=folders,
        calls=calls,
        classes=tuple(_classes(api, table, names, trails)),
        codecs=tuple(_codecs(table, names, trails)),
    )


def _folders(api: Api, names: Names) -> tuple[dict[str, KeptFolder], Mapping[str, str]]:
    """By key; and the key of each, by pointer."""
    found: dict[str, KeptFolder] = {}
    keys = {api.root.pointer: ""}
    for outer in api.root.walk():
        for group in outer.groups:
            trail = "/".join(group.trail)
            keys[group.pointer] = key = numbered(trail, found)
            name = str(names(Thing.GROUP, group.pointer))
            found[key] = KeptFolder(trail, name, keys[outer.pointer], group.id)
    return found, keys


def _calls(
    api: Api, names: Names, keys: Mapping[str, str]
) -> tuple[dict[str, KeptCall], Mapping[str, str]]:
    """By key; and the key of each, by pointer."""
    found: dict[str, KeptCall] = {}
    trails: dict[str, str] = {}
    for group in api.root.walk():
        for operation in group.operations:
            trail = "/".join(operation.trail)
            trails[operation.pointer] = key = numbered(trail, found)
            found[key] = KeptCall(
                trail=trail,
                name=str(names(Thing.OPERATION, operation.pointer)),
                folder=keys[group.pointer],
                id=operation.id,
                digests=operation.digests,
                params=dict(_params(operation, names)),
                iterate=_iterate(operation, names),
            )
    return found, trails


def _iterate(operation: Operation, names: Names) -> str:
    paged = operation.paging is not None
    return str(names(Thing.ITERATION, operation.pointer)) if paged else ""


def _params(operation: Operation, names: Names) -> Iterator[tuple[str, str]]:
    for param in operation.params:
        name = names(Thing.PARAM, operation.pointer, param.key)
        if name != param.wire:
            yield param.key, str(name)


def _classes(
    api: Api, table: TypeTable, names: Names, trails: Mapping[str, str]
) -> Iterator[KeptClass]:
    around, sites = chains(api), Sites(table)
    for index, record in enumerate(table.records):
        places = tuple(
            sites.place(index, origin, trails[origin.role.operation])
            for origin in _telling(record, around)
        )
        fields = {
            field.wire: str(name)
            for field in record.fields
            if (name := names(Thing.FIELD, index, field.wire)) != field.wire
        }
        yield KeptClass(str(names(Thing.RECORD, index)), places, fields)


def _telling(record: Record, around: Mapping[str, Chain]) -> list[Origin]:
    by_call: dict[str, Origin] = {}
    for origin in record.origins:
        by_call.setdefault(origin.role.operation, origin)
    found = [by_call[p] for p in spread(list(by_call), around, MOST_PLACES)]
    found += [origin for origin in record.origins if origin not in found]
    return found[:MOST_PLACES]


def _codecs(
    table: TypeTable, names: Names, trails: Mapping[str, str]
) -> Iterator[KeptClass]:
    for role, root in table.roots.items():
        if not isinstance(root, Ref):
            place = Place(trails[role.operation], role.status or None, ())
            yield KeptClass(str(names(Thing.CODEC, role)), (place,))
