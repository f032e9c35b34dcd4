"""Values as Python source. Any value at all: nothing in a literal can end it."""

from __future__ import annotations

import math
import typing

from pmgen.code import Code, code, joined

if typing.TYPE_CHECKING:
    from pmgen.source import Json


def literal(value: Json) -> Code:
    """JSON as a Python expression, in black's spelling."""
    if isinstance(value, str):
        return string(value)
    if isinstance(value, list):
        return code("[", joined(", ", [literal(item) for item in value]), "]")
    if isinstance(value, dict):
        pairs = [code(string(k), ": ", literal(v)) for k, v in value.items()]
        return code("{", joined(", ", pairs), "}")
    if isinstance(value, float) and math.isinf(value):
        return Code("1e999" if value > 0 else "-1e999")
    return Code(repr(value).replace("e+", "e"))


def string(text: str) -> Code:
    """A string literal with double quotes, unless single ones need fewer escapes, as black has it."""
    quote = '"' if text.count('"') <= text.count("'") else "'"
    if text.isprintable() and "\\" not in text and quote not in text:
        return Code(quote + text + quote)
    return Code(quote + "".join(_escaped(char, quote) for char in text) + quote)


def _escaped(char: str, quote: str) -> str:
    """What a terminal or an editor would not show as itself is spelled out: controls, surrogates, bidi marks."""
    if char in ("\\", quote):
        return "\\" + char
    return char if char.isprintable() else repr(char)[1:-1]
