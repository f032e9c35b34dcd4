"""How loose types are, so that acceptance is not bought with vagueness."""

from __future__ import annotations

import collections
import dataclasses
import typing

from holdout.tables import members, reached
from holdout.walk import case_of, member_of
from pmgen.infer import ANYTHING, Array, Choice, Map, Ref, Scalar, Timestamp

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pmgen.infer import Field, Type, TypeTable
    from pmgen.source import Json

_NULL = Scalar("null")


@dataclasses.dataclass(frozen=True, slots=True)
class Looseness:
    """Counts. A leaf is a field, an item, a value of a map or a whole reply that is no record.

    ``json``: leaves that may be anything. ``unlacking``: optional fields that no example of the record lacked.
    ``unnulled``: fields that may be null although none was.

    A record of several places is judged by the examples of all. ``here`` counts fields by the place, ``lent`` those
    that are optional although no example of that place lacks them, because one of another place does.
    """

    records: int = 0
    leaves: int = 0
    json: int = 0
    fields: int = 0
    optional: int = 0
    unlacking: int = 0
    nullable: int = 0
    unnulled: int = 0
    here: int = 0
    lent: int = 0

    def __add__(self, other: Looseness) -> Looseness:
        pairs = zip(dataclasses.astuple(self), dataclasses.astuple(other), strict=True)
        return Looseness(*(mine + theirs for mine, theirs in pairs))


def looseness(roots: Iterable[Type], table: TypeTable) -> Looseness:
    """Of these types and of all records that they reach, each counted once."""
    roots = tuple(roots)
    records = [table.records[i] for i in reached(roots, table)]
    fields = [field for record in records for field in record.fields]
    found = [
        leaf for type_ in (*roots, *(f.type for f in fields)) for leaf in leaves(type_)
    ]
    return Looseness(
        records=len(records),
        leaves=len(found),
        json=found.count(ANYTHING),
        fields=len(fields),
        optional=sum(not f.required for f in fields),
        unlacking=sum(not f.required and f.seen == f.of for f in fields),
        nullable=sum(map(_nullable, fields)),
        unnulled=sum(_nullable(f) and not f.nulls for f in fields),
    )


def _nullable(field: Field) -> bool:
    return _NULL in members(field.type)


def leaves(found: Type) -> Iterator[Type]:
    """The leaves of one place: scalars beside each other are one, null beside anything is none."""
    parts = [m for m in members(found) if m != _NULL] or [found]
    scalars = [m for m in parts if isinstance(m, (Scalar, Timestamp))]
    if scalars:
        yield scalars[0]
    for part in parts:
        if isinstance(part, Array):
            yield from leaves(part.item)
        elif isinstance(part, Map):
            yield from leaves(part.value)


def lent(found: Type, values: Iterable[Json], table: TypeTable) -> Looseness:
    """What of the type's looseness these values, all of its own place, do not account for."""
    seen: dict[int, collections.Counter[str]] = {}
    objects: collections.Counter[int] = collections.Counter()
    for value in values:
        for record, each in _objects(found, value, table):
            objects[record] += 1
            seen.setdefault(record, collections.Counter()).update(each.keys())
    fields = [(i, field) for i in objects for field in table.records[i].fields]
    return Looseness(
        here=len(fields),
        lent=sum(not f.required and seen[i][f.wire] == objects[i] for i, f in fields),
    )


def _objects(
    found: Type, value: Json, table: TypeTable
) -> Iterator[tuple[int, dict[str, Json]]]:
    """Every object in the value, with its record."""
    member: Type | None = member_of(found, value)
    if isinstance(member, Array) and isinstance(value, list):
        for item in value:
            yield from _objects(member.item, item, table)
    elif isinstance(value, dict):
        if isinstance(member, Choice):
            member = case_of(member, value)
        if isinstance(member, Map):
            for item in value.values():
                yield from _objects(member.value, item, table)
        elif isinstance(member, Ref):
            yield member.record, value
            for field in table.records[member.record].fields:
                if field.wire in value:
                    yield from _objects(field.type, value[field.wire], table)
