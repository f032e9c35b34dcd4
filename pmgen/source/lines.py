"""Bytes to samples: one JSON value, or one on each line (JSON lines, ndjson). Told by the text, not by the name."""

from __future__ import annotations

import dataclasses
import json
import typing

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.growth import growing
from pmgen.source.decode import decode
from pmgen.source.locate import Locator, line_and_column
from pmgen.source.mend import mend
from pmgen.source.strict import JsonError, parse_file, parse_noting_repeats

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.source.strict import Json

Diagnostics: typing.TypeAlias = "tuple[Diagnostic, ...]"

_LINES = (".jsonl", ".ndjson")
_LONGEST_MENDED = 2_000_000
"""Characters. Nobody writes more by hand, and repairing is slow."""


@dataclasses.dataclass(frozen=True, slots=True)
class Samples:
    """``values``: none where the file can't be read. ``in_lines``: each stood on a line."""

    values: tuple[Json, ...]
    in_lines: bool = False


@growing
def read_samples(name: str, raw: bytes) -> tuple[Samples, Diagnostics]:
    """Decode and parse, with repairs that are certain. The diagnostics have their places."""
    text, _, found = decode(raw)
    told = [*found]
    is_lines = name.lower().endswith(_LINES) and "\n" in text.strip()
    try:
        samples = _read(text, told, is_lines=is_lines)
    except JsonError as error:
        samples = Samples(())
        told.append(_as_sample(error.diagnostic))
    return samples, tuple(dataclasses.replace(d, file=name) for d in told)


def _read(text: str, told: list[Diagnostic], *, is_lines: bool) -> Samples:
    """``is_lines``: by the name, which counts where the text is neither. Raises JsonError."""
    if _starts_with_a_value(text):
        return Samples(tuple(_lines(text, told)), in_lines=True)
    try:
        value, repeats = parse_file(text)
    except JsonError as error:
        if is_lines:
            return Samples(tuple(_lines(text, told)), in_lines=True)
        is_limit = error.diagnostic.rule is Rule.LIMIT
        if is_limit or not text.strip() or len(text) > _LONGEST_MENDED:
            raise
        return Samples((_mended(text, told),))
    if repeats:
        told += _repeated(text, 1)
    return Samples((value,))


def _starts_with_a_value(text: str) -> bool:
    """Whether there are several lines, the first of which is a whole value."""
    first, _, rest = text.lstrip().partition("\n")
    if not first or not rest.strip():
        return False
    try:
        parse_noting_repeats(first)
    except JsonError:
        return False
    return True


def _lines(text: str, told: list[Diagnostic]) -> Iterator[Json]:
    """The value of each line that is not empty. Of repeated keys the first of a kind is told."""
    known: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        try:
            value, repeats = parse_noting_repeats(line)
        except JsonError as error:
            found = error.diagnostic
            column = found.column or 1
            placed = dataclasses.replace(found, line=number, column=column)
            raise JsonError(placed) from error
        if repeats:
            new = [d for d in _repeated(line, number) if d.pointer not in known]
            known.update(d.pointer for d in new)
            told += new
        yield value


def _repeated(text: str, first: int) -> Iterator[Diagnostic]:
    """The keys that stand twice in valid JSON, which begins on the line ``first``."""
    locator = Locator(text)
    for pointer, key in locator.repeated_keys():
        line, column = locator.place(pointer)
        yield Diagnostic(
            Rule.DUPLICATE_KEY,
            f"The key {json.dumps(key)} stands twice",
            pointer=pointer,
            line=first + line - 1,
            column=column,
        )


def _mended(text: str, told: list[Diagnostic]) -> Json:
    """What stands for a variable has no value here."""

    def refuse(hole: str) -> Json:
        line, column = line_and_column(text, text.index(hole))
        words = f"Not valid JSON: `{hole}` is a place for a value, and none"
        raise JsonError(Diagnostic(Rule.NOT_JSON, words, line=line, column=column))

    mended = mend(text, refuse)
    if mended.repairs:
        words = f"The file is not quite JSON: {', '.join(mended.repairs)}"
        told.append(Diagnostic(Rule.SAMPLE_REPAIRED, words, line=1, column=1))
    return mended.value


def _as_sample(found: Diagnostic) -> Diagnostic:
    """The remedy for a collection is another."""
    if found.rule is Rule.NOT_JSON:
        return dataclasses.replace(found, rule=Rule.SAMPLE_NOT_JSON)
    return found
