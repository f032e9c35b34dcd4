"""What a file may be: one collection or several, wrapped or bare, or none; and the tree in it."""

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
        (
            {"collection": {"collection": build.collection(_ONE)}},
            [("one", "/collection/collection/item/0")],
        ),
        ({"collection": _ONE}, [("one", "/collection")]),
        ({"environment": build.collection(_ONE)}, [("one", "/environment/item/0")]),
        ({"name": "F", "item": [_ONE]}, [("one", "/item/0")]),
        (_ONE, [("one", "")]),
        ([_ONE, {**_ONE, "name": "two"}], [("one", "/0"), ("two", "/1")]),
        ([build.folder("F", _ONE)], [("F", "/0", [("one", "/0/item/0")])]),
        ({"request": "http://h"}, [("", "")]),
        ({"item": _ONE}, [("one", "/item")]),
        (
            {"item": build.folder("F", _ONE)},
            [("F", "/item", [("one", "/item/item/0")])],
        ),
        ({"item": None}, []),
        ({"item": []}, []),
        ({"item": [None, _ONE]}, [("one", "/item/1")]),
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
        ({"request": "http://h"}, "the file"),
        ([_ONE], "the file"),
        ({"name": "F", "item": []}, "F"),
    ],
)
def test_a_collection_without_a_name_takes_the_files(
    data: build.Data, expected: str
) -> None:
    (parsed,), found = postman.parse(build.read(data), "the file")
    assert (parsed.name, parsed.stem, found) == (expected, "the file", ())


def test_a_trail_is_the_names_of_the_folders_and_the_item() -> None:
    data = build.collection(build.folder("F", build.folder("G", _ONE)))
    outer = build.sound(data).root.members[0]
    assert isinstance(outer, Folder)
    inner = outer.members[0]
    assert isinstance(inner, Folder)
    assert (outer.trail, inner.trail) == (("F",), ("F", "G"))
    assert inner.members[0].trail == ("F", "G", "one")


#: What is no collection: the place that is told, and what it is told to be.
_NONE: list[tuple[build.Data, str, str]] = [
    ([], "", "no JSON object"),
    ("x", "", "no JSON object"),
    (5, "", "no JSON object"),
    (None, "", "no JSON object"),
    ({}, "", "an object with neither `item` nor `request`"),
    ({"info": {"name": "x"}}, "", "an object with neither `item` nor `request`"),
    ({"collection": {}}, "/collection", "an object with neither `item` nor `request`"),
    ({"collection": 5}, "", "an object with neither `item` nor `request`"),
    ({"collection": [_ONE]}, "", "an object with neither `item` nor `request`"),
    ({"requests": {}}, "", "an object with neither `item` nor `request`"),
    ({"items": {}}, "", "an object with neither `item` nor `request`"),
    ({"openapi": "3.1.0", "paths": {}}, "", "an OpenAPI description"),
    ({"swagger": "2.0", "paths": {}}, "", "a Swagger description"),
]


@pytest.mark.parametrize(("data", "pointer", "words"), _NONE)
def test_what_is_no_collection_is_told_what_it_is(
    data: build.Data, pointer: str, words: str
) -> None:
    _, found = postman.parse(build.read(data), "shop")
    assert [(d.rule, d.pointer, d.text) for d in found] == [
        (Rule.NOT_A_COLLECTION, pointer, f"This is {words}, not a Postman collection")
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (["x", 5], "no JSON object"),
        ([None], "no JSON object"),
        ([{"a": 1}], "an object with neither `item` nor `request`"),
    ],
)
def test_a_list_of_nothing_known_is_told_what_it_is(
    data: build.Data, words: str
) -> None:
    _, found = postman.parse(build.read(data), "shop")
    assert [d.text for d in found] == [f"This is {words}, not a Postman collection"]


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"name": "Dev", "values": []}, ""),
        ({"values": [{"key": "a", "value": "b"}]}, ""),
        ({"environment": {"name": "Dev", "values": []}}, "/environment"),
        ([{"key": "a", "value": "b"}], ""),
        ([{"key": "a", "value": "b"}, None], ""),
    ],
)
def test_an_environment_is_no_collection(data: build.Data, pointer: str) -> None:
    parsed, found = postman.parse(build.read(data), "shop")
    words = "This is a Postman environment (or globals), not a Postman collection"
    assert parsed == ()
    assert [(d.rule, d.pointer, d.text) for d in found] == [
        (Rule.ENVIRONMENT_AS_COLLECTION, pointer, words)
    ]


_TWO = build.item("http://h/y", name="two")


@pytest.mark.parametrize(
    ("data", "expected", "ignored"),
    [
        ({"values": [{"key": "a"}], "item": [_ONE]}, [("one", "/item/0")], []),
        ({"values": [], "items": [_ONE]}, [("one", "/items/0")], []),
        ({"openapi": "3.1.0", "item": [_ONE]}, [("one", "/item/0")], []),
        ({"requests": [], "item": [_ONE]}, [("one", "/item/0")], []),
        ({"requests": [{}], "item": [_ONE]}, [("one", "/item/0")], ["/requests"]),
        ({"items": [_TWO], "item": [_ONE]}, [("one", "/item/0")], ["/items"]),
        ({"request": "http://h", "item": [_ONE]}, [("one", "/item/0")], ["/request"]),
        ({"request": "http://h", "items": [_ONE]}, [("", "")], ["/items"]),
        (
            {"collection": {"item": [_TWO]}, "item": [_ONE]},
            [("one", "/item/0")],
            ["/collection"],
        ),
        (
            {"item": [{**_ONE, "item": [_TWO]}]},
            [("one", "/item/0", [("two", "/item/0/item/0")])],
            ["/item/0/request"],
        ),
        (
            {"item": [{**_ONE, "item": []}]},
            [("one", "/item/0", [])],
            ["/item/0/request"],
        ),
        (
            {"item": [{"name": "F", "item": [_ONE], "items": [_TWO]}]},
            [("F", "/item/0", [("one", "/item/0/item/0")])],
            ["/item/0/items"],
        ),
    ],
)
def test_of_two_keys_with_requests_one_is_read_and_the_other_told(
    data: build.Data, expected: build.Data, ignored: list[str]
) -> None:
    parsed, found = build.parse(data)
    assert _members(parsed.root) == expected
    told = [d.pointer for d in found if d.rule is Rule.MEMBERS_IGNORED]
    assert told == ignored


def test_items_beside_a_request_are_told() -> None:
    _, found = build.parse(build.collection({**_ONE, "items": [_TWO]}))
    assert [(d.rule, d.pointer) for d in found] == [
        (Rule.MEMBERS_IGNORED, "/item/0/items")
    ]


@pytest.mark.parametrize("key", ["response", "responses"])
@pytest.mark.parametrize("place", ["", "/item/0"])
def test_a_saved_example_of_a_folder_is_left_out_and_told(place: str, key: str) -> None:
    own = {key: [{"name": "ok", "code": 200}]}
    inner = build.folder("F", _ONE, **(own if place else {}))
    _, found = build.parse(build.collection(inner, **({} if place else own)))
    told = {(d.rule, d.pointer) for d in found}
    assert told == {(Rule.EXAMPLE_SKIPPED, f"{place}/{key}/0")}


def test_a_saved_example_of_a_folder_is_told_once() -> None:
    replies = [{"name": "ok", "code": 200}]
    _, found = build.parse(build.collection(build.folder("F", _ONE, responses=replies)))
    assert len(found) == 1


@pytest.mark.parametrize(
    ("data", "ignored"),
    [
        ({"requests": [{"url": "http://h"}], "items": [_TWO]}, "/items"),
        ({"requests": [{"url": "http://h"}], "request": "http://h"}, "/request"),
        ({"collections": [build.collection(_ONE)], "requests": [{}]}, "/requests"),
        ({"collection": build.collection(_ONE), "request": "http://h"}, "/request"),
    ],
)
def test_requests_beside_other_shapes_are_told(data: build.Data, ignored: str) -> None:
    _, found = build.parse(data)
    assert [d.pointer for d in found if d.rule is Rule.MEMBERS_IGNORED] == [ignored]


def test_a_bare_item_keeps_its_examples_and_prunes_its_body() -> None:
    for data in ({**_ONE, "response": [{"name": "ok"}]}, [{**_ONE, "response": [{}]}]):
        item = build.first(build.sound(data))
        assert len(item.responses) == 1
        assert item.behavior.prunes_body


def test_a_dump_without_collections_is_told() -> None:
    parsed, found = postman.parse(build.read({"collections": []}), "shop")
    assert parsed == ()
    assert [(d.rule, d.text) for d in found] == [
        (Rule.NOT_A_COLLECTION, "The data dump holds no collection")
    ]


_FOREIGN = {
    "headers": [{"key": "A", "value": "1"}],
    "events": [{"listen": "test", "script": {"exec": "x"}}],
    "variables": build.pairs(a="1"),
}


def test_keys_of_format_1_are_told_and_not_read() -> None:
    request = {"method": "GET", "url": "http://h", **_FOREIGN}
    item = {"name": "one", "request": request, **_FOREIGN}
    data = build.collection(build.folder("F", item, **_FOREIGN), **_FOREIGN)
    parsed, found = build.parse(data)
    places = ["", "/item/0", "/item/0/item/0", "/item/0/item/0/request"]
    assert sorted((d.rule.code, d.pointer) for d in found) == sorted(
        (Rule.WITHOUT_EFFECT.code, f"{place}/{key}")
        for place in places
        for key in _FOREIGN
    )
    assert (parsed.variables, parsed.root.scripts) == ((), ())


@pytest.mark.parametrize("value", [None, [], "", {}])
def test_empty_keys_of_format_1_are_nothing_to_tell(value: build.Data) -> None:
    empty = dict.fromkeys(_FOREIGN, value)
    build.sound(build.collection(build.item("http://h", **empty), **empty))


def _v1(name: str) -> build.Data:
    request = {"id": "r", "name": f"{name}s", "method": "GET", "url": "http://h/x"}
    return {"id": name, "name": name, "order": ["r"], "requests": [request]}


def several(data: build.Data) -> tuple[list[build.Data], list[build.Data]]:
    """Name, stem and members of each collection; and rule and place of what was said."""
    parsed, found = postman.parse(build.read(data), "the file")
    return (
        [(c.name, c.stem, [m.name for m in c.root.members]) for c in parsed],
        [(d.rule, d.pointer) for d in found],
    )


def test_a_collection_of_format_1_is_told_by_its_requests() -> None:
    assert several(_v1("A")) == ([("A", "the file", ["As"])], [])
    assert several({"collection": _v1("A")}) == ([("A", "the file", ["As"])], [])


def test_each_collection_of_a_dump_is_one_of_its_own_and_named_by_itself() -> None:
    dump = {
        "version": 1,
        "collections": [
            _v1("A"),
            build.collection(_ONE),
            {"collection": _v1("B")},
            {"name": "F", "item": [_ONE]},
        ],
        "environments": [],
        "headerPresets": [],
        "globals": [],
    }
    assert several(dump) == (
        [
            ("A", "A", ["As"]),
            ("Shop", "Shop", ["one"]),
            ("B", "B", ["Bs"]),
            ("F", "F", ["one"]),
        ],
        [],
    )


def test_collections_of_one_name_stay_two() -> None:
    dump = {"collections": [_v1("A"), _v1("A")]}
    assert several(dump) == ([("A", "A", ["As"]), ("A", "A", ["As"])], [])


def test_a_collection_of_a_dump_without_a_name_takes_the_files() -> None:
    found, _ = several({"collections": [{"requests": []}]})
    assert found == [("the file", "the file", [])]


def test_environments_and_globals_of_a_dump_are_the_users_to_choose() -> None:
    dump = {
        "collections": [_v1("A")],
        "environments": [{"name": "Dev", "values": []}],
        "globals": [{"key": "a", "value": "b"}],
    }
    assert several(dump) == (
        [("A", "A", ["As"])],
        [
            (Rule.ENVIRONMENT_UNUSED, "/environments"),
            (Rule.ENVIRONMENT_UNUSED, "/globals"),
        ],
    )


def test_a_list_of_collections_is_several() -> None:
    other = {"info": {"name": "Other"}, "item": [build.folder("F", _ONE)]}
    assert several([build.collection(_ONE), other]) == (
        [("Shop", "Shop", ["one"]), ("Other", "Other", ["F"])],
        [],
    )


def test_a_list_of_one_collection_is_one() -> None:
    assert several([build.collection(_ONE)]) == ([("Shop", "Shop", ["one"])], [])


def test_a_list_of_items_and_folders_is_one_collection_named_by_the_file() -> None:
    form = [_ONE, None, build.folder("F", _ONE), {"request": "http://h"}]
    assert several(form) == ([("the file", "the file", ["one", "F", ""])], [])


def test_null_between_collections_is_passed_over() -> None:
    found, said = several([build.collection(_ONE), None])
    assert (found, said) == ([("Shop", "Shop", ["one"])], [])


def test_what_is_neither_in_a_list_of_items_is_left_out() -> None:
    form = [_ONE, 5, build.folder("F", _ONE)]
    assert several(form) == (
        [("the file", "the file", ["one", "F"])],
        [(Rule.WRONG_TYPE, "/1")],
    )


@pytest.mark.parametrize(
    ("data", "expected", "pointers"),
    [
        ({"info": {"name": "A"}, "items": [_ONE]}, [("one", "/items/0")], [""]),
        ({"item": None, "items": [_ONE]}, [("one", "/items/0")], [""]),
        (
            {"collection": {"items": [_ONE]}},
            [("one", "/collection/items/0")],
            ["/collection"],
        ),
        (
            build.collection({"name": "F", "items": [_ONE]}),
            [("F", "/item/0", [("one", "/item/0/items/0")])],
            ["/item/0"],
        ),
        (
            {"items": [{"name": "F", "items": [_ONE]}]},
            [("F", "/items/0", [("one", "/items/0/items/0")])],
            ["", "/items/0"],
        ),
        (build.collection({"name": "F", "items": {}}), [("F", "/item/0")], []),
    ],
)
def test_items_is_read_as_item_and_told(
    data: build.Data, expected: build.Data, pointers: list[str]
) -> None:
    parsed, found = build.parse(data)
    assert _members(parsed.root) == expected
    assert [(d.rule, d.pointer) for d in found] == [
        (Rule.KEY_GUESSED, pointer) for pointer in pointers
    ]


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
    assert (
        build.first(build.sound(build.collection(item))).behavior.prunes_body is prunes
    )


@pytest.mark.parametrize(
    ("collection", "folder", "item", "prunes"),
    [
        (True, None, None, False),
        (None, True, None, False),
        (True, False, None, True),
        (False, True, None, False),
        (True, None, False, True),
        (None, False, True, False),
        (True, "false", None, False),
    ],
)
def test_the_nearest_setting_of_pruning_counts(
    collection: build.Data, folder: build.Data, item: build.Data, prunes: bool
) -> None:
    def flag(value: build.Data) -> build.Data:
        return {"protocolProfileBehavior": {"disableBodyPruning": value}}

    inner = build.folder("F", build.item("http://h", **flag(item)), **flag(folder))
    (found,) = build.sound(build.collection(inner, **flag(collection))).root.members
    assert isinstance(found, Folder)
    (member,) = found.members
    assert isinstance(member, Item)
    assert member.behavior.prunes_body is prunes


def _nested(depth: int) -> build.Data:
    data = _ONE
    for _ in range(depth):
        data = build.folder("F", data)
    return data


def test_folders_may_nest_60_deep() -> None:
    _, found = build.parse(build.collection(_nested(60)))
    assert found == ()


def test_deeper_folders_are_a_limit_and_not_a_crash() -> None:
    _, found = build.parse(build.collection(_nested(100)))
    assert [d.rule for d in found] == [Rule.LIMIT]
    assert found[0].pointer == "/item/0" + "/item/0" * 60
