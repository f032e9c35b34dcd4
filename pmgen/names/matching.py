"""Requests and folders of the last run found again: by Postman's id, by their place, by what they send and hold."""

from __future__ import annotations

import collections
import dataclasses
import typing

if typing.TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Hashable,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )

    from pmgen.api import Api, Group
    from pmgen.names.kept import Kept


@dataclasses.dataclass(frozen=True, slots=True)
class _Signs:
    """What a request is known by. ``folder``: the key of what its folder was, None if that is new."""

    id: str
    trail: str
    request: str
    examples: str
    folder: str | None

    @property
    def around(self) -> str:
        """The trail of its folder, roughly: names may hold slashes."""
        return self.trail.rpartition("/")[0]

    @property
    def name(self) -> str:
        """The last part of the trail, which is all that a move leaves."""
        return _last(self.trail)


_Stage: typing.TypeAlias = "Callable[[_Signs], Hashable]"
_STAGES: Sequence[_Stage] = [
    lambda s: s.id or None,
    lambda s: (s.trail, s.request, s.examples),
    lambda s: (s.trail, s.request),
    # Moved, and otherwise as it was.
    lambda s: (s.name, s.request, s.examples),
    lambda s: (s.name, s.request),
    # Edited.
    lambda s: s.trail,
    # Called otherwise, perhaps elsewhere.
    lambda s: (s.around, s.request),
    lambda s: (s.request, s.examples),
    lambda s: s.request,
]
"""What makes a request the same one, the surest sign first; None says nothing."""


def calls(kept: Kept, api: Api, folders: Mapping[str, str]) -> Mapping[str, str]:
    """Pointer of a request -> key of what it was. ``folders``: those that were found."""
    found: dict[str, str] = {}
    was = {
        key: _Signs(call.id, call.trail, *call.digests, call.folder)
        for key, call in kept.calls.items()
    }
    now = _now(api, folders)
    for stage in _STAGES:
        _pair(found, was, now, _in_folder(stage))
        _pair(found, was, now, stage)
    return found


def _now(api: Api, known: Mapping[str, str]) -> Mapping[str, _Signs]:
    """The requests that there are. ``known``: folders that were found."""
    inside = {api.root.pointer: "", **known}
    return {
        o.pointer: _Signs(o.id, _path(o.trail), *o.digests, inside.get(group.pointer))
        for group in api.root.walk()
        for o in group.operations
    }


def _in_folder(stage: _Stage) -> _Stage:
    """The same within one folder."""

    def key(signs: _Signs) -> Hashable:
        found = stage(signs)
        known = found is not None and signs.folder is not None
        return (found, signs.folder) if known else None

    return key


def folders(kept: Kept, api: Api) -> Mapping[str, str]:
    """Pointer of a folder -> key of what it was: the most alike first."""
    found: dict[str, str] = {}
    groups = {g.pointer: g for g in api.root.walk() if g is not api.root}
    _pair(found, kept.folders, groups, lambda folder: folder.id or None)
    was, now = _held_then(kept), {p: _held_now(g) for p, g in groups.items()}
    by_sign: dict[str, list[str]] = {}
    for key, held in was.items():
        for sign in held.signs():
            by_sign.setdefault(sign, []).append(key)
    alike = [
        (-_likeness(was[key], held), pointer, key)
        for pointer, held in now.items()
        for key in dict.fromkeys(k for s in held.signs() for k in by_sign.get(s, ()))
    ]
    taken = set(found.values())
    for _, pointer, key in sorted(alike, key=lambda row: row[0]):
        if pointer not in found and key not in taken:
            found[pointer] = key
            taken.add(key)
    return found


@dataclasses.dataclass(frozen=True, slots=True)
class _Held:
    """What is in a folder, by name and content. ``members``: requests, and the names of folders in it.

    ``examples``: of all requests below it.
    """

    trail: str
    members: collections.Counter[str]
    below: collections.Counter[str]
    examples: collections.Counter[str]

    def signs(self) -> Iterator[str]:
        """Folders that have none of these in common are not alike at all."""
        yield f"{self.trail}/"
        yield from self.below


def _held_then(kept: Kept) -> Mapping[str, _Held]:
    found = {
        key: _Held(folder.trail, *(collections.Counter[str]() for _ in range(3)))
        for key, folder in kept.folders.items()
    }
    for folder in kept.folders.values():
        if folder.folder:
            found[folder.folder].members[_last(folder.trail) + "/"] += 1
    for call in kept.calls.values():
        sign = _content(call.trail, call.digests)
        if call.folder:
            found[call.folder].members[sign] += _REQUEST
        around, seen = call.folder, set[str]()
        while around and around not in seen:  # edited by hand, it may be a circle
            found[around].below[sign] += 1
            found[around].examples[call.digests[1]] += 1
            seen.add(around)
            around = kept.folders[around].folder
    return found


def _held_now(group: Group) -> _Held:
    below = [(inner is group, o) for inner in group.walk() for o in inner.operations]
    signs = [(own, _content(_path(o.trail), o.digests)) for own, o in below]
    members = [sign for own, sign in signs if own for _ in range(_REQUEST)]
    members += [_last(_path(inner.trail)) + "/" for inner in group.groups]
    return _Held(
        _path(group.trail),
        collections.Counter(members),
        collections.Counter(sign for _, sign in signs),
        collections.Counter(o.digests[1] for _, o in below),
    )


def _content(trail: str, digests: tuple[str, str]) -> str:
    """A request but for its examples, to which more come. It has no slash, other than folders."""
    return f"{digests[0]} {_last(trail)}"


def _likeness(a: _Held, b: _Held) -> float:
    """What is in it and how it is called count more than where it is: folders are moved whole."""
    return (
        _shared(a.members, b.members)
        + _shared(a.below, b.below)
        + _SAME_EXAMPLES * _shared(a.examples, b.examples)
        + _SAME_NAME * (_last(a.trail) == _last(b.trail))
        + _SAME_TRAIL * (a.trail == b.trail)
    )


_REQUEST = 2
"""How much more a request tells than a folder that has nothing but its name."""
_SAME_EXAMPLES = 0.1
_SAME_NAME = 1.0
_SAME_TRAIL = 0.3


def _shared(a: collections.Counter[str], b: collections.Counter[str]) -> float:
    return 2 * (a & b).total() / (a.total() + b.total())


def _last(trail: str) -> str:
    return trail.rpartition("/")[2]


def _path(trail: tuple[str, ...]) -> str:
    return "/".join(trail)


def _pair(
    found: dict[str, str],
    was: Mapping[str, typing.Any],
    now: Mapping[str, typing.Any],
    sign: Callable[[typing.Any], Hashable],
    *,
    certain: bool = False,
) -> None:
    """Add what has the same sign, in order; with ``certain`` only what no other has."""
    taken = set(found.values())
    olds = _grouped((sign(old), key) for key, old in was.items() if key not in taken)
    news = _grouped((sign(new), p) for p, new in now.items() if p not in found)
    for key, pointers in news.items():
        keys = olds.get(key, [])
        if not certain or len(keys) == len(pointers) == 1:
            found.update(zip(pointers, keys, strict=False))


def _grouped(pairs: Iterable[tuple[Hashable, str]]) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = {}
    for sign, name in pairs:
        if sign is not None:
            found.setdefault(sign, []).append(name)
    return found
