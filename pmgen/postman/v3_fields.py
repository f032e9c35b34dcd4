"""The small parts of format 3: pairs as lists and maps, URL with its query beside it, body, auth, scripts, variables."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.diagnostics import Rule
from pmgen.postman import fields, forms, v2
from pmgen.postman.model import Auth, Body, Pair, Request, Script, Url, Variable
from pmgen.postman.url import parse_url, split_query
from pmgen.postman.values import variable

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pmgen.postman.node import Node


def http_request(node: Node) -> Request:
    """What is sent, of a request file or of the `request` of an example."""
    return _request(node, "GET", _body(node.child("body")))


def graphql_request(node: Node) -> Request:
    """A POST whose body is made of `query` and `variables`, which stand where an HTTP request has its body."""
    parts = (node.child("query"), node.child("variables"))
    first = next((part for part in parts if not _is_empty(part)), None)
    body = None
    if first is not None:
        body = dataclasses.replace(forms.graphql(node), pointer=first.pointer)
    return _request(node, "POST", body)


def _request(node: Node, method: str, body: Body | None) -> Request:
    return Request(
        method=(node.child("method").text() or method).upper(),
        url=_url(node),
        pointer=node.pointer,
        headers=headers(node.child("headers")),
        body=body,
        auth=auth(node.child("auth")),
        description=node.child("description").description(),
    )


def headers(node: Node) -> tuple[Pair, ...]:
    """Of a request or a response."""
    return fields.sent_headers(_pairs(node))


def _pairs(node: Node, missing: str | None = "") -> tuple[Pair, ...]:
    """A map from key to value, or a list of pairs, in which a value may be ``missing``."""
    if isinstance(node.value, dict):
        return tuple(
            Pair(key, _value(child), child.pointer) for key, child in node.members()
        )
    return tuple(pair for row in node.elements() for pair in _pair(row, missing))


def _pair(node: Node, missing: str | None) -> Iterator[Pair]:
    if isinstance(node.value, dict):
        yield Pair(
            node.child("key").text(),
            _value(node.child("value")) if node.has("value") else missing,
            node.pointer,
            node.child("disabled").flag(),
            node.child("description").description(),
        )
    elif node.value is not None:
        node.refuse("an object with key and value")


def _value(node: Node) -> str | None:
    """Text or null. What is nested is refused and leaves nothing, which is not null."""
    text = node.text()
    return text if text is not None or node.value is None else ""


def _url(node: Node) -> Url:
    """Always text; its query and the values of its path variables may stand beside it."""
    text = node.child("url")
    url = Url(text.pointer if node.has("url") else node.pointer)
    if isinstance(text.value, str):
        url = parse_url(text.value, text.pointer)
    elif text.value is not None:
        text.refuse("a URL (text)")
    return dataclasses.replace(
        url,
        query=_merged(url.query, _pairs(node.child("queryParams"), missing=None)),
        variables=_pairs(node.child("pathVariables")),
    )


def _merged(of_url: tuple[Pair, ...], listed: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """What is listed takes all of that name in the URL's place, even if it is disabled, and stands at the end."""
    keys = {pair.key for pair in listed}
    return (*(pair for pair in of_url if pair.key not in keys), *listed)


#: Bodies whose content is text; `raw` is what some files have, with the language in v2's place.
_TEXTS = frozenset({"raw", "json", "text", "xml", "html", "javascript"})


def _body(node: Node) -> Body | None:
    """None where nothing is sent: type `none`, no content, or no field that is enabled."""
    if not isinstance(node.value, dict):
        text, _ = content(node)
        return Body("raw", node.pointer, text) if text else None
    kind = node.child("type").text() or ""
    inner = node.child("content")
    if not kind and not _is_empty(inner):
        node.report(Rule.WITHOUT_EFFECT, "A body without `type` is not read")
    if kind in ("", "none"):
        return None
    if kind in _TEXTS or (kind not in _MODES and isinstance(inner.value, str)):
        text, language = content(node)
        return Body("raw", inner.pointer, text, language) if text else None
    if _is_empty(inner):
        return None
    read = _MODES.get(kind)
    return read(inner) if read else Body(kind, inner.pointer)


def _is_empty(node: Node) -> bool:
    return node.value in (None, [], {}, "")


def _urlencoded(node: Node) -> Body | None:
    found = (
        split_query(node.value, node.pointer)
        if isinstance(node.value, str)
        else _pairs(node)
    )
    if all(pair.disabled for pair in found):
        return None
    return Body("urlencoded", node.pointer, fields=found)


_MODES: Mapping[str, Callable[[Node], Body | None]] = {
    "urlencoded": _urlencoded,
    "formdata": forms.form_data,
    "file": forms.file,
    "graphql": forms.graphql,
}


def content(node: Node) -> tuple[str, str]:
    """Text and language of a body, which may be its text alone."""
    if not isinstance(node.value, dict):
        if node.value is not None and not isinstance(node.value, str):
            node.refuse("a body ({type, content}), or its text")
            return "", ""
        return node.value or "", ""
    language = node.child("type").text() or ""
    if language == "raw":
        language = node.child("options").child("raw").child("language").loose_text()
    return node.child("content").text() or "", language.lower()


def auth(node: Node) -> Auth | None:
    """One auth, or a list of which the last is applied; without a type it inherits."""
    found = [row for row in node.one_or_more() if _is_auth(row)]
    if len(found) > 1:
        node.report(Rule.AUTH_SEVERAL, f"{len(found)} auths; the last is applied")
    return _auth(found[-1]) if found else None


def _is_auth(node: Node) -> bool:
    if node.value is not None and not isinstance(node.value, dict):
        node.refuse("an auth ({type, credentials})")
    return isinstance(node.value, dict)


def _auth(node: Node) -> Auth | None:
    kind = node.child("type").text()
    if kind == "inherit":
        text = "`inherit` was read as documented: the auth of the folder applies"
        node.report(Rule.AUTH_INHERIT, text)
    if not kind or kind == "inherit":
        return None
    known = kind in fields.AUTH_TYPES
    found = _credentials(node.child("credentials")) if known else {}
    return Auth(kind, found, node.pointer)


def _credentials(node: Node) -> dict[str, str]:
    """A map or a list of pairs, in which values may be of any type."""
    for row in () if isinstance(node.value, dict) else node.elements():
        if row.value is not None and not isinstance(row.value, dict):
            row.refuse("an object with key and value")
    return dict(fields.parameters(node))


#: What a script waits for, without the protocol before it (`http:beforeRequest`).
_BEFORE = frozenset({"beforeRequest", "beforeQuery", "beforeInvoke"})


def scripts(node: Node) -> Iterator[Script]:
    """A list of scripts, or one; one without code is none."""
    for row in node.one_or_more():
        if isinstance(row.value, dict):
            event = (row.child("type").text() or "").rpartition(":")[2]
            code = v2.code(row.child("code"))
            if code.strip():
                yield Script(event in _BEFORE, code, row.pointer)
        elif row.value is not None:
            row.refuse("a script ({type, code})")


def variables(node: Node) -> Iterator[Variable]:
    """A list of variables, or a map from name to value."""
    for row, value in _rows(node):
        if value.text() is not None or value.value is None:
            yield from variable(row)


def _rows(node: Node) -> Iterator[tuple[Node, Node]]:
    """Each variable in the list's form, with the place of its value."""
    if isinstance(node.value, dict):
        for key, child in node.members():
            yield child.with_value({"key": key, "value": child.value}), child
        return
    for row in node.elements():
        if isinstance(row.value, dict):
            yield row, row.child("value")
        elif row.value is not None:
            row.refuse("an object with key and value")
