"""Saved responses -> examples: what kind of body each is, and its JSON."""

from __future__ import annotations

import re
import typing

from pmgen.api import Example, Kind
from pmgen.diagnostics import Diagnostic, Rule
from pmgen.source import JsonError, parse_json

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.postman import Item, Response
    from pmgen.source import Json

_BINARY = re.compile(
    r"(image|audio|video|font)/|application/(pdf|zip|gzip|x-zip|octet-stream|x-tar|vnd\.ms-|vnd\.openxml)"
)
_JSON = re.compile(r"application/([^;]*\+)?json|text/json")


def examples(item: Item, sink: list[Diagnostic]) -> tuple[Example, ...]:
    """Every saved response of the item, in order."""
    return tuple(_example(item, response, sink) for response in item.responses)


def json_values(texts: Iterator[str]) -> tuple[Json, ...]:
    """The texts that are JSON, decoded, each distinct one once."""
    found: dict[str, Json] = {}
    for text in texts:
        try:
            found.setdefault(text, parse_json(text))
        except JsonError:
            continue
    return tuple(found.values())


def _example(item: Item, response: Response, sink: list[Diagnostic]) -> Example:
    trail = (*item.trail, response.name)
    if response.status is None:
        text = "The saved response has no HTTP status; 200 is assumed"
        sink.append(
            Diagnostic(Rule.EXAMPLE_WITHOUT_STATUS, text, response.pointer, trail)
        )
    kind, value, content_type = _content(response, trail, sink)
    return Example(
        response.name,
        response.pointer,
        response.status or 200,
        kind,
        value,
        content_type,
    )


def _content(
    response: Response, trail: tuple[str, ...], sink: list[Diagnostic]
) -> tuple[Kind, Json, str]:
    """The declared content type decides; without one, the body's own look."""
    declared = _content_type(response)
    if _BINARY.match(declared):
        return Kind.BYTES, None, declared
    if not response.body.strip():
        return Kind.EMPTY, None, declared
    is_json = bool(_JSON.match(declared)) or response.language == "json"
    if not is_json and response.body.lstrip()[:1] not in ("{", "["):
        return Kind.TEXT, response.body, declared
    try:
        return Kind.JSON, parse_json(response.body), declared
    except JsonError as error:
        if is_json:
            text = f"The body is declared as JSON and is taken as text: {error}"
            pointer = f"{response.pointer}/body"
            sink.append(Diagnostic(Rule.EXAMPLE_NOT_JSON, text, pointer, trail))
    return Kind.TEXT, response.body, declared


def _content_type(response: Response) -> str:
    for pair in response.headers:
        if (pair.key or "").lower() == "content-type":
            return (pair.value or "").strip().lower()
    return ""
