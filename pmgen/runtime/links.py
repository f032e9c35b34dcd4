"""Where the server says that the next page lies: a header, and the request that a URL stands for. Nothing here sends."""

from __future__ import annotations

import dataclasses
import re
import typing
from urllib.parse import SplitResult, unquote_plus, urljoin, urlsplit

from .encode import FLAG
from .requests import Request

if typing.TYPE_CHECKING:
    from .encode import Argument, Flag

T = typing.TypeVar("T")

_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_PARAMETER = rf";\s*({_NAME})\s*(?:=\s*({_NAME}|{_QUOTED}))?\s*"
_LINK = re.compile(rf"<([^<>]*)>\s*((?:{_PARAMETER})*)")


def next_link(header: str) -> str:
    """The URL of `Link: <…>; rel="next"` (RFC 8288, section 3); "" where there is none."""
    for link in _LINK.finditer(header):
        pairs = re.findall(_PARAMETER, link[2])
        rels = [value.strip('"') for name, value in pairs if name.lower() == "rel"]
        if "next" in " ".join(rels[:1]).lower().split():
            return typing.cast("str", link[1]).strip()
    return ""


def at(request: Request[T], target: str, url: str, *, other_hosts: bool) -> Request[T]:
    """The request sent to ``target``, a URL of the server's, seen from the ``url`` of the one before.

    Raises ValueError for what is no URL of HTTP, and for another scheme, host or port unless that is allowed.
    """
    found, here = urlsplit(urljoin(url, target)), urlsplit(url)
    theirs, ours = _origin(found), _origin(here)
    if theirs != ours and not other_hosts:
        raise ValueError(
            f"it lies on {_shown(theirs)}, not on {_shown(ours)}; another host would get the client's credentials. "
            "If it may, say `other_hosts = true` in pmgen.toml"
        )
    if found.scheme not in _PORTS or not found.hostname:
        raise ValueError("its URL is none of http")
    # Ours for the same host: whoever reads a host's name in another way than urlsplit is not led astray.
    place = here.netloc if theirs == ours else found.netloc
    there = f"{found.scheme}://{place}{found.path}"
    return dataclasses.replace(request, url=there, query=_pairs(found.query))


_PORTS = {"http": 80, "https": 443}
_Origin: typing.TypeAlias = "tuple[str, str | None, int | None]"


def _origin(url: SplitResult) -> _Origin:
    return url.scheme, url.hostname, url.port or _PORTS.get(url.scheme)


def _shown(origin: _Origin) -> str:
    scheme, name, port = origin
    shown = f"{scheme}://{name or ''}"
    return shown if port == _PORTS.get(scheme) else f"{shown}:{port}"


def _pairs(query: str) -> list[tuple[str, Argument | Flag]]:
    """A query's parameters, decoded, so that an auth can sign or replace them. Raises ValueError for what is no UTF-8."""
    found: list[tuple[str, Argument | Flag]] = []
    for part in filter(None, query.split("&")):
        key, equals, value = part.partition("=")
        decoded = unquote_plus(value, errors="strict")
        found.append((unquote_plus(key, errors="strict"), decoded if equals else FLAG))
    return found
