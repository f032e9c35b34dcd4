"""Variables of a GraphQL query: one argument for each, typed by its declaration where that is a plain one."""

from __future__ import annotations

import json
import re
import typing

from pmgen.api import Param, Where
from pmgen.lower import hygiene, samples
from pmgen.lower.context import seen_values
from pmgen.lower.secrets import is_secret
from pmgen.source import JsonError

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmgen.lower.context import Context
    from pmgen.lower.variables import Scope
    from pmgen.postman import Body
    from pmgen.source import Json

_TEXTS = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*')
_DECLARED = re.compile(r"\$([A-Za-z_]\w*)\s*:\s*([\[\]!\w\s]+?)\s*(?=[=$,)@])(=)?")
"""`$first: Int! = 20`: name, type, whether there is a default. Only declarations have a colon behind a variable."""

_PLAIN = {
    "Int": "int",
    "Float": "float",
    "Boolean": "bool",
    "String": "str",
    "ID": "str",
}
_KINDS: Mapping[type, str] = {bool: "bool", int: "int", float: "float", str: "str"}


def given(body: Body, scope: Scope) -> Mapping[str, Json]:
    """The variables' values. Raises JsonError where the text is no JSON; what is no object gives none."""
    if not body.variables.strip():
        return {}
    value = hygiene.clean(body.variables, scope).value
    return value if isinstance(value, dict) else {}


def parameters(body: Body | None, context: Context) -> Iterator[Param]:
    """Those that the query declares, in its order, then others that have values."""
    if body is None or body.mode != "graphql":
        return
    try:
        values = given(body, context.scope)
    except JsonError:  # told with the body
        values = {}
    declared = _declared(body.raw)
    for name in dict.fromkeys((*declared, *values)):
        yield _parameter(name, declared.get(name, ""), values)


def _declared(query: str) -> dict[str, str]:
    """The type of each variable; one with a default may be left out, as one that may be null."""
    found = _DECLARED.findall(_TEXTS.sub(" ", query))
    return {
        name: kind.rstrip("!") if default else kind for name, kind, default in found
    }


def _parameter(name: str, declared: str, values: Mapping[str, Json]) -> Param:
    sample: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    kind = _PLAIN.get(declared.strip().rstrip("!"), "json")
    if name in values:
        value = values[name]
        found = _KINDS.get(type(value), "json")
        kind = found if not declared else kind if _fits(value, kind) else "json"
        if is_secret(name) and isinstance(value, str):
            value = samples.slug(name)
        sample = (json.dumps(value),)
        texts = [value if isinstance(value, str) else sample[0]]
        seen = seen_values(texts if found != "json" else [], name)
    return Param(
        key=f"${name}",
        where=Where.VARIABLE,
        wire=name,
        kind=kind,
        required=declared.endswith("!") and bool(sample),
        seen=seen,
        sample=sample,
    )


def _fits(value: Json, kind: str) -> bool:
    """Whether a value is of the declared kind; null fits all, and an Int is a Float."""
    found = _KINDS.get(type(value), "json")
    return value is None or found == kind or (found, kind) == ("int", "float")
