"""What objects look like, with equal looks as one: what the rules of sameness compare, and count instead of objects."""

from __future__ import annotations

import dataclasses
import functools
import operator
import typing

from pmgen.infer.kinds import NOTHING, kinds_of

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pmgen.infer.shape import Objects

_DEEPEST = 5
"""Steps of a path that are compared; what lies deeper seldom tells two things apart."""


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """What nodes look like. ``kinds`` of each key (``kinds``). ``deep``: the numbers of all paths below."""

    number: int
    kinds: Mapping[str, int]
    keys: frozenset[str]
    deep: frozenset[int]
    is_map: bool


class Forms:
    """All that were met. Paths are numbered, since they are compared over and over."""

    def __init__(self) -> None:
        self._known: dict[object, Form] = {}
        self._numbers: dict[tuple[str, ...], int] = {}
        self._paths: list[tuple[str, ...]] = []

    def form(
        self, objects: Objects, inner: Iterable[tuple[str, Form]], *, is_map: bool
    ) -> Form:
        """``inner``: the forms of what lies under each key."""
        kinds = {key: kinds_of(shape) for key, shape in objects.fields.items()}
        if is_map:
            kinds = {"{}": functools.reduce(operator.or_, kinds.values(), NOTHING)}
        below = {(key, form.number): form.deep for key, form in inner}
        look = (is_map, frozenset(kinds.items()), frozenset(below))
        if look not in self._known:
            deep = self._deep(kinds, below)
            number = len(self._known)
            self._known[look] = Form(number, kinds, frozenset(kinds), deep, is_map)
        return self._known[look]

    def _deep(
        self, keys: Iterable[str], below: Mapping[tuple[str, int], frozenset[int]]
    ) -> frozenset[int]:
        own = {self._number((key,)) for key in keys}
        return frozenset(own).union(
            self._number((key, *self._paths[path][: _DEEPEST - 1]))
            for (key, _), paths in below.items()
            for path in paths
        )

    def _number(self, path: tuple[str, ...]) -> int:
        if path not in self._numbers:
            self._numbers[path] = len(self._paths)
            self._paths.append(path)
        return self._numbers[path]
