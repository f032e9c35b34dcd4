"""Bytes to a Document. Nothing here knows Postman."""

from __future__ import annotations

import codecs
import dataclasses
import hashlib
import json
import math
import re
import typing

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.source.locate import Locator, line_and_column

if typing.TYPE_CHECKING:
    from collections.abc import Callable

Json: typing.TypeAlias = (
    "bool | int | float | str | list[Json] | dict[str, Json] | None"
)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """A decoded JSON file. ``name`` is how messages call it; ``sha256`` is of the bytes."""

    name: str
    text: str
    data: Json
    sha256: str

    def placed(self, diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
        """The same diagnostics with the line and column that their pointers lead to."""
        locator = Locator(self.text)
        return tuple(_placed(locator, diagnostic) for diagnostic in diagnostics)


def read(name: str, raw: bytes) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Decode and parse. No Document comes back where the bytes are no JSON; the diagnostics say why."""
    text, found = _decode(raw)
    try:
        data, repeated = _parse(text)
    except JsonError as error:
        return None, (*found, error.diagnostic)
    document = Document(name, text, data, hashlib.sha256(raw).hexdigest())
    if repeated:
        found += document.placed(tuple(map(_duplicate, Locator(text).repeated_keys())))
    return document, found


class JsonError(ValueError):
    """Text that is no JSON; carries the diagnostic with line and column."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(diagnostic.text)


def parse_json(text: str) -> Json:
    """Strict JSON (no NaN, no Infinity). Raises JsonError, also where nesting or a number is too big."""
    value = _parse(text)[0]
    if not _is_finite(value):
        raise JsonError(Diagnostic(Rule.LIMIT, "A number is out of range"))
    if _is_deeper(value, _DEEPEST):
        raise JsonError(Diagnostic(Rule.LIMIT, f"Nested more than {_DEEPEST} deep"))
    return value


_DEEPEST = 150


def _is_finite(value: Json) -> bool:
    """1e400 is JSON, and infinity for Python, which could not print it back."""
    todo: list[Json] = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, float) and math.isinf(item):
            return False
        if isinstance(item, (dict, list)):
            todo += item.values() if isinstance(item, dict) else item
    return True


def _is_deeper(value: Json, levels: int) -> bool:
    found: list[Json] = [value]
    while found and levels >= 0:
        inner: list[Json] = []
        for item in found:
            if isinstance(item, (dict, list)):
                inner += item.values() if isinstance(item, dict) else item
        found, levels = inner, levels - 1
    return bool(found)


def _parse(text: str) -> tuple[Json, bool]:
    """The value, and whether an object repeats a key."""
    repeated = False

    def build(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        nonlocal repeated
        built = dict(pairs)
        if len(built) != len(pairs):
            repeated = True
        return built

    return _guarded(text, build), repeated


def _guarded(
    text: str, build: Callable[[list[tuple[str, Json]]], dict[str, Json]]
) -> Json:
    try:
        return typing.cast(
            "Json",
            json.loads(text, object_pairs_hook=build, parse_constant=_no_constant),
        )
    except json.JSONDecodeError as error:
        place = (error.lineno, error.colno)
        if not error.doc:
            place = _place_of_constant(text)
        raise JsonError(_not_json(error.msg, place)) from error
    except RecursionError as error:
        raise JsonError(Diagnostic(Rule.LIMIT, "Nested too deeply")) from error
    except ValueError as error:
        raise JsonError(
            Diagnostic(Rule.LIMIT, "A number has too many digits")
        ) from error


def _no_constant(name: str) -> Json:
    raise json.JSONDecodeError(f"{name} is not JSON", "", 0)


_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*"|(NaN|-?Infinity)')


def _place_of_constant(text: str) -> tuple[int, int]:
    """The decoder does not tell where it met NaN or Infinity."""
    found = next((m for m in _CONSTANT.finditer(text) if m.group(1)), None)
    return line_and_column(text, found.start() if found else 0)


def _not_json(message: str, place: tuple[int, int]) -> Diagnostic:
    return Diagnostic(
        Rule.NOT_JSON, f"Not valid JSON: {message}", line=place[0], column=place[1]
    )


def _decode(raw: bytes) -> tuple[str, tuple[Diagnostic, ...]]:
    encoding = next((name for bom, name in _BOMS if raw.startswith(bom)), "utf-8")
    try:
        return raw.decode(encoding), ()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("latin-1")
        line, column = line_and_column(before, len(before))
        text = f"Byte {error.start} is not {encoding}; the file was read as latin-1"
        return raw.decode("latin-1"), (
            Diagnostic(Rule.ENCODING, text, line=line, column=column),
        )


def repeated_keys(text: str) -> tuple[str, ...]:
    """The pointers of keys that stand twice in an object of valid JSON."""
    return tuple(p for p, _ in Locator(text).repeated_keys()) if _parse(text)[1] else ()


def _duplicate(found: tuple[str, str]) -> Diagnostic:
    pointer, key = found
    return Diagnostic(
        Rule.DUPLICATE_KEY, f"The key {json.dumps(key)} stands twice", pointer=pointer
    )


def _placed(locator: Locator, diagnostic: Diagnostic) -> Diagnostic:
    if diagnostic.line is not None:
        return diagnostic
    line, column = locator.place(diagnostic.pointer)
    return dataclasses.replace(diagnostic, line=line, column=column)
