"""The mock server: which saved example answers which request, over real sockets."""

from __future__ import annotations

import json
import typing

import build
import httpx2
import pytest

from pmgen.configuration import Beside, load
from pmgen.mock import gather, serving

if typing.TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def saved(name: str, code: int, body: str, **more: build.Data) -> build.Data:
    return {"name": name, "code": code, "body": body, **more}


def asked(url: str, method: str = "GET") -> build.Data:
    return {"originalRequest": {"method": method, "url": url}}


ITEMS = [
    build.item(
        build.get("{{base}}/pets/:id"),
        saved("one", 200, '{"id": 1}', **asked("{{base}}/pets/1")),
        saved("gone", 404, '{"error": "no"}', **asked("{{base}}/pets/9")),
        saved("any", 200, '{"id": 0}'),
    ),
    build.item(
        build.get("{{base}}/pets?kind=cat"),
        saved(
            "cats",
            200,
            "[1]",
            header=build.pairs(**{"X-A": "b", "Content-Length": "99"}),
        ),
        saved("dogs", 200, "[2]", **asked("{{base}}/pets?kind=dog")),
        saved("broken", 500, "oops", _postman_previewlanguage="text"),
    ),
    build.item(
        {"method": "POST", "url": "{{base}}/pets"},
        saved("made", 201, ""),
    ),
]


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    folder: Path = tmp_path_factory.mktemp("mock")
    source = folder / "shop.json"
    data = build.collection(*ITEMS, variable=build.pairs(base="https://h.test/v1"))
    source.write_text(json.dumps(data), encoding="utf-8")
    found, said = gather((str(source),), Beside(None, None), load(folder))
    assert [d for _, each in said for d in each] == []
    with serving(found) as address, httpx2.Client(base_url=address) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "target", "headers", "expected"),
    [
        ("GET", "/v1/pets/1", {}, (200, '{"id": 1}')),
        ("GET", "/pets/1", {}, (200, '{"id": 1}')),
        ("GET", "/v1/pets/9", {}, (404, '{"error": "no"}')),
        ("GET", "/v1/pets/5", {}, (200, '{"id": 0}')),
        ("GET", "/v1/pets?kind=dog", {}, (200, "[2]")),
        ("GET", "/v1/pets?kind=cat", {}, (200, "[1]")),
        ("GET", "/v1/pets", {"x-mock-response-code": "500"}, (500, "oops")),
        ("GET", "/v1/pets", {"x-mock-response-name": "dogs"}, (200, "[2]")),
        ("POST", "/v1/pets", {}, (201, "")),
    ],
)
def test_which_example_answers(
    http: httpx2.Client,
    method: str,
    target: str,
    headers: dict[str, str],
    expected: tuple[int, str],
) -> None:
    reply = http.request(method, target, headers=headers)
    assert (reply.status_code, reply.text) == expected


def test_saved_headers_are_sent_but_those_that_break_the_message(
    http: httpx2.Client,
) -> None:
    reply = http.get("/v1/pets?kind=cat")
    assert (reply.headers["x-a"], reply.headers["content-length"]) == ("b", "3")


@pytest.mark.parametrize(
    ("method", "target", "headers"),
    [
        ("GET", "/v1/nothing", {}),
        ("DELETE", "/v1/pets/1", {}),
        ("GET", "/v1/pets/1", {"x-mock-response-name": "nobody"}),
        ("GET", "/v1/pets/1", {"x-mock-response-code": "418"}),
    ],
)
def test_what_nothing_answers_is_told(
    http: httpx2.Client, method: str, target: str, headers: dict[str, str]
) -> None:
    reply = http.request(method, target, headers=headers)
    assert reply.status_code == 404
    assert method in reply.text
    assert target in reply.text
    assert reply.headers["content-type"].startswith("application/json")
    json.loads(reply.content)


def test_head_has_the_headers_alone(http: httpx2.Client) -> None:
    reply = http.head("/v1/pets/1")
    assert (reply.status_code, reply.content) == (200, b"")
