"""Headers, bodies, auths, descriptions, saved examples, scripts: every form of POSTMAN.md 2.2 to 2.10."""

# ruff: noqa: S106 - variables and canaries, no passwords

from __future__ import annotations

import typing

import build
import pytest

from pmgen import lower, postman
from pmgen.diagnostics import Rule

if typing.TYPE_CHECKING:
    from pmgen.postman import Auth, Body, Response

Pairs: typing.TypeAlias = "list[tuple[str | None, str | None]]"


def headers(form: build.Data) -> Pairs:
    request = build.request(build.get("http://h", header=form))
    return [(pair.key, pair.value) for pair in request.headers]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (None, []),
        ("", []),
        ([], []),
        ({}, []),
        ("A: 1", [("A", "1")]),
        ("A: 1\nB:2\r\nno colon\nE:", [("A", "1"), ("B", "2"), ("E", "")]),
        ("A: b:c", [("A", "b:c")]),
        ("  A  :  1  ", [("A", "1")]),
        (["A: 1", "B: 2"], [("A", "1"), ("B", "2")]),
        ({"A": "1", "B": 2}, [("A", "1"), ("B", "2")]),
        ([{"key": "A", "value": "1"}], [("A", "1")]),
        ([{"key": "A", "value": ""}], [("A", "")]),
        ([{"key": "A"}], [("A", "")]),
        ([{"key": "A", "value": 1.0}], [("A", "1")]),
        ([{"key": "A", "value": 1.5}], [("A", "1.5")]),
        ([{"key": "A", "value": True}], [("A", "true")]),
        ([{"key": "A", "value": {"x": 1}}], [("A", "")]),
        ([None, {"key": "A", "value": "1"}], [("A", "1")]),
        (
            [{"key": "A", "value": "1"}, {"key": "A", "value": "2"}],
            [("A", "1"), ("A", "2")],
        ),
    ],
)
def test_headers_are_a_text_a_list_or_a_map(form: build.Data, expected: Pairs) -> None:
    assert headers(form) == expected


def test_a_header_keeps_whether_it_is_disabled_and_its_description() -> None:
    row = {
        "key": "A",
        "value": "1",
        "disabled": True,
        "description": {"content": " why ", "type": "text/plain"},
    }
    found = build.request(build.get("http://h", header=[row])).headers[0]
    assert (found.disabled, found.description) == (True, "why")
    assert found.pointer == "/item/0/request/header/0"


def body(form: build.Data) -> Body | None:
    return build.request({"method": "POST", "url": "http://h", "body": form}).body


@pytest.mark.parametrize(
    "form",
    [
        None,
        "",
        {},
        {"raw": "x"},
        {"mode": None, "raw": "x"},
        {"mode": "raw"},
        {"mode": "raw", "raw": ""},
        {"mode": "raw", "raw": None},
        {"mode": "raw", "raw": 5},
        {"mode": "raw", "raw": "x", "disabled": True},
        {"mode": "urlencoded", "urlencoded": None},
        {"mode": "urlencoded", "urlencoded": []},
        {"mode": "urlencoded", "urlencoded": ""},
        {"mode": "urlencoded", "raw": "x"},
        {"mode": "formdata", "formdata": []},
    ],
)
def test_where_postman_sends_no_body_there_is_none(form: build.Data) -> None:
    assert body(form) is None


@pytest.mark.parametrize(
    ("form", "raw", "language"),
    [
        ("plain", "plain", ""),
        ({"mode": "raw", "raw": "x"}, "x", ""),
        ({"mode": "raw", "raw": "x", "disabled": False}, "x", ""),
        ({"mode": "raw", "raw": "x", "urlencoded": [{"key": "a"}]}, "x", ""),
        ({"mode": "raw", "raw": " "}, " ", ""),
        (
            {"mode": "raw", "raw": "{}", "options": {"raw": {"language": "json"}}},
            "{}",
            "json",
        ),
        ({"mode": "raw", "raw": "{}", "options": None}, "{}", ""),
        ({"mode": "raw", "raw": "{}", "options": {"raw": None}}, "{}", ""),
    ],
)
def test_a_raw_body_has_text_and_language(
    form: build.Data, raw: str, language: str
) -> None:
    found = body(form)
    assert found is not None
    assert (found.mode, found.raw, found.language) == ("raw", raw, language)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("a=1&b=x%20y", [("a", "1"), ("b", "x%20y")]),
        (build.pairs(a="1", b=""), [("a", "1"), ("b", "")]),
        ({"a": "1", "b": 2}, [("a", "1"), ("b", "2")]),
        ([{"key": "a", "value": None}], [("a", None)]),
        ([{"key": "a", "value": False}], [("a", "false")]),
    ],
)
def test_an_urlencoded_body_is_a_list_a_map_or_a_text(
    form: build.Data, expected: Pairs
) -> None:
    found = body({"mode": "urlencoded", "urlencoded": form})
    assert found is not None
    assert found.mode == "urlencoded"
    assert [(pair.key, pair.value) for pair in found.fields] == expected


@pytest.mark.parametrize("mode", ["formdata", "graphql", "file"])
def test_other_bodies_keep_their_mode_and_place(mode: str) -> None:
    found = body({"mode": mode, mode: {"query": "{ x }"}})
    assert found is not None
    assert (found.mode, found.pointer) == (mode, f"/item/0/request/body/{mode}")


@pytest.mark.parametrize(
    ("raw", "text"),
    [({"a": [1, "é"]}, '{"a":[1,"é"]}'), ([], "[]"), ([{}], "[{}]")],
)
def test_a_raw_body_that_is_an_object_is_its_json(raw: build.Data, text: str) -> None:
    found = body({"mode": "raw", "raw": raw})
    assert found is not None
    assert found.raw == text


def test_an_unknown_mode_with_raw_text_is_raw() -> None:
    found = body({"mode": "binary", "raw": "x"})
    assert found is not None
    assert found.raw == "x"


def auth(form: build.Data) -> Auth | None:
    return build.request(build.get("http://h", auth=form)).auth


@pytest.mark.parametrize(
    "form",
    [
        None,
        {},
        {"type": None},
        {"bearer": [{"key": "token", "value": "x"}]},
        "bearer",
        [],
        [{"type": "bearer"}],
    ],
)
def test_an_auth_without_a_type_is_none_and_so_inherits(form: build.Data) -> None:
    assert auth(form) is None


@pytest.mark.parametrize(
    ("form", "kind", "parameters"),
    [
        (build.auth("bearer", token="t"), "bearer", {"token": "t"}),
        ({"type": "bearer", "bearer": {"token": "t"}}, "bearer", {"token": "t"}),
        ({"type": "bearer"}, "bearer", {}),
        ({"type": "bearer", "bearer": None}, "bearer", {}),
        ({"type": "noauth"}, "noauth", {}),
        ({"type": "noauth", "noauth": []}, "noauth", {}),
        ({"type": "magic"}, "magic", {}),
        ({"type": "Basic", "basic": {"username": "u"}}, "Basic", {}),
        (
            {"type": "basic", "basic": build.pairs(username="u", showPassword=False)},
            "basic",
            {"username": "u", "showPassword": "false"},
        ),
        (
            {
                "type": "bearer",
                "bearer": [*build.pairs(token="a"), *build.pairs(token="b")],
            },
            "bearer",
            {"token": "b"},
        ),
        (
            {
                "type": "apikey",
                "apikey": [{"key": "key", "value": "K"}, {"value": "x"}, None],
            },
            "apikey",
            {"key": "K"},
        ),
        (
            {"type": "oauth2", "oauth2": build.pairs(scope=["a"])},
            "oauth2",
            {"scope": ""},
        ),
    ],
)
def test_an_auth_is_read_in_the_form_of_either_version(
    form: build.Data, kind: str, parameters: dict[str, str]
) -> None:
    found = auth(form)
    assert found is not None
    assert (found.type, found.parameters) == (kind, parameters)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("text", "text"),
        ("  text\n", "text"),
        (None, ""),
        ({"content": "text", "type": "text/markdown"}, "text"),
        ({"content": None}, ""),
        ({"content": []}, ""),
        ({"content": {"content": "x"}}, ""),
        ([], ""),
        (["text"], ""),
        ({}, ""),
        (5, "5"),
    ],
)
def test_a_description_is_a_text_or_an_object(form: build.Data, expected: str) -> None:
    item = build.item(build.get("http://h", description=form))
    folder = build.folder("F", item, description=form)
    parsed = build.sound(build.collection(folder, info={"description": form}))
    inner = parsed.root.members[0]
    assert parsed.description == expected
    assert inner.description == expected  # type: ignore[union-attr]
    assert inner.members[0].request.description == expected  # type: ignore[union-attr]


def test_an_items_own_description_stands_in_for_its_requests() -> None:
    item = build.item(build.get("http://h"), description="beside")
    request = build.first(build.sound(build.collection(item))).request
    assert request is not None
    assert request.description == "beside"


def scripts(form: build.Data) -> list[tuple[bool, str, str]]:
    item = build.item("http://h", event=form)
    return [
        (script.before, script.code, script.pointer.removeprefix("/item/0/event"))
        for script in build.first(build.sound(build.collection(item))).scripts
    ]


def _before(script: build.Data, **more: build.Data) -> list[build.Data]:
    return [{"listen": "prerequest", "script": script, **more}]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (None, []),
        ([], []),
        ([None], []),
        ([{}], []),
        ([{"listen": "test"}], []),
        (_before(None), []),
        (_before({}), []),
        (_before({"exec": None}), []),
        (_before({"exec": []}), []),
        (_before({"exec": ["", " "]}), []),
        (_before({"exec": "x", "src": None}), [(True, "x", "/0")]),
        (_before({"exec": ["a;", "b;"]}), [(True, "a;\nb;", "/0")]),
        (_before("x"), [(True, "x", "/0")]),
        (_before(["a", None, "b"]), [(True, "a\n\nb", "/0")]),
        (_before("x", disabled=True), []),
        ({"listen": "test", "script": "x"}, [(False, "x", "")]),
        (_before("x", disabled="true"), [(True, "x", "/0")]),
        ([{"listen": "test", "script": "x"}], [(False, "x", "/0")]),
        ([{"listen": "afterwards", "script": "x"}], [(False, "x", "/0")]),
        (
            [None, {"listen": "test", "script": "x"}, *_before("y")],
            [(False, "x", "/1"), (True, "y", "/2")],
        ),
    ],
)
def test_scripts_are_those_that_run(
    form: build.Data, expected: list[tuple[bool, str, str]]
) -> None:
    assert scripts(form) == expected


def test_folders_and_the_collection_have_scripts_too() -> None:
    event = {"event": _before("x")}
    data = build.collection(build.folder("F", build.item("http://h"), **event), **event)
    parsed = build.sound(data)
    (inner,) = parsed.root.members
    assert [script.pointer for script in parsed.root.scripts] == ["/event/0"]
    assert [script.pointer for script in inner.scripts] == ["/item/0/event/0"]


def test_an_auth_beside_the_request_is_told_and_not_read() -> None:
    item = build.item("http://h", auth=build.auth("bearer", token="x"))
    parsed, found = build.parse(build.collection(item))
    request = build.first(parsed).request
    assert request is not None
    assert request.auth is None
    assert [(d.rule, d.pointer, d.trail) for d in found] == [
        (Rule.WITHOUT_EFFECT, "/item/0/auth", ("one",))
    ]


@pytest.mark.parametrize("form", [None, {}, ""])
def test_no_auth_beside_the_request_is_nothing_to_tell(form: build.Data) -> None:
    build.sound(build.collection(build.item("http://h", auth=form)))


def responses(form: build.Data) -> tuple[Response, ...]:
    item = {"name": "one", "request": build.get("http://h"), "response": form}
    return build.first(build.sound(build.collection(item))).responses


@pytest.mark.parametrize("form", [None, {}, [], [None], [None, None]])
def test_no_saved_example_has_many_forms(form: build.Data) -> None:
    assert responses(form) == ()


def test_what_is_no_example_is_left_out_and_told() -> None:
    data = build.collection(build.item("http://h", "x", {"name": "a"}, 5, []))
    parsed, found = build.parse(data)
    assert [one.name for one in build.first(parsed).responses] == ["a"]
    assert [(d.rule, d.pointer, d.trail) for d in found] == [
        (Rule.EXAMPLE_SKIPPED, f"/item/0/response/{index}", ("one",))
        for index in (0, 2, 3)
    ]


def test_one_example_stands_for_a_list_of_it() -> None:
    (found,) = responses({"name": "a", "code": 200})
    assert (found.name, found.pointer) == ("a", "/item/0/response")


def test_null_between_examples_moves_no_pointer() -> None:
    found = responses([None, {"name": "a", "code": 200}])
    assert [one.pointer for one in found] == ["/item/0/response/1"]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (200, 200),
        ("200", 200),
        (200.0, 200),
        (100, 100),
        (599, 599),
        (None, None),
        ("", None),
        ("OK", None),
        ("²⁰⁰", None),
        (0, None),
        (99, None),
        (600, None),
        (-200, None),
        (200.5, None),
        (True, None),
        (10**400, None),
    ],
)
def test_a_status_is_a_number_or_digits(code: build.Data, status: int | None) -> None:
    assert [one.status for one in responses([{"code": code}])] == [status]


@pytest.mark.parametrize(
    ("more", "name", "text", "language"),
    [
        ({}, "", "", ""),
        ({"name": None, "body": None, "_postman_previewlanguage": None}, "", "", ""),
        ({"name": 404, "body": ""}, "404", "", ""),
        ({"name": [], "body": "", "_postman_previewlanguage": {}}, "", "", ""),
        (
            {"name": "n", "body": "b", "_postman_previewlanguage": "JSON"},
            "n",
            "b",
            "json",
        ),
    ],
)
def test_the_other_keys_of_an_example_may_be_missing(
    more: build.Data, name: str, text: str, language: str
) -> None:
    (found,) = responses([{"code": 200, **more}])
    assert (found.name, found.body, found.language) == (name, text, language)


@pytest.mark.parametrize(
    "form", ["A: 1", ["A: 1"], [{"key": "A", "value": "1"}], {"A": "1"}]
)
def test_the_headers_of_an_example_have_the_forms_of_a_requests(
    form: build.Data,
) -> None:
    (found,) = responses([{"code": 200, "header": form}])
    assert [(pair.key, pair.value) for pair in found.headers] == [("A", "1")]


@pytest.mark.parametrize(
    ("form", "path"),
    [
        ("http://h/7", ("7",)),
        (build.get("http://h/7"), ("7",)),
        (build.get({"host": ["h"], "path": ["7"]}), ("7",)),
    ],
)
def test_an_original_request_is_a_url_or_an_object(
    form: build.Data, path: tuple[str, ...]
) -> None:
    (found,) = responses([{"code": 200, "originalRequest": form}])
    assert found.request is not None
    assert found.request.url.path == path


@pytest.mark.parametrize("form", [None, ""])
def test_an_original_request_may_be_missing(form: build.Data) -> None:
    (found,) = responses([{"code": 200, "originalRequest": form}])
    assert found.request is None


_WRONG: list[tuple[str, build.Data, str]] = [
    ("/item", "x", "/item"),
    ("/item/0", 5, "/item/0"),
    ("/item/0/name", {}, "/item/0/name"),
    ("/item/0/request", 5, "/item/0/request"),
    ("/item/0/request", [], "/item/0/request"),
    ("/item/0/request/method", [], "/item/0/request/method"),
    ("/item/0/request/url", 5, "/item/0/request/url"),
    ("/item/0/request/url", ["h"], "/item/0/request/url"),
    ("/item/0/request/url/protocol", {}, "/item/0/request/url/protocol"),
    ("/item/0/request/url/host", {}, "/item/0/request/url/host"),
    ("/item/0/request/url/host", ["h", []], "/item/0/request/url/host/1"),
    ("/item/0/request/url/port", [], "/item/0/request/url/port"),
    ("/item/0/request/url/path", 5, "/item/0/request/url/path"),
    ("/item/0/request/url/path", [["a"]], "/item/0/request/url/path/0"),
    ("/item/0/request/url/query", 5, "/item/0/request/url/query"),
    ("/item/0/request/url/query", [5], "/item/0/request/url/query/0"),
    ("/item/0/request/url/query", [{"key": []}], "/item/0/request/url/query/0/key"),
    ("/item/0/request/url/variable", "x", "/item/0/request/url/variable"),
    ("/item/0/request/header", 5, "/item/0/request/header"),
    ("/item/0/request/header", [True], "/item/0/request/header/0"),
    ("/item/0/request/body", 5, "/item/0/request/body"),
    ("/item/0/request/body", ["x"], "/item/0/request/body"),
    ("/item/0/request/body/mode", {}, "/item/0/request/body/mode"),
    ("/item/0/response", "x", "/item/0/response"),
    ("/item/0/response/0/body", {"a": 1}, "/item/0/response/0/body"),
    ("/item/0/response/0/body", 5, "/item/0/response/0/body"),
    ("/item/0/response/0/originalRequest", 5, "/item/0/response/0/originalRequest"),
    ("/item/0/event", 5, "/item/0/event"),
    ("/item/0/event/0/script/exec", {}, "/item/0/event/0/script/exec"),
    ("/item/0/event/0/script/exec/0", {}, "/item/0/event/0/script/exec/0"),
    ("/item/1/event/0/script", ["x", {}], "/item/1/event/0/script/1"),
    ("/info/name", [], "/info/name"),
    ("/variable", "x", "/variable"),
    ("/variable", ["x"], "/variable/0"),
    ("/variable", [{"key": {}}], "/variable/0/key"),
]


def _rich() -> dict[str, build.Data]:
    """A collection with at least one of everything."""
    url = {
        "raw": "https://api.test:81/a/:id?q=1#h",
        "protocol": "https",
        "host": ["api", "test"],
        "port": "81",
        "path": ["a", ":id"],
        "query": [{"key": "q", "value": "1", "description": "d"}],
        "variable": [{"key": "id", "value": "7"}],
    }
    request = {
        "method": "POST",
        "url": url,
        "header": [{"key": "A", "value": "{{v}}", "disabled": False}],
        "body": {
            "mode": "raw",
            "raw": '{"a": 1}',
            "options": {"raw": {"language": "json"}},
        },
        "auth": build.auth("bearer", token="{{token}}"),
        "description": {"content": "d", "type": "text/plain"},
    }
    response = {
        "name": "ok",
        "originalRequest": build.get("https://api.test/a/7"),
        "code": 200,
        "header": [{"key": "Content-Type", "value": "application/json"}],
        "body": "{}",
        "_postman_previewlanguage": "json",
    }
    return build.collection(
        build.item(
            request,
            response,
            protocolProfileBehavior={"disableBodyPruning": True},
            event=[{"listen": "prerequest", "script": {"exec": ["x"]}}],
        ),
        build.folder(
            "F",
            build.item("http://h/x", name="two"),
            event=[{"listen": "test", "script": "x", "disabled": False}],
            auth=build.auth("apikey", key="k", value="{{v}}"),
        ),
        variable=[{"key": "v", "value": "1", "type": "string", "disabled": False}],
        auth=build.auth("basic", username="{{u}}", password="{{p}}"),
    )


def _replaced(data: build.Data, pointer: str, value: build.Data) -> build.Data:
    """A copy with another value at the pointer, whose parts need no escape."""
    if not pointer:
        return value
    part, _, rest = pointer[1:].partition("/")
    below = f"/{rest}" if rest else ""
    if isinstance(data, list):
        index = int(part)
        return [*data[:index], _replaced(data[index], below, value), *data[index + 1 :]]
    return {**data, part: _replaced(data[part], below, value)}


def _pointers(data: build.Data, at: str = "") -> typing.Iterator[str]:
    yield at
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _pointers(value, f"{at}/{key}")
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _pointers(value, f"{at}/{index}")


def _with_description(data: dict[str, build.Data]) -> dict[str, build.Data]:
    return {**data, "info": {**data["info"], "description": "d"}}


@pytest.mark.parametrize(("place", "value", "pointer"), _WRONG)
def test_a_wrong_type_is_told_at_its_place_and_the_rest_is_read(
    place: str, value: build.Data, pointer: str
) -> None:
    parsed, found = build.parse(_replaced(_with_description(_rich()), place, value))
    wrong = [d.pointer for d in found if d.rule is Rule.WRONG_TYPE]
    assert wrong == [pointer]
    assert not any(d.is_error for d in found)
    lower.lower(parsed)


_ODD: list[build.Data] = [None, True, 5, 1.5, "x", "", [], [5], [[]], {}, {"x": {}}]


def _sweep(place: str, value: build.Data) -> None:
    """Front end and lowering over a collection with another value at one place."""
    document = build.read(_replaced(_rich(), place, value))
    parsed, found = postman.parse(document, "shop")
    for diagnostic in document.placed(found):
        if diagnostic.rule is Rule.WRONG_TYPE:
            assert diagnostic.pointer.startswith(place), (place, diagnostic)
    for collection in parsed:
        lower.lower(collection)


@pytest.mark.parametrize("value", _ODD, ids=repr)
def test_no_value_at_any_place_crashes(value: build.Data) -> None:
    """What is refused is refused at that place or below it, nowhere else."""
    for place in _pointers(_rich()):
        _sweep(place, value)
