"""Shapes -> nodes: every place where objects were seen, with what rules compare."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.infer.choices import separate
from pmgen.infer.kinds import NOTHING, kinds_of
from pmgen.infer.maps import keys_are_data
from pmgen.infer.shape import UNTAGGED, together, whole

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.infer.roles import Role
    from pmgen.infer.shape import Objects, Shape, Tag
    from pmgen.infer.wishes import Wishes

Path: typing.TypeAlias = "tuple[str, ...]"
_DEEPEST = 5
"""Steps of a path that are compared; what lies deeper seldom tells two things apart."""
Entry: typing.TypeAlias = "tuple[Path, Tag]"
"""Where objects lie below an object: a key with an `[]` for each list around them, and their tag."""


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """What nodes look like. ``kinds`` of each key (``kinds``). ``deep``: all paths below."""

    number: int
    kinds: Mapping[str, int]
    keys: frozenset[str]
    deep: frozenset[Path]
    is_map: bool

    @property
    def known(self) -> int:
        """How many keys have a type."""
        return sum(map(bool, self.kinds.values()))


@dataclasses.dataclass(frozen=True, slots=True)
class Node:
    """Objects of one role at one path; ``tag`` where they are told from others there. ``holder``: the node around."""

    number: int
    role: Role
    path: Path
    tag: Tag
    holder: int | None
    objects: Objects
    form: Form


@dataclasses.dataclass(frozen=True, slots=True)
class Survey:
    """All nodes, in document order, holders first. ``inner``: what lies in each; ``roots``: the objects of a role.

    ``never_maps``: those at the top of a role, and where the user says so.
    """

    nodes: tuple[Node, ...]
    inner: tuple[Mapping[Entry, int], ...]
    roots: Mapping[Role, Mapping[Entry, int]]
    never_maps: frozenset[int]


def survey(shapes: Mapping[Role, Shape], wishes: Wishes) -> Survey:
    """Number everything."""
    walk = _Walk(wishes)
    roots = {role: walk.enter(shape, role, (), None) for role, shape in shapes.items()}
    nodes = tuple(walk.nodes[number] for number in range(len(walk.nodes)))
    return Survey(nodes, tuple(walk.inner), roots, frozenset(walk.never_maps))


class _Walk:
    """The nodes so far, and the forms that were met."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self.nodes: dict[int, Node] = {}
        self.never_maps: set[int] = set()
        self.inner: list[Mapping[Entry, int]] = []
        self._forms: dict[object, Form] = {}
        self._by_number: list[Form] = []

    def enter(
        self, shape: Shape, role: Role, path: Path, holder: int | None
    ) -> dict[Entry, int]:
        """Number what a place holds, lists looked through; entries are relative to the place."""
        found: dict[Entry, int] = {}
        steps: Path = ()
        inner: Shape | None = shape
        while inner is not None:
            at = (*path, *steps)
            for tag, objects in self._separate(inner, role, at).items():
                number = self._node(objects, role, at, tag, holder)
                found[steps, tag] = number
            inner, steps = inner.items, (*steps, "[]")
        return found

    def _separate(self, shape: Shape, role: Role, path: Path) -> Mapping[Tag, Objects]:
        """A map is of one kind."""
        if shape.variants and self._wishes.object([(role, path)]) == "map":
            return {UNTAGGED: whole(shape.variants.values())}
        return separate(shape.variants)

    def _node(
        self, objects: Objects, role: Role, path: Path, tag: Tag, holder: int | None
    ) -> int:
        """Numbered before what it holds, and known after it."""
        number = len(self.inner)
        inner: dict[Entry, int] = {}
        self.inner.append(inner)
        wished = self._wishes.object([(role, path)]) if self._wishes else ""
        is_map = wished == "map" if wished else bool(path) and _is_map(objects)
        if wished == "record" or not path:
            self.never_maps.add(number)
        places = objects.fields
        if is_map:  # its values are of the same kinds under all keys
            places = {"{}": together([*places.values()])}
        for key, shape in places.items():
            if not shape.variants and shape.items is None:
                continue
            below = (*path, key)
            for (steps, kind), found in self.enter(shape, role, below, number).items():
                inner[(key, *steps), kind] = found
        form = self._form(objects, inner, is_map=is_map)
        self.nodes[number] = Node(number, role, path, tag, holder, objects, form)
        return number

    def _form(
        self, objects: Objects, inner: Mapping[Entry, int], *, is_map: bool
    ) -> Form:
        """Equal forms are one."""
        kinds: dict[str, int] = {}
        for key, shape in objects.fields.items():
            name = "{}" if is_map else key
            kinds[name] = kinds.get(name, NOTHING) | kinds_of(shape)
        below = frozenset(
            (key, self.nodes[number].form.number)
            for ((key, *_), _), number in inner.items()
        )
        look = (is_map, frozenset(kinds.items()), below)
        if look not in self._forms:
            deep = frozenset((key,) for key in kinds) | {
                (key, *path[: _DEEPEST - 1])
                for key, number in below
                for path in self._by_number[number].deep
            }
            form = Form(len(self._forms), kinds, frozenset(kinds), deep, is_map)
            self._forms[look] = form
            self._by_number.append(form)
        return self._forms[look]


def _is_map(objects: Objects) -> bool:
    """Keys that are data, and values of one kind."""
    if not keys_are_data(objects.fields):
        return False
    kinds = {kinds_of(shape) for shape in objects.fields.values()} - {NOTHING}
    return len(kinds) <= 1
