"""What of a request the client does not do as Postman does, each with its place."""

from __future__ import annotations

import typing

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.lower.headers import name_of

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.lower.settings import Credentials
    from pmgen.lower.variables import Scope
    from pmgen.postman import Auth, Item, Pair, Request

_SUPPORTED = frozenset({"noauth", "bearer", "basic", "apikey"})
_LATER = frozenset(
    {"asap", "awsv4", "digest", "edgegrid", "hawk", "jwt", "ntlm", "oauth1", "oauth2"}
)


def losses(
    item: Item, request: Request, auth: Auth | None, scope: Scope
) -> Iterator[Diagnostic]:
    """URL, query, headers and auth. Bodies and examples report their own."""
    if not request.url.host:
        text = "The URL has no host; the client takes the server as a setting"
        yield Diagnostic(Rule.NO_HOST, text, request.url.pointer, item.trail)
    for pair in request.url.query:
        if not pair.key and not pair.disabled:
            text = "A query parameter without a name is not sent"
            yield Diagnostic(Rule.QUERY_UNNAMED, text, pair.pointer, item.trail)
    for pair in request.headers:
        if pair.key and not pair.disabled and name_of(pair, scope) is None:
            text = f"The header {pair.key!r} is not sent"
            yield Diagnostic(Rule.HEADER_SKIPPED, text, pair.pointer, item.trail)
    if auth is not None and auth.type in _LATER:
        text = f"The auth {auth.type!r} is not generated yet"
        yield Diagnostic(Rule.AUTH_UNSUPPORTED, text, auth.pointer, item.trail)
    elif auth is not None and auth.type not in _SUPPORTED:
        text = f"The auth {auth.type!r} is no type of Postman's"
        yield Diagnostic(Rule.AUTH_UNKNOWN, text, auth.pointer, item.trail)


def credentials(
    item: Item, auth: Auth | None, found: Credentials, headers: tuple[Pair, ...]
) -> Iterator[Diagnostic]:
    """Literal credentials that were left out, of the auth and of headers."""
    places = [(pair.pointer, f"header {pair.key}") for pair in headers]
    if found.removed and auth is not None:
        places.append((auth.pointer, f"{auth.type} auth"))
    for pointer, what in places:
        text = f"The {what} holds a credential, which is left out"
        yield Diagnostic(Rule.CREDENTIAL_REMOVED, text, pointer, item.trail)
