"""Request bodies and saved examples."""

from __future__ import annotations

import typing

import build
import pytest

from pmgen.api import Kind

if typing.TYPE_CHECKING:
    from pmgen.api import Example, RequestBody

JSON = {"raw": {"language": "json"}}


def post(body: build.Data, **more: build.Data) -> build.Data:
    return {"method": "POST", "url": "https://h.test/x", "body": body, **more}


def raw(text: str, **options: build.Data) -> build.Data:
    return {"mode": "raw", "raw": text, **options}


def body(form: build.Data, *responses: build.Data) -> RequestBody | None:
    return build.operation(form, *responses).body


def test_a_json_body_has_its_value_and_its_text() -> None:
    found = body(post(raw('{"a": [1, null]}', options=JSON)))
    assert found is not None
    assert (found.kind, found.content_type) == (Kind.JSON, "application/json")
    assert found.values == ({"a": [1, None]},)
    assert found.text == '{"a": [1, null]}'
    assert found.pointer == "/item/0/request/body/raw"


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "APPLICATION/JSON; charset=utf-8", "application/vnd.x+json"],
)
def test_the_requests_own_content_type_makes_it_json(content_type: str) -> None:
    header = build.pairs(**{"content-type": content_type})
    found = body(post(raw("{}"), header=header))
    assert found is not None
    assert (found.kind, found.content_type) == (Kind.JSON, content_type)


def test_a_disabled_content_type_counts_for_nothing() -> None:
    header = [{"key": "Content-Type", "value": "text/csv", "disabled": True}]
    found = body(post(raw("{}", options=JSON), header=header))
    assert found is not None
    assert found.content_type == "application/json"


@pytest.mark.parametrize(
    ("language", "content_type"),
    [
        ("xml", "application/xml"),
        ("html", "text/html"),
        ("javascript", "application/javascript"),
        ("text", "text/plain"),
        ("auto", "text/plain"),
        (None, "text/plain"),
        ("klingon", "text/plain"),
    ],
)
def test_other_raw_bodies_are_text_even_if_they_look_like_json(
    language: str | None, content_type: str
) -> None:
    found = body(post(raw('{"a": 1}', options={"raw": {"language": language}})))
    assert found is not None
    assert (found.kind, found.content_type) == (Kind.TEXT, content_type)
    assert (found.values, found.text) == ((), '{"a": 1}')


def test_the_bodies_of_saved_requests_are_evidence_too() -> None:
    saved = [
        {"code": 200, "originalRequest": post(raw(text, options=JSON))}
        for text in ('{"a": 2}', "{broken", '{"a": 1}')
    ]
    found = body(post(raw('{"a": 1}', options=JSON)), *saved)
    assert found is not None
    assert found.values == ({"a": 1}, {"a": 2})


@pytest.mark.parametrize(
    "text", ['{"a": ,}', '{"a": {{hole}}5}', '{"a": NaN}', "[" * 200 + "]" * 200]
)
def test_a_body_that_is_declared_json_and_is_none_is_text_and_reported(
    text: str,
) -> None:
    data = build.collection(build.item(post(raw(text, options=JSON))))
    found, said = build.lowered(data)
    kept = build.operations(found)[0].body
    assert kept is not None
    assert (kept.kind, kept.text) == (Kind.TEXT, text)
    assert kept.content_type == "application/json"
    assert [(d.rule.code, d.pointer) for d in said] == [
        ("PM042", "/item/0/request/body/raw")
    ]


@pytest.mark.parametrize("method", ["GET", "HEAD", "COPY", "PURGE", "UNLOCK"])
def test_a_body_that_postman_prunes_is_left_out_and_reported(method: str) -> None:
    request = {**post(raw("{}", options=JSON)), "method": method}
    found, said = build.lowered(build.collection(build.item(request)))
    (operation,) = build.operations(found)
    assert operation.body is None
    assert operation.headers == ()
    assert build.codes(said) == ["PM041"]


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"]
)
def test_other_methods_keep_their_body(method: str) -> None:
    found = body({**post(raw("{}", options=JSON)), "method": method})
    assert found is not None


def test_a_get_keeps_its_body_where_pruning_is_off() -> None:
    request = {**post(raw("{}", options=JSON)), "method": "GET"}
    item = build.item(request, protocolProfileBehavior={"disableBodyPruning": True})
    found, said = build.lowered(build.collection(item))
    assert build.operations(found)[0].body is not None
    assert said == ()


def test_a_mode_that_is_none_is_reported_and_not_sent() -> None:
    data = build.collection(build.item(post({"mode": "carrier", "carrier": {"a": 1}})))
    found, said = build.lowered(data)
    assert build.operations(found)[0].body is None
    assert build.codes(said) == ["PM040"]


def test_an_urlencoded_body_of_disabled_fields_is_none() -> None:
    row = {"key": "a", "value": "1", "disabled": True}
    assert body(post({"mode": "urlencoded", "urlencoded": [row]})) is None


def test_the_derived_content_type_is_a_header_of_the_operation() -> None:
    found = build.operation(post(raw("{}", options=JSON)))
    assert found.headers == (("Content-Type", ("application/json",)),)


def test_a_declared_content_type_is_not_repeated() -> None:
    header = build.pairs(**{"content-type": "application/json"})
    found = build.operation(post(raw("{}", options=JSON), header=header))
    assert found.headers == (("content-type", ("application/json",)),)


def example(**response: build.Data) -> tuple[Example, list[str]]:
    """The one example of a saved response, and the codes of what was said."""
    item = build.item(build.get("https://h.test/x"), {"code": 200, **response})
    found, said = build.lowered(build.collection(item))
    (one,) = build.operations(found)[0].examples
    return one, build.codes(said)


def typed(content_type: str) -> build.Data:
    return build.pairs(**{"content-type": content_type})


@pytest.mark.parametrize(
    ("response", "kind", "value"),
    [
        ({"body": '{"a": 1}'}, Kind.JSON, {"a": 1}),
        ({"body": " [1] "}, Kind.JSON, [1]),
        ({"body": "5"}, Kind.TEXT, "5"),
        ({"body": "5", "_postman_previewlanguage": "json"}, Kind.JSON, 5),
        ({"body": "null", "header": typed("application/json")}, Kind.JSON, None),
        ({"body": '"x"', "header": typed("Application/JSON")}, Kind.JSON, "x"),
        ({"body": "{}", "header": typed("application/problem+json")}, Kind.JSON, {}),
        ({"body": "{}", "header": typed("text/json; charset=utf-8")}, Kind.JSON, {}),
        ({"body": "hello"}, Kind.TEXT, "hello"),
        ({"body": "<a/>", "header": typed("text/xml")}, Kind.TEXT, "<a/>"),
        ({"body": "{not json"}, Kind.TEXT, "{not json"),
        ({"body": ""}, Kind.EMPTY, None),
        ({"body": None}, Kind.EMPTY, None),
        ({}, Kind.EMPTY, None),
        ({"body": " \n"}, Kind.EMPTY, None),
        ({"body": "", "header": typed("application/json")}, Kind.EMPTY, None),
        ({"body": "", "header": typed("image/png")}, Kind.BYTES, None),
    ],
)
def test_the_kind_of_an_example(
    response: build.Data, kind: Kind, value: build.Data
) -> None:
    found, said = example(**response)
    assert (found.kind, found.value) == (kind, value)
    assert said == []


@pytest.mark.parametrize("text", ["{not json", "[1,,]", '{"a": NaN}', "<p>x</p>"])
def test_an_example_that_is_declared_json_and_is_none_is_left_out_and_reported(
    text: str,
) -> None:
    bad = {
        "name": "bad",
        "code": 200,
        "body": text,
        "header": typed("application/json"),
    }
    good = {"name": "good", "code": 200, "body": "{}"}
    data = build.collection(build.item(build.get("https://h.test/x"), bad, good))
    found, said = build.lowered(data)
    assert [e.name for e in build.operations(found)[0].examples] == ["good"]
    assert [(d.rule.code, d.pointer) for d in said] == [
        ("PM050", "/item/0/response/0/body")
    ]


def test_repeated_keys_of_an_example_are_reported_at_its_body() -> None:
    found, said = example(body='{"a": 1, "a": 2}')
    assert (found.value, said) == ({"a": 2}, ["PM006"])


@pytest.mark.parametrize("code", [None, "OK", 0])
def test_an_example_without_a_status_is_taken_for_200_and_reported(
    code: build.Data,
) -> None:
    found, said = example(code=code, body="{}")
    assert (found.status, said) == (200, ["PM051"])


def test_examples_keep_order_name_and_place() -> None:
    item = build.item(
        build.get("https://h.test/x"),
        {"name": "b", "code": 404, "body": "{}"},
        {"name": "a", "code": "200"},
    )
    found, _ = build.lowered(build.collection(item))
    kept = [(e.name, e.status, e.pointer) for e in build.operations(found)[0].examples]
    assert kept == [
        ("b", 404, "/item/0/response/0"),
        ("a", 200, "/item/0/response/1"),
    ]


def test_a_report_about_an_example_names_it() -> None:
    response = {"name": "ok", "body": "{}"}
    item = build.item(build.get("https://h.test/x"), response)
    _, said = build.lowered(build.collection(build.folder("F", item)))
    assert [d.trail for d in said] == [("F", "one", "ok")]


@pytest.mark.parametrize("request_form", [None, "", {}, build.get(None), build.get("")])
def test_an_item_without_a_url_is_left_out_and_reported_with_its_examples(
    request_form: build.Data,
) -> None:
    good = build.item(build.get("https://h.test/x"), name="two")
    replies = [{"name": "ok", "code": 200}, None, {"body": "{broken"}]
    data = build.collection(build.item(request_form, *replies), good)
    found, said = build.lowered(data)
    assert [o.name for o in build.operations(found)] == ["two"]
    assert [(d.rule.code, d.pointer, d.trail) for d in said] == [
        ("PM020", "/item/0", ("one",)),
        ("PM052", "/item/0/response/0", ("one", "ok")),
        ("PM052", "/item/0/response/2", ("one", "")),
    ]


def test_a_folder_that_holds_no_request_is_no_group() -> None:
    data = build.collection(
        build.folder("empty", build.folder("inner")),
        build.folder("F", build.folder("G", build.item("https://h.test/x"))),
    )
    found, _ = build.lowered(data)
    assert [group.trail for group in found.root.walk()] == [(), ("F",), ("F", "G")]
