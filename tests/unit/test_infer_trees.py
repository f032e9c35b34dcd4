"""Objects that hold objects of their own kind are one class; those that only refer to another are not."""

from __future__ import annotations

import typing

import pytest
from seen import Reader, comes_back, reply, types

from pmgen.infer import Array, Map, Ref, Scalar, Type, TypeTable, Union, decide

if typing.TYPE_CHECKING:
    from pmgen.source import Json

A = reply("a")
NULL = Scalar("null")


def decided(value: Json) -> TypeTable:
    """By what the value itself shows."""
    table = decide({A: (value,)})
    table.check()
    comes_back(table, {A: (value,)})
    return table


def node(number: int, **more: Json) -> dict[str, Json]:
    """An object with an id and a name."""
    return {"id": number, "name": "x", **more}


LEAF = node(3, children=[])
TREES: list[tuple[Json, Type]] = [
    (node(1, children=[node(2, children=[LEAF]), LEAF]), Array(Ref(0))),
    (node(1, children=node(2, children=None)), Union((Ref(0), NULL))),
    (node(1, children=[[node(2, children=[])]]), Array(Array(Ref(0)))),
    (
        node(1, children={"1": node(2, children={}), "2": node(3, children={})}),
        Map(Ref(0)),
    ),
    # A tree's leaves may lack something, and a quarter of all keys at most.
    (node(1, x=1, children=[node(2, x=1, y=1, children=[])]), Array(Ref(0))),
    (node(1, x=1, y=1, children=[node(2, x=1, children=[])]), Array(Ref(0))),
]


@pytest.mark.parametrize(("value", "children"), TREES)
def test_trees(value: Json, children: Type) -> None:
    (record,) = decided(value).records
    assert types(record)["children"] == children


NO_TREES: list[Json] = [
    # A short reference does not go on.
    {"id": 1, "name": "x", "type": "t", "owner": {"id": 2, "name": "x", "type": "t"}},
    # Two keys more than three in common.
    node(1, x=1, children=[node(2, x=1, y=1, z=1, children=[])]),
    # One key in common.
    {"id": 1, "children": [{"id": 2, "children": []}]},
    # The id of the one is a number, that of the other is text.
    {"id": 1, "name": "x", "in": {"id": "2", "name": "x", "in": None}},
    # What leads down does not lead further.
    {"id": 1, "name": "x", "in": {"id": 2, "name": "x", "in": "text"}},
]


@pytest.mark.parametrize("value", NO_TREES)
def test_what_is_no_tree(value: Json) -> None:
    assert len(decided(value).records) == 2


def test_a_parent_is_of_the_same_kind() -> None:
    value = node(1, parent=node(2, parent=node(3, parent=None)))
    (record,) = decided(value).records
    assert types(record)["parent"] == Union((Ref(0), NULL))
    assert [origin.path for origin in record.origins] == [
        (),
        ("parent",),
        ("parent", "parent"),
    ]


def test_replies_to_replies() -> None:
    comment = node(1, text="t", replies=[node(2, text="t", replies=[])])
    table = decided({"data": [comment], "page": 1})
    assert [set(types(record)) for record in table.records] == [
        {"data", "page"},
        {"id", "name", "text", "replies"},
    ]
    assert types(table.records[1])["replies"] == Array(Ref(1))


def test_two_kinds_that_hold_each_other() -> None:
    def folder(*files: Json) -> Json:
        return {"id": 1, "name": "f", "rights": "r", "files": [*files]}

    def file(inside: Json) -> Json:
        return {"id": 1, "size": 9, "mime": "m", "within": inside}

    value = folder(file(folder(file(folder()), file(None))))
    table = decided(value)
    assert len(table.records) == 2
    folders, files = table.records
    assert types(folders)["files"] == Array(Ref(1))
    assert types(files)["within"] == Union((Ref(0), NULL))


def test_the_nearest_of_its_kind_is_meant() -> None:
    """The outer envelope looks like what it holds, but for a type; the inner ones are trees."""
    tree = node(1, children=[node(2, children=[])])
    table = decided({"id": "x", "name": "y", "children": [tree]})
    assert len(table.records) == 2
    assert types(table.records[0])["children"] == Array(Ref(1))
    assert types(table.records[1])["children"] == Array(Ref(1))


@pytest.mark.parametrize("down", ["[]", "{}", "", "\ud800", "a.b"])
def test_keys_that_look_like_steps_lead_down_too(down: str) -> None:
    (record,) = decided({**node(1), down: [{**node(2), down: []}]}).records
    assert types(record)[down] == Array(Ref(0))


def test_parts_of_a_tree_are_one_too() -> None:
    value = node(1, at={"x": 1, "y": 2}, children=[node(2, at={"x": 1}, children=[])])
    table = decided(value)
    assert len(table.records) == 2
    place = table.records[1]
    assert {field.wire: field.required for field in place.fields} == {
        "x": True,
        "y": False,
    }


@pytest.mark.parametrize("depth", [62, 63, 64, 65, 120])
def test_depth(depth: int) -> None:
    value: Json = node(0, children=[])
    for number in range(depth):
        value = node(number, children=[value])
    table = decided(value)
    assert len(table.records) == 1
    shallow = node(0, children=[node(1, children=[])])
    assert Reader(table).complaint(A, shallow) == ""


def test_what_is_too_deep_to_be_looked_at_may_be_anything() -> None:
    """The last one is no part of the tree, and is accepted as all others are."""
    value: Json = {"odd": True}
    for number in range(70):
        value = node(number, **{"in": value})
    decided(value)


@pytest.mark.parametrize("kind", ["list", "map", "record", "map of lists"])
def test_nests_of_all_kinds(kind: str) -> None:
    value: Json = 1
    for _ in range(100):
        around: dict[str, Json] = {
            "list": [value],
            "map": {"1": value, "2": None},
            "record": {"a": value},
            "map of lists": {"1": [value], "2": []},
        }
        value = around[kind]
    decided({"x": value})
