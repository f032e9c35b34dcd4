"""What of the new side is what of the old one, told by what tells it to `generate`, so that names and changes agree."""

from __future__ import annotations

import typing

from pmgen.diff.model import Link
from pmgen.names import matching
from pmgen.names.symbols import Symbol, Thing

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pmgen.diff.model import Call, Side, Version

_Key = typing.TypeVar("_Key", bound=typing.Hashable)


def link(old: Side, new: Side, version: Version) -> Link:
    """``version`` is the new one: its names are those that the old side had, where they were found again."""
    folders = matching.folders(old.kept, new.api)
    calls = matching.calls(old.kept, new.api, folders)
    of_calls = _pointers(old.kept.calls, old.calls)
    roots = {new.api.root.pointer: old.api.root.pointer}
    inner = [g.pointer for outer in old.api.root.walk() for g in outer.groups]
    of_folders = _pointers(old.kept.folders, inner)
    found = _same_name(
        {pointer: of_calls[key] for pointer, key in calls.items()},
        {pointer: call.path for pointer, call in old.calls.items()},
        {pointer: call.path for pointer, call in new.calls.items()},
    )
    records = _same_class(old, new, dict(_records(old, new, version)))
    merged = _merged(old, new, found, records)
    return Link(
        calls=found,
        folders=roots | {p: of_folders[key] for p, key in folders.items()},
        settings=_settings(old, new, version),
        records=records | merged,
        merged=frozenset(merged),
        restated=frozenset(
            pointer
            for pointer, before in found.items()
            if _is_restated(old.calls[before], new.calls[pointer])
        ),
    )


def _same_name(
    known: Mapping[_Key, _Key],
    old: Mapping[_Key, typing.Hashable],
    new: Mapping[_Key, typing.Hashable],
) -> dict[_Key, _Key]:
    """New -> old: what is ``known``, and of the rest what has the same name, since for a user that is the same thing."""
    taken = set(known.values())
    rest = {name: key for key, name in old.items() if key not in taken}
    found = {k: rest[n] for k, n in new.items() if k not in known and n in rest}
    return {**known, **found}


def _same_class(old: Side, new: Side, known: dict[int, int]) -> dict[int, int]:
    found = _same_name(
        {after: before for before, after in known.items()},
        {number: found.path for number, found in enumerate(old.classes)},
        {number: found.path for number, found in enumerate(new.classes)},
    )
    return {before: after for after, before in found.items()}


def _pointers(keys: Iterable[str], pointers: Iterable[str]) -> Mapping[str, str]:
    """Pointers by the keys under which they are kept: both are in the order of the walk."""
    return dict(zip(keys, pointers, strict=True))


def _records(old: Side, new: Side, version: Version) -> Iterable[tuple[int, int]]:
    numbers = {found.name: number for number, found in enumerate(old.classes)}
    kept = version.analysis.given.kept
    for number in range(len(new.classes)):
        name = kept.get(Symbol(Thing.RECORD, (number,)))
        if name in numbers:
            yield numbers[name], number


def _merged(
    old: Side, new: Side, calls: Mapping[str, str], known: Mapping[int, int]
) -> dict[int, int]:
    """Records without a successor of which all places that are still there lie in one record now."""
    now = {before: pointer for pointer, before in calls.items()}
    at: dict[typing.Hashable, set[int]] = {}
    for number, found in enumerate(new.classes):
        for origin in found.record.origins:
            at.setdefault((origin.role, origin.path), set()).add(number)
    merged: dict[int, int] = {}
    for number, found in enumerate(old.classes):
        if number in known:
            continue
        places = [
            (o.role._replace(operation=now.get(o.role.operation, "")), o.path)
            for o in found.record.origins
        ]
        heirs = [at.get(place, set()) for place in places if place in at]
        if heirs and len(set().union(*heirs)) == 1:
            merged[number] = next(iter(heirs[0]))
    return merged


def _settings(old: Side, new: Side, version: Version) -> Mapping[str, str]:
    keys = {name: key for key, (name, _) in old.settings.items()}
    kept = version.analysis.given.kept
    found = {key: kept.get(Symbol(Thing.SETTING, (key,)), "") for key in new.settings}
    return _same_name(
        {key: keys[name] for key, name in found.items() if name in keys},
        {key: name for key, (name, _) in old.settings.items()},
        {key: name for key, (name, _) in new.settings.items()},
    )


def _is_restated(old: Call, new: Call) -> bool:
    """Whether what its examples show may come from another request, or the user wishes for other types."""
    if old.wishes != new.wishes:
        return True
    before, after = old.operation, new.operation
    if before.digests == after.digests or before.digests[1] == after.digests[1]:
        return False
    return before.digests[0] != after.digests[0] and _declared(old) != _declared(new)


def _declared(call: Call) -> tuple[object, ...]:
    """The request but for its description and its place."""
    found, body = call.operation, call.operation.body
    told = body and (body.kind, body.text, body.content_type, body.operation)
    return found.method, found.display, found.sent, told
