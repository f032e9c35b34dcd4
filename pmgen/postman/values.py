"""Variables: of collections, of environments and of globals (POSTMAN.md 1.5, 2.11)."""

from __future__ import annotations

import math
import re
import typing

from pmgen.diagnostics import Rule
from pmgen.postman.model import Variable
from pmgen.postman.node import javascript_text

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.postman.node import Node
    from pmgen.source import Json


def variables(node: Node) -> Iterator[Variable]:
    """Variables that ``{{…}}`` finds: those with a key that are not disabled. A map gives none, as in Postman."""
    if isinstance(node.value, dict):
        text = "Variables are a list of {key, value}; Postman finds none in an object"
        node.report(Rule.WITHOUT_EFFECT, text)
        return
    for element in node.elements():
        if element.value is not None:
            yield from variable(element)


def values(node: Node) -> Iterator[Variable]:
    """The same for an environment, whose values are switched off by ``enabled: false``, too."""
    for element in node.elements():
        if element.child("enabled").value is False:
            text = f"The variable {element.child('key').value!r} is switched off"
            element.report(Rule.DISABLED, text)
        elif element.value is not None:
            yield from variable(element)


def variable(node: Node) -> Iterator[Variable]:
    """One variable, if it is found by ``{{…}}``."""
    key = node.child("key").text() if isinstance(node.value, dict) else None
    if not isinstance(node.value, dict):
        node.as_part("variable").refuse("a variable (an object)")
    elif not key:
        node.report(Rule.WITHOUT_EFFECT, "A variable without `key` is never found")
    elif node.child("disabled").flag():
        node.report(Rule.DISABLED, f"The variable {key!r} is switched off")
    else:
        kind = node.child("type").value
        yield Variable(
            key=key,
            value=_cast(node, kind),
            pointer=node.pointer,
            secret=kind == "secret" or node.child("secret").flag(),
            description=node.child("description").description(),
        )


def _cast(variable: Node, kind: Json) -> str:
    """The variable's text after JavaScript's casts: "false" as a boolean is true, "abc" as a number is NaN."""
    value = variable.child("value").value
    if not variable.has("value"):
        return ""
    if isinstance(value, str) and kind == "boolean":
        return "true" if value else "false"
    if isinstance(value, str) and kind == "number":
        return _number(value)
    return javascript_text(value)


_DECIMAL = re.compile(
    r"[+-]?(([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?|Infinity)"
)
_PREFIXED = re.compile(r"0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+")


def _number(text: str) -> str:
    """``Number(text)`` of JavaScript; a text with variables in it stays for later."""
    text = text.strip()
    if "{{" in text or not text:
        return text or "0"
    if _PREFIXED.fullmatch(text):
        return javascript_text(float(int(text, 0)) if len(text) < 200 else math.inf)
    return javascript_text(float(text)) if _DECIMAL.fullmatch(text) else "NaN"
