"""Strict JSON: text to a value, or the reason why not, with its place."""

from __future__ import annotations

import json
import math
import re
import sys
import typing

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.source.locate import line_and_column

Json: typing.TypeAlias = (
    "bool | int | float | str | list[Json] | dict[str, Json] | None"
)

#: Levels of a body, and of a whole file, whose folders alone may take a hundred.
DEEPEST = 150
_DEEPEST_FILE = 300
_intern = sys.intern


class JsonError(ValueError):
    """Text that is no JSON; carries the diagnostic with line and column."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(diagnostic.text)


def parse_json(text: str) -> Json:
    """Strict JSON (no NaN, no Infinity). Raises JsonError, also where nesting or a number is too big."""
    return parse_noting_repeats(text)[0]


def parse_noting_repeats(text: str) -> tuple[Json, bool]:
    """The same, and whether an object repeats a key; the last of equal keys wins."""
    value, repeats = _decoded(text)
    _check_depth(text, value, DEEPEST)
    return value, repeats


def parse_file(text: str) -> tuple[Json, bool]:
    """The same for whole files, which may be deeper."""
    if not text.strip():
        found = Diagnostic(Rule.NOT_JSON, "The file is empty", line=1, column=1)
        raise JsonError(found)
    value, repeats = _decoded(text)
    _check_depth(text, value, _DEEPEST_FILE)
    return value, repeats


def _check_depth(text: str, value: Json, levels: int) -> None:
    """Counts first, which are cheap: hardly any body can be too deep."""
    if text.count("[") + text.count("{") > levels and is_deeper(value, levels):
        raise JsonError(_too_deep(text, levels))


def _decoded(text: str) -> tuple[Json, bool]:
    repeated: list[bool] = []

    def build(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        # Bodies repeat each other's keys: one object for each key takes a fifth less memory.
        built = {_intern(key): value for key, value in pairs}
        if len(built) != len(pairs):
            repeated.append(True)
        return built

    try:
        value = json.loads(
            text,
            object_pairs_hook=build,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except json.JSONDecodeError as error:
        place = (error.lineno, error.colno)
        raise JsonError(_not_json(text, error.msg, place)) from error
    except RecursionError as error:
        raise JsonError(_too_deep(text, _DEEPEST_FILE)) from error
    except _FoundError as error:
        raise JsonError(error.diagnostic(text)) from error
    except ValueError as error:
        found = _at(text, _LONG_NUMBER, Rule.LIMIT, "A number has too many digits")
        raise JsonError(found) from error
    return typing.cast("Json", value), bool(repeated)


class _FoundError(Exception):
    """Raised inside of the decoder, which does not tell its hooks where they are called."""

    def __init__(self, pattern: re.Pattern[str], rule: Rule, text: str) -> None:
        self._found = pattern, rule, text
        super().__init__(text)

    def diagnostic(self, text: str) -> Diagnostic:
        return _at(text, *self._found)


_STRING = r'"(?:[^"\\]|\\.)*+"'
_CONSTANT = re.compile(_STRING + r"|(NaN|-?Infinity)", re.DOTALL)
_LONG_NUMBER = re.compile(_STRING + r"|(\d{4300,})", re.DOTALL)
_BRACKET = re.compile(_STRING + r"|([\[{}\]])", re.DOTALL)


def _no_constant(name: str) -> Json:
    text = f"Not valid JSON: {name} is not JSON"
    raise _FoundError(_CONSTANT, Rule.NOT_JSON, text)


def _finite(digits: str) -> float:
    """1e400 is JSON, and infinity for Python, which could not print it back."""
    value = float(digits)
    if math.isinf(value):
        place = re.compile(_STRING + f"|({re.escape(digits)})", re.DOTALL)
        raise _FoundError(place, Rule.LIMIT, "A number is out of range")
    return value


def _at(text: str, pattern: re.Pattern[str], rule: Rule, words: str) -> Diagnostic:
    """The finding at the first match of the pattern's group, which skips strings."""
    found = next((m for m in pattern.finditer(text) if m.group(1)), None)
    line, column = line_and_column(text, found.start(1) if found else 0)
    return Diagnostic(rule, words, line=line, column=column)


_CONFLICT = re.compile(r"^(<<<<<<<|=======|>>>>>>>)", re.MULTILINE)


def _not_json(text: str, message: str, place: tuple[int, int]) -> Diagnostic:
    """A merge conflict is told by its markers, which the decoder only stumbles over."""
    if _CONFLICT.match(text, _offset(text, place[0])):
        message = "merge conflict markers stand here"
    words = f"Not valid JSON: {message}"
    return Diagnostic(Rule.NOT_JSON, words, line=place[0], column=place[1])


def _offset(text: str, line: int) -> int:
    """Where a line begins."""
    offset = 0
    for _ in range(line - 1):
        offset = text.index("\n", offset) + 1
    return offset


def is_deeper(value: Json, levels: int) -> bool:
    """Whether containers nest more than so many deep."""
    found: list[Json] = [value]
    while found and levels >= 0:
        inner: list[Json] = []
        for item in found:
            if isinstance(item, (dict, list)):
                inner += item.values() if isinstance(item, dict) else item
        found, levels = inner, levels - 1
    return bool(found)


def _too_deep(text: str, levels: int) -> Diagnostic:
    depth = 0
    for match in _BRACKET.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match.group(), 0)
        if depth > levels:
            line, column = line_and_column(text, match.start())
            words = f"Nested more than {levels} deep"
            return Diagnostic(Rule.LIMIT, words, line=line, column=column)
    return Diagnostic(Rule.LIMIT, "Nested too deeply")
