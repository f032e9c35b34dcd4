"""Shape -> types. Equal records become one, by structure and never by name.

Rules of DESIGN.md 5; the request rule: a key of a request body is required only if two or more different bodies were
seen and all of them have it, since one saved body shows what can be sent, not what must be.
"""

from __future__ import annotations

import dataclasses
import types
import typing

from pmgen.infer.maps import value_shape
from pmgen.infer.roles import Endpoint, Role, Use
from pmgen.infer.shape import Shape, observe
from pmgen.infer.types import (
    ANYTHING,
    Array,
    Choice,
    Field,
    Map,
    Origin,
    Record,
    Ref,
    Scalar,
    Timestamp,
    Type,
    TypeTable,
    Union,
)

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmgen.source import Json

NO_ENDPOINTS: Mapping[str, Endpoint] = types.MappingProxyType({})
_Key: typing.TypeAlias = "frozenset[tuple[str, Type, bool]]"


def decide(
    roles: Mapping[Role, tuple[Json, ...]],
    endpoints: Mapping[str, Endpoint] = NO_ENDPOINTS,
) -> TypeTable:
    """The types of all roles, in their order."""
    del endpoints
    builder = _Builder()
    roots = {
        role: builder.type_of(observe(values), role, ())
        for role, values in roles.items()
    }
    return builder.table(roots)


@dataclasses.dataclass(slots=True)
class _Draft:
    """A record while its origins are still being found; ``first`` counts in document order, owners first."""

    first: int
    fields: tuple[Field, ...]
    origins: list[Origin]


class _Builder:
    """Collects records, each structure once."""

    def __init__(self) -> None:
        self._drafts: list[_Draft] = []
        self._known: dict[_Key, int] = {}
        self._entered = 0

    def type_of(self, shape: Shape, role: Role, path: tuple[str, ...]) -> Type:
        """The type of one place."""
        if shape.opaque:
            return ANYTHING
        members = tuple(self._members(shape, role, path))
        if not members:
            return ANYTHING
        if shape.nulls:
            members += (Scalar("null"),)
        return members[0] if len(members) == 1 else Union(members)

    def table(self, roots: Mapping[Role, Type]) -> TypeTable:
        """The records in document order, references renumbered."""
        order = sorted(range(len(self._drafts)), key=lambda i: self._drafts[i].first)
        moved = {old: new for new, old in enumerate(order)}
        records = tuple(
            Record(
                tuple(
                    dataclasses.replace(f, type=_moved(f.type, moved))
                    for f in self._drafts[old].fields
                ),
                tuple(self._drafts[old].origins),
            )
            for old in order
        )
        return TypeTable(records, {r: _moved(t, moved) for r, t in roots.items()})

    def _members(
        self, shape: Shape, role: Role, path: tuple[str, ...]
    ) -> Iterator[Type]:
        """One type for each JSON type that was seen, null aside."""
        if shape.objects:
            yield self._object(shape, role, path)
        if shape.arrays:
            items = shape.items or Shape()
            yield Array(self.type_of(items, role, (*path, "[]")))
        if shape.strings:
            style = next(iter(shape.styles or ()), None)
            yield Timestamp(style) if style else Scalar("string")
        if shape.ints or shape.floats:
            yield Scalar("number" if shape.floats else "integer")
        if shape.bools:
            yield Scalar("boolean")

    def _object(self, shape: Shape, role: Role, path: tuple[str, ...]) -> Type:
        if not shape.fields:
            return Map(ANYTHING)
        values = value_shape(shape) if path else None
        if values is not None:
            return Map(self.type_of(values, role, (*path, "{}")))
        first = self._entered = self._entered + 1
        fields = tuple(
            self._field(key, member, shape.objects, role, path)
            for key, member in shape.fields.items()
        )
        return Ref(self._record(first, fields, Origin(role, path, shape.objects)))

    def _field(
        self, key: str, shape: Shape, objects: int, role: Role, path: tuple[str, ...]
    ) -> Field:
        enough = role.use is Use.REPLY or objects > 1
        return Field(
            wire=key,
            type=self.type_of(shape, role, (*path, key)),
            required=enough and shape.count == objects,
            seen=shape.count,
            of=objects,
            nulls=shape.nulls,
        )

    def _record(self, first: int, fields: tuple[Field, ...], origin: Origin) -> int:
        key = frozenset((f.wire, f.type, f.required) for f in fields)
        if key not in self._known:
            self._known[key] = len(self._drafts)
            self._drafts.append(_Draft(first, fields, []))
        index = self._known[key]
        draft = self._drafts[index]
        draft.origins.append(origin)
        if len(draft.origins) > 1:
            draft.fields = tuple(map(_counted, draft.fields, _as_in(draft, fields)))
        return index


def _as_in(draft: _Draft, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The equal record's fields in the order of the first one's."""
    by_wire = {field.wire: field for field in fields}
    return tuple(by_wire[field.wire] for field in draft.fields)


def _counted(a: Field, b: Field) -> Field:
    """The same field, with the evidence of both places."""
    return dataclasses.replace(
        a, seen=a.seen + b.seen, of=a.of + b.of, nulls=a.nulls + b.nulls
    )


def _moved(found: Type, moved: Mapping[int, int]) -> Type:
    match found:
        case Ref(record):
            return Ref(moved[record])
        case Array(item):
            return Array(_moved(item, moved))
        case Map(value):
            return Map(_moved(value, moved))
        case Choice(tag, cases):
            return Choice(
                tag, tuple((text, Ref(moved[ref.record])) for text, ref in cases)
            )
        case Union(members):
            return Union(tuple(_moved(member, moved) for member in members))
        case Scalar() | Timestamp():
            return found
        case _:
            typing.assert_never(found)
