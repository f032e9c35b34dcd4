"""Format 1.0: flat lists of folders, requests and their saved examples, put in order by ids (POSTMAN.md 1.2)."""

from __future__ import annotations

import dataclasses
import functools
import re
import typing

from pmgen.diagnostics import Rule
from pmgen.postman import fields, v2
from pmgen.postman.behavior import behavior
from pmgen.postman.model import (
    PLAIN,
    Behavior,
    Collection,
    Folder,
    Item,
    Request,
    Response,
)
from pmgen.postman.node import Node, Sink
from pmgen.postman.strays import unused_variables
from pmgen.postman.v1_body import body
from pmgen.postman.v1_fields import auth, decoded, headers, respelled, scripts, url
from pmgen.postman.v1_order import ROOT, SCHEMA, Tree, objects, tree
from pmgen.postman.values import variables

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from pmgen.source import Json


@dataclasses.dataclass(frozen=True, slots=True)
class _Walk:
    """What every step needs: the tree, and the requests by their ids."""

    tree: Tree
    known: Callable[[str], Request | None]


def collection(node: Node, stem: str) -> Collection:
    """A collection; the file's ``stem`` names it if nothing else does."""
    head = node.as_part("head", SCHEMA)
    found = tree(node)
    walk = _Walk(found, _known(found))
    root = Folder(
        name="",
        pointer=node.pointer,
        trail=(),
        members=_members(walk, ROOT, (), behavior(head, PLAIN)),
        auth=auth(head),
        scripts=scripts(head),
    )
    return Collection(
        name=head.child("name").text() or stem,
        stem=stem,
        description=head.child("description").description(),
        root=root,
        variables=tuple(variables(respelled(head.child("variables"), _variable))),
    )


def _known(found: Tree) -> Callable[[str], Request | None]:
    """Requests as examples refer to them, each read once. Their faults are reported where they stand."""

    @functools.cache
    def known(name: str) -> Request | None:
        node = found.by_id.get(name)
        return _request(Node(node.value, Sink(), node.pointer)) if node else None

    return known


def _members(
    walk: _Walk, index: int, trail: tuple[str, ...], inherited: Behavior
) -> tuple[Folder | Item, ...]:
    """What a folder holds: folders first, as Postman runs them."""
    children, requests = walk.tree.children[index], walk.tree.requests[index]
    folders = (_folder(walk, child, trail, inherited) for child in children)
    items = (
        _item(walk, _under(request, trail, "request"), inherited)
        for request in requests
    )
    return (*(folder for folder in folders if folder is not None), *items)


def _folder(
    walk: _Walk, index: int, trail: tuple[str, ...], inherited: Behavior
) -> Folder | None:
    node = _under(walk.tree.folders[index], trail, "folder")
    if len(trail) >= v2.DEEPEST:
        node.report(Rule.LIMIT, f"Folders nested more than {v2.DEEPEST} deep")
        return None
    unused_variables(node.child("variables"))
    behaves = behavior(node, inherited)
    return Folder(
        name=node.trail[-1],
        pointer=node.pointer,
        trail=node.trail,
        members=_members(walk, index, node.trail, behaves),
        description=node.child("description").description(),
        auth=auth(node),
        scripts=scripts(node),
        id=v2.id_of(node),
    )


def _under(node: Node, trail: tuple[str, ...], definition: str) -> Node:
    """The same node, named, below the folders of the trail."""
    placed = Node(node.value, node.sink, node.pointer, trail, node.part)
    return placed.named(v2.name_of(placed)).as_part(definition, SCHEMA)


def _item(walk: _Walk, node: Node, inherited: Behavior) -> Item:
    unused_variables(node.child("variables"))
    return Item(
        name=node.trail[-1],
        pointer=node.pointer,
        trail=node.trail,
        request=_request(node),
        responses=tuple(_response(walk, part) for part in _responses(node)),
        behavior=behavior(node, inherited),
        scripts=scripts(node),
        id=v2.id_of(node),
    )


def _request(node: Node) -> Request:
    return Request(
        method=(node.child("method").text() or "GET").upper(),
        url=url(node),
        pointer=node.pointer,
        headers=headers(node),
        body=body(node),
        auth=auth(node),
        description=node.child("description").description(),
    )


def _responses(node: Node) -> list[Node]:
    """Saved examples: those that ``responses_order`` mentions, then the others."""
    ranks: dict[str | None, int] = {}
    for rank, mention in enumerate(node.child("responses_order").elements()):
        ranks.setdefault(mention.text(), rank)
    parts = objects(node.child("responses"), "response", "a saved example (an object)")
    return sorted(parts, key=lambda p: ranks.get(p.child("id").text(), len(ranks)))


def _response(walk: _Walk, node: Node) -> Response:
    body_key = "body" if node.child("text").value is None else "text"
    return Response(
        name=v2.name_of(node),
        status=_status(node),
        body=v2.body_text(node.child(body_key)),
        language=_language(node),
        pointer=node.pointer,
        headers=fields.headers(respelled(node.child("headers"))),
        request=_original(walk, node),
        body_key=body_key,
    )


def _variable(value: dict[str, Json]) -> dict[str, Json]:
    """Here, other than in format 2, ``id`` names a variable that has no ``key``."""
    return {**value, "key": value.get("key") or value.get("id")}


def _status(node: Node) -> int | None:
    code = node.child("responseCode")
    places = (code.child("code"), code, node.child("status"))
    return next((found for found in map(v2.status, places) if found), None)


_LANGUAGE = re.compile(r"json|xml|html|javascript", re.IGNORECASE)


def _language(node: Node) -> str:
    """``Text`` is also what Postman writes where it does not know; then the MIME type tells."""
    language = (node.child("language").text() or "").lower()
    mime = node.child("mime").value
    told = _LANGUAGE.search(mime) if isinstance(mime, str) else None
    return told.group().lower() if told and language in ("", "text") else language


def _original(walk: _Walk, node: Node) -> Request | None:
    """The request that was answered. What ``requestObject`` says counts before ``request``."""
    stored = _meant(walk, node.child("requestObject"), is_json=True)
    return stored or _meant(walk, node.child("request"), is_json=False)


def _meant(walk: _Walk, node: Node, *, is_json: bool) -> Request | None:
    """An object, its JSON as text, or an id, which may be in JSON too. The id of nothing says nothing."""
    if isinstance(node.value, str):
        found = walk.known(node.value)
        if found or not (is_json or node.value.lstrip().startswith("{")):
            return found
        node = decoded(node)
        if isinstance(node.value, str):
            return walk.known(node.value)
    if isinstance(node.value, dict):
        return _request(node)
    if node.value is not None:
        node.refuse("a request (an object, its JSON as text, or an id)")
    return None
