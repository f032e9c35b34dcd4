"""URLs in all their forms, as POSTMAN.md 2.5 reads them."""

from __future__ import annotations

import typing

import build
import pytest

from pmgen.diagnostics import Rule

if typing.TYPE_CHECKING:
    from pmgen.postman import Url

Parts: typing.TypeAlias = "tuple[str, str, str, tuple[str, ...] | None]"


def parts(url: Url) -> Parts:
    return url.protocol, url.host, url.port, url.path


def query(url: Url) -> list[tuple[str | None, str | None]]:
    return [(pair.key, pair.value) for pair in url.query]


def url_of(form: build.Data) -> Url:
    return build.request(build.get(form)).url


_TEXTS: list[tuple[str, Parts]] = [
    ("https://api.test/a/b", ("https", "api.test", "", ("a", "b"))),
    ("api.test/a", ("", "api.test", "", ("a",))),
    ("localhost:3000/a", ("", "localhost", "3000", ("a",))),
    ("http://api.test:8080/a", ("http", "api.test", "8080", ("a",))),
    ("http://[::1]:80/a", ("http", "[::1]", "80", ("a",))),
    ("http://[::1]/a", ("http", "[::1]", "", ("a",))),
    ("{{base}}/x", ("", "{{base}}", "", ("x",))),
    ("{{base url}}/x", ("", "{{base url}}", "", ("x",))),
    ("{{base}}{{version}}/x", ("", "{{base}}{{version}}", "", ("x",))),
    ("{{a/b}}/x", ("", "{{a/b}}", "", ("x",))),
    ("https://{{env}}.api.test/x", ("https", "{{env}}.api.test", "", ("x",))),
    (
        "{{scheme}}://{{host}}:{{port}}/x",
        ("{{scheme}}", "{{host}}", "{{port}}", ("x",)),
    ),
    ("http://me:pw@api.test/x", ("http", "api.test", "", ("x",))),
    ("http://me:p@w@api.test:81/x", ("http", "api.test", "81", ("x",))),
    ("http://api.test/x@y:1", ("http", "api.test", "", ("x@y:1",))),
    ("http://api.test", ("http", "api.test", "", None)),
    ("http://api.test/", ("http", "api.test", "", ("",))),
    ("http://api.test//a/", ("http", "api.test", "", ("", "a", ""))),
    (
        "http://api.test/a/../b/./c",
        ("http", "api.test", "", ("a", "..", "b", ".", "c")),
    ),
    ("  http://api.test/x", ("http", "api.test", "", ("x",))),
    ("http://api.test/x  ", ("http", "api.test", "", ("x  ",))),
    ("http:\\\\api.test\\a\\b", ("http", "api.test", "", ("a", "b"))),
    ("http://api.test/:id/:id.json", ("http", "api.test", "", (":id", ":id.json"))),
    ("http://api.test/x#part", ("http", "api.test", "", ("x",))),
    ("http://api.test#part/x", ("http", "api.test", "", None)),
    ("/only/a/path", ("", "", "", ("only", "a", "path"))),
]


@pytest.mark.parametrize(("text", "expected"), _TEXTS)
def test_a_url_text_is_split_as_postman_does(text: str, expected: Parts) -> None:
    assert parts(url_of(text)) == expected


@pytest.mark.parametrize(("text", "expected"), _TEXTS)
def test_raw_alone_is_read_like_a_text(text: str, expected: Parts) -> None:
    assert parts(url_of({"raw": text})) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://h/x", []),
        ("http://h/x?a=1&b=2", [("a", "1"), ("b", "2")]),
        ("http://h/x?a", [("a", None)]),
        ("http://h/x?a=", [("a", "")]),
        ("http://h/x?=v", [("", "v")]),
        ("http://h/x?a=1=2", [("a", "1=2")]),
        ("http://h/x?a=1&&b", [("a", "1"), (None, None), ("b", None)]),
        ("http://h/x?a=%41+b", [("a", "%41+b")]),
        ("http://h/x?a=b\\c/d?e", [("a", "b\\c/d?e")]),
        ("http://h/x?a={{v}}#b=1", [("a", "{{v}}")]),
        ("http://h?a=1", [("a", "1")]),
        ("{{base}}?a=1", [("a", "1")]),
        ("http://h/x#f?a=1", []),
    ],
)
def test_a_query_text_is_split_and_stays_encoded(
    text: str, expected: list[tuple[str | None, str | None]]
) -> None:
    assert query(url_of(text)) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"host": "api.test"}, ("", "api.test", "", None)),
        ({"host": ["api", "test"]}, ("", "api.test", "", None)),
        ({"host": ["{{base}}"], "path": ["x"]}, ("", "{{base}}", "", ("x",))),
        ({"protocol": "https", "host": ["h"]}, ("https", "h", "", None)),
        ({"host": ["h"], "port": "81"}, ("", "h", "81", None)),
        ({"host": ["h"], "port": 81}, ("", "h", "81", None)),
        ({"host": ["h"], "path": "a/b"}, ("", "h", "", ("a", "b"))),
        ({"host": ["h"], "path": "/a/b"}, ("", "h", "", ("a", "b"))),
        ({"host": ["h"], "path": ["a", ""]}, ("", "h", "", ("a", ""))),
        ({"host": ["h"], "path": ["", "a"]}, ("", "h", "", ("", "a"))),
        ({"host": ["h"], "path": [""]}, ("", "h", "", ("",))),
        ({"host": ["h"], "path": ["v", 2]}, ("", "h", "", ("v", "2"))),
        (
            {"host": ["h"], "path": [{"type": "string", "value": ":id"}]},
            ("", "h", "", (":id",)),
        ),
        ({"host": None, "path": ["a"]}, ("", "", "", ("a",))),
        ({"host": ["h"], "hash": "part"}, ("", "h", "", None)),
        (
            {"raw": "http://other/y", "host": ["h"], "path": ["x"]},
            ("", "h", "", ("x",)),
        ),
        ({"raw": "http://h/x", "host": [], "path": []}, ("http", "h", "", ("x",))),
        ({"raw": "http://h/x", "host": None}, ("http", "h", "", ("x",))),
        ({}, ("", "", "", None)),
    ],
)
def test_a_url_object_is_the_truth_where_it_has_parts(
    form: build.Data, expected: Parts
) -> None:
    assert parts(url_of(form)) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (None, []),
        ([], []),
        ("a=1&b", [("a", "1"), ("b", None)]),
        (["a=1", "b"], [("a", "1"), ("b", None)]),
        ([{"key": "a", "value": "1"}], [("a", "1")]),
        ([{"key": "a", "value": None}], [("a", None)]),
        ([{"key": "a"}], [("a", None)]),
        ([{"key": "a", "value": ""}], [("a", "")]),
        ([{"key": None, "value": "v"}], [(None, "v")]),
        ([{"key": 5, "value": "v"}], [("5", "v")]),
        ([{"key": "a", "value": "x&y"}, None], [("a", "x&y")]),
    ],
)
def test_the_query_of_an_object_has_four_forms(
    form: build.Data, expected: list[tuple[str | None, str | None]]
) -> None:
    assert query(url_of({"host": ["h"], "query": form})) == expected


def test_an_object_without_query_has_none_although_raw_has() -> None:
    url = {"raw": "http://h/x?a=1", "host": ["h"], "path": ["x"]}
    parsed, found = build.parse(build.collection(build.item(build.get(url))))
    request = build.first(parsed).request
    assert request is not None
    assert query(request.url) == []
    assert [(d.rule, d.pointer) for d in found] == [
        (Rule.WITHOUT_EFFECT, "/item/0/request/url/raw")
    ]


@pytest.mark.parametrize(
    ("place", "value", "pointer", "word"),
    [
        ("protocolProfileBehavior", {"strictSSL": False, "x": None}, "", "strictSSL"),
        ("request", {"proxy": {"host": "p"}}, "/proxy", "proxy"),
        ("request", {"certificate": {"name": "c"}}, "/certificate", "certificate"),
    ],
)
def test_settings_of_the_connection_are_told(
    place: str, value: build.Data, pointer: str, word: str
) -> None:
    request = build.get("http://h/x")
    keys = {"request": {**request, **value}} if place == "request" else {place: value}
    item = {**build.item(request), **keys}
    _, (found,) = build.parse(build.collection(item))
    assert (found.rule, found.pointer) == (
        Rule.BEHAVIOUR_IGNORED,
        f"/item/0/{place}{pointer}",
    )
    assert found.text.endswith(f" {word}")


def test_the_behaviour_that_the_client_has_is_not_told() -> None:
    behavior: build.Data = {
        "disableBodyPruning": True,
        "followRedirects": None,
        "tls": [],
    }
    item = build.item(build.get("http://h/x"), protocolProfileBehavior=behavior)
    assert build.sound(build.collection(item))


@pytest.mark.parametrize("value", [5, True, [], {"a": 1}])
def test_a_query_value_that_is_no_text_is_dropped_and_reported(
    value: build.Data,
) -> None:
    url = {"host": ["h"], "query": [{"key": "a", "value": value}]}
    parsed, found = build.parse(build.collection(build.item(build.get(url))))
    request = build.first(parsed).request
    assert request is not None
    assert query(request.url) == [("a", None)]
    assert (Rule.QUERY_VALUE_DROPPED, "/item/0/request/url/query/0/value") in [
        (d.rule, d.pointer) for d in found
    ]


def test_only_true_disables_a_parameter() -> None:
    flags = [True, False, None, "true", 1]
    rows = [{"key": "a", "value": "1", "disabled": flag} for flag in flags]
    found = url_of({"host": ["h"], "query": rows}).query
    assert [pair.disabled for pair in found] == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ([{"key": "id", "value": "7"}], [("id", "7")]),
        ([{"id": "id", "value": "7"}], [("id", "7")]),
        ([{"key": "id", "value": 7}], [("id", "7")]),
        ([{"key": "id"}], [("id", "")]),
        ({"id": "7"}, [("id", "7")]),
        (None, []),
    ],
)
def test_path_variables_have_a_key_or_an_id(
    form: build.Data, expected: list[tuple[str, str | None]]
) -> None:
    url = url_of({"host": ["h"], "path": [":id"], "variable": form})
    assert [(pair.key, pair.value) for pair in url.variables] == expected


@pytest.mark.parametrize("form", [None, "", {}, {"raw": ""}, {"raw": None}])
def test_an_empty_url_is_no_error_of_the_file(form: build.Data) -> None:
    assert parts(url_of(form)) == ("", "", "", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://h:{{p_{{b}}}}/x", ("https", "h", "{{p_{{b}}}}")),
        ("{{s_{{b}}}}://{{h_{{b}}}}:{{p}}/x", ("{{s_{{b}}}}", "{{h_{{b}}}}", "{{p}}")),
        ("{{h_{{a/b}}}}/x", ("", "{{h_{{a/b}}}}", "")),
    ],
)
def test_a_variable_may_be_named_by_another(
    text: str, expected: tuple[str, str, str]
) -> None:
    found = url_of(text)
    assert (found.protocol, found.host, found.port) == expected
    assert found.path == ("x",)
