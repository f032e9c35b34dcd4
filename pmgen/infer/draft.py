"""Classes -> types: what each place is, class by class. Records are called by the number of their class here."""

from __future__ import annotations

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
_Seen: typing.TypeAlias = "Sequence[tuple[Node, Shape]]"


@dataclasses.dataclass(slots=True)  # not frozen: made for each key
class _Where:
    """A place below a class, or below the top of a role: ``at`` leads there from each of ``tops``."""

    inner: _Places
    tops: tuple[Spot, ...]
    at: Path = ()

    def below(self, step: str) -> _Where:
        return _Where(self.inner, self.tops, (*self.at, step))

    def spots(self) -> Iterator[Spot]:
        """All places that are one here."""
        return ((role, (*path, *self.at)) for role, path in self.tops)


@dataclasses.dataclass(frozen=True, slots=True)
class Draft:
    """``records`` by the number of their class, in document order, holders first."""

    records: Mapping[int, Record]
    roots: Mapping[Role, Type]


def draft(
    shapes: Mapping[Role, Shape],
    survey: Survey,
    classes: Partition,
    lent: Lent,
    wishes: Wishes,
) -> Draft:
    """The types of all roles and of everything that they reach."""
    drafting = _Drafting(classes, lent, wishes)
    roots = {
        role: drafting.type_of(
            [shape], _Where(by_place(survey.roots[role]), ((role, ()),))
        )
        for role, shape in shapes.items()
    }
    drafting.finish()
    return Draft(dict(sorted(drafting.records.items())), roots)


@dataclasses.dataclass(slots=True)  # not frozen: made for each key
class _Evidence:
    """All that is known of one key. ``lent``: the evidence of other records."""

    own: Sequence[Shape]
    lent: Sequence[Shape]
    loans: tuple[Loan, ...]


class _Drafting:
    """Records as they are reached. They wait in a queue, so that a record may hold itself."""

    def __init__(self, classes: Partition, lent: Lent, wishes: Wishes) -> None:
        self._classes, self._lent, self._wishes = classes, lent, wishes
        self._todo: list[int] = []
        self._reached: set[int] = set()
        self._maps: dict[int, Map] = {}
        self.records: dict[int, Record] = {}

    def finish(self) -> None:
        """Draft the records that were referred to."""
        while self._todo:
            number = self._todo.pop()
            self.records[number] = self._record(number)

    def type_of(self, shapes: Sequence[Shape], where: _Where) -> Type:
        """The type of one place, from the evidence of all places that are one with it."""
        return self._type(shapes, surface(shapes), where)

    def _type(self, shapes: Sequence[Shape], seen: Shape, where: _Where) -> Type:
        """``seen``: the surface of the shapes."""
        # What is just JSON refers to no records, lest they be of no use to anyone.
        hidden = seen.opaque or (self._wishes and self._wishes.hide(where.spots()))
        inner = () if hidden else self._containers(shapes, seen, where)
        members = [*inner, *_leaves(seen)]
        found: Type = ANYTHING
        if members and not hidden:
            if seen.nulls:
                members.append(_NULL)
            found = members[0] if len(members) == 1 else Union(tuple(members))
        return self._wishes.type(where.spots(), found, seen) if self._wishes else found

    def _containers(
        self, shapes: Sequence[Shape], seen: Shape, where: _Where
    ) -> Iterator[Type]:
        if where.at in where.inner:
            yield self._object(self._classes.entries(where.inner, where.at))
        if seen.arrays:
            items = [shape.items for shape in shapes if shape.items is not None]
            yield Array(self.type_of(items or [EMPTY], where.below("[]")))

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
        return Map(self.type_of(values or [EMPTY], self._where(number).below("{}")))

    def _where(self, number: int) -> _Where:
        """At the objects of a class."""
        spots = tuple((n.role, n.path) for n in self._classes.members[number])
        return _Where(self._classes.inner[number], spots)

    def _ref(self, number: int) -> Ref:
        if number not in self._reached:
            self._reached.add(number)
            self._todo.append(number)
        return Ref(number)

    def _record(self, number: int) -> Record:
        nodes = self._classes.members[number]
        by_key: dict[str, list[tuple[Node, Shape]]] = {}
        for node in nodes:
            for key, shape in node.objects.fields.items():
                by_key.setdefault(key, []).append((node, shape))
        where = self._where(number)
        origins, of = by_spot(map(_origin, nodes)), sum(
            node.objects.count for node in nodes
        )
        telling = _is_telling(nodes, origins.values())
        fields = tuple(
            self._field(
                self._evidence(number, key, seen, origins),
                of,
                where.below(key),
                telling=telling,
            )
            for key, seen in by_key.items()
        )
        return Record(fields, tuple(origins.values()))

    def _evidence(
        self, number: int, key: str, seen: _Seen, origins: Mapping[Spot, Origin]
    ) -> _Evidence:
        """Of a key in all places of a class, and elsewhere where these show nothing."""
        loans = tuple(_loans(key, seen, origins)) if len(seen) > 1 else ()
        shapes = [shape for _, shape in seen]
        if (number, key) not in self._lent:
            return _Evidence(shapes, (), loans)
        lender, lent = self._lent[number, key]
        borrowers = dict.fromkeys((node.role, node.path) for node, _ in seen)
        owed = tuple(Loan(origins[spot], _origin(lender)) for spot in borrowers)
        return _Evidence(shapes, lent, owed)

    def _field(
        self, seen: _Evidence, of: int, where: _Where, *, telling: bool
    ) -> Field:
        count, leaves = sum(shape.count for shape in seen.own), surface(seen.own)
        every = [*seen.own, *seen.lent]
        whole = surface(every) if seen.lent else leaves
        found, always = self._type(every, whole, where), count == of
        needed = always and telling
        if self._wishes:
            needed = self._wishes.required(where.spots(), seen=needed, always=always)
        return Field(
            wire=where.at[-1],
            type=found,
            required=needed,
            seen=count,
            of=of,
            nulls=leaves.nulls,
            values=_values(leaves, found),
            loans=seen.loans,
        )


def _leaves(seen: Shape) -> Iterator[Type]:
    """One type for each JSON type that was seen, null and containers aside."""
    if seen.strings:
        style = next(iter(seen.styles or ()), None)
        yield Timestamp(style) if style else _STRING
    if seen.floats:
        yield _NUMBER
    elif seen.ints:
        yield _INTEGER
    if seen.bools:
        yield _BOOLEAN


_STRING, _NUMBER, _INTEGER, _BOOLEAN, _NULL = map(
    Scalar, ("string", "number", "integer", "boolean", "null")
)


def _is_telling(nodes: Sequence[Node], origins: Iterable[Origin]) -> bool:
    """A saved reply shows what comes; one saved body shows what can be sent, not what must be."""
    if nodes[0].role.use is Use.REPLY or any(origin.count > 1 for origin in origins):
        return True
    return len({frozenset(node.objects.fields) for node in nodes}) > 1


def _values(seen: Shape, found: Type) -> tuple[str, ...]:
    """The texts that were seen, unless they are dates, many or long."""
    plain = found == _STRING or (isinstance(found, Union) and _STRING in found.members)
    return tuple(sorted(seen.texts)) if plain and seen.texts else ()


def _loans(key: str, seen: _Seen, origins: Mapping[Spot, Origin]) -> Iterator[Loan]:
    """The places that show nothing of the type alone: null only, or an empty list."""
    clear = [is_known(node.form.kinds[key]) for node, _ in seen]
    if all(clear):
        return
    known: dict[Spot, bool] = {}
    for (node, _), is_clear in zip(seen, clear, strict=True):
        spot = node.role, node.path
        known[spot] = known.get(spot, False) or is_clear
    lender = next((spot for spot, is_clear in known.items() if is_clear), None)
    if lender is not None:
        for spot, is_clear in known.items():
            if not is_clear:
                yield Loan(origins[spot], origins[lender])


def _origin(node: Node) -> Origin:
    """All values of a map, and all kinds of object at a place, are of one origin: see ``by_spot``."""
    return Origin(node.role, node.path, node.objects.count)
