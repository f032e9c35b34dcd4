"""URL text -> parts, as Postman's own parser reads it (POSTMAN.md 2.5)."""

from __future__ import annotations

import re

from pmgen.postman.model import Pair, Url

#: Its name may be made of another one.
_VARIABLE = r"\{\{(?:[^{}]|\{\{[^{}]*\}\})*\}\}"
_SCHEME = re.compile(rf"([A-Za-z][A-Za-z0-9+.-]*|{_VARIABLE}):[/\\]{{2}}")
_HOST = re.compile(rf"(?:{_VARIABLE}|[^/?#\\])*")
_PORT = re.compile(rf":([0-9]+|{_VARIABLE})$")


def parse_url(text: str, pointer: str) -> Url:
    """Split a URL string. A leading variable that holds the whole base becomes the host."""
    text = text.lstrip(" ").partition("#")[0]
    protocol, rest = _split(_SCHEME, text)
    authority = _HOST.match(rest)
    host = authority.group() if authority else ""
    rest = rest[len(host) :]
    path, mark, query = rest.partition("?")
    user, _, host = host.rpartition("@")
    port = _PORT.search(host)
    return Url(
        pointer=pointer,
        protocol=protocol,
        user=user,
        host=host[: port.start()] if port else host,
        port=port.group(1) if port else "",
        path=split_path(path) if path else None,
        query=split_query(query, pointer) if mark else (),
    )


def split_path(text: str) -> tuple[str, ...]:
    """``/a/b`` or ``a/b`` -> segments; a backslash is read as a slash."""
    return tuple(text.replace("\\", "/").removeprefix("/").split("/"))


def split_query(text: str, pointer: str) -> tuple[Pair, ...]:
    """``a=1&b&=c`` -> pairs; the text stays as it is encoded."""
    return tuple(_pair(part, pointer) for part in text.split("&"))


def _pair(part: str, pointer: str) -> Pair:
    key, equals, value = part.partition("=")
    return Pair(key or (None if not equals else ""), value if equals else None, pointer)


def _split(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.match(text)
    return (match.group(1), text[match.end() :]) if match else ("", text)
