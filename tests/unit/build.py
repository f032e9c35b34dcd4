"""Small collections for the tests, and the phases up to the one under test."""

from __future__ import annotations

import json
import typing

from pmgen import lower, postman, source

if typing.TYPE_CHECKING:
    from pmgen import api
    from pmgen.diagnostics import Diagnostic
    from pmgen.source import Json

#: JSON as tests write it: narrower literals than ``Json`` fit in.
Data: typing.TypeAlias = typing.Any


def collection(*items: Data, **more: Data) -> dict[str, Json]:
    """A v2.1 collection of these items; keywords are further keys of the top level."""
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    return {"info": {"name": "Shop", "schema": schema}, "item": [*items], **more}


def item(request: Data, *responses: Data, name: Data = "one", **more: Data) -> Data:
    """An item with a request (object or URL) and its saved examples."""
    return {"name": name, "request": request, "response": [*responses], **more}


def folder(name: str, *items: Data, **more: Data) -> Data:
    """A folder with items."""
    return {"name": name, "item": [*items], **more}


def get(url: Data, **more: Data) -> Data:
    """A GET request; keywords are its other keys."""
    return {"method": "GET", "url": url, **more}


def pairs(**values: Data) -> list[Data]:
    """Keywords as a list of ``{key, value}``."""
    return [{"key": key, "value": value} for key, value in values.items()]


def auth(kind: str, **parameters: Data) -> Data:
    """An auth in v2.1's form."""
    return {"type": kind, kind: pairs(**parameters)}


def read(data: Data) -> source.Document:
    """The Document of a value, by way of its text."""
    document, found = source.read("shop.json", json.dumps(data).encode())
    assert document is not None, found
    return document


def parse(data: Data) -> tuple[postman.Collection, tuple[Diagnostic, ...]]:
    """The canonical collection, and what the front end said."""
    found, diagnostics = postman.parse(read(data), "shop")
    assert len(found) == 1, diagnostics
    return found[0], diagnostics


def sound(data: Data) -> postman.Collection:
    """The canonical collection of data without a fault."""
    found, diagnostics = parse(data)
    assert not diagnostics
    return found


def first(parsed: postman.Collection) -> postman.Item:
    """The first item of the collection's root."""
    member = parsed.root.members[0]
    assert isinstance(member, postman.Item)
    return member


def request(data: Data) -> postman.Request:
    """The canonical form of one request without a fault; notes are none."""
    parsed, diagnostics = parse(collection(item(data)))
    assert all(found.rule.severity == "info" for found in diagnostics)
    found = first(parsed).request
    assert found is not None
    return found


def lowered(data: Data) -> tuple[api.Api, tuple[Diagnostic, ...]]:
    """The API of a collection that has no error, and what lowering said."""
    found, diagnostics = parse(data)
    assert not [d for d in diagnostics if d.is_error]
    return lower.lower(found)


def operations(found: api.Api) -> list[api.Operation]:
    """All operations, in the collection's order."""
    return [operation for group in found.root.walk() for operation in group.operations]


def operation(request: Data, *responses: Data, **more: Data) -> api.Operation:
    """The one operation of a collection with one request; keywords are top-level keys."""
    found, _ = lowered(collection(item(request, *responses), **more))
    return operations(found)[0]


def codes(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    """Their codes, in order."""
    return [diagnostic.rule.code for diagnostic in diagnostics]
