"""Shapes -> nodes: every place where objects were seen, with what rules compare."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.infer.choices import separate
from pmgen.infer.forms import Form, Forms
from pmgen.infer.kinds import NOTHING, kinds_of
from pmgen.infer.maps import keys_are_data
from pmgen.infer.shape import UNTAGGED, together, whole
from pmgen.infer.types import Origin

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.infer.roles import Role
    from pmgen.infer.shape import Objects, Shape, Tag
    from pmgen.infer.wishes import Wishes

Path: typing.TypeAlias = "tuple[str, ...]"
Entry: typing.TypeAlias = "tuple[Path, Tag]"
"""Where objects lie below an object: a key with an `[]` for each list around them, and their tag."""


class Node(typing.NamedTuple):
    """Objects of one role at one path; ``tag`` where they are told from others there. ``holder``: the node around."""

    number: int
    role: Role
    path: Path
    tag: Tag
    holder: int | None
    objects: Objects
    form: Form

    @property
    def origin(self) -> Origin:
        """All values of a map, and all kinds of object at a place, are of one origin: see ``by_spot``."""
        return Origin(self.role, self.path, self.objects.count)


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
    roots: dict[Role, dict[Entry, int]] = {}
    for role, shape in shapes.items():
        walk.enter(shape, role, (), None, roots.setdefault(role, {}))
    nodes = tuple(walk.nodes[number] for number in range(len(walk.nodes)))
    return Survey(nodes, tuple(walk.inner), roots, frozenset(walk.never_maps))


class _Walk:
    """The nodes so far, and the forms that were met."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._wished = bool(wishes)  # asked for each place
        self.nodes: dict[int, Node] = {}
        self.never_maps: set[int] = set()
        self.inner: list[Mapping[Entry, int]] = []
        self._forms = Forms()

    def enter(
        self,
        shape: Shape,
        role: Role,
        path: Path,
        holder: int | None,
        entries: dict[Entry, int],
    ) -> None:
        """Number what a place holds, lists looked through, and enter it by its path below the holder."""
        steps = path if holder is None else path[-1:]
        inner: Shape | None = shape
        while inner is not None:
            kinds = self._separate(inner, role, path) if inner.variants else {}
            for tag, objects in kinds.items():
                entries[steps, tag] = self._node(objects, role, path, tag, holder)
            inner, steps, path = inner.items, (*steps, "[]"), (*path, "[]")

    def _separate(self, shape: Shape, role: Role, path: Path) -> Mapping[Tag, Objects]:
        """A map is of one kind."""
        if self._wished and self._wishes.object([(role, path)]) == "map":
            return {UNTAGGED: whole(shape.variants.values())}
        return separate(shape.variants)

    def _node(
        self, objects: Objects, role: Role, path: Path, tag: Tag, holder: int | None
    ) -> int:
        """Numbered before what it holds, and known after it."""
        number = len(self.inner)
        inner: dict[Entry, int] = {}
        self.inner.append(inner)
        wished = self._wishes.object([(role, path)]) if self._wished else ""
        is_map = wished == "map" if wished else bool(path) and _is_map(objects)
        if wished == "record" or not path:
            self.never_maps.add(number)
        places = objects.fields
        if is_map:  # its values are of the same kinds under all keys
            places = {"{}": together([*places.values()])}
        for key, shape in places.items():
            if shape.variants or shape.items is not None:
                self.enter(shape, role, (*path, key), number, inner)
        held = [(path[0], self.nodes[n].form) for (path, _), n in inner.items()]
        form = self._forms.form(objects, held, is_map=is_map)
        self.nodes[number] = Node(number, role, path, tag, holder, objects, form)
        return number


def _is_map(objects: Objects) -> bool:
    """Keys that are data, and values of one kind."""
    if not keys_are_data(objects.fields):
        return False
    kinds = {kinds_of(shape) for shape in objects.fields.values()} - {NOTHING}
    return len(kinds) <= 1
