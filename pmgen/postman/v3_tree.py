"""The YAML files of one format 3 collection -> a Collection: folders, requests, saved examples, and their order."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.diagnostics import Rule
from pmgen.postman import v2, v3_fields
from pmgen.postman.behavior import of_settings
from pmgen.postman.model import Collection, Folder, Item, Request, Response
from pmgen.postman.node import Node
from pmgen.postman.strays import unused_variables
from pmgen.postman.v3_files import stem
from pmgen.source import entry

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pmgen.postman.node import Sink
    from pmgen.postman.v3_files import Layout
    from pmgen.source import Document, Json

Trail: typing.TypeAlias = "tuple[str, ...]"
Paths: typing.TypeAlias = "tuple[str, ...]"


@dataclasses.dataclass(frozen=True, slots=True)
class Files:
    """The files of one collection. ``examples``: those of each request."""

    documents: Mapping[str, Document]
    layout: Layout
    examples: Mapping[str, Paths]
    sink: Sink

    def part(self, path: str, definition: str, trail: Trail = ()) -> Node:
        """What is in a file, as a part of its own."""
        value = self.documents[path].data
        return Node(value, self.sink, entry(path), trail).as_part(definition)

    def definition(self, folder: str, trail: Trail = ()) -> Node:
        """What a folder says of itself; null where it says nothing."""
        path = self.layout.definitions.get(folder)
        if path is None:
            return Node(None, self.sink, entry(folder) if folder else "", trail)
        return _object(self.part(path, "definition", trail), "a definition")


def _object(node: Node, what: str) -> Node:
    """An object or null; anything else is refused and read as null."""
    if node.value is None or isinstance(node.value, dict):
        return node
    node.refuse(f"{what} (an object)")
    return node.with_value(None)


def collection(files: Files, name: str, orphans: Paths) -> Collection:
    """The collection in the layout's root. The folder's ``name`` names it where its definition does not."""
    root = files.layout.root
    node = files.definition(root)
    lost = (_response(files.part(path, "example"), path) for path in orphans)
    return Collection(
        name=v2.name_of(node) or name,
        stem=name,
        description=node.child("description").description(),
        root=Folder(
            name="",
            pointer=node.pointer,
            trail=(),
            members=_members(files, root, ()),
            auth=v3_fields.auth(node.child("auth")),
            scripts=tuple(v3_fields.scripts(node.child("scripts"))),
        ),
        variables=tuple(v3_fields.variables(node.child("variables"))),
        orphans=tuple(response for response in lost if response is not None),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Ranked:
    """A file or a folder that has a place among others."""

    node: Node
    path: str
    is_folder: bool = False

    def rank(self) -> tuple[float, bool, str]:
        """By `order`; of equals, requests come before folders, then file names decide."""
        return _order(self.node.child("order")), self.is_folder, self.path


def _order(node: Node) -> float:
    """A missing order counts as 0, and so comes before Postman's own 1000."""
    value = node.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    if value is not None:
        node.refuse("a number")
    return 0


def _members(files: Files, folder: str, trail: Trail) -> tuple[Folder | Item, ...]:
    """Requests and folders, which are ordered together."""
    layout = files.layout
    found = [
        _Ranked(files.part(path, "request", trail), path)
        for path in layout.requests.get(folder, ())
    ]
    found += [
        _Ranked(files.definition(path, trail), path, is_folder=True)
        for path in layout.folders.get(folder, ())
    ]
    read = (
        (_folder if one.is_folder else _item)(files, one.node, one.path)
        for one in sorted(found, key=_Ranked.rank)
    )
    return tuple(member for member in read if member is not None)


def _named(node: Node, definition: str, name: str) -> Node:
    """A step further down the trail; the file or folder names what has no name."""
    return node.named(v2.name_of(node) or name).as_part(definition)


def _folder(files: Files, node: Node, path: str) -> Folder | None:
    node = _named(node, "definition", path.rpartition("/")[2])
    if len(node.trail) > v2.DEEPEST:
        node.report(Rule.LIMIT, f"Folders nested more than {v2.DEEPEST} deep")
        return None
    unused_variables(node.child("variables"))
    return Folder(
        name=node.trail[-1],
        pointer=node.pointer,
        trail=node.trail,
        members=_members(files, path, node.trail),
        description=node.child("description").description(),
        auth=v3_fields.auth(node.child("auth")),
        scripts=tuple(v3_fields.scripts(node.child("scripts"))),
        id=v2.id_of(node),
    )


def _item(files: Files, node: Node, path: str) -> Item | None:
    """None where Postman runs nothing, or nothing of HTTP; the examples go with the request."""
    node = _named(node, "request", stem(path))
    request = _request(node)
    behaves = of_settings(node)
    examples = files.examples.get(path, ())
    if request is None:
        text = "The saved example is left out with its request"
        for example in examples:
            lost = files.part(example, "example", node.trail)
            lost.report(Rule.EXAMPLE_SKIPPED, text)
        return None
    return Item(
        name=node.trail[-1],
        pointer=node.pointer,
        trail=node.trail,
        request=request,
        responses=tuple(_responses(files, examples, node.trail)),
        behavior=behaves,
        scripts=tuple(v3_fields.scripts(node.child("scripts"))),
        id=v2.id_of(node),
    )


_REQUESTS: Mapping[str, Callable[[Node], Request]] = {
    "http-request": v3_fields.http_request,
    "graphql-request": v3_fields.graphql_request,
}
_OTHER_PROTOCOLS = frozenset(
    f"{protocol}-request"
    for protocol in ("grpc", "websocket", "socket.io", "mqtt", "mcp", "llm")
)


def _request(node: Node) -> Request | None:
    if not isinstance(node.value, dict):
        node.refuse("a request (an object)")
        return None
    kind = node.child("$kind").value
    if isinstance(kind, str) and kind in _REQUESTS:
        return _REQUESTS[kind](node)
    if isinstance(kind, str) and kind in _OTHER_PROTOCOLS:
        node.report(Rule.KIND_UNSUPPORTED, f"A request of kind {kind!r} gets no method")
    else:
        node.report(Rule.FILE_SKIPPED, _unknown(kind, "request"))
    return None


def _unknown(kind: Json, what: str) -> str:
    if kind is None:
        return f"The {what} has no `$kind`"
    return f"{kind!r} is no `$kind` of a {what}"


def _responses(files: Files, examples: Paths, trail: Trail) -> Iterator[Response]:
    found = [_Ranked(files.part(path, "example", trail), path) for path in examples]
    for one in sorted(found, key=_Ranked.rank):
        response = _response(one.node, one.path)
        if response is not None:
            yield response


def _response(node: Node, path: str) -> Response | None:
    if not isinstance(node.value, dict):
        node.refuse("a saved example (an object)")
        return None
    kind = node.child("$kind").value
    if kind not in (None, "http-example"):
        node.report(Rule.FILE_SKIPPED, _unknown(kind, "saved example"))
        return None
    request = _object(node.child("request"), "a request")
    response = _object(node.child("response"), "a response")
    saved = response.child("body")
    body, language = v3_fields.content(saved)
    return Response(
        name=v2.name_of(node) or stem(path),
        status=v2.status(response.child("statusCode")),
        body=body,
        language=language,
        pointer=node.pointer,
        headers=v3_fields.headers(response.child("headers")),
        request=None if request.value is None else v3_fields.http_request(request),
        body_key="response/body/content" if saved.has("content") else "response/body",
    )
