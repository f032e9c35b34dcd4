"""Laws of evidence (infer.shape) and of what is decided from it (infer.decide), over random JSON.

PMGEN_LAWS=N tries N examples for each law (5,000 by `make laws`).
"""

from __future__ import annotations

import dataclasses
import itertools
import os
import typing

from hypothesis import given, settings
from hypothesis import strategies as st

from pmgen.infer import (
    ANYTHING,
    Array,
    Choice,
    Endpoint,
    Map,
    Ref,
    Role,
    Scalar,
    Timestamp,
    Type,
    TypeTable,
    Union,
    Use,
    decide,
)
from pmgen.infer.shape import EMPTY, Shape, merge, observe
from pmgen.runtime import dates

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.source import Json

LAWS = int(os.environ.get("PMGEN_LAWS", "200"))
law = settings(max_examples=LAWS)

DATES = (
    "2024-02-29",
    "2024-02-30",
    "2024-01-02T03:04:05Z",
    "2024-01-02T03:04:05.678Z",
    "2024-01-02 03:04:05",
    "2024-01-02T03:04:05+01:00",
    "2024-01-02T03:04:05-0700",
    "2024-1-2",
)
# Few keys, so that objects overlap; among them what value_shape takes for ids.
KEYS = st.sampled_from(
    ["a", "b", "id", "", "class", "\ud800", "1", "2", "2024-01-02", "é", "a.b", "type"]
)
TEXTS = st.one_of(
    st.sampled_from(DATES),
    st.sampled_from(["cat", "dog"]),
    st.text(max_size=6),
    st.text(st.characters(categories=["Cs"]), min_size=1, max_size=2),
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=2**64, max_value=2**200),
    st.floats(allow_nan=False),
    TEXTS,
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=20,
)
VALUES = st.lists(JSON, max_size=6)
REPLY = Role("/item/0", Use.REPLY, 200)
REQUEST = Role("/item/0", Use.REQUEST)
ROLES = st.sampled_from(
    [REPLY, REQUEST, Role("/item/1", Use.REPLY, 200), Role("/item/1", Use.REPLY, 404)]
)
SEEN = st.dictionaries(ROLES, st.lists(JSON, min_size=1, max_size=5).map(tuple))


def kinds(shape: Shape) -> dict[str, int]:
    """The counters of one place."""
    return {
        field.name: found
        for field in dataclasses.fields(shape)
        if isinstance(found := getattr(shape, field.name), int)
    }


def places(shape: Shape, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every place and every JSON type that was seen there."""
    yield from ((*path, kind) for kind, count in kinds(shape).items() if count)
    if shape.items is not None:
        yield from places(shape.items, (*path, "[]"))
    for tag, objects in shape.variants.items():
        yield (*path, *tag)
        for key, member in objects.fields.items():
            yield (*path, *tag, f".{key}")
            yield from places(member, (*path, *tag, f".{key}"))
            if member.count < objects.count:
                yield (*path, *tag, f".{key}?")


@law
@given(VALUES, VALUES)
def test_merge_is_commutative(xs: list[Json], ys: list[Json]) -> None:
    assert merge(observe(xs), observe(ys)) == merge(observe(ys), observe(xs))


@law
@given(VALUES, VALUES, VALUES)
def test_merge_is_associative(xs: list[Json], ys: list[Json], zs: list[Json]) -> None:
    a, b, c = observe(xs), observe(ys), observe(zs)
    assert merge(merge(a, b), c) == merge(a, merge(b, c))


@law
@given(VALUES)
def test_empty_is_the_unit(xs: list[Json]) -> None:
    shape = observe(xs)
    assert merge(EMPTY, shape) == merge(shape, EMPTY) == shape


@law
@given(VALUES, VALUES)
def test_observing_together_is_merging(xs: list[Json], ys: list[Json]) -> None:
    assert observe(xs + ys) == merge(observe(xs), observe(ys))


# Random JSON seldom has two lists of nothing but dates, where styles are decided.
DATED = st.lists(st.sampled_from(DATES), min_size=1, max_size=3)


@law
@given(DATED, DATED)
def test_one_style_is_left_where_all_texts_have_it(
    xs: list[Json], ys: list[Json]
) -> None:
    both = merge(observe(xs), observe(ys))
    assert both == observe(xs + ys)
    found = {dates.style_of(text) for text in (*xs, *ys) if isinstance(text, str)}
    style = found.pop() if len(found) == 1 else None
    assert both.styles == frozenset([style] if style else [])


@law
@given(VALUES)
def test_merging_twice_changes_only_counts(xs: list[Json]) -> None:
    shape = observe(xs)
    twice = merge(shape, shape)
    assert set(places(twice)) == set(places(shape))
    assert twice.styles == shape.styles
    assert twice.count == 2 * shape.count


@law
@given(VALUES, VALUES)
def test_nothing_seen_vanishes(xs: list[Json], ys: list[Json]) -> None:
    shape = observe(xs)
    both = merge(shape, observe(ys))
    assert set(places(shape)) <= set(places(both))
    assert all(count <= kinds(both)[kind] for kind, count in kinds(shape).items())


@law
@given(VALUES)
def test_every_value_is_counted_once(xs: list[Json]) -> None:
    assert observe(xs).count == len(xs)


@law
@given(st.integers(min_value=0, max_value=400), st.sampled_from(["list", "dict"]))
def test_depth_has_a_limit_and_no_recursion_error(depth: int, kind: str) -> None:
    value: Json = 1
    for _ in range(depth):
        value = [value] if kind == "list" else {"a": value}
    table = decide({REPLY: (value,)})
    table.check()
    assert accepts(table.roots[REPLY], table, value)


def accepts(found: Type, table: TypeTable, value: Json) -> bool:
    """Whether the type, read by its own documentation, has the value. Knows nothing of the runtime."""
    match found:
        case Scalar("anything"):
            return True
        case Scalar("null"):
            return value is None
        case Scalar("boolean"):
            return isinstance(value, bool)
        case Scalar("integer"):
            return type(value) is int
        case Scalar("number"):
            return type(value) in (int, float)
        case Scalar("string"):
            return isinstance(value, str)
        case Timestamp(style):
            return isinstance(value, str) and dates.style_of(value) == style
        case Array(item):
            return isinstance(value, list) and all(
                accepts(item, table, v) for v in value
            )
        case Map(inner):
            return isinstance(value, dict) and all(
                accepts(inner, table, v) for v in value.values()
            )
        case Ref(record):
            return isinstance(value, dict) and has_fields(record, table, value)
        case Choice(tag, cases):
            return isinstance(value, dict) and any(
                value.get(tag) == text and has_fields(ref.record, table, value)
                for text, ref in cases
            )
        case Union(members):
            return sum(accepts(member, table, value) for member in members) == 1
        case _:
            raise AssertionError(f"no such type: {found}")


def has_fields(record: int, table: TypeTable, value: dict[str, Json]) -> bool:
    """All required keys, none unknown, each with a value of its type."""
    fields = {field.wire: field for field in table.records[record].fields}
    return (
        value.keys() <= fields.keys()
        and all(field.wire in value for field in fields.values() if field.required)
        and all(accepts(fields[key].type, table, item) for key, item in value.items())
    )


JSON_TYPES = {"boolean": "boolean", "integer": "number", "number": "number"}


def json_type(found: Type) -> str:
    """The JSON type that a member of a union reads."""
    match found:
        case Scalar(kind):
            return JSON_TYPES.get(kind, kind)
        case Timestamp():
            return "string"
        case Array():
            return "array"
        case Map() | Ref() | Choice():
            return "object"
        case _:
            raise AssertionError(f"no member of a union: {found}")


def parts(found: Type) -> Iterator[Type]:
    """The type and all types in it, references not followed."""
    yield found
    match found:
        case Array(inner) | Map(inner):
            yield from parts(inner)
        case Choice(_, cases):
            for _, ref in cases:
                yield ref
        case Union(members):
            for member in members:
                yield from parts(member)
        case _:
            pass


def all_types(table: TypeTable) -> Iterator[Type]:
    """Every type that stands anywhere in the table."""
    for found in (
        *table.roots.values(),
        *(field.type for record in table.records for field in record.fields),
    ):
        yield from parts(found)


@law
@given(SEEN)
def test_types_accept_the_values_they_come_from(
    seen: dict[Role, tuple[Json, ...]],
) -> None:
    table = decide(seen)
    table.check()
    assert list(table.roots) == list(seen)
    for role, values in seen.items():
        for value in values:
            assert accepts(table.roots[role], table, value)


@law
@given(SEEN)
def test_union_members_are_told_apart_by_json_type(
    seen: dict[Role, tuple[Json, ...]],
) -> None:
    for found in all_types(decide(seen)):
        if isinstance(found, Union):
            names = [json_type(member) for member in found.members]
            assert len(set(names)) == len(names)


@law
@given(SEEN)
def test_tables_hold_no_spare_and_no_equal_records(
    seen: dict[Role, tuple[Json, ...]],
) -> None:
    table = decide(seen)
    used = {found.record for found in all_types(table) if isinstance(found, Ref)}
    assert used == set(range(len(table.records)))
    looks = [
        frozenset((f.wire, f.type, f.required) for f in record.fields)
        for record in table.records
    ]
    assert len(set(looks)) == len(looks)


@law
@given(SEEN)
def test_counts_of_fields_agree_with_their_record(
    seen: dict[Role, tuple[Json, ...]],
) -> None:
    for record in decide(seen).records:
        objects = sum(origin.objects for origin in record.origins)
        for field in record.fields:
            assert 0 <= field.nulls <= field.seen <= field.of == objects
            assert not field.required or field.seen == field.of


def canonical(found: Type, table: TypeTable, around: tuple[int, ...] = ()) -> object:
    """The type without record numbers and without any order of fields."""
    match found:
        case Array(inner):
            return "array", canonical(inner, table, around)
        case Map(inner):
            return "map", canonical(inner, table, around)
        case Choice(tag, cases):
            return tag, frozenset((t, canonical(r, table, around)) for t, r in cases)
        case Union(members):
            return "union", frozenset(canonical(m, table, around) for m in members)
        case Ref(record) if record in around:
            return "above", len(around) - around.index(record)
        case Ref(record):
            return "record", frozenset(
                (f.wire, f.required, canonical(f.type, table, (*around, record)))
                for f in table.records[record].fields
            )
        case _:
            return found


@law
@given(st.data(), st.lists(JSON, min_size=2, max_size=5), st.sampled_from(Use))
def test_order_of_examples_changes_no_type(
    data: st.DataObject, values: list[Json], use: Use
) -> None:
    role = Role("/item/0", use, 200)
    shuffled = data.draw(st.permutations(values))
    one, other = decide({role: tuple(values)}), decide({role: tuple(shuffled)})
    assert canonical(one.roots[role], one) == canonical(other.roots[role], other)


@law
@given(JSON, st.integers(min_value=2, max_value=4))
def test_number_of_equal_replies_changes_no_type(value: Json, times: int) -> None:
    one, more = decide({REPLY: (value,)}), decide({REPLY: (value,) * times})
    assert canonical(one.roots[REPLY], one) == canonical(more.roots[REPLY], more)


ENDPOINTS = {
    "/item/0": Endpoint("GET", ("", "pets")),
    "/item/1": Endpoint("GET", ("", "pets", "{}")),
    "/item/2": Endpoint("GET", ("", "pets")),
}


@law
@given(st.data(), SEEN)
def test_order_of_requests_changes_no_type(
    data: st.DataObject, seen: dict[Role, tuple[Json, ...]]
) -> None:
    shuffled = dict(data.draw(st.permutations(list(seen.items()))))
    one, other = decide(seen, ENDPOINTS), decide(shuffled, ENDPOINTS)
    for role in seen:
        assert canonical(one.roots[role], one) == canonical(other.roots[role], other)


@law
@given(SEEN)
def test_evidence_of_other_requests_takes_no_value_away(
    seen: dict[Role, tuple[Json, ...]],
) -> None:
    table = decide(seen, ENDPOINTS)
    table.check()
    for role, values in seen.items():
        assert all(accepts(table.roots[role], table, value) for value in values)


@law
@given(
    st.dictionaries(st.sampled_from(["cat", "dog", "eel"]), st.sets(KEYS), min_size=2)
)
def test_kinds_told_by_a_tag_accept_what_they_come_from(
    kinds: dict[str, set[str]],
) -> None:
    values: list[Json] = [
        {"kind": text, **dict.fromkeys(sorted(keys), 1)} for text, keys in kinds.items()
    ]
    table = decide({REPLY: (values * 2,)})
    assert accepts(table.roots[REPLY], table, values)


TREES: st.SearchStrategy[list[typing.Any]] = st.recursive(
    st.just([]), lambda inner: st.lists(inner, max_size=3), max_leaves=12
)


@law
@given(TREES)
def test_trees_accept_what_they_come_from(tree: list[typing.Any]) -> None:
    def grown(level: list[typing.Any], name: str) -> Json:
        return {"id": 1, "name": name, "in": [grown(i, name + "x") for i in level]}

    table = decide({REPLY: (grown(tree, ""),)})
    assert accepts(table.roots[REPLY], table, grown(tree, ""))
    assert len(table.records) == 1


@law
@given(SEEN)
def test_records_stand_before_what_they_hold(
    seen: dict[Role, tuple[Json, ...]],
) -> None:
    table = decide(seen)
    firsts: dict[tuple[Role, tuple[str, ...]], int] = {}
    for index, record in enumerate(table.records):
        for origin in record.origins[:1]:
            firsts[origin.role, origin.path] = index
    for ((role, path), i), ((other, inner), j) in itertools.permutations(
        firsts.items(), 2
    ):
        if role == other and len(path) < len(inner) and inner[: len(path)] == path:
            assert i < j


OBJECT_CASES: list[tuple[Use, list[Json], dict[str, bool]]] = [
    # What is required, of which keys. One saved body shows what can be sent, not what must be.
    (Use.REQUEST, [{"a": 1}], {"a": False}),
    (Use.REQUEST, [{"a": 1}, {"a": 2, "b": 1}], {"a": True, "b": False}),
    (Use.REPLY, [{"a": 1}], {"a": True}),
    (Use.REPLY, [{"a": 1}, {"b": None}], {"a": False, "b": False}),
]


def test_what_is_required_follows_the_evidence() -> None:
    for use, values, required in OBJECT_CASES:
        role = Role("/item/0", use, 200)
        (record,) = decide({role: tuple(values)}).records
        assert {field.wire: field.required for field in record.fields} == required


def test_ids_as_keys_make_a_map_below_the_top_only() -> None:
    ids: Json = {"1": {"n": 1}, "2": {"n": 2}}
    table = decide({REPLY: (ids, {"of": ids})})
    root = table.roots[REPLY]
    assert isinstance(root, Ref)
    by_wire = {field.wire: field.type for field in table.records[root.record].fields}
    assert isinstance(by_wire["of"], Map)
    assert isinstance(by_wire["1"], Ref)
    assert isinstance(by_wire["of"].value, Ref)


def test_nothing_known_is_anything() -> None:
    table = decide({REPLY: ({"null": None, "empty": []},)})
    types = {field.wire: field.type for field in table.records[0].fields}
    assert types == {"null": ANYTHING, "empty": Array(ANYTHING)}
