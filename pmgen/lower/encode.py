"""Percent-encoding of URL text as Postman does it (POSTMAN.md 3.4): text that is already encoded stays."""

from __future__ import annotations

from urllib.parse import quote

_NEVER = "%!$()*+,-./:;=@[]^_|~"


def path(text: str) -> str:
    """Literal text of a path."""
    return quote(text, safe=_NEVER + "'&?#\\", errors="replace")


def segment(text: str) -> str:
    """A literal segment of a path. `.` and `..` are spelled out, since HTTP libraries resolve them; Postman does not."""
    return text.replace(".", "%2E") if text in (".", "..") else path(text)


def query(text: str) -> str:
    """Literal text of a query value or, with ``=`` encoded by the caller, of a key."""
    return quote(text, safe=_NEVER + "?\\`{}/", errors="replace")


def data(text: str) -> str:
    """A key or value that Postman encodes as data: that of an apikey."""
    return quote(text, safe="", errors="replace")
