"""Document -> Collection: items, folders, requests, saved examples."""

from __future__ import annotations

import math
import typing

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.postman import fields
from pmgen.postman.model import (
    Collection,
    Folder,
    Item,
    Request,
    Response,
    Url,
    Variable,
)
from pmgen.postman.node import Node, javascript_text

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.source import Document, Json

_DEEPEST = 60


def parse(
    document: Document, fallback_name: str
) -> tuple[Collection | None, tuple[Diagnostic, ...]]:
    """Read v2.0 and v2.1 collections, an API wrapper around one, a bare folder or item.

    ``fallback_name`` names what has no name. No Collection comes back where the file is none.
    """
    sink: list[Diagnostic] = []
    node = _unwrapped(Node(document.data, sink))
    problem = _foreign(node)
    if problem:
        node.report(Rule.NOT_A_COLLECTION, problem)
        return None, tuple(sink)
    return _collection(node, fallback_name), tuple(sink)


def _unwrapped(node: Node) -> Node:
    inner = node.child("collection")
    return _unwrapped(inner) if isinstance(inner.value, dict) else node


_FOREIGN = (
    ("requests", "This is a collection of format 1.0, which is not read yet"),
    ("values", "This is a Postman environment, not a collection"),
    ("openapi", "This is an OpenAPI description, not a Postman collection"),
    ("swagger", "This is a Swagger description, not a Postman collection"),
)


def _foreign(node: Node) -> str | None:
    """Why this is no collection, in words; None if it is one."""
    if not isinstance(node.value, dict):
        return "A collection is a JSON object"
    if node.has("item") or node.has("request"):
        return None
    for key, text in _FOREIGN:
        if node.has(key):
            return text
    return "Not a Postman collection: it has neither `item` nor `request`"


def _collection(node: Node, fallback_name: str) -> Collection:
    info = node.child("info")
    name = info.child("name").text() or node.child("name").text() or fallback_name
    described = info if info.has("description") else node
    bare_item = not node.has("item")
    prunes = _prunes(node, inherited=True)
    items = node.child("item")
    members = (
        (_item(node, prunes=True),) if bare_item else _members(items, prunes=prunes)
    )
    root = Folder(
        name="",
        pointer=node.pointer,
        trail=(),
        members=members,
        auth=None if bare_item else fields.auth(node.child("auth")),
    )
    description = "" if bare_item else described.child("description").description()
    variables = tuple(_variables(node.child("variable")))
    return Collection(name, description, root, variables)


def _prunes(node: Node, *, inherited: bool) -> bool:
    """Whether a body is dropped where the method should have none; the nearest setting wins."""
    flag = node.child("protocolProfileBehavior").child("disableBodyPruning").value
    return not flag if isinstance(flag, bool) else inherited


def _members(node: Node, *, prunes: bool) -> tuple[Folder | Item, ...]:
    """A list of items and folders; one object instead of a list is one item."""
    if isinstance(node.value, dict):
        return (_member(node, prunes=prunes),)
    return tuple(
        _member(element, prunes=prunes)
        for element in node.elements()
        if element.value is not None
    )


def _member(node: Node, *, prunes: bool) -> Folder | Item:
    if not isinstance(node.value, dict):
        node.refuse("an item or a folder (an object)")
        return Item("", node.pointer, node.trail, None)
    if node.child("item").value is None:
        return _item(node, prunes=prunes)
    if len(node.trail) >= _DEEPEST:
        node.report(Rule.LIMIT, f"Folders nested more than {_DEEPEST} deep")
        return Item("", node.pointer, node.trail, None)
    return _folder(node.named(_name(node)), prunes=_prunes(node, inherited=prunes))


def _name(node: Node) -> str:
    """A name on one line."""
    return " ".join((node.child("name").text() or "").split())


def _folder(node: Node, *, prunes: bool) -> Folder:
    return Folder(
        name=node.trail[-1],
        pointer=node.pointer,
        trail=node.trail,
        members=_members(node.child("item"), prunes=prunes),
        description=node.child("description").description(),
        auth=fields.auth(node.child("auth")),
    )


def _item(node: Node, *, prunes: bool) -> Item:
    node = node.named(_name(node))
    return Item(
        name=node.trail[-1],
        pointer=node.pointer,
        trail=node.trail,
        request=_request(node.child("request"), node.child("description")),
        responses=tuple(_responses(node.child("response"))),
        prunes_body=_prunes(node, inherited=prunes),
    )


def _request(node: Node, item_description: Node) -> Request | None:
    """``request`` may be a URL; its description may stand beside it, at the item."""
    if isinstance(node.value, str):
        url = fields.url(node)
        return Request("GET", url, node.pointer) if node.value else None
    if not isinstance(node.value, dict):
        if node.value is not None:
            node.refuse("a request (object or URL)")
        return None
    description = node.child("description").description()
    return Request(
        method=(node.child("method").text() or "GET").upper(),
        url=fields.url(node.child("url")) if node.has("url") else Url(node.pointer),
        pointer=node.pointer,
        headers=fields.headers(node.child("header")),
        body=fields.body(node.child("body")),
        auth=fields.auth(node.child("auth")),
        description=description or item_description.description(),
    )


def _responses(node: Node) -> Iterator[Response]:
    """Saved examples. Null entries and an empty object in the list's place are tolerated, as Postman does."""
    if node.value == {}:
        return
    for element in node.elements():
        if isinstance(element.value, dict):
            yield _response(element)
        elif element.value is not None:
            element.refuse("a saved example (an object)")


def _response(node: Node) -> Response:
    request = node.child("originalRequest")
    return Response(
        name=_name(node),
        status=_status(node.child("code")),
        body=_body_text(node.child("body")),
        language=(node.child("_postman_previewlanguage").text() or "").lower(),
        pointer=node.pointer,
        headers=fields.headers(node.child("header")),
        request=_request(request, Node(None, node.sink)),
    )


def _body_text(node: Node) -> str:
    if node.value is None or isinstance(node.value, str):
        return node.value or ""
    node.refuse("the body as text")
    return ""


def _status(node: Node) -> int | None:
    """A status as a number or as digits; None where it is missing or no HTTP status."""
    value = node.value
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if isinstance(value, int) and 100 <= value <= 599:
        return value
    return None


def _variables(node: Node) -> Iterator[Variable]:
    """Collection variables that ``{{…}}`` finds: those with a key that are not disabled."""
    if not isinstance(node.value, list):
        return
    for element in node.elements():
        key = element.child("key").text()
        if key and not element.child("disabled").flag():
            kind = element.child("type").value
            yield Variable(
                key=key,
                value=_cast(element, kind),
                pointer=element.pointer,
                secret=kind == "secret",
                description=element.child("description").description(),
            )


def _cast(variable: Node, kind: Json) -> str:
    """The variable's text; a boolean is cast as JavaScript does, so that "false" is true."""
    value = variable.child("value")
    if kind == "boolean" and isinstance(value.value, str):
        return "true" if value.value else "false"
    return javascript_text(value.value) if variable.has("value") else ""
