"""Query parameters: one argument for each key (POSTMAN.md 3.4)."""

from __future__ import annotations

import re
import typing
from urllib.parse import unquote_plus

from pmgen.api import Param, Ref, Where
from pmgen.lower import samples, settings, variables
from pmgen.lower.context import seen_values, stand_in
from pmgen.lower.secrets import is_secret

if typing.TYPE_CHECKING:
    from collections.abc import Iterable

    from pmgen import api
    from pmgen.lower.context import Context
    from pmgen.postman import Pair, Request

_REQUIRED = re.compile(r"\(required\)", re.IGNORECASE)


def query(request: Request, context: Context) -> Iterable[Param]:
    """One parameter for each key: the enabled ones in the order that they are sent in, then the others."""
    ordered = sorted(request.url.query, key=lambda pair: pair.disabled)
    for key in dict.fromkeys(pair.key for pair in ordered if pair.key):
        if key == context.auth_key:
            continue
        pairs = [pair for pair in request.url.query if pair.key == key]
        yield _query_param(key, pairs, context)


def _query_param(key: str, pairs: list[Pair], context: Context) -> Param:
    enabled = [pair for pair in pairs if not pair.disabled]
    values = [_resolved(pair, context) for pair in enabled]
    described = next((pair.description for pair in pairs if pair.description), "")
    given = fallback(enabled, context)
    flag = bool(enabled) and all(pair.value is None for pair in enabled)
    literal = (
        not is_secret(key)
        and len(enabled) == 1
        and not variables.names(enabled[0].value or "")
    )
    required = is_required(described) and not given
    if required and not values:
        values = [_resolved(pairs[0], context) or samples.slug(key)]
    return Param(
        key=f"?{key}",
        where=Where.QUERY,
        wire=unquote_plus(variables.substitute(key, context.scope.values)),
        kind=samples.kind(_evidence(key, pairs, context)),
        required=required,
        default=values[0] if literal and not flag and key in context.telling else None,
        fallback=given,
        flag=flag,
        repeated=len(enabled) > 1 and not flag,
        description=described,
        seen=seen_values(_evidence(key, pairs, context), key),
        sample=tuple(values) if not given else (),
    )


def is_required(description: str) -> bool:
    """Whether the collection's author says so."""
    return bool(_REQUIRED.match(description))


def fallback(enabled: list[Pair], context: Context) -> api.Template | None:
    """A value that is sent from the client's settings unless the caller gives another."""
    used = variables.names(enabled[0].value or "") if len(enabled) == 1 else []
    keys = [settings.variable_key(name) for name in used]
    if not keys or not all(key in context.settings for key in keys):
        return None
    return variables.template(
        enabled[0].value or "", lambda name: Ref(settings.variable_key(name))
    )


def _resolved(pair: Pair, context: Context) -> str:
    """The value that the collection sends, with stand-ins for what only an environment knows."""
    value = variables.substitute(pair.value or "", context.scope.values)
    known = {name: stand_in(name, context) for name in variables.names(value)}
    return samples.in_query(variables.substitute(value, known), pair.key or "")


def _evidence(key: str, pairs: list[Pair], context: Context) -> list[str]:
    """Literal values of the parameter, declared and as sent for the examples."""
    sent = [
        p for original in context.originals for p in original.url.query if p.key == key
    ]
    return [
        unquote_plus(pair.value)
        for pair in (*pairs, *sent)
        if pair.value and not variables.names(pair.value)
    ]
