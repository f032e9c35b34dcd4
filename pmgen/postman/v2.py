"""Formats 2.0 and 2.1: items, folders, requests, saved examples, variables, scripts (POSTMAN.md 2)."""

from __future__ import annotations

import math
import typing

from pmgen.diagnostics import Rule
from pmgen.postman import fields
from pmgen.postman.behavior import behavior
from pmgen.postman.model import (
    PLAIN,
    Behavior,
    Collection,
    Folder,
    Item,
    Request,
    Response,
    Script,
    Url,
)
from pmgen.postman.node import Node
from pmgen.postman.strays import (
    auth_beside_request,
    foreign_keys,
    proxy_and_certificate,
    unread_members,
    unused_variables,
)
from pmgen.postman.values import variables

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 60


def collection(node: Node, stem: str) -> Collection:
    """A collection, or a bare folder; the file's ``stem`` names what has no name."""
    info = node.child("info")
    own = info.child("name").text()
    name = (node.child("name").text() if own is None else own) or stem
    described = info if info.has("description") else node
    head = node.as_part("head")
    foreign_keys(head)
    root = Folder(
        name="",
        pointer=node.pointer,
        trail=(),
        members=_members(_items(node), behavior(head, PLAIN)),
        auth=fields.auth(head.child("auth")),
        scripts=tuple(scripts(head.child("event"))),
    )
    return Collection(
        name=name,
        stem=stem,
        description=described.child("description").description(),
        root=root,
        variables=tuple(variables(head.child("variable"))),
    )


def bare(node: Node, stem: str) -> Collection:
    """A bare item, or a list of items and folders, as a collection named by the file."""
    if isinstance(node.value, dict):
        members: tuple[Folder | Item, ...] = (_item(node, PLAIN),)
        name = node.child("name").text() or stem
    else:
        members, name = _members(node, PLAIN), stem
    return Collection(name, stem, "", Folder("", node.pointer, (), members))


def _items(node: Node) -> Node:
    """The members of a folder; some tools write ``items``, where Postman finds nothing."""
    key = "item"
    if node.child("item").value is None and isinstance(node.child("items").value, list):
        node.report(Rule.KEY_GUESSED, "`items` was read as `item`")
        key = "items"
    unread_members(node, key)
    return node.child(key)


def _members(node: Node, inherited: Behavior) -> tuple[Folder | Item, ...]:
    """A list of items and folders; one object instead of a list is one item."""
    elements = (node,) if isinstance(node.value, dict) else node.elements()
    found = (_member(element, inherited) for element in elements)
    return tuple(member for member in found if member is not None)


def _member(node: Node, inherited: Behavior) -> Folder | Item | None:
    if node.value is None:
        return None
    if not isinstance(node.value, dict):
        node.as_part("member").refuse("an item or a folder (an object)")
        return None
    if node.child("item").value is None and not _is_folder_of_items(node):
        return _item(node, inherited)
    if len(node.trail) >= DEEPEST:
        node.report(Rule.LIMIT, f"Folders nested more than {DEEPEST} deep")
        return None
    return _folder(node.named(name_of(node)), behavior(node, inherited))


def _is_folder_of_items(node: Node) -> bool:
    return not node.has("request") and isinstance(node.child("items").value, list)


def name_of(node: Node) -> str:
    """A name on one line; a whole collection among items has it in ``info``."""
    name = node.child("name").text() or node.child("info").child("name").loose_text()
    return on_one_line(name)


_IDS = ("id", "_postman_id", "uid")


def id_of(node: Node) -> str:
    """Postman's id of an item or a folder; many files have none."""
    found = (node.child(key).loose_text() for key in _IDS)
    return next(filter(None, found), "")


def on_one_line(text: str) -> str:
    """Text whose blanks are single spaces."""
    return " ".join(text.split())


def _folder(node: Node, behaves: Behavior) -> Folder:
    head = node.as_part("folder_head")
    unused_variables(head.child("variable"))
    foreign_keys(head)
    return Folder(
        name=node.trail[-1],
        pointer=node.pointer,
        trail=node.trail,
        members=_members(_items(node), behaves),
        description=head.child("description").description(),
        auth=fields.auth(head.child("auth")),
        scripts=tuple(scripts(head.child("event"))),
        id=id_of(node),
    )


def _item(node: Node, inherited: Behavior) -> Item:
    node = node.as_part("item")
    node = node.named(name_of(node)).as_part("item")
    unused_variables(node.child("variable"))
    auth_beside_request(node.child("auth"))
    foreign_keys(node)
    unread_members(node, "request")
    return Item(
        name=node.trail[-1],
        pointer=node.pointer,
        trail=node.trail,
        request=_request(node.child("request"), node.child("description")),
        responses=tuple(_responses(node.child("response"))),
        behavior=behavior(node, inherited),
        scripts=tuple(scripts(node.child("event"))),
        id=id_of(node),
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
    foreign_keys(node)
    proxy_and_certificate(node)
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
    for element in node.one_or_more():
        if isinstance(element.value, dict):
            yield _response(element)
        elif element.value is not None:
            text = "A saved example is an object; this is left out"
            element.report(Rule.EXAMPLE_SKIPPED, text)


def _response(node: Node) -> Response:
    node = node.as_part("response")
    request = node.child("originalRequest")
    return Response(
        name=on_one_line(node.child("name").loose_text()),
        status=status(node.child("code")),
        body=body_text(node.child("body")),
        language=node.child("_postman_previewlanguage").loose_text().lower(),
        pointer=node.pointer,
        headers=fields.headers(node.child("header")),
        request=_request(request, Node(None, node.sink)),
        said=said(node.child("code")),
    )


def said(node: Node) -> str:
    """What stands where a status should; nothing to tell where one does."""
    if node.value is None or status(node) is not None:
        return "no status"
    return f"{str(node.value)[:40]!r} as its status"


def body_text(node: Node) -> str:
    """The text of a reply; anything but text is an error."""
    if node.value is None or isinstance(node.value, str):
        return node.value or ""
    node.refuse("the body as text")
    return ""


def status(node: Node) -> int | None:
    """A status as a number or as digits; None where it is missing or no HTTP status."""
    value = node.value
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if isinstance(value, int) and 100 <= value <= 599:
        return value
    return None


def scripts(node: Node) -> Iterator[Script]:
    """The scripts that run; one without code is none."""
    for element in node.one_or_more():
        if element.child("disabled").flag() or element.value is None:
            continue
        script = element.child("script")
        lines = script if not isinstance(script.value, dict) else script.child("exec")
        text = code(lines)
        if text.strip():
            before = element.child("listen").value == "prerequest"
            yield Script(before, text, element.pointer)


def code(node: Node) -> str:
    """A script's code: text, or a list of lines."""
    if isinstance(node.value, list):
        return "\n".join(line.text() or "" for line in node.elements())
    return node.text() or ""
