"""What of a request the client does not do as Postman does, each with its place."""

from __future__ import annotations

import dataclasses
import re
import typing

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.lower.headers import name_of, surviving
from pmgen.lower.schemes import SCHEMES

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.lower.settings import Credentials
    from pmgen.lower.variables import Scope
    from pmgen.postman import (
        Auth,
        Collection,
        Item,
        Pair,
        Request,
        Response,
        Script,
    )

_LATER = frozenset({"azure", "sasl"})


_CHANGES = re.compile(
    r"pm\.request\b(?!\.(?:url\.(?:toString|get\w+)|headers\.(?:get|has|each|toObject)|toJSON|name|id)\b)"
    r"|\brequest\.\w+\s*=[^=]|CryptoJS|sendRequest|skipRequest|setNextRequest"
)


#: Roughly: an address in quotes is cut, too, and says nothing about the request.
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


def of_collection(collection: Collection, scope: Scope) -> Iterator[Diagnostic]:
    """What belongs to no request: saved examples on their own, variables that go in circles."""
    for response in collection.orphans:
        text = "The saved example belongs to no request; it is left out"
        trail = (response.name,)
        yield Diagnostic(Rule.ORPHAN, text, response.pointer, trail)
    for variable in scope.unfinished:
        text = f"The value of the variable {variable.key!r} does not end"
        found = Diagnostic(Rule.SCOPE_UNFINISHED, text, variable.pointer)
        yield dataclasses.replace(found, file=variable.file)


def without_request(item: Item) -> Iterator[Diagnostic]:
    """An item that can't be called, and each of its saved examples."""
    text = "The item has no request with a URL, so it gets no method"
    yield Diagnostic(Rule.NO_REQUEST, text, item.pointer, item.trail)
    for response in item.responses:
        yield _unused(response, item)


def _unused(response: Response, item: Item) -> Diagnostic:
    text = "The saved example is left out with its request"
    trail = (*item.trail, response.name)
    return Diagnostic(Rule.EXAMPLE_SKIPPED, text, response.pointer, trail)


def scripts(found: tuple[Script, ...], trail: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Each script: a warning for one that has a say in what is sent, a note for the others."""
    for script in found:
        when = "pre-request" if script.before else "test"
        code = _COMMENT.sub("", script.code) if script.before else ""
        changes = _CHANGES.search(code)
        if changes:
            text = f"The {when} script has a say in what is sent ({changes.group()})"
            rule = Rule.SCRIPT_CHANGES_REQUEST
        else:
            text, rule = f"The {when} script is not run", Rule.SCRIPT_IGNORED
        yield Diagnostic(rule, text, script.pointer, trail)


def losses(
    item: Item, request: Request, auth: Auth | None, scope: Scope
) -> Iterator[Diagnostic]:
    """URL, query, headers, auth and scripts. Bodies and examples report their own."""
    yield from scripts(item.scripts, item.trail)
    if not request.url.host:
        text = "The URL has no host; the client takes the server as a setting"
        yield Diagnostic(Rule.NO_HOST, text, request.url.pointer, item.trail)
    for pair in request.url.query:
        if not pair.key and not pair.disabled:
            text = "A query parameter without a name is not sent"
            yield Diagnostic(Rule.QUERY_UNNAMED, text, pair.pointer, item.trail)
    sent = surviving(request.headers)
    for pair in request.headers:
        if pair.key and not pair.disabled and pair not in sent:
            text = f"The header {pair.key!r} gives way to one that differs in case"
            yield Diagnostic(Rule.HEADER_SKIPPED, text, pair.pointer, item.trail)
        elif pair.key and not pair.disabled and name_of(pair, scope) is None:
            text = f"The header {pair.key!r} is not sent"
            yield Diagnostic(Rule.HEADER_SKIPPED, text, pair.pointer, item.trail)
    if auth is not None and auth.type in _LATER:
        text = f"The auth {auth.type!r} is not generated yet"
        yield Diagnostic(Rule.AUTH_UNSUPPORTED, text, auth.pointer, item.trail)
    elif auth is not None and auth.type not in ("noauth", *SCHEMES):
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
