"""Nodes -> classes: what rules made one, and what follows from it.

Where two objects are one thing, what they hold under one key is one thing too (congruence closure). The result does
not depend on the order of pairs.
"""

from __future__ import annotations

import dataclasses
import typing

from pmgen.infer.forms import Form
from pmgen.infer.kinds import NOTHING
from pmgen.infer.maps import keys_are_data
from pmgen.infer.shape import UNTAGGED

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pmgen.infer.shape import Tag
    from pmgen.infer.survey import Node, Path, Survey

Inner: typing.TypeAlias = "dict[Path, dict[Tag, int]]"


@dataclasses.dataclass(frozen=True, slots=True)
class Partition:
    """``of``: each node's class, called by its first node. ``inner``: the classes below each class, as entries."""

    of: tuple[int, ...]
    members: Mapping[int, tuple[Node, ...]]
    inner: Mapping[int, Mapping[Path, Mapping[Tag, int]]]
    maps: frozenset[int]

    def entries(
        self, found: Mapping[Path, Mapping[Tag, int]], at: Path
    ) -> dict[Tag, int]:
        """The classes of the objects at one place."""
        return {tag: self.of[number] for tag, number in found.get(at, {}).items()}


def settled(classes: Partition) -> Iterator[Node]:
    """A node for each class, that looks like all its members together."""
    numbers: dict[object, int] = {}
    for members in classes.members.values():
        first = members[0]
        if any(node.form is not first.form for node in members):
            first = first._replace(form=_together(members, numbers))
        yield first


def _together(members: tuple[Node, ...], numbers: dict[object, int]) -> Form:
    """One form; numbers below zero are no form's of the survey."""
    kinds: dict[str, int] = {}
    for form in {node.form.number: node.form for node in members}.values():
        for key, found in form.kinds.items():
            kinds[key] = kinds.get(key, NOTHING) | found
    deep = frozenset[int]().union(*(node.form.deep for node in members))
    number = numbers.setdefault((frozenset(kinds.items()), deep), ~len(numbers))
    is_map = any(node.form.is_map for node in members)
    return Form(number, kinds, frozenset(kinds), deep, is_map)


def by_place(entries: Mapping[tuple[Path, Tag], int]) -> Inner:
    """Entries by path, then by tag."""
    found: Inner = {}
    for (path, tag), number in entries.items():
        found.setdefault(path, {})[tag] = number
    return found


class Closure:
    """Joins pairs and whatever that joins: union-find over nodes.

    ``_inner``, ``_kinds`` and ``_maps`` hold for the first node of each class. ``_grown``: classes with new keys.
    """

    def __init__(self, survey: Survey) -> None:
        self._nodes = survey.nodes
        self._parent = list(range(len(survey.nodes)))
        self._todo: list[tuple[int, int]] = []
        self._never_maps = set(survey.never_maps)
        self._inner = [by_place(entries) for entries in survey.inner]
        self._kinds = [node.form.kinds for node in survey.nodes]
        self._maps: set[int] = set()
        self._grown: list[int] = []
        for node in survey.nodes:
            if node.form.is_map:
                self._make_map(node.number)
        self._close()

    def _find(self, number: int) -> int:
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(self, pairs: Iterable[tuple[int, int]]) -> Partition:
        """The classes after these pairs and all before them."""
        for pair in pairs:
            self._todo.append(pair)
            self._close()
        self._find_maps()
        of = tuple(map(self._find, range(len(self._parent))))
        members: dict[int, list[Node]] = {}
        for node in self._nodes:
            members.setdefault(of[node.number], []).append(node)
        return Partition(
            of,
            {number: tuple(found) for number, found in members.items()},
            {number: dict(self._inner[number]) for number in members},
            frozenset(number for number in members if number in self._maps),
        )

    def _find_maps(self) -> None:
        """Classes whose keys turn out to be data when those of all places stand together."""
        while self._grown:
            number = self._find(self._grown.pop())
            if self._becomes_map(number):
                self._make_map(number)
                self._close()

    def _becomes_map(self, number: int) -> bool:
        if number in self._maps or number in self._never_maps:
            return False
        kinds = self._kinds[number]
        return keys_are_data(kinds) and len(set(kinds.values()) - {NOTHING}) <= 1

    def _close(self) -> None:
        while self._todo:
            a, b = sorted(map(self._find, self._todo.pop()))
            if a != b:
                self._absorb(a, b)

    def _absorb(self, a: int, b: int) -> None:
        """Class b becomes part of a."""
        self._parent[b] = a
        if a in self._maps or b in self._maps:
            for number in (a, b):
                self._make_map(number)
        if b in self._never_maps:
            self._never_maps.add(a)
        if self._kinds[a] is not self._kinds[b]:  # most are of one form
            own, more = self._kinds[a], self._kinds[b]
            both = {key: own.get(key, NOTHING) | kinds for key, kinds in more.items()}
            self._kinds[a] = {**own, **both}
            self._grown.append(a)
        for path, tags in self._inner[b].items():
            self._put(a, path, tags)
        self._inner[b], self._kinds[b] = {}, {}

    def _make_map(self, number: int) -> None:
        """All values of a map are one."""
        self._maps.add(number)
        before, self._inner[number] = self._inner[number], {}
        for (_, *steps), tags in before.items():
            self._put(number, ("{}", *steps), tags)

    def _put(self, number: int, path: Path, tags: Mapping[Tag, int]) -> None:
        """More objects at a place of a class: those of one tag are one, and all where there is no one key for tags."""
        known = self._inner[number].setdefault(path, {})
        for tag, found in tags.items():
            if tag in known:
                self._todo.append((known[tag], found))
            else:
                known[tag] = found
        if len({key for key, _ in known}) > 1:
            first, *others = known.values()
            self._todo += [(first, other) for other in others]
            self._inner[number][path] = {UNTAGGED: first}
