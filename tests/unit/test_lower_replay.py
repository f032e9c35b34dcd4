"""What Postman sends, by hand from POSTMAN.md 3.4 to 3.8, against ``Operation.sent``.

The samples of settings and arguments stand in for an environment: ``{{base}}`` is https://base.test, a credential
``{{my key}}`` is my-key.
"""

# ruff: noqa: S106 - variables and canaries, no passwords

from __future__ import annotations

import base64

import build
import pytest


def url(*path: build.Data, **more: build.Data) -> build.Data:
    return {"protocol": "https", "host": ["h", "test"], "path": [*path], **more}


def rows(*found: tuple[build.Data, build.Data]) -> list[build.Data]:
    return [{"key": key, "value": value} for key, value in found]


def sent_url(form: build.Data, **more: build.Data) -> str:
    sent = build.operation(build.get(form), **more).sent
    assert sent is not None
    return sent.url


def sent_headers(request: build.Data, **more: build.Data) -> list[tuple[str, str]]:
    sent = build.operation(request, **more).sent
    assert sent is not None
    return list(sent.headers)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("https://h.test/a/b?x=1&y=2", "https://h.test/a/b?x=1&y=2"),
        ("h.test/a", "http://h.test/a"),
        ("https://h.test:8443/a", "https://h.test:8443/a"),
        ("https://h.test/a/?x", "https://h.test/a/?x"),
        ("https://h.test/a#part?x=1", "https://h.test/a"),
        ("https://h.test//a//b", "https://h.test//a//b"),
        ("https://h.test/a/../b", "https://h.test/a/../b"),
        ("{{base}}/a", "https://base.test/a"),
        ("{{scheme}}://{{my host}}:{{port}}/a", "https://my-host.test:8080/a"),
        ("https://{{env}}.api.test/a", "https://env.test.api.test/a"),
    ],
)
def test_a_url_text_is_sent_as_it_is_written(form: str, expected: str) -> None:
    assert sent_url(form) == expected


@pytest.mark.parametrize(
    ("segments", "path"),
    [
        ([], ""),
        ([""], "/"),
        (["a", ""], "/a/"),
        (["a b"], "/a%20b"),
        (["é", "日"], "/%C3%A9/%E6%97%A5"),
        (["%41", "%zz", "%"], "/%41/%zz/%"),
        (['"<>`{}'], "/%22%3C%3E%60%7B%7D"),
        (["a+b,c;d=e:f@g!$()*'&[]^_|~-."], "/a+b,c;d=e:f@g!$()*'&[]^_|~-."),
        (["\x7f\t"], "/%7F%09"),
        (["a/b"], "/a/b"),
    ],
)
def test_the_path_is_encoded_as_little_as_postman_does(
    segments: list[str], path: str
) -> None:
    assert sent_url(url(*segments)) == f"https://h.test{path}"


@pytest.mark.parametrize(
    ("segments", "variables", "path"),
    [
        ([":id"], rows(("id", "42")), "/42"),
        ([":id", "x", ":id"], rows(("id", "42")), "/42/x/42"),
        ([":id.json"], rows(("id", "42")), "/42.json"),
        ([":id:sub"], rows(("id", "42")), "/:id:sub"),
        (["a:id"], rows(("id", "42")), "/a:id"),
        ([":sp ace"], rows(("sp ace", "1")), "/1"),
        ([":id"], [{"id": "id", "value": "7"}], "/7"),
        ([":id"], rows(("id", "1"), ("id", "2")), "/2"),
        ([":id"], rows(("id", "a b+c")), "/a%20b+c"),
        ([":id"], [{"key": "id", "value": "7", "disabled": True}], "/7"),
        ([":id"], rows(("id", "{{v}}")), "/9"),
        (["{{v}}"], [], "/9"),
        (["x-{{v}}.json"], [], "/x-9.json"),
    ],
)
def test_path_variables_are_filled_in(
    segments: list[str], variables: build.Data, path: str
) -> None:
    form = url(*segments, variable=variables)
    assert sent_url(form, variable=build.pairs(v="9")) == f"https://h.test{path}"


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (rows(("a", "1"), ("b", "2")), "?a=1&b=2"),
        (rows(("a", "1"), ("b", "2"), ("a", "3")), "?a=1&b=2&a=3"),
        (rows(("a", "")), "?a="),
        (rows(("a", None)), "?a"),
        ([{"key": "a"}], "?a"),
        (rows(("a", 5)), "?a"),
        (rows(("a", {"x": 1})), "?a"),
        ([{"key": "a", "value": "1", "disabled": True}], ""),
        ([{"key": "a", "value": "1", "enabled": False}], "?a=1"),
        ([], ""),
        (rows(("a", "x y")), "?a=x%20y"),
        (rows(("a", "x+y")), "?a=x+y"),
        (rows(("a", "x&y#z=1")), "?a=x%26y%23z=1"),
        (rows(("a=b&c#d", "1")), "?a%3Db%26c%23d=1"),
        (rows(("a", "\"<>'")), "?a=%22%3C%3E%27"),
        (rows(("a", "!$()*+,-./:;=@[]^_|~?\\`{}")), "?a=!$()*+,-./:;=@[]^_|~?\\`{}"),
        (rows(("a", "%41%zz%")), "?a=%41%zz%"),
        (rows(("a", "é")), "?a=%C3%A9"),
        (rows(("filter[x]", "1")), "?filter[x]=1"),
        (rows(("a", "{{v}}"), ("{{v}}", "1")), "?a=9%208&9%208=1"),
        (rows(("a", "{{missing one}}")), "?a=missing-one"),
        (rows(("a", "{{w}}")), "?a=9%208"),
    ],
)
def test_a_structured_query_is_encoded_as_little_as_postman_does(
    query: build.Data, text: str
) -> None:
    variables = build.pairs(v="9 8", w="{{v}}")
    found = sent_url(url("x", query=query), variable=variables)
    assert found == f"https://h.test/x{text}"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (rows(("A", "1"), ("B", "2")), [("A", "1"), ("B", "2")]),
        (rows(("A", "1"), ("A", "2")), [("A", "1"), ("A", "2")]),
        (rows(("A", "")), [("A", "")]),
        (rows(("A", 5), ("B", True)), [("A", "5"), ("B", "true")]),
        ([{"key": "A"}], [("A", "")]),
        ([{"key": "A", "value": "1", "disabled": True}], []),
        (rows(("", "1"), (None, "2")), []),
        (rows(("A", "x-{{v}}")), [("A", "x-9")]),
        (rows(("A", "x-{{new one}}")), [("A", "x-new-one")]),
        ("A: 1\nB: 2", [("A", "1"), ("B", "2")]),
    ],
)
def test_headers_are_sent_in_their_order_and_spelling(
    header: build.Data, expected: list[tuple[str, str]]
) -> None:
    request = build.get(url("x"), header=header)
    assert sent_headers(request, variable=build.pairs(v="9")) == expected


def test_a_header_of_null_is_sent_as_null() -> None:
    request = build.get(url("x"), header=rows(("A", None)))
    assert sent_headers(request) == [("A", "null")]


def basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("auth", "header", "expected"),
    [
        (
            build.auth("bearer", token="{{my token}}"),
            [],
            [("Authorization", "Bearer my-token")],
        ),
        (
            build.auth("bearer", token="a{{t}}b"),
            rows(("authorization", "mine"), ("A", "1")),
            [("A", "1"), ("Authorization", "Bearer atb")],
        ),
        (
            build.auth("basic", username="{{u}}", password="x{{p}}"),
            [],
            [("Authorization", basic("u:xp"))],
        ),
        (
            build.auth("apikey", key="X-Key", value="{{k}}"),
            rows(("x-key", "old"), ("A", "1")),
            [("A", "1"), ("X-Key", "k")],
        ),
        (
            build.auth("apikey", key="X-Key", value="{{k}}", **{"in": "header"}),
            [],
            [("X-Key", "k")],
        ),
        (build.auth("apikey", value="{{k}}"), [], []),
        (
            {"type": "noauth"},
            rows(("Authorization", "{{t}}")),
            [("Authorization", "t")],
        ),
        ({"type": "magic"}, [], []),
        ({"type": "oauth2"}, [], []),
    ],
)
def test_an_auths_header_replaces_the_users(
    auth: build.Data, header: build.Data, expected: list[tuple[str, str]]
) -> None:
    assert sent_headers(build.get(url("x"), header=header, auth=auth)) == expected


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ([], "?key=k"),
        (rows(("a", "1")), "?a=1&key=k"),
        (rows(("key", "old"), ("a", "1")), "?a=1&key=k"),
    ],
)
def test_an_api_key_in_the_query_comes_last_and_replaces(
    query: build.Data, text: str
) -> None:
    auth = build.auth("apikey", key="key", value="{{k}}", **{"in": "query"})
    sent = build.operation(build.get(url("x", query=query), auth=auth)).sent
    assert sent is not None
    assert sent.url == f"https://h.test/x{text}"
    assert sent.headers == ()


def test_a_user_without_a_password_is_sent_with_an_empty_one() -> None:
    request = build.get(
        url("x"), auth=build.auth("basic", username="{{u}}", password="")
    )
    assert sent_headers(request) == [("Authorization", basic("u:"))]


def post(text: str, language: str, *header: build.Data) -> build.Data:
    body = {"mode": "raw", "raw": text, "options": {"raw": {"language": language}}}
    return {"method": "POST", "url": url("x"), "header": [*header], "body": body}


@pytest.mark.parametrize(
    ("request_form", "expected"),
    [
        (post("{}", "json"), [("Content-Type", "application/json")]),
        (post("x", "text"), [("Content-Type", "text/plain")]),
        (post("", "json"), []),
        (
            post("{}", "json", *rows(("content-type", "a/b"))),
            [("content-type", "a/b")],
        ),
        ({**post("{}", "json"), "method": "GET"}, []),
    ],
)
def test_the_content_type_is_derived_where_the_user_has_none(
    request_form: build.Data, expected: list[tuple[str, str]]
) -> None:
    assert sent_headers(request_form) == expected


def test_headers_come_in_the_order_user_auth_content_type() -> None:
    auth = build.auth("bearer", token="{{t}}")
    request = {**post("{}", "json", *rows(("A", "1"))), "auth": auth}
    assert [name for name, _ in sent_headers(request)] == [
        "A",
        "Authorization",
        "Content-Type",
    ]


def test_a_form_is_always_sent_as_a_form() -> None:
    body = {"mode": "urlencoded", "urlencoded": build.pairs(a="1")}
    header = rows(("Content-Type", "application/json"))
    request = {"method": "POST", "url": url("x"), "header": header, "body": body}
    assert [value for _, value in sent_headers(request)] == [
        "application/x-www-form-urlencoded"
    ]


def test_the_method_is_sent_in_upper_case() -> None:
    sent = build.operation({"method": "purge", "url": url("x")}).sent
    assert sent is not None
    assert sent.method == "PURGE"


@pytest.mark.parametrize(
    "form", ["https://h test/x", "ftp://h.test/x", "https://h<>/x"]
)
def test_what_postman_cannot_send_is_not_replayed_as_written(form: str) -> None:
    """A server that no HTTP library takes is tested with a stand-in."""
    sent = build.operation(build.get(form)).sent
    assert sent is None or sent.url.startswith("https://")
    assert sent is None or " " not in sent.url


@pytest.mark.parametrize(
    ("key", "text"), [("k y", "?k%20y=k"), ("k&y", "?k%26y=k"), ("k=y", "?k%3Dy=k")]
)
def test_the_name_of_an_api_key_in_the_query_is_data(key: str, text: str) -> None:
    auth = build.auth("apikey", key=key, value="{{k}}", **{"in": "query"})
    sent = build.operation(build.get(url("x"), auth=auth)).sent
    assert sent is not None
    assert sent.url == f"https://h.test/x{text}"


def test_a_header_that_postman_cannot_send_is_not_replayed() -> None:
    request = build.get(url("x"), header=rows(("A", "日")))
    assert build.operation(request).sent is None
