"""Saved responses -> examples: what kind of body each is, and its JSON."""

from __future__ import annotations

import re
import typing

from pmgen.api import Example, Kind
from pmgen.diagnostics import Diagnostic, Rule
from pmgen.lower import hygiene
from pmgen.source import JsonError

if typing.TYPE_CHECKING:
    from pmgen.lower.hygiene import Cleaned
    from pmgen.lower.variables import Scope
    from pmgen.postman import Item, Response

_BINARY = re.compile(
    r"(image|audio|video|font)/|application/(pdf|zip|gzip|x-zip|octet-stream|x-tar|vnd\.ms-|vnd\.openxml)"
)
_JSON = re.compile(r"application/([^;]*\+)?json|text/json")
#: The language of a text: by its declared type, by Postman's preview of it, by its own look.
_LANGUAGES = (
    ("html", re.compile(r"text/html|html$"), re.compile(r"<(!doctype )?html\b", re.I)),
    ("xml", re.compile(r"[^;]*[/+]xml\b|xml$"), re.compile(r"<\?xml\b|<[a-z]", re.I)),
)


def examples(item: Item, scope: Scope, sink: list[Diagnostic]) -> tuple[Example, ...]:
    """The saved responses of the item, in order; those that cannot be used are reported and left out."""
    found = (_example(item, response, scope, sink) for response in item.responses)
    return tuple(example for example in found if example is not None)


def has_body(item: Item) -> bool:
    """A reply to HEAD has none, whatever was saved with it."""
    return item.request is None or item.request.method != "HEAD"


def _example(
    item: Item, response: Response, scope: Scope, sink: list[Diagnostic]
) -> Example | None:
    trail = (*item.trail, response.name)
    body_pointer = f"{response.pointer}/{response.body_key}"
    if response.status is None:
        text = f"The saved response has {response.said}; 200 is assumed"
        found = Diagnostic(Rule.EXAMPLE_WITHOUT_STATUS, text, response.pointer, trail)
        sink.append(found)
    status = response.status or 200
    kind = _kind(response) if has_body(item) else Kind.EMPTY
    try:
        cleaned = _json(response, scope) if kind is Kind.JSON else None
    except JsonError as error:
        text = f"The body is declared as JSON and is none: {told(error)}; the example is left out"
        sink.append(Diagnostic(Rule.EXAMPLE_NOT_JSON, text, body_pointer, trail))
        return None
    if kind in (Kind.BYTES, Kind.EMPTY) and response.body.strip():
        text = "The saved body can't be that of the reply"
        found = Diagnostic(Rule.EXAMPLE_BODY_UNUSED, text, body_pointer, trail)
        sink.append(found)
    if cleaned is None:
        kind = Kind.TEXT if kind is Kind.JSON else kind
        value = response.body if kind is Kind.TEXT else None
        language = _language(response) if kind is Kind.TEXT else ""
        return Example(response.name, response.pointer, status, kind, value, language)
    sink.extend(hygiene.told(cleaned, Rule.EXAMPLE_REPAIRED, body_pointer, trail))
    return Example(response.name, response.pointer, status, kind, cleaned.value)


def told(error: JsonError) -> str:
    """The reason, with the line inside of the body."""
    found = error.diagnostic
    place = f" (line {found.line} of the body)" if found.line else ""
    return found.text.removeprefix("Not valid JSON: ") + place


def _kind(response: Response) -> Kind:
    """The declared type decides; without one, the body's own look."""
    declared = _content_type(response)
    if _BINARY.match(declared):
        return Kind.BYTES
    if not response.body.strip():
        return Kind.EMPTY
    hinted = response.language == "json" or _looks_like_json(response)
    is_json = _JSON.match(declared) or hinted
    return Kind.JSON if is_json else Kind.TEXT


def _json(response: Response, scope: Scope) -> Cleaned | None:
    """None for a text that only Postman's preview, or its first character, takes for JSON. Raises JsonError."""
    content_type = _content_type(response)
    declared = bool(_JSON.match(content_type))
    meant = not content_type and bool(_MEANT.match(response.body))
    hinted = response.language == "json"
    try:
        return hygiene.clean(response.body, scope, mends=declared or hinted or meant)
    except JsonError:
        if declared or meant or (hinted and _looks_like_json(response)):
            raise
    return None


def _looks_like_json(response: Response) -> bool:
    return response.body.lstrip()[:1] in ("{", "[")


#: What begins so was meant as JSON; `{{x}}` and `[INFO]` are not.
_MEANT = re.compile(r"""\s*(\{\s*["'}]|\[\s*["'{\[\]0-9-])""")


def _language(response: Response) -> str:
    """By the declared type, else Postman's preview; a text that it takes for JSON, and that is none, by its look."""
    preview = "" if response.language == "json" else response.language
    declared, body = _content_type(response) or preview, response.body.lstrip()
    for name, by_type, by_look in _LANGUAGES:
        if by_type.match(declared) if declared else by_look.match(body):
            return name
    return "text"


def _content_type(response: Response) -> str:
    for pair in response.headers:
        if (pair.key or "").lower() == "content-type":
            return (pair.value or "").strip().lower()
    return ""
