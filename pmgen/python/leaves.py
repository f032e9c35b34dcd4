"""Assertions about one example: its leaves as typed attributes, each generic path once."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.code import Code, code
from pmgen.infer import ANYTHING, Array, Choice, Map, Ref, Scalar, Timestamp
from pmgen.names.symbols import Thing
from pmgen.python.literal import literal, string
from pmgen.python.spelling import members
from pmgen.runtime.dates import DATE

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.infer import Type
    from pmgen.python.places import Places, Reach
    from pmgen.source import Json

Narrowing: typing.TypeAlias = "tuple[tuple[Code, Ref | str], ...]"
"""Places and what they must be known to be: a record, or "dict" or "list"."""

MOST = 60
"""Assertions of one example; what lies beyond is checked by its round trip."""
_LONGEST = 300


class Leaf(typing.NamedTuple):
    """One assertion; ``path`` has `[]` for every index. ``narrowing`` tells the type checker what it needs."""

    path: tuple[str, ...]
    check: Code
    narrowing: Narrowing


def asserts(value: Json, root: Type, places: Places, reach: Reach) -> tuple[Code, ...]:
    """Assertions about `reply`, in the order of the example."""
    walk = _Walk(places, set())
    found: dict[Code, None] = {}
    for leaf in walk.leaves(value, root, Code("reply"), (), ()):
        walk.seen.add(leaf.path)
        narrowed = [_isinstance(place, kind, reach) for place, kind in leaf.narrowing]
        found.update(dict.fromkeys((*narrowed, leaf.check)))
        if len(walk.seen) == MOST:
            break
    return tuple(found)


@dataclasses.dataclass(frozen=True, slots=True)
class _Walk:
    """Down an example and its type at once; ``seen`` paths have their assertion."""

    places: Places
    seen: set[tuple[str, ...]]

    def leaves(
        self,
        value: Json,
        found: Type,
        place: Code,
        path: tuple[str, ...],
        narrowing: Narrowing,
        *,
        optional: bool = False,
    ) -> Iterator[Leaf]:
        """``optional``: the attribute may also stand for an absent key."""
        member = member_of(found, value)
        if optional or member != found:
            narrowing = (*narrowing, *_narrowed(place, member))
        if isinstance(member, Ref) and isinstance(value, dict):
            yield from self._fields(value, member, place, path, narrowing)
        elif isinstance(member, Map) and isinstance(value, dict):
            for key, item in value.items():
                inner = code(place, "[", string(key), "]")
                yield from self.leaves(
                    item, member.value, inner, (*path, "{}"), narrowing
                )
        elif isinstance(member, Array) and isinstance(value, list):
            size = (*path, "#")
            if size not in self.seen:
                check = code("len(", place, f") == {len(value)}")
                yield Leaf(size, check, narrowing)
            for index, item in enumerate(value):
                inner = code(place, f"[{index}]")
                yield from self.leaves(
                    item, member.item, inner, (*path, "[]"), narrowing
                )
        elif path not in self.seen:
            yield from _leaf(value, member, place, path, narrowing)

    def _fields(
        self,
        value: dict[str, Json],
        record: Ref,
        place: Code,
        path: tuple[str, ...],
        narrowing: Narrowing,
    ) -> Iterator[Leaf]:
        for field in self.places.table.records[record.record].fields:
            if field.wire in value:
                name = self.places.names(Thing.FIELD, record.record, field.wire)
                yield from self.leaves(
                    value[field.wire],
                    field.type,
                    code(place, ".", name),
                    (*path, field.wire),
                    narrowing,
                    optional=not field.required,
                )


def _narrowed(place: Code, member: Type) -> Narrowing:
    """What has to be asserted before going into a member of a union; leaves are compared as they are."""
    if isinstance(member, Ref):
        return ((place, member),)
    if isinstance(member, (Map, Array)):
        return ((place, "dict" if isinstance(member, Map) else "list"),)
    return ()


def _isinstance(place: Code, kind: Ref | str, reach: Reach) -> Code:
    spelled = reach(kind.record) if isinstance(kind, Ref) else kind
    return code("isinstance(", place, ", ", spelled, ")")


def _leaf(
    value: Json,
    member: Type,
    place: Code,
    path: tuple[str, ...],
    narrowing: Narrowing,
) -> Iterator[Leaf]:
    """A leaf; JSON without a type is left to the round trip."""
    if isinstance(value, (list, dict)) and value:
        return
    if isinstance(member, Timestamp) and isinstance(value, str):
        kind = "date" if member.style == DATE else "datetime"
        called = code(f"datetime.{kind}.fromisoformat(", string(value), ")")
        yield Leaf(path, code(place, " == ", called), narrowing)
    elif value is None or isinstance(value, bool):
        yield Leaf(path, code(place, " is ", literal(value)), narrowing)
    elif not isinstance(value, str) or len(value) <= _LONGEST:
        yield Leaf(path, code(place, " == ", literal(value)), narrowing)


_TESTS: dict[type, tuple[type, ...]] = {
    dict: (Ref, Map),
    list: (Array,),
    str: (Timestamp,),
}
_SCALARS: dict[type, tuple[str, ...]] = {
    str: ("string",),
    bool: ("boolean",),
    int: ("integer", "number"),
    float: ("number",),
    type(None): ("null",),
}


def member_of(found: Type, value: Json) -> Type:
    """The member of a union or choice that reads the value; the type itself for all others."""
    kind = type(value)
    for member in members(found):
        if isinstance(member, Choice) and isinstance(value, dict):
            cases: dict[Json, Ref] = dict(member.cases)
            return cases[value[member.tag]]
        if isinstance(member, _TESTS.get(kind, ())):
            return member
        if isinstance(member, Scalar) and member.kind in _SCALARS.get(kind, ()):
            return member
    return ANYTHING
