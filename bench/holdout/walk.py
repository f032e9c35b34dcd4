"""What a type accepts, told by walking type and value side by side.

Written apart from the code that pmgen generates and from its runtime: where the two differ, one of them is wrong.
"""

from __future__ import annotations

import dataclasses
import json
import re
import typing

from holdout.tables import members
from holdout.verdict import Reason
from pmgen.infer import (
    ANYTHING,
    Array,
    Choice,
    Map,
    Ref,
    Scalar,
    Timestamp,
    Type,
    TypeTable,
    Union,
)
from pmgen.runtime import dates

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.source import Json


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """A mismatch as the runtime tells it, and its kind."""

    reason: Reason
    path: str
    expected: str
    received: str

    def __str__(self) -> str:
        return f"{self.reason}: {self.path}: expected {self.expected}, received {self.received}"


_JSON_TYPES: dict[type, str] = {
    dict: "object",
    list: "array",
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
}
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST_SHOWN = 40


def differences(
    found: Type, value: Json, table: TypeTable, path: str = "$"
) -> Iterator[Difference]:
    """Everything in the value that the type refuses; unknown keys are none of it."""
    member = member_of(found, value)
    if member is None:
        reason = Reason.NULL if value is None else Reason.TYPE
        yield Difference(reason, path, _expected(found), _json_type(value))
    elif isinstance(member, Timestamp):
        if isinstance(value, str) and dates.parse(value, member.style) is None:
            yield Difference(Reason.DATE, path, _expected(found), "string")
    elif isinstance(member, Array) and isinstance(value, list):
        for i, item in enumerate(value):
            yield from differences(member.item, item, table, f"{path}[{i}]")
    elif isinstance(value, dict):
        yield from _of_object(member, value, table, path)


def _of_object(
    found: Type, value: dict[str, Json], table: TypeTable, path: str
) -> Iterator[Difference]:
    if isinstance(found, Map):
        for key, item in value.items():
            yield from differences(found.value, item, table, _join(path, key))
    elif isinstance(found, Choice):
        case = case_of(found, value)
        if case is None:
            yield _unknown_case(found, value, path)
        else:
            yield from _of_object(case, value, table, path)
    elif isinstance(found, Ref):
        for field in table.records[found.record].fields:
            inner = _join(path, field.wire)
            if field.wire in value:
                yield from differences(field.type, value[field.wire], table, inner)
            elif field.required:
                expected = _expected(field.type)
                yield Difference(Reason.MISSING, inner, expected, "nothing")


def item_type(
    found: Type | None, value: Json, path: tuple[str | int, ...], table: TypeTable
) -> Type | None:
    """The type of the items of the list at a path of the value; None where the type has no such place."""
    if found is None or found == ANYTHING:
        return found
    member = member_of(found, value)
    if not path:
        return member.item if isinstance(member, Array) else None
    step, *rest = path
    if isinstance(value, dict) and isinstance(step, str):
        inner = _value_type(member, step, value, table)
        return item_type(inner, value[step], tuple(rest), table)
    if isinstance(value, list) and isinstance(step, int) and isinstance(member, Array):
        return item_type(member.item, value[step], tuple(rest), table)
    return None


def _value_type(
    found: Type | None, key: str, value: dict[str, Json], table: TypeTable
) -> Type | None:
    if isinstance(found, Choice):
        found = case_of(found, value)
    if isinstance(found, Map):
        return found.value
    if isinstance(found, Ref):
        fields = table.records[found.record].fields
        return next((field.type for field in fields if field.wire == key), None)
    return found if found == ANYTHING else None


def case_of(found: Choice, value: dict[str, Json]) -> Ref | None:
    text = value.get(found.tag)
    return dict(found.cases).get(text) if isinstance(text, str) else None


def _unknown_case(found: Choice, value: dict[str, Json], path: str) -> Difference:
    expected = " or ".join(json.dumps(text) for text, _ in found.cases)
    received = "nothing"
    if found.tag in value:
        text = value[found.tag]
        shown = isinstance(text, str) and len(text) <= _LONGEST_SHOWN
        received = json.dumps(text) if shown else _json_type(text)
    return Difference(Reason.TEXT, _join(path, found.tag), expected, received)


def member_of(found: Type, value: Json) -> Type | None:
    """Which member a value of this JSON type is held against."""
    kind = _json_type(value)
    return next((m for m in members(found) if kind in _kinds(m)), None)


def _kinds(found: Type) -> tuple[str, ...]:
    """The JSON types of a type that is no union."""
    if found == ANYTHING:
        return tuple(_JSON_TYPES.values())
    if isinstance(found, Scalar):
        return ("number", "integer") if found.kind == "number" else (found.kind,)
    if isinstance(found, Timestamp):
        return ("string",)
    return ("array",) if isinstance(found, Array) else ("object",)


def _expected(found: Type) -> str:
    """The type in a message."""
    if isinstance(found, Union):
        return " or ".join(map(_expected, found.members))
    if found == ANYTHING:
        return "any value"
    if isinstance(found, Timestamp):
        return "date" if found.style == dates.DATE else "date-time"
    return _kinds(found)[0]


def _json_type(value: Json) -> str:
    return _JSON_TYPES[type(value)]


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if _PLAIN.fullmatch(key) else f"{path}[{json.dumps(key)}]"
