"""Types as Python spells them: annotations, the tests that reading a value makes, codec expressions."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.code import Code, code, joined
from pmgen.infer import (
    ANYTHING,
    Array,
    Choice,
    Map,
    Ref,
    Scalar,
    Timestamp,
    Type,
    Union,
)
from pmgen.python.literal import string
from pmgen.runtime.dates import DATE

if typing.TYPE_CHECKING:
    from collections.abc import Callable

Name: typing.TypeAlias = "Callable[[int], Code]"
"""How a module spells the class of a record."""

_ANNOTATIONS = {
    "anything": "_rt.Json",
    "null": "None",
    "boolean": "bool",
    "integer": "int",
    "number": "float",
    "string": "str",
}
_CODECS = {
    "anything": "_rt.ANY",
    "null": "_rt.NULL",
    "boolean": "_rt.BOOLEAN",
    "integer": "_rt.INTEGER",
    "number": "_rt.NUMBER",
    "string": "_rt.STRING",
}
_CHECKS = {
    "null": ("type(None)",),
    "boolean": ("bool",),
    "integer": ("int",),
    "number": ("float", "int"),
    "string": ("str",),
}


def annotation(found: Type, name: Name) -> Code:
    """The type as an annotation."""
    match found:
        case Scalar(kind):
            return Code(_ANNOTATIONS[kind])
        case Timestamp(style):
            return Code("_dt.date" if style == DATE else "_dt.datetime")
        case Array(item):
            return code("list[", annotation(item, name), "]")
        case Map(value):
            return code("dict[str, ", annotation(value, name), "]")
        case Ref(record):
            return name(record)
        case Choice(_, cases):
            return joined(" | ", dict.fromkeys(name(ref.record) for _, ref in cases))
        case Union(members):
            return joined(" | ", [annotation(member, name) for member in members])
        case _:
            typing.assert_never(found)


def codec(found: Type, name: Name) -> Code:
    """The runtime codec that reads the type, as an expression."""
    match found:
        case Scalar(kind):
            return Code(_CODECS[kind])
        case Timestamp(style):
            return Code("_rt.Date()" if style == DATE else f'_rt.DateTime("{style}")')
        case Array(item):
            if item == ANYTHING:
                return Code("_rt.LIST")
            return code("_rt.ListOf(", codec(item, name), ")")
        case Map(value):
            if value == ANYTHING:
                return Code("_rt.OBJECT")
            return code("_rt.MapOf(", codec(value, name), ")")
        case Ref(record):
            return code("_rt.ObjectOf(", name(record), ")")
        case Choice(tag, cases):
            given = [code(string(t), ": ", name(ref.record)) for t, ref in cases]
            return code("_rt.ChoiceOf(", string(tag), ", {", joined(", ", given), "})")
        case Union(members):
            parts = [codec(member, name) for member in members]
            return code("_rt.OneOf(", joined(", ", parts), ")")
        case _:
            typing.assert_never(found)


def expected(found: Type) -> str:
    """What a mismatch says was expected; the runtime's codecs say the same."""
    match found:
        case Scalar(kind):
            return "any value" if kind == "anything" else kind
        case Timestamp(style):
            return "date" if style == DATE else "date-time"
        case Array():
            return "array"
        case Map() | Ref() | Choice():
            return "object"
        case Union(members):
            return " or ".join(map(expected, members))
        case _:
            typing.assert_never(found)


def members(found: Type) -> tuple[Type, ...]:
    """The members of a union; the type itself for all others."""
    return found.members if isinstance(found, Union) else (found,)


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """How a field is read in straight-line code: conversions by Python type, and types that pass as they are."""

    conversions: tuple[tuple[str, Code], ...]
    passing: tuple[str, ...]


def reading(found: Type, name: Name) -> Reading | None:
    """None where straight-line code does not reach: the field then has a codec."""
    conversions: list[tuple[str, Code]] = []
    passing: list[str] = []
    for member in members(found):
        step = _converted(member, name)
        if isinstance(member, Scalar) and member != ANYTHING:
            passing += _CHECKS[member.kind]
        elif member == Map(ANYTHING):
            passing.append("dict")
        elif member == Array(ANYTHING):
            passing.append("list")
        elif step is not None:
            conversions.append(step)
        else:
            return None
    return Reading(tuple(conversions), tuple(passing))


def _converted(found: Type, name: Name) -> tuple[str, Code] | None:
    match found:
        case Ref(record):
            return "dict", code(name(record), "._parse(v, drift)")
        case Array(Ref(record)):
            return "list", code("_rt.parse_items(", name(record), ", v, drift)")
        case Array(Scalar(kind)) if kind != "anything":
            kinds = ", ".join(_CHECKS[kind])
            comma = "," if len(_CHECKS[kind]) == 1 else ""
            call = f'_rt.parse_leaves(({kinds}{comma}), "{kind}", v, drift)'
            return "list", Code(call)
        case _:
            return None
