"""The helpers of generated tests must be able to fail: each says no to what differs."""

from __future__ import annotations

import asyncio
import copy
import json
import typing

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmgen.runtime import testing

if typing.TYPE_CHECKING:
    import pathlib

    from pmgen.runtime.drift import Json

METHOD = "POST"
URL = "https://h.test/a%20b/c?x=1&y=2&x=3&z"
HEADERS = [("X-A", "1"), ("X-B", "b c")]


def check(
    sent: httpx2.Request,
    method: str = METHOD,
    url: str = URL,
    headers: list[tuple[str, str]] = HEADERS,
) -> None:
    """The expected request, but for what is given."""
    testing.check_request(sent, method=method, url=url, headers=headers)


def request(
    method: str = METHOD, url: str = URL, headers: typing.Any = None
) -> httpx2.Request:
    """The request as sent, but for what is given."""
    return httpx2.Request(
        method, url, headers=headers or [("x-a", "1"), ("X-B", "b c"), ("More", "2")]
    )


def test_the_expected_request_passes() -> None:
    check(request())


SAME_URLS = [
    "https://h.test:443/a%20b/c?x=1&y=2&x=3&z",
    "https://h.test/a%20b/c?x=1&x=3&y=2&z",
    "https://h.test/%61%20b/c?x=1&y=2&x=3&z",
    "https://h.test/a%20b/c?%78=1&y=2&x=3&z",
]


@pytest.mark.parametrize("url", SAME_URLS)
def test_spelling_of_urls_does_not_count(url: str) -> None:
    check(request(url=url))


DIFFERENT: list[httpx2.Request] = [
    request(method="PUT"),
    request(method="post2"),
    *(
        request(url=url)
        for url in [
            "http://h.test/a%20b/c?x=1&y=2&x=3&z",
            "https://g.test/a%20b/c?x=1&y=2&x=3&z",
            "https://h.test:444/a%20b/c?x=1&y=2&x=3&z",
            "https://h.test/a%20b/C?x=1&y=2&x=3&z",
            "https://h.test/a%20b%2Fc?x=1&y=2&x=3&z",
            "https://h.test/a%2520b/c?x=1&y=2&x=3&z",
            "https://h.test/a%20b/c/?x=1&y=2&x=3&z",
            "https://h.test/a%20b/c",
            "https://h.test/a%20b/c?x=1&y=2&x=3",
            "https://h.test/a%20b/c?x=1&y=2&x=3&z=",
            "https://h.test/a%20b/c?x=3&y=2&x=1&z",
            "https://h.test/a%20b/c?x=1&y=2&z",
            "https://h.test/a%20b/c?x=1&y=2&x=3&z&w=1",
            "https://h.test/a%20b/c?y=2&x=1&x=3&z",
        ]
    ),
    request(headers=[("X-A", "1")]),
    request(headers=[("X-A", "2"), ("X-B", "b c")]),
    request(headers=[("X-A", "1"), ("X-B", "bc")]),
    request(headers=[("X-A", "1, 1"), ("X-B", "b c")]),
]


@pytest.mark.parametrize("sent", DIFFERENT, ids=lambda r: f"{r.method} {r.url}")
def test_every_difference_fails(sent: httpx2.Request) -> None:
    with pytest.raises(AssertionError):
        check(sent)


JSON: st.SearchStrategy[Json] = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ),
    max_leaves=10,
)


@given(JSON, JSON)
def test_same_json_is_equality_of_texts(a: Json, b: Json) -> None:
    assert testing.same_json(a, copy.deepcopy(a))
    assert testing.same_json(a, json.loads(json.dumps(a)))
    assert testing.same_json(a, b) == (typed(a) == typed(b))


def typed(value: Json) -> object:
    """The value with the type of every number beside it, keys in order."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    return type(value), repr(value)


NOT_SAME = [
    (1, True),
    (0, False),
    (1, 1.0),
    (1.0, True),
    ("1", 1),
    (None, False),
    (None, ""),
    ([], {}),
    ([1, 2], [2, 1]),
    ([1], [True]),
    ({"a": 1}, {"a": 1.0}),
    ({"a": None}, {}),
    ({"1": 1}, {"2": 1}),
    (2**53, float(2**53)),
]


@pytest.mark.parametrize(("a", "b"), NOT_SAME)
def test_not_the_same_json(a: Json, b: Json) -> None:
    assert not testing.same_json(a, b)
    assert not testing.same_json([{"x": a}], [{"x": b}])


def test_order_of_keys_does_not_count() -> None:
    assert testing.same_json({"a": 1, "b": {"c": 1, "d": 2}}, {"b": {"d": 2, "c": 1}, "a": 1})  # fmt: skip


DAMAGES: list[tuple[tuple[str | int, ...], object, Json]] = [
    ((), 5, 5),
    (("a",), None, {"a": None, "b": {"c": 1}}),
    (("a", 0, "x"), "y", {"a": [{"x": "y"}, 2], "b": {"c": 1}}),
    (("a", 0), testing.DELETED, {"a": [2], "b": {"c": 1}}),
    (("b", "c"), testing.DELETED, {"a": [{"x": 1}, 2], "b": {}}),
    (("new",), 1, {"a": [{"x": 1}, 2], "b": {"c": 1}, "new": 1}),
]


@pytest.mark.parametrize(("path", "value", "expected"), DAMAGES)
def test_damaged(path: tuple[str | int, ...], value: object, expected: Json) -> None:
    document: Json = {"a": [{"x": 1}, 2], "b": {"c": 1}}
    before = copy.deepcopy(document)
    found = testing.damaged(document, path, value)
    assert found == expected
    assert document == before
    if isinstance(found, dict) and isinstance(found.get("b"), dict):
        found["b"]["more"] = 1
    assert document == before


def test_damage_at_no_place_is_an_error() -> None:
    with pytest.raises((KeyError, IndexError, TypeError)):
        testing.damaged({"a": 1}, ("b",), testing.DELETED)


WIRES: list[tuple[int, Json, str, bytes]] = [
    (200, {"a": "é"}, "application/json", b'{"a": "\\u00e9"}'),
    (404, "text", "text/plain", b"text"),
    (200, "text", "application/json", b'"text"'),
    (200, None, "application/json", b"null"),
    (204, None, "", b""),
    (200, b"\xff", "image/png", b"\xff"),
]


@pytest.mark.parametrize(("status", "body", "kind", "content"), WIRES)
def test_wires_answer_and_remember(
    status: int, body: Json, kind: str, content: bytes
) -> None:
    wire = testing.Wire(status, body, kind)
    with wire.sync as http:
        found = http.post("https://h.test/x", content=b"1")
    assert (found.status_code, found.content) == (status, content)
    assert found.headers.get("content-type", "") == kind

    async def awaited() -> httpx2.Response:
        async with wire.awaited as http:
            return await http.get("https://h.test/y")

    assert asyncio.run(awaited()).content == content
    assert [(r.method, r.url.path) for r in wire.sent] == [
        ("POST", "/x"),
        ("GET", "/y"),
    ]
    assert testing.body_of(wire.sent[0]) == 1


def test_examples_are_copies(tmp_path: pathlib.Path) -> None:
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples/one.json").write_text('{"a": {"b": [1]}}')
    examples = testing.Examples(str(tmp_path / "test_one.py"), "one.json")
    examples["a"]["b"].append(2)
    assert examples["a"] == {"b": [1]}
    with pytest.raises(KeyError):
        examples["c"]
