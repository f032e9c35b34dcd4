"""Classes -> types: what each place is, class by class. Records are called by the number of their class here."""

from __future__ import annotations

import collections
import dataclasses
import typing

from pmgen.infer.kinds import is_known
from pmgen.infer.partition import by_place
from pmgen.infer.roles import Use
from pmgen.infer.shape import EMPTY, surface
from pmgen.infer.types import (
    ANYTHING,
    Array,
    Choice,
    Field,
    Loan,
    Map,
    Origin,
    Record,
    Ref,
    Scalar,
    Timestamp,
    Type,
    Union,
    by_spot,
)

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pmgen.infer.lending import Lent
    from pmgen.infer.partition import Partition
    from pmgen.infer.roles import Role
    from pmgen.infer.shape import Shape, Tag
    from pmgen.infer.survey import Node, Path, Survey
    from pmgen.infer.wishes import Spot, Wishes

_Places: typing.TypeAlias = "Mapping[Path, Mapping[Tag, int]]"


@dataclasses.dataclass(frozen=True, slots=True)
class _Holder:
    """A class, or the top of a role: the classes in it by their path from there, and all places that are one here."""

    inner: _Places
    tops: tuple[Spot, ...]

    def spots(self, at: Path) -> Iterator[Spot]:
        """All places that are one at a path below."""
        return ((role, (*path, *at)) for role, path in self.tops)


@dataclasses.dataclass(frozen=True, slots=True)
class Draft:
    """``records`` by the number of their class, in document order, holders first."""

    records: Mapping[int, Record]
    roots: Mapping[Role, Type]


def draft(
    shapes: Mapping[Role, Shape],
    survey: Survey,
    classes: Partition,
    lent: Mapping[int, Mapping[str, Lent]],
    wishes: Wishes,
) -> Draft:
    """The types of all roles and of everything that they reach."""
    drafting = _Drafting(classes, lent, wishes)
    roots = {
        role: drafting.type_of(
            [shape], _Holder(by_place(survey.roots[role]), ((role, ()),)), ()
        )
        for role, shape in shapes.items()
    }
    drafting.finish()
    return Draft(dict(sorted(drafting.records.items())), roots)


@dataclasses.dataclass(frozen=True, slots=True)
class _Seen:
    """What the fields of a record have in common: they are in ``of`` objects. By key, what was lent, and owed."""

    holder: _Holder
    of: int
    telling: bool
    lent: Mapping[str, Lent]
    loans: Mapping[str, tuple[Loan, ...]]


class _Drafting:
    """Records as they are reached. They wait in a queue, so that a record may hold itself."""

    def __init__(
        self,
        classes: Partition,
        lent: Mapping[int, Mapping[str, Lent]],
        wishes: Wishes,
    ) -> None:
        self._classes, self._lent, self._wishes = classes, lent, wishes
        self._wished = bool(wishes)  # asked for each key
        self._todo: list[int] = []
        self._reached: set[int] = set()
        self._maps: dict[int, Map] = {}
        self.records: dict[int, Record] = {}

    def finish(self) -> None:
        """Draft the records that were referred to."""
        while self._todo:
            number = self._todo.pop()
            self.records[number] = self._record(number)

    def type_of(self, shapes: Sequence[Shape], holder: _Holder, at: Path) -> Type:
        """The type of one place, from the evidence of all places that are one with it."""
        return self._type(shapes, surface(shapes), holder, at)

    def _type(
        self, shapes: Sequence[Shape], seen: Shape, holder: _Holder, at: Path
    ) -> Type:
        """``seen``: the surface of the shapes."""
        # What is just JSON refers to no records, lest they be of no use to anyone.
        hidden = seen.opaque or (self._wished and self._wishes.hide(holder.spots(at)))
        inner = () if hidden else self._containers(shapes, seen, holder, at)
        found = ANYTHING if hidden else _union((*inner, *_leaves(seen)))
        if not self._wished:
            return found
        return self._wishes.type(holder.spots(at), found, seen)

    def _containers(
        self, shapes: Sequence[Shape], seen: Shape, holder: _Holder, at: Path
    ) -> tuple[Type, ...]:
        found: tuple[Type, ...] = ()
        if at in holder.inner:
            found = (self._object(self._classes.entries(holder.inner, at)),)
        if seen.arrays:
            items = [shape.items for shape in shapes if shape.items is not None]
            item = self.type_of(items or [EMPTY], holder, (*at, "[]"))
            found = (*found, Array(item))
        return found

    def _object(self, tags: Mapping[Tag, int]) -> Type:
        if len(set(tags.values())) == 1:
            return self._kind(next(iter(tags.values())))
        cases = tuple(sorted((text, self._ref(n)) for (_, text), n in tags.items()))
        return Choice(next(iter(tags))[0], cases)

    def _kind(self, number: int) -> Type:
        """One kind of object: a map, or a record."""
        if number in self._classes.maps:
            if number not in self._maps:
                self._maps[number] = Map(ANYTHING)  # of a map of such maps
                self._maps[number] = self._map(number)
            return self._maps[number]
        nodes = self._classes.members[number]
        some = any(node.objects.fields for node in nodes)
        return self._ref(number) if some else Map(ANYTHING)

    def _map(self, number: int) -> Map:
        nodes = self._classes.members[number]
        values = [shape for n in nodes for shape in n.objects.fields.values()]
        return Map(self.type_of(values or [EMPTY], self._holder(number), ("{}",)))

    def _holder(self, number: int) -> _Holder:
        nodes = self._classes.members[number] if self._wished else ()
        spots = tuple((node.role, node.path) for node in nodes)
        return _Holder(self._classes.inner[number], spots)

    def _ref(self, number: int) -> Ref:
        if number not in self._reached:
            self._reached.add(number)
            self._todo.append(number)
        return Ref(number)

    def _record(self, number: int) -> Record:
        nodes = self._classes.members[number]
        by_key: dict[str, list[Shape]] = collections.defaultdict(list)
        for node in nodes:
            for key, shape in node.objects.fields.items():
                by_key[key].append(shape)
        origins = by_spot(node.origin for node in nodes)
        lent = self._lent.get(number, {})
        seen = _Seen(
            self._holder(number),
            sum(node.objects.count for node in nodes),
            _is_telling(nodes, origins.values()),
            lent,
            _loans(nodes, lent, origins) if lent or len(nodes) > 1 else {},
        )
        fields = (self._field(key, own, seen) for key, own in by_key.items())
        return Record(tuple(fields), tuple(origins.values()))

    def _field(self, key: str, own: Sequence[Shape], seen: _Seen) -> Field:
        leaves = surface(own)
        holds = (key,) in seen.holder.inner
        count = sum(shape.count for shape in own) if holds else leaves.count
        found, always = self._from(key, own, leaves, seen), count == seen.of
        needed = always and seen.telling
        if self._wished:
            spots = seen.holder.spots((key,))
            needed = self._wishes.required(spots, seen=needed, always=always)
        values, loans = _values(leaves, found), seen.loans.get(key, ())
        return Field(key, found, needed, count, seen.of, leaves.nulls, values, loans)

    def _from(self, key: str, own: Sequence[Shape], leaves: Shape, seen: _Seen) -> Type:
        """The type of a key. ``leaves``: the surface of its own evidence."""
        if key not in seen.lent:
            return self._type(own, leaves, seen.holder, (key,))
        return self.type_of([*own, *seen.lent[key].shapes], seen.holder, (key,))


_STRING, _NUMBER, _INTEGER, _BOOLEAN, _NULL = map(
    Scalar, ("string", "number", "integer", "boolean", "null")
)


def _leaves(seen: Shape) -> tuple[Type, ...]:
    """One type for each JSON type that was seen, containers aside; null comes last."""
    found: list[Type] = []
    if seen.strings:
        found.append(Timestamp(*seen.styles) if seen.styles else _STRING)
    if seen.floats or seen.ints:
        found.append(_NUMBER if seen.floats else _INTEGER)
    if seen.bools:
        found.append(_BOOLEAN)
    if seen.nulls:
        found.append(_NULL)
    return tuple(found)


def _union(members: tuple[Type, ...]) -> Type:
    """One type for all. Null alone stands for anything."""
    if len(members) > 1:
        return Union(members)
    return members[0] if members and members[0] is not _NULL else ANYTHING


def _is_telling(nodes: Sequence[Node], origins: Iterable[Origin]) -> bool:
    """A saved reply shows what comes; one saved body shows what can be sent, not what must be."""
    if nodes[0].role.use is Use.REPLY or any(origin.objects > 1 for origin in origins):
        return True
    return len({frozenset(node.objects.fields) for node in nodes}) > 1


def _values(seen: Shape, found: Type) -> tuple[str, ...]:
    """The texts that were seen, unless they are dates, many or long."""
    plain = found == _STRING or (isinstance(found, Union) and _STRING in found.members)
    return tuple(sorted(seen.texts)) if plain and seen.texts else ()


def _loans(
    nodes: Sequence[Node], lent: Mapping[str, Lent], origins: Mapping[Spot, Origin]
) -> Mapping[str, tuple[Loan, ...]]:
    """By key, the places that show nothing of the type alone: null only, or an empty list."""
    forms = {node.form.number: node.form for node in nodes}.values()
    kinds = {pair for form in forms for pair in form.kinds.items()}
    found: dict[str, tuple[Loan, ...]] = {}
    for key in {key for key, seen in kinds if not is_known(seen)}:
        known = _known(key, nodes)
        within = (origins[spot] for spot, is_clear in known.items() if is_clear)
        lender = lent[key].lender if key in lent else next(within, None)
        if lender is not None:
            unclear = (origins[spot] for spot in known if not known[spot])
            found[key] = tuple(Loan(origin, lender) for origin in unclear)
    return found


def _known(key: str, nodes: Sequence[Node]) -> Mapping[Spot, bool]:
    """Whether the type of a key is known in the places that have it."""
    known: dict[Spot, bool] = {}
    for node in nodes:
        if key in node.form.kinds:
            spot = node.role, node.path
            known[spot] = known.get(spot, False) or is_known(node.form.kinds[key])
    return known
