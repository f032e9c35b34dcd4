"""Draft -> TypeTable: records that are equal in all that they hold become one.

Records may hold themselves, so equality is found from above: all that look alike at first count as equal, until what
they hold tells them apart (Moore's way of minimising automata).
"""

from __future__ import annotations

import typing

from pmgen.infer.shape import MOST_TEXTS
from pmgen.infer.types import (
    Array,
    Choice,
    Field,
    Map,
    Record,
    Ref,
    Scalar,
    Timestamp,
    Type,
    TypeTable,
    Union,
    by_spot,
    holds_records,
)

if typing.TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmgen.infer.draft import Draft


_Look: typing.TypeAlias = "tuple[str, bool, Type]"


def table_of(draft: Draft) -> TypeTable:
    """The records, renumbered in document order."""
    moved = _colors(draft.records)
    groups: dict[int, list[Record]] = {}
    for number, record in draft.records.items():
        groups.setdefault(moved[number], []).append(record)
    records = tuple(_joined(groups[color], moved) for color in sorted(groups))
    return TypeTable(records, {r: _moved(t, moved) for r, t in draft.roots.items()})


def _colors(records: Mapping[int, Record]) -> Mapping[int, int]:
    """For each record the number of its group, in the order of the groups' first records."""
    looks = {number: _split(record) for number, record in records.items()}
    colors = dict.fromkeys(records, 0)
    count = 0
    while len(set(colors.values())) != count:
        count = len(set(colors.values()))
        known: dict[object, int] = {}
        colors = {
            number: known.setdefault(
                (colors[number], plain, _recolored(holding, colors)), len(known)
            )
            for number, (plain, holding) in looks.items()
        }
    return colors


def _split(record: Record) -> tuple[frozenset[_Look], tuple[_Look, ...]]:
    """The looks of the fields that hold no records, which stay the same, and of those that do."""
    plain: list[_Look] = []
    holding: list[_Look] = []
    for field in record.fields:
        look = (field.wire, field.required, field.type)
        into = holding if holds_records(field.type) else plain
        into.append(look)
    return frozenset(plain), tuple(sorted(holding, key=lambda look: look[0]))


def _recolored(
    holding: tuple[_Look, ...], colors: Mapping[int, int]
) -> tuple[_Look, ...]:
    return tuple((wire, need, _moved(found, colors)) for wire, need, found in holding)


def _joined(records: Sequence[Record], moved: Mapping[int, int]) -> Record:
    """One record with the evidence of all, its fields in the order of the first."""
    if len(records) == 1:
        fields = tuple(_renumbered(field, moved) for field in records[0].fields)
        return Record(fields, records[0].origins)
    by_wire = [{field.wire: field for field in record.fields} for record in records]
    equal = [[fields[wire] for fields in by_wire] for wire in by_wire[0]]
    fields = tuple(_renumbered(_field(found), moved) for found in equal)
    origins = by_spot(origin for record in records for origin in record.origins)
    return Record(fields, tuple(origins.values()))


def _renumbered(field: Field, moved: Mapping[int, int]) -> Field:
    if not holds_records(field.type):
        return field
    return field._replace(type=_moved(field.type, moved))


def _field(fields: Sequence[Field]) -> Field:
    values = sorted({value for field in fields for value in field.values})
    known = all(field.values for field in fields) and len(values) <= MOST_TEXTS
    return fields[0]._replace(
        seen=sum(field.seen for field in fields),
        of=sum(field.of for field in fields),
        nulls=sum(field.nulls for field in fields),
        values=tuple(values) if known else (),
        loans=tuple(loan for field in fields for loan in field.loans),
    )


def _moved(found: Type, moved: Mapping[int, int]) -> Type:
    """The type, its records called by other numbers; a choice between equal records is none."""
    if type(found) is Ref:  # most are
        return Ref(moved[found.record])
    match found:
        case Ref(record):
            return Ref(moved[record])
        case Array(item):
            return Array(_moved(item, moved))
        case Map(value):
            return Map(_moved(value, moved))
        case Choice(tag, cases):
            refs = tuple((text, Ref(moved[ref.record])) for text, ref in cases)
            one = len({ref for _, ref in refs}) == 1
            return refs[0][1] if one else Choice(tag, refs)
        case Union(members):
            return Union(tuple(_moved(member, moved) for member in members))
        case Scalar() | Timestamp():
            return found
        case _:
            typing.assert_never(found)
