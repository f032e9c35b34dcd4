"""Path parameters: `:id` and `{{x}}`, in the path as a template (POSTMAN.md 3.5)."""

from __future__ import annotations

import re
import typing

from pmgen.api import Param, Ref, Where
from pmgen.lower import dynamic, encode, samples, settings, variables
from pmgen.lower.context import seen_values
from pmgen.postman.fields import lookup

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen import api
    from pmgen.lower.context import Context
    from pmgen.lower.variables import Scope
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
    """``{{x}}`` in a path or header: a setting where the client has one, else an argument.

    A dynamic variable is one that need not be given: the client makes a value.
    """
    key = settings.variable_key(name)
    if key in context.settings:
        return Ref(key), None
    default = context.scope.default(name)
    made = dynamic_of(name, context.scope)
    aligned = [] if index is None else _aligned(index, context)
    seen = seen_values([*([default] if default else []), *aligned], name)
    first = seen[0] if seen else _SAMPLES.get(made, "")
    sample = (
        samples.in_path(first, name)
        if where is Where.PATH
        else first or samples.slug(name)
    )
    return Ref(key), Param(
        key=key,
        where=where,
        wire=name,
        kind=samples.kind(seen or ([first] if first else [])),
        required=default is None and not made,
        default=default,
        description=context.scope.descriptions.get(name, ""),
        seen=seen,
        sample=(sample,),
        dynamic=made,
    )


_SAMPLES = {
    "timestamp": "1767225600",
    "randomInt": "7",
    "randomBoolean": "true",
    "randomLatitude": "52.5163",
    "randomLongitude": "13.3777",
    "randomPrice": "9.75",
}
"""Of the dynamic variables that are no words: what says their kind, and stands for them in tests."""


def dynamic_of(name: str, scope: Scope) -> str:
    """The dynamic variable, without its $, that ``{{name}}`` comes to; "" for none (POSTMAN.md 3.10).

    That is its name, or all of its value. A variable of the user's that is called so wins.
    """
    text = scope.values.get(name, settings.variable_key(name))
    used, *others = variables.names(text) or [""]
    whole = not others and text == settings.variable_key(used)
    if not whole or used not in dynamic.NAMES or used in scope.descriptions:
        return ""
    return used.removeprefix("$")


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
