"""Parts of a TypeTable: the records that a type reaches, alone."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.infer import (
    Array,
    Choice,
    Map,
    Origin,
    Record,
    Ref,
    Role,
    Scalar,
    Timestamp,
    Type,
    TypeTable,
    Union,
)

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def members(found: Type) -> tuple[Type, ...]:
    """Those of a union; the type itself for all others."""
    return found.members if isinstance(found, Union) else (found,)


def pruned(root: Type, table: TypeTable, role: Role) -> TypeTable:
    """The table of one role that has this type, with nothing else in it."""
    kept = sorted(reached((root,), table))
    moved = {old: new for new, old in enumerate(kept)}
    records = tuple(_record(table.records[old], moved, role) for old in kept)
    return TypeTable(records, {role: renumbered(root, moved)})


def _record(found: Record, moved: Mapping[int, int], role: Role) -> Record:
    """As if it had been seen in the role only."""
    first = found.origins[0]
    fields = tuple(
        f._replace(type=renumbered(f.type, moved), loans=()) for f in found.fields
    )
    origin = Origin(role, first.path, first.objects)
    return dataclasses.replace(found, fields=fields, origins=(origin,))


def reached(roots: Iterable[Type], table: TypeTable) -> frozenset[int]:
    """The records that values of these types may hold."""
    found: set[int] = set()
    todo = [i for root in roots for i in _held(root)]
    while todo:
        record = todo.pop()
        if record not in found:
            found.add(record)
            todo += (i for f in table.records[record].fields for i in _held(f.type))
    return frozenset(found)


def _held(found: Type) -> Iterator[int]:
    """The records that a type names."""
    match found:
        case Ref(record):
            yield record
        case Array(inner) | Map(inner):
            yield from _held(inner)
        case Choice(_, cases):
            yield from (ref.record for _, ref in cases)
        case Union(parts):
            for part in parts:
                yield from _held(part)


def renumbered(found: Type, moved: Mapping[int, int]) -> Type:
    """The type in a table where records have other numbers."""
    match found:
        case Ref(record):
            return Ref(moved[record])
        case Array(item):
            return Array(renumbered(item, moved))
        case Map(value):
            return Map(renumbered(value, moved))
        case Choice(tag, cases):
            return Choice(
                tag, tuple((text, Ref(moved[ref.record])) for text, ref in cases)
            )
        case Union(parts):
            return Union(tuple(renumbered(part, moved) for part in parts))
        case Scalar() | Timestamp():
            return found
        case _:
            typing.assert_never(found)
