"""A JSON value with its place, read by what is expected of it.

What Postman tolerates is read; what makes no sense is an error in the node's sink, and reading goes on without it.
"""

from __future__ import annotations

import dataclasses
import decimal
import json
import math
import typing

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.source.locate import escape

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.source import Json


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A part of the format that has a definition of its own in the schema ``schemas/{schema}.json``."""

    schema: str
    definition: str
    value: Json
    pointer: str
    trail: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Refusal:
    """A value that the parser left out, and the part that it stands in."""

    found: Diagnostic
    part: Part | None


class Sink:
    """What one parse finds; all of its nodes share it."""

    __slots__ = ("found", "schema")

    def __init__(self, schema: str = "collection") -> None:
        self.schema = schema
        self.found: list[Diagnostic | Refusal] = []


class Node:
    """Not a dataclass: a big collection makes a million of them, and a frozen one costs four times as much."""

    __slots__ = ("part", "pointer", "sink", "trail", "value")

    def __init__(
        self,
        value: Json,
        sink: Sink,
        pointer: str = "",
        trail: tuple[str, ...] = (),
        part: Part | None = None,
    ) -> None:
        self.value = value
        self.sink = sink
        self.pointer = pointer
        self.trail = trail
        self.part = part

    def child(self, key: str) -> Node:
        """The member of an object; a node of None where there is none. ``key`` has no slash and no tilde."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Node(value, self.sink, f"{self.pointer}/{key}", self.trail, self.part)

    def member(self, key: str) -> Node:
        """The same for a key that the file itself names."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        pointer = f"{self.pointer}/{escape(key)}"
        return Node(value, self.sink, pointer, self.trail, self.part)

    def with_value(self, value: Json) -> Node:
        """Another value in the same place, such as JSON that stands there as text."""
        return Node(value, self.sink, self.pointer, self.trail, self.part)

    def has(self, key: str) -> bool:
        """Whether this is an object with that key, null included."""
        return isinstance(self.value, dict) and key in self.value

    def named(self, name: str) -> Node:
        """The same node, a step further down the trail."""
        trail = (*self.trail, name)
        return Node(self.value, self.sink, self.pointer, trail, self.part)

    def as_part(self, definition: str, schema: str = "") -> Node:
        """The same node as a part of its own: what is refused in it is explained by that definition.

        ``schema`` names another than the sink's, which is chosen before the format is known.
        """
        schema = schema or self.sink.schema
        part = Part(schema, definition, self.value, self.pointer, self.trail)
        return Node(self.value, self.sink, self.pointer, self.trail, part)

    def elements(self) -> Iterator[Node]:
        """The nodes of a list; none for null. Anything else is an error."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                pointer = f"{self.pointer}/{index}"
                yield Node(value, self.sink, pointer, self.trail, self.part)
        elif self.value is not None:
            self.refuse("a list")

    def members(self) -> Iterator[tuple[str, Node]]:
        """Keys and nodes of an object; none for null. Anything else is an error."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                pointer = f"{self.pointer}/{escape(key)}"
                yield key, Node(value, self.sink, pointer, self.trail, self.part)
        elif self.value is not None:
            self.refuse("an object")

    def text(self) -> str | None:
        """A string, or a number or boolean as JavaScript prints it; None for null. Anything else is an error."""
        value = self.value
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, (bool, int, float)):
            return _printed(value)
        self.refuse("a string")
        return None

    def loose_text(self) -> str:
        """The same where nobody minds: "" for what is no text."""
        return "" if isinstance(self.value, (dict, list)) else self.text() or ""

    def description(self) -> str:
        """A description: text, ``{content, type}``, or nothing."""
        node = self.child("content") if isinstance(self.value, dict) else self
        return node.loose_text().strip()

    def one_or_more(self) -> Iterator[Node]:
        """The nodes of a list; one object stands for a list of it."""
        return iter((self,)) if isinstance(self.value, dict) else self.elements()

    def flag(self) -> bool:
        """True only for JSON's true, as Postman reads ``disabled``."""
        return self.value is True

    def refuse(self, expected: str) -> None:
        """Report that this value has the wrong type and is left out."""
        text = f"Expected {expected}, found {kind_of(self.value)}"
        found = Diagnostic(Rule.WRONG_TYPE, text, self.pointer, self.trail)
        self.sink.found.append(Refusal(found, self.part))

    def report(self, rule: Rule, text: str) -> None:
        """Report something about this place."""
        self.sink.found.append(Diagnostic(rule, text, self.pointer, self.trail))


_KINDS = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def javascript_text(value: Json) -> str:
    """A value as JavaScript makes text of it, which is how Postman substitutes it."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ",".join("" if v is None else javascript_text(v) for v in value)
    return "[object Object]" if isinstance(value, dict) else _printed(value)


def kind_of(value: Json) -> str:
    """A value's JSON type, in words."""
    return _KINDS[type(value)]


def _printed(value: int | float) -> str:
    """A number or boolean as JavaScript prints it; an integer keeps its digits, which JavaScript would round."""
    if not isinstance(value, float):
        return json.dumps(value)
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    sign, digits, exponent = decimal.Decimal(repr(value)).normalize().as_tuple()
    shift = len(digits) + typing.cast("int", exponent)
    if -6 < shift <= 21:
        return format(decimal.Decimal(repr(value)).normalize() + 0, "f")
    written = "".join(map(str, digits))
    point = f"{written[0]}.{written[1:]}".rstrip(".")
    return f"{'-' * sign}{point}e{shift - 1:+d}"
