"""Kept -> the names that symbols had in the last run, whatever was added, removed, reordered or moved since."""

from __future__ import annotations

import collections
import typing

from pmgen.names import matching
from pmgen.names.sites import Sites, role_of
from pmgen.names.symbols import Symbol, Thing
from pmgen.names.uses import recalled

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmgen.api import Api
    from pmgen.infer import TypeTable
    from pmgen.names.kept import Kept, KeptClass

_Found: typing.TypeAlias = "Iterator[tuple[Symbol, str]]"


def recall(
    kept: Kept, api: Api, table: TypeTable
) -> tuple[Mapping[Symbol, str], frozenset[Symbol]]:
    """The names; and which symbols are in another scope than they were, where they must give way."""
    folders = matching.folders(kept, api)
    calls = matching.calls(kept, api, folders)
    settings = recalled(kept.settings, api, calls)
    found = {Symbol(Thing.SETTING, (key,)): name for key, name in settings.items()}
    for pointer, key in folders.items():
        found[Symbol(Thing.GROUP, (pointer,))] = kept.folders[key].name
    for pointer, key in calls.items():
        call = kept.calls[key]
        found[Symbol(Thing.OPERATION, (pointer,))] = call.name
        if call.iterate:
            found[Symbol(Thing.ITERATION, (pointer,))] = call.iterate
        for param, name in call.params.items():
            found[Symbol(Thing.PARAM, (pointer, param))] = name
    pointers = {key: pointer for pointer, key in calls.items()}
    found.update(_classes(kept.classes, table, pointers))
    found.update(_codecs(kept.codecs, pointers))
    return found, frozenset(_moved(kept, api, calls, folders))


def _moved(
    kept: Kept, api: Api, calls: Mapping[str, str], folders: Mapping[str, str]
) -> Iterator[Symbol]:
    was = {api.root.pointer: "", **folders}
    for group in api.root.walk():
        for operation in group.operations:
            key = calls.get(operation.pointer)
            if key and kept.calls[key].folder != was.get(group.pointer):
                yield Symbol(Thing.OPERATION, (operation.pointer,))
                yield Symbol(Thing.ITERATION, (operation.pointer,))
        for inner in group.groups:
            key = folders.get(inner.pointer)
            if key and kept.folders[key].folder != was.get(group.pointer):
                yield Symbol(Thing.GROUP, (inner.pointer,))


def _classes(
    classes: tuple[KeptClass, ...], table: TypeTable, pointers: Mapping[str, str]
) -> _Found:
    """A class is the record that holds the most of its places; of several classes in one record the fullest lives on."""
    sites = Sites(table)
    votes = [
        (-count, number, record)
        for number, kept in enumerate(classes)
        for record, count in _votes(kept, sites, pointers).items()
    ]
    named: set[int] = set()
    given: set[int] = set()
    for _, number, record in sorted(votes, key=lambda vote: vote[:2]):
        if number not in given and record not in named:
            given.add(number)
            named.add(record)
            yield Symbol(Thing.RECORD, (record,)), classes[number].name
            for wire, name in classes[number].fields.items():
                yield Symbol(Thing.FIELD, (record, wire)), name


def _votes(
    kept: KeptClass, sites: Sites, pointers: Mapping[str, str]
) -> collections.Counter[int]:
    return collections.Counter(
        record
        for place in kept.at
        if place.trail in pointers
        for record in sites.records(role_of(pointers[place.trail], place), place)
    )


def _codecs(codecs: tuple[KeptClass, ...], pointers: Mapping[str, str]) -> _Found:
    for kept in codecs:
        for place in kept.at:
            if place.trail in pointers:
                role = role_of(pointers[place.trail], place)
                yield Symbol(Thing.CODEC, (role,)), kept.name
