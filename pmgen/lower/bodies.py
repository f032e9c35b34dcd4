"""Request bodies: JSON gets a type, everything else is content that the caller gives."""

from __future__ import annotations

import dataclasses
import re
import typing

from pmgen.api import Kind, RequestBody
from pmgen.diagnostics import Diagnostic, Rule
from pmgen.lower import graphql, hygiene, variables
from pmgen.lower.replies import told
from pmgen.source import JsonError

if typing.TYPE_CHECKING:
    from collections.abc import Sequence

    from pmgen.lower.variables import Scope
    from pmgen.postman import Body, Item, Request
    from pmgen.source import Json

_PRUNED = frozenset({"GET", "HEAD", "COPY", "PURGE", "UNLOCK"})
_JSON = re.compile(r"[^;]*[/+]json\b", re.IGNORECASE)
_RAW_TYPES = {
    "json": "application/json",
    "xml": "application/xml",
    "html": "text/html",
    "javascript": "application/javascript",
}


def pruned(item: Item, request: Request) -> Request:
    """Without a body that Postman does not send."""
    if (
        request.body is None
        or not item.behavior.prunes_body
        or request.method not in _PRUNED
    ):
        return request
    return dataclasses.replace(request, body=None)


def body(
    item: Item,
    request: Request,
    originals: tuple[Request, ...],
    scope: Scope,
    sink: list[Diagnostic],
) -> RequestBody | None:
    """The body that is sent; None where there is none or Postman does not send it."""
    found = _declared(item, request, originals, scope, sink)
    typed = "content-type" not in item.behavior.drops or _user_type(request)
    if found is None or typed:
        return found
    return dataclasses.replace(found, content_type="", replaces_type=False)


def _declared(
    item: Item,
    request: Request,
    originals: tuple[Request, ...],
    scope: Scope,
    sink: list[Diagnostic],
) -> RequestBody | None:
    found = pruned(item, request).body
    if request.body is not None and found is None:
        text = f"Postman does not send the body of a {request.method} request"
        _report(Rule.BODY_PRUNED, text, request.body, item, sink)
    if found is None:
        return None
    if found.mode == "raw":
        return _raw(item, request, found, originals, scope, sink)
    if found.mode == "graphql":
        return _graphql(item, request, found, scope, sink)
    if found.mode in _MODES:
        kind, content_type, kept = _MODES[found.mode]
        own = _user_type(request)
        stays = bool(own) and kept.match(own) is not None
        content_type = own if stays else content_type
        return RequestBody(kind, found.pointer, (), "", content_type, not stays)
    text = f"A body of mode {found.mode!r} is none of Postman's; nothing is sent"
    _report(Rule.BODY_UNTYPED, text, found, item, sink)
    return None


_URLENCODED = "application/x-www-form-urlencoded"
_MODES = {
    "urlencoded": (Kind.FORM, _URLENCODED, re.compile(_URLENCODED, re.IGNORECASE)),
    "formdata": (
        Kind.PARTS,
        "",
        re.compile(r"multipart/form-data\s*;.*boundary=\S", re.IGNORECASE),
    ),
    "file": (Kind.BYTES, "", re.compile("")),
}
"""Kind, Content-Type ("" for one that is known only when the body is), and which of the user's own stay."""


T = typing.TypeVar("T")


def with_type(
    headers: Sequence[tuple[str, T]], body: RequestBody | None, value: T
) -> tuple[tuple[str, T], ...]:
    """``value`` as Content-Type, last; the user's own stays unless the body's mode allows no other."""
    own = [pair for pair in headers if pair[0].lower() == "content-type"]
    if body is None or (own and not body.replaces_type):
        return tuple(headers)
    kept = tuple(pair for pair in headers if pair not in own)
    return (*kept, ("Content-Type", value)) if body.content_type else kept


def _graphql(
    item: Item, request: Request, found: Body, scope: Scope, sink: list[Diagnostic]
) -> RequestBody:
    try:
        graphql.given(found, scope)
    except JsonError as error:
        text = f"The query's variables are no JSON: {told(error)}"
        _report(Rule.BODY_NOT_JSON, text, found, item, sink)
    query = variables.substitute(found.raw, scope.values)
    content_type = _user_type(request) or "application/json"
    return RequestBody(
        Kind.GRAPHQL,
        found.pointer,
        (),
        query,
        content_type,
        operation=found.operation,
    )


def _raw(
    item: Item,
    request: Request,
    declared: Body,
    originals: tuple[Request, ...],
    scope: Scope,
    sink: list[Diagnostic],
) -> RequestBody:
    content_type = _user_type(request) or _RAW_TYPES.get(
        declared.language, "text/plain"
    )
    as_text = RequestBody(Kind.TEXT, declared.pointer, (), declared.raw, content_type)
    if not _JSON.match(content_type):
        return as_text
    try:
        cleaned = hygiene.clean(declared.raw, scope)
    except JsonError as error:
        text = f"The body is no JSON: {told(error)}"
        _report(Rule.BODY_NOT_JSON, text, declared, item, sink)
        return as_text
    if not isinstance(cleaned.value, (dict, list)):  # a caller's text is sent as it is
        return as_text
    sink.extend(hygiene.told(cleaned, Rule.BODY_REPAIRED, declared.pointer, item.trail))
    values: dict[str, Json] = {declared.raw: cleaned.value}
    for original in originals:
        if original.body is not None and original.body.mode == "raw":
            _add(original.body, values, item, scope, sink)
    found = tuple(values.values())
    return RequestBody(Kind.JSON, declared.pointer, found, declared.raw, content_type)


def _add(
    body: Body,
    values: dict[str, Json],
    item: Item,
    scope: Scope,
    sink: list[Diagnostic],
) -> None:
    """What an example was the reply to is evidence, too; each distinct text once."""
    if body.raw in values:
        return
    try:
        values[body.raw] = hygiene.clean(body.raw, scope).value
    except JsonError as error:
        text = f"The body of an example's request is no JSON: {told(error)}"
        _report(Rule.ORIGINAL_UNUSED, text, body, item, sink)


def _user_type(request: Request) -> str:
    for pair in request.headers:
        if (pair.key or "").lower() == "content-type" and not pair.disabled:
            return pair.value or ""
    return ""


def _report(
    rule: Rule, text: str, declared: Body, item: Item, sink: list[Diagnostic]
) -> None:
    sink.append(Diagnostic(rule, text, declared.pointer, item.trail))
