"""What goes over the wire: an example as status, headers and bytes; a refusal as a 404 that explains itself."""

from __future__ import annotations

import dataclasses
import html
import json
import re
import typing

from pmgen.lower.variables import substitute
from pmgen.runtime import dynamic
from pmgen.source import JsonError, parse_json

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pmgen.mock.catalog import Example
    from pmgen.mock.match import Call, Found, Refusal
    from pmgen.source import Json

#: Statuses whose replies end with their headers (RFC 9110, 6.4.1), and one whose length is 0 (15.3.6).
BODILESS, RESET = frozenset({204, 304}), 205

#: About the message as it was once sent, not about what it said; the server sets its own (RFC 9110, 7.6.1). Alt-Svc would
#: send clients away from here.
_NOT_SENT = frozenset(
    [
        "alt-svc",
        "connection",
        "content-encoding",
        "content-length",
        "date",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ]
)
_NO_FAKER = "A dynamic variable of the example needs a library: pip install Faker, and start the mock again."
_DYNAMIC = re.compile(r"\{\{\$(\w+)\}\}")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_CHARSET = re.compile(r"""(?i);\s*charset\s*=\s*["']?([\w.:-]+)["']?""")

#: Postman's preview of a body -> what it is sent as.
_LANGUAGES = {
    "json": "application/json",
    "xml": "application/xml",
    "html": "text/html; charset=utf-8",
    "javascript": "application/javascript",
    "text": "text/plain; charset=utf-8",
    "plain": "text/plain; charset=utf-8",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """A reply. ``headers`` hold nothing that would break a message, and no length."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def answer(found: Found) -> Answer:
    """The example as saved; variables of the path are filled in with what the request has there.

    A 500 that says what to install, where the value of a dynamic variable needs a library.
    """
    example = found.example
    values = {**example.values, **found.captured}
    kept = tuple(
        (name, filled)
        for name, value in example.headers
        if _TOKEN.fullmatch(name) and name.lower() not in _NOT_SENT | {"content-type"}
        if not _CONTROL.search(filled := substitute(value, values).strip())
    )
    declared = _content_type(example)
    try:
        text = "" if example.status == RESET else _filled(found, declared)
    except ImportError:
        return _told(500, {"error": _NO_FAKER, "example": example.title})
    content_type, body = _encoded(declared, text)
    sent = (("Content-Type", content_type),) if content_type else ()
    return Answer(example.status, (*sent, *kept), body)


def refusal(call: Call, found: Refusal) -> Answer:
    """A 404 as JSON: what was asked for, why nothing answers, and what comes closest."""
    said: Json = {
        "error": found.text,
        "request": f"{call.method} {call.target}",
        "closest": [
            {
                "example": near.example.title,
                "id": near.example.ids[0],
                "request": f"{near.example.asked.method} {near.example.asked.display}",
                "status": near.example.status,
                "why": near.why,
            }
            for near in found.nearest
        ],
        "remedy": "Change the request, save an example for it, or name one with "
        "x-mock-response-name or x-mock-response-id.",
    }
    return _told(404, said)


def _told(status: int, said: Json) -> Answer:
    body = json.dumps(said, indent=2).encode()
    return Answer(status, (("Content-Type", "application/json"),), body)


def options(methods: tuple[str, ...]) -> Answer:
    """What is allowed on a path for which no example of OPTIONS was saved."""
    return Answer(204, (("Allow", ", ".join(methods)),), b"")


def _content_type(example: Example) -> str:
    """As saved; else by Postman's preview; else by the body's look."""
    for name, value in example.headers:
        if name.lower() == "content-type" and not _CONTROL.search(value):
            return value.strip()
    if not example.body:
        return ""
    return _LANGUAGES.get(example.language) or _look(example.body)


def _look(body: str) -> str:
    try:
        is_json = isinstance(parse_json(body), (dict, list))
    except JsonError:
        is_json = False
    return _LANGUAGES["json" if is_json else "text"]


def _encoded(content_type: str, text: str) -> tuple[str, bytes]:
    """In the charset that the type names; where that can't hold the text, in UTF-8, and the type says so."""
    found = _CHARSET.search(content_type)
    charset = found.group(1) if found else "utf-8"
    try:
        return content_type, text.encode(charset)
    except (LookupError, UnicodeError):
        renamed = _CHARSET.sub("; charset=utf-8", content_type)
        return renamed, text.encode(errors="replace")


def _in_json(text: str) -> str:
    return json.dumps(text)[1:-1]


_ESCAPES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("json", _in_json),
    ("xml", html.escape),
    ("html", html.escape),
)


def _filled(found: Found, content_type: str) -> str:
    """The body; what a request brings into it is text there, and neither a quote nor a tag.

    Dynamic variables get a new value at each place
    (https://learning.postman.com/docs/design-apis/mock-apis/create-dynamic-responses/). Raises ImportError, see ``value``.
    """
    escape = next((f for word, f in _ESCAPES if word in content_type.lower()), str)
    values: Mapping[str, str] = {
        **found.example.values,
        **{name: escape(value) for name, value in found.captured.items()},
    }
    made = _DYNAMIC.sub(
        lambda match: (
            escape(dynamic.value(match.group(1)))
            if match.group(1) in dynamic.NAMES
            else match.group()
        ),
        found.example.body,
    )
    return substitute(made, values)
