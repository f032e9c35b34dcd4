"""What the caller of an operation gives: path, query and header parameters (DESIGN.md 4)."""

from __future__ import annotations

import dataclasses
import re
import typing
from urllib.parse import unquote_plus

from pmgen.api import Param, Ref, Where
from pmgen.lower import encode, samples, settings, variables
from pmgen.lower.secrets import is_secret
from pmgen.postman.fields import lookup

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pmgen import api
    from pmgen.lower.variables import Scope
    from pmgen.postman import Item, Pair, Request

_PATH_VARIABLE = re.compile(r":([^:.{}]+)(\.[^:]*)?")
_REQUIRED = re.compile(r"\(required\)", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class Context:
    """What lowering one request may look at beside the request itself."""

    scope: Scope
    settings: Mapping[str, api.Setting]
    originals: tuple[Request, ...]
    telling: frozenset[str]


@dataclasses.dataclass(frozen=True, slots=True)
class Lowered:
    """A request's path and headers as templates, and all its parameters."""

    path: api.Template
    headers: tuple[tuple[str, api.Template], ...]
    params: tuple[Param, ...]
    query: tuple[str, ...]
    removed: tuple[Pair, ...]


def lower(request: Request, context: Context) -> Lowered:
    """Parameters in the order path, query, header; each argument once."""
    path, in_path = _path(request, context)
    headers, in_headers, removed = _headers(request, context)
    in_query = tuple(_query(request, context))
    params = {param.key: param for param in (*in_headers, *in_query, *in_path)}
    ordered = {
        param.key: params[param.key] for param in (*in_path, *in_query, *in_headers)
    }
    keys = tuple(
        pair.key for pair in request.url.query if pair.key and not pair.disabled
    )
    return Lowered(path, headers, tuple(ordered.values()), keys, removed)


def originals(item: Item) -> tuple[Request, ...]:
    """The requests that the saved examples were replies to."""
    return tuple(r.request for r in item.responses if r.request is not None)


def _path(request: Request, context: Context) -> tuple[api.Template, tuple[Param, ...]]:
    """The path as a template, its literal text already encoded."""
    declared = lookup(request.url.variables)
    template: list[str | Ref] = []
    params: list[Param] = []
    for index, segment in enumerate(request.url.path or ()):
        template.append("/")
        match = _PATH_VARIABLE.fullmatch(segment)
        if match:
            params.append(_path_variable(match.group(1), index, declared, context))
            template += [Ref(params[-1].key), encode.path(match.group(2) or "")]
            continue
        for part in variables.template(segment, lambda name: Ref(name)):
            if isinstance(part, str):
                whole = part == segment
                template.append(encode.segment(part) if whole else encode.path(part))
            else:
                ref, param = _variable(part.key, Where.PATH, index, context)
                template.append(ref)
                params += [param] if param else []
    return _compact(template), tuple(params)


def _compact(template: list[str | Ref]) -> api.Template:
    """Neighbouring texts as one."""
    found: list[str | Ref] = []
    for part in template:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part:
            found.append(part)
    return tuple(found)


def _path_variable(
    name: str, index: int, declared: Mapping[str, Pair], context: Context
) -> Param:
    pair = declared.get(name)
    value = variables.substitute((pair and pair.value) or "", context.scope.values)
    shown = [value] if value and not variables.names(value) else []
    seen = _seen([*shown, *_aligned(index, context)], name)
    return Param(
        key=f":{name}",
        where=Where.PATH,
        wire=name,
        kind=samples.kind(seen),
        required=True,
        description=pair.description if pair else "",
        seen=seen,
        sample=(samples.in_path(seen[0] if seen else "", name),),
    )


def _variable(
    name: str, where: Where, index: int | None, context: Context
) -> tuple[Ref, Param | None]:
    """``{{x}}`` in a path or header: a setting where the client has one, else an argument."""
    key = settings.variable_key(name)
    if key in context.settings:
        return Ref(key), None
    default = context.scope.default(name)
    aligned = [] if index is None else _aligned(index, context)
    seen = _seen([*([default] if default else []), *aligned], name)
    first = seen[0] if seen else ""
    sample = (
        samples.in_path(first, name)
        if where is Where.PATH
        else first or samples.slug(name)
    )
    return Ref(key), Param(
        key=key,
        where=where,
        wire=name,
        kind=samples.kind(seen),
        required=default is None,
        default=default,
        description=context.scope.descriptions.get(name, ""),
        seen=seen,
        sample=(sample,),
    )


def _aligned(index: int, context: Context) -> list[str]:
    """What stood at this place of the path when the examples were saved."""
    found = []
    for original in context.originals:
        segments = original.url.path or ()
        segment = segments[index] if index < len(segments) else ""
        match = _PATH_VARIABLE.fullmatch(segment)
        if match:
            pair = lookup(original.url.variables).get(match.group(1))
            segment = (pair and pair.value) or ""
        segment = variables.substitute(segment, context.scope.values)
        if segment and not variables.names(segment) and not segment.startswith(":"):
            found.append(segment)
    return found


def _query(request: Request, context: Context) -> Iterable[Param]:
    """One parameter for each key: the enabled ones in the order that they are sent in, then the others."""
    ordered = sorted(request.url.query, key=lambda pair: pair.disabled)
    for key in dict.fromkeys(pair.key for pair in ordered if pair.key):
        pairs = [pair for pair in request.url.query if pair.key == key]
        yield _query_param(key, pairs, context)


def _query_param(key: str, pairs: list[Pair], context: Context) -> Param:
    enabled = [pair for pair in pairs if not pair.disabled]
    values = [_resolved(pair, context) for pair in enabled]
    described = next((pair.description for pair in pairs if pair.description), "")
    fallback = _fallback(enabled, context)
    flag = bool(enabled) and all(pair.value is None for pair in enabled)
    literal = len(enabled) == 1 and not variables.names(enabled[0].value or "")
    required = is_required(described) and not fallback
    if required and not values:
        values = [_resolved(pairs[0], context) or samples.slug(key)]
    return Param(
        key=f"?{key}",
        where=Where.QUERY,
        wire=unquote_plus(variables.substitute(key, context.scope.values)),
        kind=samples.kind(_evidence(key, pairs, context)),
        required=required,
        default=values[0] if literal and not flag and key in context.telling else None,
        fallback=fallback,
        flag=flag,
        repeated=len(enabled) > 1 and not flag,
        description=described,
        seen=_seen(_evidence(key, pairs, context), key),
        sample=tuple(values) if not fallback else (),
    )


def is_required(description: str) -> bool:
    """Whether the collection's author says so."""
    return bool(_REQUIRED.match(description))


def _fallback(enabled: list[Pair], context: Context) -> api.Template | None:
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


def stand_in(name: str, context: Context) -> str:
    """The test's value for a variable: its setting's, its own, or a word made of its name."""
    setting = context.settings.get(settings.variable_key(name))
    return setting.sample if setting else samples.slug(name)


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


def _seen(values: Iterable[str], name: str) -> tuple[str, ...]:
    """Distinct values for the documentation; none of a credential."""
    return () if is_secret(name) else tuple(dict.fromkeys(values))[:5]


def _headers(
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
                part, param = _variable(part.key, Where.HEADER, None, context)
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
                seen=_seen(seen, pair.key),
            )
