"""What is told of text that is almost JSON: the repairs that were made, or why none was."""

from __future__ import annotations

import collections
import dataclasses
import enum
import typing

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.source.locate import line_and_column
from pmgen.source.strict import JsonError

if typing.TYPE_CHECKING:
    from collections.abc import Iterable


class Fix(enum.Enum):
    """A kind of repair: of what, of several of them, and what was done."""

    COMMENT = ("comment", "comments", "removed")
    BLANK = ("unusual blank", "unusual blanks", "skipped")
    TRAILING_COMMA = ("trailing comma", "trailing commas", "removed")
    MISSING_COMMA = ("missing comma", "missing commas", "added")
    ELLIPSIS = ("ellipsis", "ellipses", "dropped")
    REPEATED = ("repeated key", "repeated keys", "read as the last one says")
    KEY = ("unquoted key", "unquoted keys", "quoted")
    LITERAL = ("foreign literal", "foreign literals", "translated")
    SINGLE = ("pair of single quotes", "pairs of single quotes", "replaced")
    TYPOGRAPHIC = (
        "pair of typographic quotes",
        "pairs of typographic quotes",
        "replaced",
    )
    CONTROL = ("raw control character", "raw control characters", "kept")
    APOSTROPHE = ("escaped apostrophe", "escaped apostrophes", "unescaped")
    ESCAPE = ("unknown escape", "unknown escapes", "kept")


@dataclasses.dataclass(frozen=True, slots=True)
class Note:
    """A repair at an offset; ``example`` is how the text spells what was repaired."""

    fix: Fix
    at: int
    count: int = 1
    example: str = ""


_EXAMPLES = 3
_WIDTH = 40


def summary(notes: Iterable[Note]) -> tuple[str, ...]:
    """Each kind of repair once, with its count, in the order of the text."""
    counts: collections.Counter[Fix] = collections.Counter()
    examples: dict[Fix, dict[str, None]] = {}
    for note in sorted(notes, key=lambda note: note.at):
        counts[note.fix] += note.count
        if note.example:
            examples.setdefault(note.fix, {})[shortened(note.example)] = None
    return tuple(
        _told(fix, count, [*examples.get(fix, ())]) for fix, count in counts.items()
    )


def _told(fix: Fix, count: int, examples: list[str]) -> str:
    """``2 foreign literals (True, None) translated``."""
    one, many, done = fix.value
    words = [str(count), one if count == 1 else many, done]
    if examples:
        more = ["…"] if len(examples) > _EXAMPLES else []
        words.insert(2, f"({', '.join(examples[:_EXAMPLES] + more)})")
    return " ".join(words)


def shortened(text: str) -> str:
    """Text for a message."""
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def refusal(text: str, at: int, why: str) -> JsonError:
    """The error at an offset, for text that can be read in several ways or in none."""
    return _error(Rule.NOT_JSON, f"Not valid JSON: {why}", text, at)


def limit(text: str, at: int, why: str) -> JsonError:
    """The error at an offset, for what is clear but too big."""
    return _error(Rule.LIMIT, why, text, at)


def cut(text: str, start: int, what: str) -> JsonError:
    """The error for text that ends before the thing does that starts at the offset."""
    line, _ = line_and_column(text, start)
    why = f"the text ends inside the {what} that starts on line {line}"
    return refusal(text, len(text), why)


def _error(rule: Rule, message: str, text: str, at: int) -> JsonError:
    line, column = line_and_column(text, at)
    return JsonError(Diagnostic(rule, message, line=line, column=column))
