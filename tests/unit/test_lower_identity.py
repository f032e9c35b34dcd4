"""What a request is known by from run to run: ids where a file has them, digests of what a reader sees."""

from __future__ import annotations

import json

import build
import build_v1
import pytest

from pmgen import postman, source

REPLY = {"name": "ok", "code": 200, "body": "1"}
REQUEST = build.get("https://h.test/a?x=1", header=build.pairs(Accept="a"))


def digests(request: build.Data, *replies: build.Data) -> tuple[str, str]:
    return build.operation(request, *replies).digests


@pytest.mark.parametrize("key", ["id", "_postman_id", "uid"])
def test_ids_of_format_2(key: str) -> None:
    item = build.item("https://h.test", **{key: "r1"})
    api, _ = build.lowered(build.collection(build.folder("F", item, **{key: "f1"})))
    (group,) = api.root.groups
    assert (group.id, group.operations[0].id) == ("f1", "r1")


def test_no_id_is_none() -> None:
    assert build.operation("https://h.test").id == ""


def test_ids_of_format_1() -> None:
    request, folder = build_v1.req("r1"), build_v1.folder("f1", "r1")
    api, _ = build.lowered(build_v1.shop(request, order=[], folders=[folder]))
    (group,) = api.root.groups
    assert (group.id, group.operations[0].id) == ("f1", "r1")


def test_ids_of_format_3() -> None:
    text = b"$kind: http-request\nid: r1\nname: a\nurl: https://h.test\n"
    found, _ = source.read_tree("shop", {"a.request.yaml": text})
    assert isinstance(found, source.Tree)
    (collection,), _ = postman.parse(found, "shop")
    assert build.first(collection).id == "r1"


def test_a_digest_is_that_of_the_content() -> None:
    assert digests(REQUEST) == digests(dict(REQUEST))
    assert digests(REQUEST)[1] == ""
    assert digests(REQUEST, REPLY)[0] == digests(REQUEST)[0]
    assert digests(REQUEST, REPLY)[1] != digests(REQUEST, REPLY, REPLY)[1]


CHANGES: list[build.Data] = [
    {"url": "https://h.test/b?x=1"},
    {"url": "https://h.test/a?x=2"},
    {"url": "https://h.test/a"},
    {"url": "http://h.test/a?x=1"},
    {"method": "PUT"},
    {"header": build.pairs(Accept="b")},
    {"header": build.pairs(accept="a")},
    {"header": [{"key": "Accept", "value": "a", "disabled": True}]},
    {"body": {"mode": "raw", "raw": "1"}},
    {"description": "more"},
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_reader_sees_changes_the_digest(change: build.Data) -> None:
    assert digests({**REQUEST, **change})[0] != digests(REQUEST)[0]


@pytest.mark.parametrize(
    "secret",
    [
        {"header": build.pairs(Accept="a", Authorization="hunter2")},
        {"auth": build.auth("bearer", value="hunter2")},
        {"url": "https://h.test/a?x=1&api_key=hunter2"},
    ],
)
def test_a_credential_does_not(secret: build.Data) -> None:
    """Who knows the rest must not be able to try passwords on the digest."""
    text = json.dumps(secret).replace("hunter2", "swordfish")
    assert digests({**REQUEST, **secret}) == digests({**REQUEST, **json.loads(text)})
