"""Headers: literal ones are constant, those with variables have arguments, disabled ones are optional."""

from __future__ import annotations

import typing

from pmgen.api import Param, Ref, Where
from pmgen.lower import samples, settings, variables
from pmgen.lower.context import seen_values
from pmgen.lower.path import variable

if typing.TYPE_CHECKING:
    from collections.abc import Iterable

    from pmgen import api
    from pmgen.lower.context import Context
    from pmgen.postman import Pair, Request


def headers(
    request: Request, context: Context
) -> tuple[tuple[tuple[str, api.Template], ...], tuple[Param, ...], tuple[Pair, ...]]:
    """Header templates, their parameters, and the headers whose literal credential was left out."""
    templates: list[tuple[str, api.Template]] = []
    params: list[Param] = []
    removed: list[Pair] = []
    for pair in request.headers:
        if not pair.key or pair.disabled:
            continue
        secret = settings.header(pair, context.scope)
        if secret and secret.auth:
            templates.append((pair.key, secret.auth.fields[0][1]))
            removed += [pair] if secret.removed else []
            continue
        parts: list[str | Ref] = []
        for part in variables.template(pair.value or "", lambda name: Ref(name)):
            if isinstance(part, Ref):
                part, param = variable(part.key, Where.HEADER, None, context)
                params += [param] if param else []
            parts.append(part)
        templates.append((pair.key, tuple(parts)))
    params += _optional_headers(request)
    return tuple(templates), tuple(params), tuple(removed)


def _optional_headers(request: Request) -> Iterable[Param]:
    """A disabled header is an argument that is not sent unless given."""
    taken = {
        pair.key.lower() for pair in request.headers if pair.key and not pair.disabled
    }
    for pair in request.headers:
        if pair.key and pair.disabled and pair.key.lower() not in taken:
            taken.add(pair.key.lower())
            seen = (
                [pair.value] if pair.value and not variables.names(pair.value) else []
            )
            yield Param(
                key=f"header:{pair.key}",
                where=Where.HEADER,
                wire=pair.key,
                kind=samples.kind(seen),
                description=pair.description,
                seen=seen_values(seen, pair.key),
            )
