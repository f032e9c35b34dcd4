"""Format 1.0: scripts, variables, saved examples, and the whole. The tree and the request have their own tests."""

from __future__ import annotations

import dataclasses
import json
import typing

import build
import pytest
from build_v1 import brief, folder, folders, item, items, places, req, shop, tree

from pmgen import postman
from pmgen.diagnostics import Rule

if typing.TYPE_CHECKING:
    from pmgen.postman import Response


# --- Scripts, variables, settings -----------------------------------------------------------------------------------


EVENTS = [
    {"listen": "prerequest", "script": {"exec": ["x", "y"]}},
    {"listen": "test", "script": {"exec": "z"}},
    {"script": {"exec": ["w"]}},
    {"listen": "test", "disabled": True, "script": {"exec": ["v"]}},
]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, []),
        ({"tests": None, "preRequestScript": " "}, []),
        ({"tests": "a\nb"}, [(False, "a\nb")]),
        ({"preRequestScript": "a"}, [(True, "a")]),
        (
            {"tests": ["a", "b"], "preRequestScript": "c"},
            [(True, "c"), (False, "a\nb")],
        ),
        ({"events": EVENTS}, [(True, "x\ny"), (False, "z"), (False, "w")]),
        ({"events": EVENTS, "tests": ""}, [(True, "x\ny"), (False, "z"), (False, "w")]),
        ({"events": EVENTS, "tests": "a"}, [(False, "a")]),
    ],
)
def test_old_scripts_win_over_events(keys: build.Data, expected: build.Data) -> None:
    found = item(**keys).scripts
    assert [(script.before, script.code) for script in found] == expected


def test_scripts_of_collection_and_folders_and_their_places() -> None:
    parsed = build.sound(shop(events=EVENTS[:1], folders=[folder("f", tests="a")]))
    (inner,) = folders(parsed.root)
    assert [script.pointer for script in parsed.root.scripts] == ["/events/0"]
    assert [script.pointer for script in inner.scripts] == ["/folders/0/tests"]


def test_variables_of_the_collection_may_be_named_by_their_id() -> None:
    listed = [
        {"id": "1", "key": "base", "value": "http://h", "description": "where"},
        {"id": "token", "value": "t", "type": "secret"},
        None,
    ]
    found = build.sound(shop(variables=listed)).variables
    assert [(v.key, v.value, v.secret, v.description, v.pointer) for v in found] == [
        ("base", "http://h", False, "where", "/variables/0"),
        ("token", "t", True, "", "/variables/1"),
    ]


def test_a_variable_without_a_name_and_variables_elsewhere_have_no_effect() -> None:
    own = [{"key": "a", "value": "1"}]
    data = shop(
        req("r", variables=own),
        variables=[{"value": "1"}],
        folders=[folder("f", variables=own)],
    )
    parsed, diagnostics = build.parse(data)
    assert parsed.variables == ()
    assert places(diagnostics) == [
        (Rule.WITHOUT_EFFECT, "/folders/0/variables"),
        (Rule.WITHOUT_EFFECT, "/requests/0/variables"),
        (Rule.WITHOUT_EFFECT, "/variables/0"),
    ]


@pytest.mark.parametrize(
    ("collection", "inner", "own", "prunes"),
    [
        (None, None, None, True),
        (True, None, None, False),
        (None, True, None, False),
        (None, None, True, False),
        (True, False, None, True),
        (True, True, False, True),
    ],
)
def test_the_nearest_setting_decides_whether_a_body_is_pruned(
    collection: bool | None, inner: bool | None, own: bool | None, prunes: bool
) -> None:
    def behaviour(flag: bool | None) -> build.Data:
        value = {"disableBodyPruning": flag} if flag is not None else {}
        return {"protocolProfileBehavior": value}

    data = shop(
        req("r", **behaviour(own)),
        order=[],
        folders=[folder("f", "r", **behaviour(inner))],
        **behaviour(collection),
    )
    (found,) = items(build.sound(data).root)
    assert found.behavior.prunes_body is prunes


def test_descriptions_lose_their_format() -> None:
    parsed = build.sound(
        shop(
            req("r", description=" <b>do</b> ", descriptionFormat="html"),
            description="all",
        )
    )
    found = build.first(parsed).request
    assert found is not None
    assert (parsed.description, found.description) == ("all", "<b>do</b>")


@pytest.mark.parametrize(
    ("name", "expected"), [("A", "A"), (None, "shop"), ("", "shop"), (0, "0")]
)
def test_a_collection_without_a_name_is_called_like_its_file(
    name: build.Data, expected: str
) -> None:
    parsed = build.sound(shop(name=name))
    assert (parsed.name, parsed.stem) == (expected, "shop")


# --- Saved examples -------------------------------------------------------------------------------------------------


def response(*others: build.Data, **keys: build.Data) -> Response:
    """The one saved example of the first of these requests."""
    data = shop(req("r", responses=[{"id": "p", **keys}]), *others)
    (found,) = build.first(build.sound(data)).responses
    return found


def test_a_saved_example() -> None:
    found = response(
        name=" all\n fine ",
        responseCode={"code": 201, "name": "Created"},
        headers=[{"name": "A", "key": "A", "value": "1", "description": "d"}],
        text='{"a": 1}',
        language="JSON",
    )
    assert dataclasses.replace(found, headers=()) == postman.Response(
        name="all fine",
        status=201,
        body='{"a": 1}',
        language="json",
        pointer="/requests/0/responses/0",
        body_key="text",
    )
    assert brief(found.headers) == [("A", "1", True)]


@pytest.mark.parametrize(
    ("keys", "status"),
    [
        ({}, None),
        ({"responseCode": None}, None),
        ({"responseCode": {"code": 404}}, 404),
        ({"responseCode": {"code": "404"}}, 404),
        ({"responseCode": 404}, 404),
        ({"responseCode": {"code": None}, "status": 404}, 404),
        ({"responseCode": {"name": "OK"}, "status": "200"}, 200),
        ({"status": "OK"}, None),
        ({"responseCode": {"code": 200}, "status": 404}, 200),
    ],
)
def test_the_status_of_an_example(keys: build.Data, status: int | None) -> None:
    assert response(**keys).status == status


@pytest.mark.parametrize(
    ("keys", "text", "key"),
    [
        ({}, "", "body"),
        ({"text": None}, "", "body"),
        ({"text": "a", "body": "b"}, "a", "text"),
        ({"text": "", "body": "b"}, "", "text"),
        ({"text": None, "body": "b"}, "b", "body"),
    ],
)
def test_the_body_of_an_example(keys: build.Data, text: str, key: str) -> None:
    found = response(**keys)
    assert (found.body, found.body_key) == (text, key)


@pytest.mark.parametrize(
    ("keys", "language"),
    [
        ({}, ""),
        ({"language": None, "mime": ""}, ""),
        ({"language": "javascript", "mime": "text/html"}, "javascript"),
        ({"language": "Text", "mime": "application/hal+json; charset=utf-8"}, "json"),
        ({"mime": "text/HTML"}, "html"),
        ({"language": "Text", "mime": "image/png"}, "text"),
        ({"language": "Text", "mime": ["x"]}, "text"),
    ],
)
def test_the_language_of_an_example(keys: build.Data, language: str) -> None:
    assert response(**keys).language == language


@pytest.mark.parametrize("names", [{"name": "A"}, {"name": "B", "key": "A"}])
def test_headers_of_an_example_have_a_name_if_no_key(names: build.Data) -> None:
    found = response(headers=[{**names, "value": "1"}])
    assert brief(found.headers) == [("A", "1", True)]


ASKED = {"method": "put", "url": "http://h/x?a=1", "headers": "A: 1"}


@pytest.mark.parametrize(
    "keys",
    [
        {"requestObject": json.dumps(ASKED)},
        {"requestObject": ASKED},
        {"request": ASKED},
        {"request": " " + json.dumps(ASKED)},
        {"requestObject": json.dumps(ASKED), "request": {"url": "http://other"}},
        {"requestObject": None, "request": "other"},
        {"requestObject": "", "request": "other"},
        {"requestObject": '"other"', "request": "r"},
        {"requestObject": "other"},
    ],
)
def test_the_request_that_was_answered(keys: build.Data) -> None:
    found = response({**req("other"), **ASKED}, **keys).request
    assert found is not None
    assert (found.method, found.url.path) == ("PUT", ("x",))
    assert brief(found.url.query) == [("a", "1", True)]
    assert brief(found.headers) == [("A", "1", True)]


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"request": None},
        {"request": "gone"},
        {"request": ""},
        {"requestObject": "null"},
        {"requestObject": '"gone"'},
    ],
)
def test_a_request_that_nobody_knows(keys: build.Data) -> None:
    assert response(**keys).request is None


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ({"requestObject": "{bad"}, "requestObject"),
        ({"requestObject": "bad"}, "requestObject"),
        ({"requestObject": [ASKED]}, "requestObject"),
        ({"request": "{bad"}, "request"),
        ({"request": 5}, "request"),
    ],
)
def test_a_bad_request_leaves_the_example(keys: build.Data, place: str) -> None:
    data = shop(req("r", responses=[{"id": "p", "text": "x", **keys}]))
    parsed, diagnostics = build.parse(data)
    (found,) = build.first(parsed).responses
    assert (found.body, found.request) == ("x", None)
    assert places(diagnostics) == [
        (Rule.WRONG_TYPE, f"/requests/0/responses/0/{place}")
    ]
    assert diagnostics[0].trail == ("r",)


def test_of_requests_with_the_same_id_an_example_means_the_first() -> None:
    first, second = req("a", method="PUT"), req("a", method="POST")
    found = response(first, second, request="a").request
    assert found is not None
    assert found.method == "PUT"


def test_faults_of_a_request_are_told_once_however_many_examples_name_it() -> None:
    answers = [{"request": "r"}, {"request": "r"}]
    data = shop(req("r", url=[], responses=answers))
    _, diagnostics = build.parse(data)
    assert places(diagnostics) == [(Rule.WRONG_TYPE, "/requests/0/url")]


def test_examples_come_in_their_order_then_as_they_lie() -> None:
    found = item(
        responses=[{"id": id_, "name": id_} for id_ in "abcd"] + [{"name": "e"}],
        responses_order=["c", "gone", "a", "c"],
    ).responses
    assert [response.name for response in found] == ["c", "a", "b", "d", "e"]


def test_examples_that_are_no_objects_are_refused_and_null_says_nothing() -> None:
    data = shop(req("r", responses=[5, None, {"text": {"a": 1}}]))
    parsed, diagnostics = build.parse(data)
    (found,) = build.first(parsed).responses
    assert found.pointer == "/requests/0/responses/2"
    assert places(diagnostics)[0] == (
        Rule.WRONG_TYPE,
        "/requests/0/responses/2/text",
    )
    assert (Rule.WRONG_TYPE, "/requests/0/responses/0") in places(diagnostics)


# --- The whole ------------------------------------------------------------------------------------------------------


def test_what_is_refused_is_told_in_the_words_of_the_schema_with_its_trail() -> None:
    data = shop(
        req("r", headers=5, responses=[{"text": 5}]),
        order=[],
        folders=[folder("f", "r", events="x")],
        events=5,
    )
    _, diagnostics = build.parse(data)
    assert {d.pointer: (d.trail, d.text.partition(",")[0]) for d in diagnostics} == {
        "/events": ((), "Expected a list of events ({listen"),
        "/folders/0/events": (("f",), "Expected a list of events ({listen"),
        "/requests/0/headers": (("f", "r"), "Expected lines of text (`Name: value`)"),
        "/requests/0/responses/0/text": (("f", "r"), "Expected the body as text"),
    }


def test_each_collection_of_a_data_dump_is_one_of_its_own() -> None:
    first = {"id": "1", "name": "One", "requests": [req("a", dataMode="raw", data="x")]}
    second = shop(req("b"), name="Two")
    data = {
        "version": 1,
        "collections": [first, second],
        "environments": [],
        "globals": [],
    }
    found, diagnostics = postman.parse(build.read(data), "backup")
    assert diagnostics == ()
    assert [(c.name, c.stem, tree(c)) for c in found] == [
        ("One", "One", ["a"]),
        ("Two", "Two", ["b"]),
    ]
    (only,) = items(found[0].root)
    assert only.pointer == "/collections/0/requests/0"
    assert only.request is not None
    assert only.request.body is not None
    assert only.request.body.raw == "x"


def blank(value: typing.Any) -> typing.Any:
    """The same without places and ids."""
    if isinstance(value, tuple):
        return tuple(map(blank, value))
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    kept = {
        field.name: blank(getattr(value, field.name))
        for field in dataclasses.fields(value)
    }
    kept |= dict.fromkeys({"pointer", "body_key", "id"} & kept.keys(), "")
    return dataclasses.replace(value, **kept)


OLD = {
    "id": "c",
    "name": "Shop",
    "description": "A shop",
    "order": ["ping"],
    "folders_order": ["carts"],
    "variables": [{"id": "base", "value": "https://h"}],
    "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{t}}"}]},
    "protocolProfileBehavior": {"disableBodyPruning": True},
    "folders": [
        {
            "id": "carts",
            "name": "Carts",
            "description": "Of carts",
            "order": ["put"],
            "auth": None,
            "events": [{"listen": "test", "script": {"exec": ["ok()"]}}],
        }
    ],
    "requests": [
        {"id": "ping", "name": "ping", "method": "GET", "url": "{{base}}/ping"},
        {
            "id": "put",
            "name": "put",
            "folder": "carts",
            "description": "Puts",
            "method": "PUT",
            "url": "{{base}}/carts/:id?dry=1",
            "queryParams": [
                {"key": "dry", "value": "1", "description": "try", "enabled": True},
                {"key": "deep", "value": "2", "enabled": False},
            ],
            "pathVariables": {"id": "7"},
            "headers": "Accept: text/plain\n//X-Off: 1\n",
            "dataMode": "urlencoded",
            "data": [
                {"key": "a", "value": "1", "type": "text", "enabled": False},
                {"key": "b", "value": "2", "type": "text"},
            ],
            "currentHelper": "oAuth1",
            "helperAttributes": {"id": "oAuth1", "consumerKey": "k", "header": True},
            "preRequestScript": "before()",
            "tests": "one()\ntwo()",
            "responses": [
                {
                    "id": "p",
                    "name": "found",
                    "status": "",
                    "responseCode": {"code": 200, "name": "OK", "detail": ""},
                    "headers": [{"name": "A", "key": "A", "value": "1"}],
                    "text": "{}",
                    "language": "json",
                    "requestObject": json.dumps(
                        {"method": "PUT", "url": "https://h/carts/8", "data": "x"}
                    ),
                }
            ],
        },
    ],
}

NEW = {
    "info": {"name": "Shop", "description": "A shop"},
    "variable": [{"key": "base", "value": "https://h"}],
    "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{t}}"}]},
    "protocolProfileBehavior": {"disableBodyPruning": True},
    "item": [
        {
            "name": "Carts",
            "description": "Of carts",
            "event": [{"listen": "test", "script": {"exec": ["ok()"]}}],
            "item": [
                {
                    "name": "put",
                    "event": [
                        {"listen": "prerequest", "script": {"exec": ["before()"]}},
                        {"listen": "test", "script": {"exec": ["one()", "two()"]}},
                    ],
                    "request": {
                        "method": "PUT",
                        "description": "Puts",
                        "url": {
                            "host": ["{{base}}"],
                            "path": ["carts", ":id"],
                            "query": [
                                {"key": "dry", "value": "1", "description": "try"},
                                {"key": "deep", "value": "2", "disabled": True},
                            ],
                            "variable": [{"key": "id", "value": "7"}],
                        },
                        "header": [
                            {"key": "Accept", "value": "text/plain"},
                            {"key": "X-Off", "value": "1", "disabled": True},
                        ],
                        "body": {
                            "mode": "urlencoded",
                            "urlencoded": [
                                {"key": "a", "value": "1", "disabled": True},
                                {"key": "b", "value": "2"},
                            ],
                        },
                        "auth": {
                            "type": "oauth1",
                            "oauth1": [
                                {"key": "consumerKey", "value": "k"},
                                {"key": "addParamsToHeader", "value": True},
                            ],
                        },
                    },
                    "response": [
                        {
                            "name": "found",
                            "code": 200,
                            "header": [{"key": "A", "value": "1"}],
                            "body": "{}",
                            "_postman_previewlanguage": "json",
                            "originalRequest": {
                                "method": "PUT",
                                "url": "https://h/carts/8",
                                "body": {"mode": "raw", "raw": "x"},
                            },
                        }
                    ],
                }
            ],
        },
        {"name": "ping", "request": {"method": "GET", "url": "{{base}}/ping"}},
    ],
}


def test_nothing_after_the_front_end_knows_the_difference() -> None:
    old, new = build.sound(OLD), build.sound(NEW)
    assert blank(old) == blank(new)
    assert [item.name for item in items(old.root)] == ["put", "ping"]
