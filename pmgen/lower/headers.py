"""Headers: literal ones are constant, those with variables have arguments, disabled ones are optional."""

from __future__ import annotations

import dataclasses
import re
import typing

from pmgen.api import Param, Ref, Where
from pmgen.lower import samples, settings, variables
from pmgen.lower.context import seen_values
from pmgen.lower.path import variable

if typing.TYPE_CHECKING:
    from collections.abc import Iterable

    from pmgen import api
    from pmgen.lower.context import Context
    from pmgen.lower.variables import Scope
    from pmgen.postman import Pair, Request


_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_TRANSPORT = {
    "accept-encoding": re.compile(r"(gzip|deflate|identity|[\s,])+", re.IGNORECASE),
    "connection": re.compile(r"keep-alive|close", re.IGNORECASE),
    "content-length": re.compile(r"(?!)"),
    "transfer-encoding": re.compile(r"(?!)"),
}
"""What the HTTP library decides by itself, and the values that it can keep to: others would contradict the message that
is really sent, or ask for what cannot be read."""


@dataclasses.dataclass(frozen=True, slots=True)
class Lowered:
    """Templates, those that carry credentials apart; parameters; headers whose literal credential stays behind."""

    templates: tuple[tuple[str, api.Template], ...]
    credentials: tuple[tuple[str, api.Template], ...]
    params: tuple[Param, ...]
    removed: tuple[Pair, ...]


def surviving(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """The enabled headers that Postman sends: of one name in several spellings only those in the last new one.

    That is how they come out of its runtime: repeats of one spelling stay together, and the next spelling of the name
    takes their place (POSTMAN.md 2.6).
    """
    enabled = [pair for pair in pairs if not pair.disabled]
    spelled = {(pair.key or "").lower(): pair.key for pair in _firsts(enabled)}
    return tuple(p for p in enabled if spelled[(p.key or "").lower()] == p.key)


def _firsts(pairs: Iterable[Pair]) -> Iterable[Pair]:
    """The first pair of each spelling."""
    found: dict[str | None, Pair] = {}
    for pair in pairs:
        found.setdefault(pair.key, pair)
    return found.values()


def headers(request: Request, context: Context) -> Lowered:
    """All headers of a request."""
    templates: list[tuple[str, api.Template]] = []
    credentials: list[tuple[str, api.Template]] = []
    params: list[Param] = []
    removed: list[Pair] = []
    for pair in surviving(request.headers):
        name = name_of(pair, context.scope)
        if name is None:
            continue
        secret = settings.header(pair, context.scope)
        if secret and secret.auth:
            credentials.append((name, secret.auth.fields[0][1]))
            removed += [pair] if secret.removed else []
        else:
            template, found = _template(pair.value or "", context)
            templates.append((name, template))
            params += found
    params += _optional_headers(request, context.scope)
    return Lowered(tuple(templates), tuple(credentials), tuple(params), tuple(removed))


def name_of(pair: Pair, scope: Scope) -> str | None:
    """The name with the collection's variables; None for a header that the client does not send.

    That is one that the HTTP library owns, or whose name HTTP does not allow (a variable without a value).
    """
    name = variables.substitute(pair.key or "", scope.values)
    kept = _TRANSPORT.get(name.lower())
    value = variables.substitute(pair.value or "", scope.values)
    allowed = _TOKEN.fullmatch(name) and (kept is None or kept.fullmatch(value))
    return name if allowed else None


def _template(text: str, context: Context) -> tuple[api.Template, list[Param]]:
    parts: list[str | Ref] = []
    params: list[Param] = []
    for part in variables.template(text, lambda name: Ref(name)):
        if isinstance(part, Ref):
            part, param = variable(part.key, Where.HEADER, None, context)
            params += [param] if param else []
        parts.append(part)
    return tuple(parts), params


def _optional_headers(request: Request, scope: Scope) -> Iterable[Param]:
    """A disabled header is an argument that is not sent unless given."""
    taken = {(p.key or "").lower() for p in request.headers if not p.disabled}
    for pair in request.headers:
        name = name_of(pair, scope)
        if name is None or not pair.disabled or name.lower() in taken:
            continue
        taken.add(name.lower())
        seen = [pair.value] if pair.value and not variables.names(pair.value) else []
        yield Param(
            key=f"header:{name}",
            where=Where.HEADER,
            wire=name,
            kind=samples.kind(seen),
            description=pair.description,
            seen=seen_values(seen, name),
        )
