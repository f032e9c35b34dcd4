"""A JSON value with its place, read by what is expected of it.

What Postman tolerates is read; what makes no sense is an error in the node's sink, and reading goes on without it.
"""

from __future__ import annotations

import dataclasses
import json
import typing

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.source.locate import escape

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.source import Json


@dataclasses.dataclass(frozen=True, slots=True)
class Node:
    """``sink`` collects diagnostics; all nodes of one parse share it."""

    value: Json
    sink: list[Diagnostic]
    pointer: str = ""
    trail: tuple[str, ...] = ()

    def child(self, key: str) -> Node:
        """The member of an object; a node of None where there is none."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return self._below(key, value)

    def has(self, key: str) -> bool:
        """Whether this is an object with that key, null included."""
        return isinstance(self.value, dict) and key in self.value

    def named(self, name: str) -> Node:
        """The same node, a step further down the trail."""
        return dataclasses.replace(self, trail=(*self.trail, name))

    def elements(self) -> Iterator[Node]:
        """The nodes of a list; none for null. Anything else is an error."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield self._below(str(index), value)
        elif self.value is not None:
            self.refuse("a list")

    def members(self) -> Iterator[tuple[str, Node]]:
        """Keys and nodes of an object; none for null. Anything else is an error."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, self._below(key, value)
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

    def description(self) -> str:
        """A description: text, ``{content, type}``, or nothing."""
        node = self.child("content") if isinstance(self.value, dict) else self
        return (node.text() or "").strip()

    def flag(self) -> bool:
        """True only for JSON's true, as Postman reads ``disabled``."""
        return self.value is True

    def refuse(self, expected: str) -> None:
        """Report that this value has the wrong type."""
        self.report(Rule.WRONG_TYPE, f"Expected {expected}, found {_kind(self.value)}")

    def report(self, rule: Rule, text: str) -> None:
        """Report something about this place."""
        self.sink.append(Diagnostic(rule, text, self.pointer, self.trail))

    def _below(self, key: str, value: Json) -> Node:
        return Node(value, self.sink, f"{self.pointer}/{escape(key)}", self.trail)


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


def _kind(value: Json) -> str:
    return _KINDS[type(value)]


def _printed(value: float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return json.dumps(value)
