"""Type tables as hypothesis draws them, also such as nobody infers; values of their types, and changed ones."""

from __future__ import annotations

import copy
import datetime
import functools
import typing

from hypothesis import strategies as st
from test_property_shapes import DATES, JSON, KEYS, LEAVES

from pmgen.infer import (
    ANYTHING,
    Array,
    Choice,
    Field,
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
    Use,
)
from pmgen.runtime import dates

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.source import Json

ROLE = Role("/item/0", Use.REPLY, 200)
STYLES = sorted(
    {
        style
        for separator in "T "
        for seconds in ("", ":05", ":05.678", ":05.678901")
        for zone in ("", "Z", "+01:00", "-0730")
        if (style := dates.style_of(f"2024-01-02{separator}03:04{seconds}{zone}"))
    }
    | {dates.DATE}
)
SCALARS: dict[str, st.SearchStrategy[typing.Any]] = {
    "null": st.none(),
    "boolean": st.booleans(),
    "integer": st.integers(),
    "number": st.integers() | st.floats(allow_nan=False),
    "string": st.text(max_size=3),
}
_TAGS = ("kind", "a", "b", "\ud800")
_NEARLY_DATES = (
    "2023-02-29",
    "1900-02-29",
    "2000-02-29",
    "2024-04-31",
    "2024-13-01",
    "0000-01-01",
    "0001-01-01",
    "２０２４-01-02",
    "2024-01-02\n",
    "2024-01-02T24:00:00Z",
    "2024-01-02T03:04:60Z",
    "2024-01-02t03:04:05Z",
    "2024-01-02T03:04:05+24:00",
    "2024-01-02T03:04:05-00:00",
    "2024-01-02T03:04:05-00:30",
    "2024-01-02T03:04:05.67Z",
)


@functools.cache
def _types(records: int) -> st.SearchStrategy[Type]:
    """Types over so many records."""
    refs = st.builds(Ref, st.integers(0, records - 1))
    case = st.tuples(st.sampled_from(["cat", "dog", "", "é", "\ud800"]), refs)
    cases = st.lists(case, min_size=2, max_size=4, unique_by=lambda case: case[0])
    choices = st.builds(Choice, st.sampled_from(_TAGS), cases.map(tuple)).filter(
        lambda choice: len({ref for _, ref in choice.cases}) > 1
    )
    leaves: st.SearchStrategy[Type] = st.one_of(
        st.sampled_from([Scalar(kind) for kind in SCALARS]),
        st.just(ANYTHING),
        st.builds(Timestamp, st.sampled_from(STYLES)),
        refs,
        *([choices] if records > 1 else []),
    )
    return st.recursive(leaves, _wider, max_leaves=5)


def _wider(inner: st.SearchStrategy[Type]) -> st.SearchStrategy[Type]:
    plain = inner.filter(lambda t: t != ANYTHING and not isinstance(t, Union))
    unions = st.lists(plain, min_size=2, max_size=4, unique_by=_json_type)
    return st.one_of(
        st.builds(Array, inner),
        st.builds(Map, inner),
        unions.map(lambda found: Union(tuple(found))),
    )


def _json_type(found: Type) -> str:
    """By which members of a union are told apart."""
    match found:
        case Scalar(kind):
            return "number" if kind == "integer" else kind
        case Timestamp():
            return "string"
        case Array():
            return "array"
        case _:
            return "object"


@st.composite
def tables(draw: st.DrawFn) -> TypeTable:
    """Up to three records, which may hold themselves, and one role."""
    count = draw(st.integers(1, 3))
    keys = KEYS | st.sampled_from([*_TAGS, "x", "y", "$ref"])
    member = st.tuples(_types(count), st.booleans())
    records = tuple(
        Record(
            tuple(
                Field(wire, found, required, seen=2 if required else 1, of=2, nulls=0)
                for wire, (found, required) in fields.items()
            ),
            (Origin(ROLE, (), 1),),
        )
        for fields in draw(
            st.lists(
                st.dictionaries(keys, member, max_size=4),
                min_size=count,
                max_size=count,
            )
        )
    )
    return TypeTable(records, {ROLE: draw(_types(count))})


def texts(style: str) -> st.SearchStrategy[str]:
    """Text in the style."""
    zones: st.SearchStrategy[datetime.tzinfo | None] = st.none()
    if style.endswith("Z"):
        zones = st.just(datetime.UTC)
    elif style.endswith(("-07:00", "-0700")):
        zones = st.integers(-1439, 1439).map(
            lambda minutes: datetime.timezone(datetime.timedelta(minutes=minutes))
        )
    return st.datetimes(timezones=zones).map(lambda value: dates.print_(value, style))


@st.composite
def values(draw: st.DrawFn, found: Type, table: TypeTable, depth: int = 4) -> Json:
    """A value of the type; a wrong one where it gets too deep."""
    below = depth - 1
    value: typing.Any = None
    match found:
        case Scalar("anything"):
            value = draw(JSON)
        case Scalar(kind):
            value = draw(SCALARS[kind])
        case Timestamp(style):
            value = draw(texts(style))
        case Union(choices):
            value = draw(values(draw(st.sampled_from(choices)), table, depth))
        case Array(inner) if depth:
            value = draw(st.lists(values(inner, table, below), max_size=2))
        case Map(inner) if depth:
            items = values(inner, table, below)
            value = draw(st.dictionaries(KEYS, items, max_size=2))
        case Choice(tag, cases) if depth:
            text, ref = draw(st.sampled_from(cases))
            value = draw(_objects(ref, table, below)) | {tag: text}
        case Ref() if depth:
            value = draw(_objects(found, table, below))
        case _:
            pass
    return typing.cast("Json", value)


@st.composite
def _objects(
    draw: st.DrawFn, ref: Ref, table: TypeTable, depth: int
) -> dict[str, Json]:
    """An object of a record, without some of the keys that it need not have."""
    return {
        field.wire: draw(values(field.type, table, depth))
        for field in table.records[ref.record].fields
        if field.required or draw(st.booleans())
    }


def walk(value: Json) -> Iterator[Json]:
    """A value and all in it."""
    yield value
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from walk(item)


def mutated(data: st.DataObject, value: Json) -> Json:
    """The value with one place of it changed; perhaps to what is still of the type."""
    root = [copy.deepcopy(value)]
    places: list[tuple[typing.Any, int | str]] = []
    for found in walk(root):
        if isinstance(found, dict):
            places += [(found, key) for key in found]
        elif isinstance(found, list):
            places += [(found, index) for index in range(len(found))]
    owner, key = data.draw(st.sampled_from(places))
    data.draw(st.sampled_from(_MUTATIONS))(data, owner, key)
    return root[0] if root else None


def _replace(data: st.DataObject, owner: typing.Any, key: int | str) -> None:
    owner[key] = data.draw(LEAVES | JSON)


def _delete(data: st.DataObject, owner: typing.Any, key: int | str) -> None:
    del data, owner[key]


def _add(data: st.DataObject, owner: typing.Any, key: int | str) -> None:
    if isinstance(owner[key], dict):
        owner[key][data.draw(KEYS | st.text(max_size=3))] = data.draw(LEAVES)
    elif isinstance(owner[key], list):
        owner[key].append(data.draw(LEAVES))


def _nest(data: st.DataObject, owner: typing.Any, key: int | str) -> None:
    owner[key] = data.draw(st.sampled_from([[owner[key]], {"a": owner[key]}]))


def retell(data: st.DataObject, owner: typing.Any, key: int | str) -> None:
    """Another text, or a number of the other kind."""
    old = owner[key]
    if isinstance(old, str):
        at = data.draw(st.integers(0, len(old)))
        char = data.draw(st.sampled_from("0123456789TZ:+-. \n"))
        near = [old[:at] + char + old[at + 1 :], *DATES, *_NEARLY_DATES]
        owner[key] = data.draw(st.sampled_from(near))
    elif type(old) is int and abs(old) < 2**50:
        owner[key] = data.draw(st.sampled_from([float(old), old + 0.5, bool(old)]))
    elif type(old) is float and old.is_integer():
        owner[key] = int(old)


_MUTATIONS = (_replace, _delete, _add, _nest, retell)
