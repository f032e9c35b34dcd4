"""Request bodies: JSON gets a type, everything else is content that the caller gives."""

from __future__ import annotations

import re
import typing
from urllib.parse import quote

from pmgen.api import Kind, RequestBody
from pmgen.diagnostics import Diagnostic, Rule
from pmgen.lower import hygiene
from pmgen.lower.replies import told
from pmgen.source import JsonError

if typing.TYPE_CHECKING:
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
_MODE_TYPES = {
    "urlencoded": "application/x-www-form-urlencoded",
    "graphql": "application/json",
}


def body(
    item: Item,
    request: Request,
    originals: tuple[Request, ...],
    scope: Scope,
    sink: list[Diagnostic],
) -> RequestBody | None:
    """The declared body; None where there is none or Postman does not send it."""
    declared = request.body
    if declared is None:
        return None
    if item.prunes_body and request.method in _PRUNED:
        text = f"Postman does not send the body of a {request.method} request"
        _report(Rule.BODY_PRUNED, text, declared, item, sink)
        return None
    if declared.mode == "raw":
        return _raw(item, request, declared, originals, scope, sink)
    text = f"A body of mode {declared.mode!r} has no typed argument yet"
    _report(Rule.BODY_UNTYPED, text, declared, item, sink)
    content_type = _MODE_TYPES.get(declared.mode, "")
    form = declared.mode == "urlencoded"
    sent = _form(declared) if form else ""
    if form and _user_type(request).lower().startswith(content_type):
        content_type = _user_type(request)
    return RequestBody(Kind.TEXT, declared.pointer, (), sent, content_type, form)


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


def _form(declared: Body) -> str:
    """The text of an urlencoded body, as Postman writes it."""
    return "&".join(
        f"{_quoted(pair.key or '')}={_quoted(pair.value or '')}"
        for pair in declared.fields
        if not pair.disabled
    )


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="replace")


def _report(
    rule: Rule, text: str, declared: Body, item: Item, sink: list[Diagnostic]
) -> None:
    sink.append(Diagnostic(rule, text, declared.pointer, item.trail))
