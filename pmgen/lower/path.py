"""Path parameters: `:id` and `{{x}}`, in the path as a template (POSTMAN.md 3.5)."""

from __future__ import annotations

import re
import typing

from pmgen.api import Param, Ref, Where
from pmgen.lower import encode, samples, settings, variables
from pmgen.lower.context import seen_values
from pmgen.postman.fields import lookup

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen import api
    from pmgen.lower.context import Context
    from pmgen.postman import Pair, Request

_PATH_VARIABLE = re.compile(r":([^:.{}]+)(\.[^:]*)?")


def path(request: Request, context: Context) -> tuple[api.Template, tuple[Param, ...]]:
    """The path as a template, its literal text already encoded."""
    declared = lookup(request.url.variables)
    template: list[str | Ref] = []
    params: list[Param] = []
    for index, segment in enumerate(request.url.path or ()):
        template.append("/")
        rest = segment
        match = _PATH_VARIABLE.fullmatch(segment)
        if match:
            params.append(_path_variable(match.group(1), index, declared, context))
            template.append(Ref(params[-1].key))
            rest = match.group(2) or ""
        for part in variables.template(rest, lambda name: Ref(name)):
            if isinstance(part, str):
                whole = part == segment
                template.append(encode.segment(part) if whole else encode.path(part))
            else:
                ref, param = variable(part.key, Where.PATH, index, context)
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
    seen = seen_values([*shown, *_aligned(index, context)], name)
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


def variable(
    name: str, where: Where, index: int | None, context: Context
) -> tuple[Ref, Param | None]:
    """``{{x}}`` in a path or header: a setting where the client has one, else an argument."""
    key = settings.variable_key(name)
    if key in context.settings:
        return Ref(key), None
    default = context.scope.default(name)
    aligned = [] if index is None else _aligned(index, context)
    seen = seen_values([*([default] if default else []), *aligned], name)
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
