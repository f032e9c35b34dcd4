"""Bodies that are no text: form-data, files, GraphQL (POSTMAN.md 2.7, 3.7)."""

from __future__ import annotations

import json
import typing

from pmgen.postman.model import Body, Field
from pmgen.postman.node import javascript_text
from pmgen.postman.url import split_query

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pmgen.postman.node import Node


def form_data(node: Node) -> Body | None:
    """A list of fields, a map of texts, or text as that of a query; None where no field is enabled."""
    if isinstance(node.value, str):
        pairs = split_query(node.value, node.pointer)
        found = tuple(Field(p.key or "", p.value or "", p.pointer) for p in pairs)
    else:
        found = tuple(field for row in _rows(node) for field in _field(row))
    if all(field.disabled for field in found):
        return None
    return Body("formdata", node.pointer, fields=found)


def _rows(node: Node) -> Iterable[Node]:
    """Each field as an object; a map has texts only."""
    if isinstance(node.value, dict):
        return [
            child.with_value({"key": key, "value": child.value})
            for key, child in node.members()
        ]
    return node.elements()


def _field(node: Node) -> Iterator[Field]:
    if isinstance(node.value, str):
        name, colon, value = node.value.partition(":")
        if colon:
            yield Field(name.strip(), value.strip(), node.pointer)
    elif isinstance(node.value, dict):
        yield _of_object(node)
    elif node.value is not None:
        node.refuse("an object with key and value")


def _of_object(node: Node) -> Field:
    is_file = node.child("type").value == "file"
    return Field(
        key=node.child("key").text() or "",
        value=None if is_file else _text(node.child("value")),
        pointer=node.pointer,
        disabled=node.child("disabled").flag(),
        description=node.child("description").description(),
        sources=_sources(node.child("src")) if is_file else None,
        file_name=node.child("fileName").loose_text(),
        content_type=node.child("contentType").loose_text(),
    )


def _text(node: Node) -> str:
    """Lists and objects are sent as JSON, null as nothing."""
    if isinstance(node.value, (list, dict)):
        return _json(node)
    return "" if node.value is None else javascript_text(node.value)


def _json(node: Node) -> str:
    return json.dumps(node.value, ensure_ascii=False, separators=(",", ":"))


def _sources(node: Node) -> tuple[str, ...]:
    """One path or several; none where no file was chosen."""
    if isinstance(node.value, list):
        found = [element.loose_text() for element in node.elements()]
    else:
        found = [node.loose_text()]
    return tuple(filter(None, found))


def file(node: Node) -> Body:
    """A path, or an object with ``src``."""
    src = node.child("src") if isinstance(node.value, dict) else node
    name = node.child("fileName").loose_text() if isinstance(node.value, dict) else ""
    found = Field("", None, node.pointer, sources=_sources(src), file_name=name)
    return Body("file", node.pointer, fields=(found,))


def graphql(node: Node) -> Body:
    """The query, its variables as JSON text, and the name of the operation that is to run."""
    operation = node.child("operationName").value
    return Body(
        "graphql",
        node.pointer,
        raw=node.child("query").loose_text(),
        variables=_variables(node.child("variables")),
        operation=operation if isinstance(operation, str) else None,
    )


def _variables(node: Node) -> str:
    return _json(node) if isinstance(node.value, (dict, list)) else node.loose_text()
