"""Bodies made of arguments: forms, files, GraphQL."""

from __future__ import annotations

import typing

import build
import pytest

from pmgen.api import Kind, Part, RequestBody, Where

if typing.TYPE_CHECKING:
    from pmgen.api import Operation, Param

Rows = list[build.Data]
GRAPHQL = "query Q($id: ID!, $n: Int = 3, $o: [Order!]!) { a(id: $id, n: $n) }"


def form(mode: str, rows: build.Data, **more: build.Data) -> Operation:
    body = {"mode": mode, mode: rows}
    url = "https://h.test/x"
    return build.operation({"method": "POST", "url": url, "body": body, **more})


def params(found: Operation) -> list[tuple[str, str, bool, bool, tuple[str, ...]]]:
    assert {p.where for p in found.params} <= {Where.FIELD, Where.VARIABLE}
    return [(p.wire, p.kind, p.required, p.repeated, p.sample) for p in found.params]


def one(found: Operation) -> Param:
    (param,) = found.params
    return param


@pytest.mark.parametrize(
    ("rows", "expected", "sent"),
    [
        (
            build.pairs(a="x y+%é", b="", c="{{v}}"),
            [
                ("a", "str", False, False, ("x y+%é",)),
                ("b", "str", False, False, ("",)),
                ("c", "str", False, False, ("v",)),
            ],
            "a=x%20y%2B%25%C3%A9&b=&c=v",
        ),
        (
            [{"key": "a", "value": "1", "disabled": True}, *build.pairs(b="-._~")],
            [("b", "str", False, False, ("-._~",)), ("a", "int", False, False, ())],
            "b=-._~",
        ),
        (
            [*build.pairs(a="1", b="x"), *build.pairs(a="2")],
            [
                ("a", "int", False, True, ("1", "2")),
                ("b", "str", False, False, ("x",)),
            ],
            "a=1&a=2&b=x",
        ),
        (
            [{"key": None, "value": "1"}, {"key": "", "value": None}, {"key": "k"}],
            [
                ("null", "int", False, False, ("1",)),
                ("", "str", False, False, ("",)),
                ("k", "str", False, False, ("",)),
            ],
            "null=1&=&k=",
        ),
        (
            [{"key": "a", "value": "", "disabled": True, "description": "(Required)"}],
            None,
            None,
        ),
        (
            [
                {"key": "a", "disabled": True, "description": "(Required) it"},
                *build.pairs(b="1"),
            ],
            [("b", "int", False, False, ("1",)), ("a", "str", True, False, ("a",))],
            "b=1&a=a",
        ),
        ("a=1&b=2%20", [("a", "int", False, False, ("1",)), ("b", "str", False, False, ("2%20",))], "a=1&b=2%2520"),
    ],
)  # fmt: skip
def test_fields_are_arguments(
    rows: build.Data, expected: list[typing.Any] | None, sent: str | None
) -> None:
    found = form("urlencoded", rows)
    if expected is None:
        assert (found.body, found.params) == (None, ())
        return
    assert params(found) == expected
    assert found.body is not None
    assert (found.body.kind, found.body.is_given) == (Kind.FORM, False)
    assert found.sent is not None
    assert found.sent.form == sent


def test_secrets_of_a_form_are_neither_shown_nor_sent() -> None:
    found = form("urlencoded", [{"key": "password", "value": "hunter2"}])
    assert (one(found).seen, one(found).sample) == ((), ("password",))
    assert "hunter2" not in repr(found)


def test_a_credential_variable_is_a_setting_that_the_form_sends() -> None:
    item = {
        "method": "POST",
        "url": "https://h.test/x",
        "body": {
            "mode": "urlencoded",
            "urlencoded": build.pairs(key="{{client_secret}}"),
        },
    }
    api, _ = build.lowered(build.collection(build.item(item)))
    assert [s.source for s in api.settings][-1] == "{{client_secret}}"
    (operation,) = build.operations(api)
    assert one(operation).fallback is not None
    assert one(operation).sample == ()


def test_what_a_get_does_not_send_makes_no_argument() -> None:
    item = build.item(
        {
            "method": "GET",
            "url": "https://h.test/x",
            "body": {"mode": "urlencoded", "urlencoded": build.pairs(k="{{api_key}}")},
        }
    )
    api, said = build.lowered(build.collection(item))
    assert build.operations(api)[0].params == ()
    assert [s.source for s in api.settings] == ["https://h.test"]
    assert build.codes(said) == ["PM041"]


@pytest.mark.parametrize(
    ("header", "types"),
    [
        ("application/x-www-form-urlencoded; charset=utf-8", None),
        ("application/json", "application/x-www-form-urlencoded"),
        ("", "application/x-www-form-urlencoded"),
    ],
)
def test_a_form_has_its_own_type(header: str, types: str | None) -> None:
    headers = build.pairs(**{"content-type": header}) if header else []
    found = form("urlencoded", build.pairs(a="1"), header=headers)
    assert [value for _, value in found.headers] == [(types or header,)]


@pytest.mark.parametrize(
    ("header", "kept"),
    [
        ("multipart/form-data; boundary=x", True),
        ("multipart/form-data", False),
        ("multipart/mixed; boundary=x", False),
    ],
)
def test_form_data_has_a_type_of_its_own_unless_the_users_has_a_boundary(
    header: str, kept: bool
) -> None:
    headers = build.pairs(**{"Content-Type": header})
    found = form("formdata", build.pairs(a="1"), header=headers)
    assert bool(found.headers) is kept


def test_form_data_has_texts_and_files() -> None:
    rows = [
        {"key": "t", "value": "1", "contentType": "text/x"},
        {"key": "f", "type": "file", "src": "C:\\me\\cat.png"},
        {"key": "g", "type": "file", "src": ["/a/b.txt", "c"], "fileName": "n"},
        {"key": "none", "type": "file", "src": None},
    ]
    found = form("formdata", rows)
    assert params(found) == [
        ("t", "int", False, False, ("1",)),
        ("f", "file", False, False, ("cat.png",)),
        ("g", "file", False, True, ("n", "n")),
        ("none", "file", False, False, ()),
    ]
    assert found.sent is not None
    assert found.sent.parts[:3] == (
        Part("t", None, "text/x", "1"),
        Part("f", "cat.png", "", "cat.png"),
        Part("g", "n", "", "n"),
    )


def test_a_file_is_a_body_whose_type_follows_from_it() -> None:
    found = form("file", {"src": "/a/b.pdf"})
    body = RequestBody(Kind.BYTES, "/item/0/request/body/file", (), "", "")
    assert found.body is not None
    assert (found.body.kind, found.body.content_type) == (body.kind, "")
    assert found.headers == ()


def graphql(query: str, variables: build.Data) -> Operation:
    return form("graphql", {"query": query, "variables": variables})


@pytest.mark.parametrize(
    ("query", "variables", "expected"),
    [
        (GRAPHQL, "", [("id", "str", False, ()), ("n", "int", False, ()), ("o", "json", False, ())]),
        (
            GRAPHQL,
            '{"id": "7", "o": [], "x": true}',
            [
                ("id", "str", True, ('"7"',)),
                ("n", "int", False, ()),
                ("o", "json", True, ("[]",)),
                ("x", "bool", False, ("true",)),
            ],
        ),
        (GRAPHQL, {"id": 7}, [("id", "json", True, ("7",)), ("n", "int", False, ()), ("o", "json", False, ())]),
        ("query($a: Float, $b: Int) {x}", '{"a": 1, "b": null}', [("a", "float", False, ("1",)), ("b", "int", False, ("null",))]),
        ('{ a(b: "$c: Int") } # $d: Int!', "{}", []),
        ("{ a }", '{"n": 1.5, "s": "t", "o": {}}', [("n", "float", False, ("1.5",)), ("s", "str", False, ('"t"',)), ("o", "json", False, ("{}",))]),
        ("{ a }", "[1]", []),
        ("query($a:Int!,$b:[ID!]! @d){x}", '{"a":{{n}}, "b": ["{{s}}"]}', [("a", "int", True, ("null",)), ("b", "json", True, ('["{{s}}"]',))]),
    ],
)  # fmt: skip
def test_variables_are_arguments(
    query: str, variables: build.Data, expected: list[typing.Any]
) -> None:
    found = [
        (p.wire, p.kind, p.required, p.sample) for p in graphql(query, variables).params
    ]
    assert found == expected


def test_a_query_has_its_text_and_its_operation() -> None:
    found = form("graphql", {"query": "{ x }", "operationName": "N"}).body
    assert found is not None
    assert (found.kind, found.text, found.operation) == (Kind.GRAPHQL, "{ x }", "N")
    assert found.content_type == "application/json"


def test_variables_that_are_no_json_are_reported() -> None:
    body = {"mode": "graphql", "graphql": {"query": "{ x }", "variables": '{"a": '}}
    item = build.item({"method": "POST", "url": "https://h.test/x", "body": body})
    found, said = build.lowered(build.collection(item))
    assert build.operations(found)[0].params == ()
    assert build.codes(said) == ["PM042"]


def test_a_secret_variable_is_not_shown() -> None:
    found = graphql("{ x }", '{"password": "hunter2"}')
    assert (one(found).sample, one(found).seen) == (('"password"',), ())
