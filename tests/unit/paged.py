"""A collection whose replies come in pages, in all the ways; and what pmgen.toml says of them."""

from __future__ import annotations

import json

import build

NAMED = {"name": "ok", "code": 200, "_postman_previewlanguage": "json"}


def shown(value: build.Data, code: int = 200) -> build.Data:
    """A saved reply of this JSON."""
    return {**NAMED, "code": code, "body": json.dumps(value)}


def pets(*ids: int) -> list[build.Data]:
    """One for each id."""
    return [{"id": number, "name": f"n{number}"} for number in ids]


def item(name: str, query: str, *replies: build.Data) -> build.Data:
    """A request whose path is its name."""
    url = f"https://h.test/{name.lower().replace(' ', '-')}{query}"
    return build.item(build.get(url), *map(shown, replies), name=name)


SHOP: dict[str, build.Data] = build.collection(
    build.folder(
        "Pets",
        item(
            "List pets",
            "?limit=2",
            {"pets": pets(1, 2), "links": {"next": "/list-pets?after=2"}},
            {"pets": pets(3), "links": {"next": None}},
        ),
        item("Link pets", "", pets(1, 2)),
        item(
            "Find pets",
            "?cursor=&q=x",
            {"found": {"pets": pets(1)}, "next-cursor": "b"},
            {"found": {"pets": []}, "next-cursor": None},
        ),
    ),
    item("Walks", "?page=1", {"walks": pets(1), "meta": {"pages": 3, "more": True}}),
    item("Visits", "?offset=0&limit=2", {"visits": pets(1, 2)}),
    item("Odd", "?tag=a&tag=b&flag", {"at": "2024-05-01", "rows": [[1, 2]], "m": []}),
    build.item(build.get("https://h.test/none"), shown({"m": ""}, 404), name="None"),
    item("Twin", "", {"a": [1]}),
    item("Twin", "", {"a": [1]}),
)

TOML = """
[collections.shop.pagination."Pets/List pets"]
style = "next"
items = "$.pets[]"
next = "$.links.next"

[collections.shop.pagination."Pets/Link pets"]
style = "next"
items = "$[]"
header = "Link"

[collections.shop.pagination."Pets/Find pets"]
style = "cursor"
items = "$.found.pets[]"
cursor = '$["next-cursor"]'
parameter = "cursor"

[collections.shop.pagination."Walks"]
style = "page"
items = "$.walks[]"
parameter = "page"
start = 0
more = "$.meta.more"
pages = "$.meta.pages"

[collections.shop.pagination."Visits"]
style = "offset"
items = "$.visits[]"
parameter = "offset"
size = "limit"
"""
