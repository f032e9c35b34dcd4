"""Replies that lead elsewhere: who follows them, and what must not go along."""

from __future__ import annotations

import typing

import httpx2

from .masking import PRIVATE

if typing.TYPE_CHECKING:
    from collections.abc import Iterable

_PORTS = {"http": 80, "https": 443}


def onward(
    response: httpx2.Response, private: Iterable[str], *, hops: int, most: int
) -> httpx2.Request | None:
    """The next request where the reply leads to one that httpx2 has made; None for any other reply.

    Beside Authorization and Cookie, which httpx2 takes care of, credentials stay behind where another server is asked:
    the headers named in ``private`` and those that are called like a secret. Raises TooManyRedirects.
    """
    request = response.next_request
    if request is None:
        return None
    if hops >= most:
        raise httpx2.TooManyRedirects("too many redirects", request=request)
    if not is_same_server(response.request.url, request.url):
        names = {*map(str.lower, private)}
        for name in [*request.headers]:
            if name.lower() in names or PRIVATE.search(name):
                del request.headers[name]
    return request


def is_same_server(one: httpx2.URL, other: httpx2.URL) -> bool:
    """Whether credentials for the one are for the other: the same origin, or its https."""
    if one.host != other.host:
        return False
    if (one.scheme, _port(one)) == (other.scheme, _port(other)):
        return True
    ports = (one.scheme, _port(one)), (other.scheme, _port(other))
    return ports == (("http", 80), ("https", 443))


def _port(url: httpx2.URL) -> int | None:
    return url.port or _PORTS.get(url.scheme)
