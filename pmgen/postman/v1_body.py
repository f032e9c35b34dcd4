"""The body of a request of format 1.0, which lies in several keys beside each other (POSTMAN.md 1.2)."""

from __future__ import annotations

import typing

from pmgen.postman import fields, forms
from pmgen.postman.model import Body
from pmgen.postman.v1_fields import form_field, respelled

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pmgen.postman.node import Node


def body(node: Node) -> Body | None:
    """The content of the active mode; None where Postman would send no body."""
    mode = node.child("dataMode")
    is_off = node.has("dataMode") and mode.value is None
    if is_off or node.child("dataDisabled").flag():
        return None
    return _MODES.get(mode.text() or "", _of_no_mode)(node)


def _raw(node: Node) -> Body | None:
    found = _text(node)
    content = node.child("rawModeData")
    if found is None and content.value not in (None, "", [], [""]):
        content.refuse("the body as text")
    return found


def _text(node: Node) -> Body | None:
    """``rawModeData``: text, or a list of one text; old files have it in ``data``."""
    raw = node.child("rawModeData")
    is_one = isinstance(raw.value, list) and len(raw.value) == 1
    inner = raw.elements() if is_one else ()
    for content in (raw, *inner, node.child("data")):
        if content.value and isinstance(content.value, str):
            options = node.child("dataOptions").child("raw")
            language = options.child("language").text() or ""
            return Body("raw", content.pointer, content.value, language)
    return None


def _urlencoded(node: Node) -> Body | None:
    content = _form(node)
    if isinstance(content.value, str):
        found = fields.query(content)
    else:
        found = fields.pairs(respelled(content))
    found = tuple(pair for pair in found if pair.key is not None)
    if all(pair.disabled for pair in found):
        return None
    return Body("urlencoded", content.pointer, fields=found)


def _formdata(node: Node) -> Body | None:
    content = _form(node)
    if content.value and not isinstance(content.value, (list, dict, str)):
        content.refuse("a list of fields")
        return None
    return forms.form_data(respelled(content, form_field)) if content.value else None


def _form(node: Node) -> Node:
    """The fields of a form; they may stand in the place of a raw body."""
    data, raw = node.child("data"), node.child("rawModeData")
    return data if data.value or not isinstance(raw.value, list) else raw


def _file(node: Node) -> Body | None:
    """An empty path, too: a file is meant, and none was chosen."""
    content = node.child("rawModeData")
    return None if content.value in (None, []) else forms.file(content)


def _graphql(node: Node) -> Body | None:
    content = node.child("graphqlModeData")
    if not content.value and node.child("dataOptions").has("graphql"):
        content = node.child("data")
    return forms.graphql(content) if content.value else None


def _of_no_mode(node: Node) -> Body | None:
    """As Postman's converter guesses: text is a raw body, fields are form-data."""
    return _text(node) or _formdata(node) or _graphql(node)


_MODES: Mapping[str, Callable[[Node], Body | None]] = {
    "raw": _raw,
    "urlencoded": _urlencoded,
    "params": _formdata,
    "binary": _file,
    "graphql": _graphql,
}
