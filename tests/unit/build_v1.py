"""Small collections of format 1.0 for the tests, and what is looked at in what becomes of them."""

from __future__ import annotations

import typing

import build

from pmgen.diagnostics import Rule
from pmgen.postman import Folder

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.diagnostics import Diagnostic
    from pmgen.postman import Collection, Item, Pair, Request

Tree: typing.TypeAlias = "list[str | tuple[str, Tree]]"


def shop(*requests: build.Data, **more: build.Data) -> build.Data:
    """A collection whose root holds these requests; keywords replace or add keys of the top level."""
    order = [r["id"] for r in requests if isinstance(r, dict) and "id" in r]
    return {"name": "Shop", "order": order, "requests": [*requests], **more}


def req(name: build.Data = "r", **more: build.Data) -> build.Data:
    """A request whose id is its name."""
    return {"id": name, "name": name, "method": "GET", "url": "http://h", **more}


def folder(name: str, *order: str, **more: build.Data) -> build.Data:
    return {"id": name, "name": name, "order": [*order], **more}


def tree(parsed: Collection) -> Tree:
    """Names: of a request alone, of a folder with what it holds."""
    return _tree(parsed.root)


def _tree(at: Folder) -> Tree:
    return [
        (member.name, _tree(member)) if isinstance(member, Folder) else member.name
        for member in at.members
    ]


def items(at: Folder) -> Iterator[Item]:
    for member in at.members:
        if isinstance(member, Folder):
            yield from items(member)
        else:
            yield member


def folders(at: Folder) -> Iterator[Folder]:
    for member in at.members:
        if isinstance(member, Folder):
            yield member
            yield from folders(member)


def places(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[Rule, str]]:
    return [(diagnostic.rule, diagnostic.pointer) for diagnostic in diagnostics]


def broken(*pointers: str) -> list[tuple[Rule, str]]:
    return [(Rule.ORDER_BROKEN, pointer) for pointer in pointers]


def item(**keys: build.Data) -> Item:
    """One request with these keys, and nothing to report but notes."""
    parsed, diagnostics = build.parse(shop(req(**keys)))
    assert all(found.rule.severity == "info" for found in diagnostics)
    return build.first(parsed)


def request(**keys: build.Data) -> Request:
    found = item(**keys).request
    assert found is not None
    return found


def brief(found: tuple[Pair, ...]) -> list[tuple[str | None, str | None, bool]]:
    return [(pair.key, pair.value, not pair.disabled) for pair in found]
