"""Saved responses -> examples: what kind of body each is, and its JSON."""

from __future__ import annotations

import re
import typing

from pmgen.api import Example, Kind
from pmgen.diagnostics import Diagnostic, Rule
from pmgen.source import JsonError, parse_json, repeated_keys

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.postman import Item, Response
    from pmgen.source import Json

_BINARY = re.compile(
    r"(image|audio|video|font)/|application/(pdf|zip|gzip|x-zip|octet-stream|x-tar|vnd\.ms-|vnd\.openxml)"
)
_JSON = re.compile(r"application/([^;]*\+)?json|text/json")


def examples(item: Item, sink: list[Diagnostic]) -> tuple[Example, ...]:
    """The saved responses of the item, in order; those that cannot be used are reported and left out."""
    found = (_example(item, response, sink) for response in item.responses)
    return tuple(example for example in found if example is not None)


def has_body(item: Item) -> bool:
    """A reply to HEAD has none, whatever was saved with it."""
    return item.request is None or item.request.method != "HEAD"


def json_values(texts: Iterator[str]) -> tuple[Json, ...]:
    """The texts that are JSON, decoded, each distinct one once."""
    found: dict[str, Json] = {}
    for text in texts:
        try:
            found.setdefault(text, parse_json(text))
        except JsonError:
            continue
    return tuple(found.values())


def _example(item: Item, response: Response, sink: list[Diagnostic]) -> Example | None:
    trail = (*item.trail, response.name)
    body_pointer = f"{response.pointer}/body"
    if response.status is None:
        text = "The saved response has no HTTP status; 200 is assumed"
        found = Diagnostic(Rule.EXAMPLE_WITHOUT_STATUS, text, response.pointer, trail)
        sink.append(found)
    try:
        kind, value = _content(response) if has_body(item) else (Kind.EMPTY, None)
    except JsonError as error:
        text = f"The body is declared as JSON and is none; the example is left out: {error}"
        sink.append(Diagnostic(Rule.EXAMPLE_NOT_JSON, text, body_pointer, trail))
        return None
    if kind is Kind.JSON:
        for pointer in repeated_keys(response.body):
            text = f"The key {pointer} of the body stands twice"
            sink.append(Diagnostic(Rule.DUPLICATE_KEY, text, body_pointer, trail))
    status = response.status or 200
    return Example(response.name, response.pointer, status, kind, value)


def _content(response: Response) -> tuple[Kind, Json]:
    """The declared type decides; without one, the body's own look. Raises JsonError for JSON that is none."""
    declared = _content_type(response)
    if _BINARY.match(declared):
        return Kind.BYTES, None
    if not response.body.strip():
        return Kind.EMPTY, None
    is_json = bool(_JSON.match(declared)) or response.language == "json"
    if not is_json and response.body.lstrip()[:1] not in ("{", "["):
        return Kind.TEXT, response.body
    try:
        return Kind.JSON, parse_json(response.body)
    except JsonError:
        if is_json:
            raise
    return Kind.TEXT, response.body


def _content_type(response: Response) -> str:
    for pair in response.headers:
        if (pair.key or "").lower() == "content-type":
            return (pair.value or "").strip().lower()
    return ""
