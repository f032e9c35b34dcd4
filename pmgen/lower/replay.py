"""What Postman sends for a request, computed from the declared parts and not from the lowered operation.

The generated tests hold the client against it. Rules: POSTMAN.md 3.3 to 3.8.
"""

from __future__ import annotations

import dataclasses
import typing

from pmgen.api import Sent
from pmgen.lower import encode, headers, samples, settings, variables
from pmgen.lower.authorise import authorised
from pmgen.lower.bodies import with_type
from pmgen.lower.context import stand_in
from pmgen.lower.query import is_required
from pmgen.lower.secrets import is_secret

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.api import RequestBody
    from pmgen.lower.context import Context
    from pmgen.postman import Auth, Pair, Request


def replay(
    request: Request,
    auth: Auth | None,
    context: Context,
    arguments: Mapping[str, str],
    body: RequestBody | None,
) -> Sent | None:
    """``arguments`` are the samples of path and header parameters by key. None: Postman can't send it."""
    given = {key[2:-2]: value for key, value in arguments.items() if key[:2] == "{{"}
    values = {**context.scope.values, **_settings(context), **given}
    base = _base(request, context)
    if base is None or any(map(variables.is_nested, request.url.path or ())):
        return None
    sent = _headers(request, context, values)
    query = [_query_part(pair, context, values) for pair in _sent(request.url.query)]
    sent, query = authorised(sent, query, auth, values)
    sent = [*with_type(sent, body, body.content_type if body else "")]
    if any(max(value, default=" ") > "\u00ff" for _, value in sent):
        return None
    url = base + _path(request, arguments, values)
    return Sent(
        request.method, url + ("?" + "&".join(query) if query else ""), tuple(sent)
    )


def _settings(context: Context) -> dict[str, str]:
    return {
        setting.source[2:-2]: setting.sample
        for setting in context.settings.values()
        if setting.key == setting.source
    }


def _base(request: Request, context: Context) -> str | None:
    server = settings.server(request.url, context.scope)
    known = context.settings
    text = "".join(
        part if isinstance(part, str) else known[part.key].sample
        for part in server.template
    )
    text = text if "://" in text else f"http://{text}"
    return text if samples.sendable(text) else None


def _path(
    request: Request, arguments: Mapping[str, str], values: Mapping[str, str]
) -> str:
    segments = []
    for segment in request.url.path or ():
        if segment.startswith(":"):
            name, dot, rest = segment.partition(".")
            segment = arguments.get(name, name) + dot + rest
        segments.append("/" + encode.path(variables.substitute(segment, values)))
    return "".join(segments)


def _sent(pairs: tuple[Pair, ...]) -> list[Pair]:
    """The enabled parameters; then, which Postman would not send, those that are said to be required."""
    enabled = [pair for pair in pairs if pair.key and not pair.disabled]
    known = {pair.key for pair in enabled}
    for pair in pairs:
        if pair.key and pair.key not in known and is_required(pair.description):
            known.add(pair.key)
            value = pair.value or samples.slug(pair.key)
            enabled.append(dataclasses.replace(pair, value=value))
    return enabled


def _query_part(pair: Pair, context: Context, values: Mapping[str, str]) -> str:
    key = encode.query(variables.substitute(pair.key or "", values)).replace("=", "%3D")
    if pair.value is None:
        return key
    value = variables.substitute(pair.value, values)
    known = {name: stand_in(name, context) for name in variables.names(value)}
    value = variables.substitute(value, known)
    if is_secret(pair.key or "") and value and not _from_settings(pair, context):
        value = samples.slug(pair.key or "")
    return f"{key}={encode.query(value)}"


def _from_settings(pair: Pair, context: Context) -> bool:
    used = variables.names(pair.value or "")
    keys = map(settings.variable_key, used)
    return bool(used) and all(key in context.settings for key in keys)


def _headers(
    request: Request, context: Context, values: Mapping[str, str]
) -> list[tuple[str, str]]:
    found = []
    for pair in headers.surviving(request.headers):
        name = headers.name_of(pair, context.scope)
        if name is None:
            continue
        secret = settings.header(pair, context.scope)
        if secret and secret.removed:
            value = secret.settings[0].sample
        else:
            value = variables.substitute(pair.value or "", values)
        found.append((name, value))
    return found
