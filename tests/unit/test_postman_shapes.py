"""What a file may be: collection, wrapper, bare folder or item; and the tree in it."""

from __future__ import annotations

import build
import pytest

from pmgen import postman
from pmgen.diagnostics import Rule
from pmgen.postman import Folder, Item


def tree(data: build.Data) -> build.Data:
    """Names and pointers of a sound collection, folders as ``(name, pointer, members)``."""
    return _members(build.sound(data).root)


def _members(folder: Folder) -> list[build.Data]:
    return [
        (
            (member.name, member.pointer)
            if isinstance(member, Item)
            else (member.name, member.pointer, _members(member))
        )
        for member in folder.members
    ]


_ONE = build.item("http://h/x")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (build.collection(_ONE), [("one", "/item/0")]),
        ({"item": [_ONE]}, [("one", "/item/0")]),
        ({"info": None, "item": [_ONE]}, [("one", "/item/0")]),
        ({"info": {"schema": "v9"}, "item": [_ONE]}, [("one", "/item/0")]),
        (
            {"collection": build.collection(_ONE)},
            [("one", "/collection/item/0")],
        ),
        ({"name": "F", "item": [_ONE]}, [("one", "/item/0")]),
        (_ONE, [("one", "")]),
        ({"request": "http://h"}, [("", "")]),
        ({"item": _ONE}, [("one", "/item")]),
        (
            {"item": build.folder("F", _ONE)},
            [("F", "/item", [("one", "/item/item/0")])],
        ),
        ({"item": None}, []),
        ({"item": []}, []),
        ({"item": [None, _ONE]}, [("one", "/item/1")]),
        (
            {"item": [{**_ONE, "item": [_ONE]}]},
            [("one", "/item/0", [("one", "/item/0/item/0")])],
        ),
        ({"item": [{**_ONE, "item": []}]}, [("one", "/item/0", [])]),
        ({"item": [{**_ONE, "item": None}]}, [("one", "/item/0")]),
        ({"item": [{}]}, [("", "/item/0")]),
        (
            {"item": [build.folder("F", build.folder("G", _ONE)), _ONE]},
            [
                (
                    "F",
                    "/item/0",
                    [("G", "/item/0/item/0", [("one", "/item/0/item/0/item/0")])],
                ),
                ("one", "/item/1"),
            ],
        ),
    ],
)
def test_every_shape_has_its_tree(data: build.Data, expected: build.Data) -> None:
    assert tree(data) == expected


def test_a_wrapper_in_a_wrapper_is_unwrapped_too() -> None:
    data = {"collection": {"collection": build.collection(_ONE)}}
    parsed, _ = postman.parse(build.read(data), "shop")
    assert parsed is not None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("n", "n"),
        (5, "5"),
        (True, "true"),
        (None, ""),
        ("", ""),
        (" a/b\n 🎉 ", "a/b 🎉"),
    ],
)
def test_names_may_be_anything_and_are_kept_on_one_line(
    name: build.Data, expected: str
) -> None:
    data = build.collection(build.item("http://h", name=name))
    assert build.first(build.sound(data)).name == expected
    data = build.collection({"name": name, "item": []})
    assert build.sound(data).root.members[0].name == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (build.collection(), "Shop"),
        ({"info": {"name": "A"}, "name": "B", "item": []}, "A"),
        ({"info": {}, "name": "B", "item": []}, "B"),
        ({"info": {"name": None}, "item": []}, "the file"),
        ({"info": {"name": ""}, "item": []}, "the file"),
        ({"info": {"name": 5}, "item": []}, "5"),
        (_ONE, "one"),
    ],
)
def test_a_collection_without_a_name_takes_the_files(
    data: build.Data, expected: str
) -> None:
    parsed, _ = postman.parse(build.read(data), "the file")
    assert parsed is not None
    assert parsed.name == expected


def test_a_trail_is_the_names_of_the_folders_and_the_item() -> None:
    data = build.collection(build.folder("F", build.folder("G", _ONE)))
    outer = build.sound(data).root.members[0]
    assert isinstance(outer, Folder)
    inner = outer.members[0]
    assert isinstance(inner, Folder)
    assert (outer.trail, inner.trail) == (("F",), ("F", "G"))
    assert inner.members[0].trail == ("F", "G", "one")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ([], "JSON object"),
        ([_ONE], "JSON object"),
        ("x", "JSON object"),
        (5, "JSON object"),
        (None, "JSON object"),
        ({}, "neither"),
        ({"info": {"name": "x"}}, "neither"),
        ({"collection": {}}, "neither"),
        ({"collection": 5}, "neither"),
        ({"id": "c", "order": [], "requests": []}, "1.0"),
        ({"name": "Dev", "values": []}, "environment"),
        ({"openapi": "3.1.0", "paths": {}}, "OpenAPI"),
        ({"swagger": "2.0"}, "Swagger"),
    ],
)
def test_what_is_no_collection_is_told_what_it_is(data: build.Data, word: str) -> None:
    parsed, found = postman.parse(build.read(data), "shop")
    assert parsed is None
    assert [d.rule for d in found] == [Rule.NOT_A_COLLECTION]
    assert word in found[0].text


@pytest.mark.parametrize(
    "request_form", [None, "", {}, {"url": None}, {"url": ""}, {"method": "GET"}]
)
def test_an_item_without_a_request_or_a_url_is_no_error(
    request_form: build.Data,
) -> None:
    item = build.first(build.sound(build.collection(build.item(request_form))))
    assert item.request is None or not item.request.url.host


@pytest.mark.parametrize(
    ("method", "expected"),
    [(None, "GET"), ("", "GET"), ("post", "POST"), ("Purge", "PURGE"), ("X-Y", "X-Y")],
)
def test_a_method_is_in_upper_case_and_get_by_default(
    method: str | None, expected: str
) -> None:
    assert build.request({"method": method, "url": "http://h"}).method == expected


def test_a_request_that_is_a_text_is_a_get_of_that_url() -> None:
    found = build.request("http://h/x?a=1")
    assert (found.method, found.url.host, found.url.path) == ("GET", "h", ("x",))


@pytest.mark.parametrize(
    ("behavior", "prunes"),
    [
        (None, True),
        ({}, True),
        ({"disableBodyPruning": True}, False),
        ({"disableBodyPruning": False}, True),
        ({"disableBodyPruning": "true"}, True),
    ],
)
def test_pruning_is_off_only_where_the_item_says_so(
    behavior: build.Data, prunes: bool
) -> None:
    item = build.item("http://h", protocolProfileBehavior=behavior)
    assert build.first(build.sound(build.collection(item))).prunes_body is prunes


@pytest.mark.parametrize("place", ["folder", "collection"])
def test_pruning_is_inherited(place: str) -> None:
    flag = {"protocolProfileBehavior": {"disableBodyPruning": True}}
    item = build.item("http://h")
    if place == "folder":
        member = build.sound(build.collection(build.folder("F", item, **flag)))
        inner = member.root.members[0]
        assert isinstance(inner, Folder)
        found = inner.members[0]
    else:
        found = build.first(build.sound(build.collection(item, **flag)))
    assert isinstance(found, Item)
    assert not found.prunes_body


def _nested(depth: int) -> build.Data:
    data = _ONE
    for _ in range(depth):
        data = build.folder("F", data)
    return data


def test_folders_may_nest_60_deep() -> None:
    _, found = build.parse(build.collection(_nested(60)))
    assert found == ()


def test_deeper_folders_are_a_limit_and_not_a_crash() -> None:
    _, found = build.parse(build.collection(_nested(150)))
    assert [d.rule for d in found] == [Rule.LIMIT]
    assert found[0].pointer == "/item/0" + "/item/0" * 60
