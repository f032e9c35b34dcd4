"""Digests of a request and of its examples, by which a version of the collection finds what another one has.

Of what a reader sees: places, auth and credentials are left out, since they change by themselves or must not be guessed.
"""

from __future__ import annotations

import hashlib
import typing

from pmgen.lower.secrets import is_secret

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pmgen.postman import Pair, Request, Response


def of_request(request: Request) -> str:
    """What is declared: method, URL, headers, body, description."""
    url, body = request.url, request.body
    parts = [request.method, url.protocol, url.host, url.port, request.description]
    parts += ["/", *(url.path or ()), "?", *_pairs(url.query)]
    parts += [":", *_pairs(url.variables), "headers", *_pairs(request.headers)]
    if body is not None:
        parts += [body.mode, body.raw, body.variables, *_pairs(body.fields)]
    return _digest(parts)


def of_examples(responses: Iterable[Response]) -> str:
    """What was saved: names, statuses, bodies; "" for nothing."""
    parts = [
        part
        for response in responses
        for part in (response.name, str(response.status), response.body)
    ]
    return _digest(parts) if parts else ""


def _pairs(pairs: Iterable[Pair]) -> Iterator[str]:
    for pair in pairs:
        yield pair.key or ""
        yield "" if is_secret(pair.key or "") else str(pair.value)
        yield "off" if pair.disabled else "on"


def _digest(parts: Iterable[str]) -> str:
    """Eight letters: within one collection, among requests of one name, that is enough."""
    found = hashlib.sha256()
    for part in parts:
        text = part.encode(errors="surrogatepass")
        found.update(b"%d:" % len(text) + text)
    return found.hexdigest()[:8]
