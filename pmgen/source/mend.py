"""Text that is almost JSON, as people write it by hand -> its value and what was repaired.

Only that is repaired which can be read in one way. Nothing here knows Postman, but for its ``{{holes}}``.
"""

from __future__ import annotations

import dataclasses
import enum
import typing

from pmgen.source.locate import line_and_column
from pmgen.source.repairs import Fix, Note, cut, limit, refusal, shortened, summary
from pmgen.source.strict import DEEPEST, is_deeper
from pmgen.source.tokens import Token, number, string, tokens

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from pmgen.source.strict import Json, JsonError

    _Take: typing.TypeAlias = "Callable[[_Reader, Token], None]"

# JavaScript keeps no member whose value is undefined; to a reader of the text it is a value that may be missing.
_FOREIGN: dict[str, Json] = {
    "True": True,
    "False": False,
    "None": None,
    "undefined": None,
}
_LITERALS: dict[str, Json] = {"true": True, "false": False, "null": None, **_FOREIGN}


@dataclasses.dataclass(frozen=True, slots=True)
class Mended:
    """What the text says; ``repairs`` tells each kind of repair once, in the order of the text."""

    value: Json
    repairs: tuple[str, ...]


def mend(text: str, hole: Callable[[str], Json | None]) -> Mended:
    """Read JSON with comments, holes and slips of the pen; valid JSON is read as it is.

    ``hole`` gives the value of a bare ``{{name}}`` or ``<some words>``. Raises JsonError where the text can be read in
    several ways or in none, and where it is nested too deep or a number is too big.
    """
    reader = _Reader(text, hole)
    for token in tokens(text, reader.notes):
        reader.take(token)
    return Mended(reader.value, summary(reader.notes))


class _State(enum.Enum):
    """What was read last says what may come next. Items are elements of a list and members of an object."""

    VALUE = enum.auto()  # nothing yet, or a colon
    FIRST = enum.auto()  # an opening bracket
    ITEM = enum.auto()  # an item
    COMMA = enum.auto()  # a comma between items
    GAP = enum.auto()  # an ellipsis
    KEY = enum.auto()  # a key
    DONE = enum.auto()  # the value


@dataclasses.dataclass(slots=True)
class _Open:
    """A container of which the end is not yet read, and the key whose value is awaited."""

    start: int
    items: list[Json] | dict[str, Json]
    key: str = ""

    @property
    def name(self) -> str:
        """As a reader calls it."""
        return "list" if isinstance(self.items, list) else "object"


class _Reader:
    """Takes tokens one by one; a stack instead of recursion, so that no depth can crash it."""

    def __init__(self, text: str, hole: Callable[[str], Json | None]) -> None:
        self.notes: list[Note] = []
        self.value: Json = None
        self._text = text
        self._fill = hole
        self._open: list[_Open] = []
        self._state = _State.VALUE
        self._last = Token("end", 0, 0, fresh=False)

    def take(self, token: Token) -> None:
        """Read one more token, the next of the text."""
        if token.kind == "end" and self._state is not _State.DONE:
            raise self._cut()
        self._STEPS.get(self._state, _Reader._take_item)(self, token)
        self._last = token

    def _take_value(self, token: Token) -> None:
        if token.kind not in self._VALUES:
            raise self._misplaced(token, "where a value should stand")
        self._VALUES[token.kind](self, token)

    def _take_item(self, token: Token) -> None:
        if token.kind in self._MARKS:
            self._MARKS[token.kind](self, token)
            return
        if self._state is _State.ITEM:
            self._add_comma(token)
        if isinstance(self._open[-1].items, list):
            self._take_value(token)
        else:
            self._take_key(token)

    def _take_key(self, token: Token) -> None:
        if token.kind == "string":
            key = string(self._text, token, self.notes)
        elif token.kind == "word":
            key = self._spelled(token)
            self.notes.append(Note(Fix.KEY, token.start))
        else:
            raise self._misplaced(token, "where a key should stand")
        top = self._open[-1]
        if isinstance(top.items, dict) and key in top.items:
            self.notes.append(Note(Fix.REPEATED, token.start, example=key))
        top.key = key
        self._state = _State.KEY

    def _take_colon(self, token: Token) -> None:
        if token.kind != ":":
            raise self._misplaced(token, "where the colon after a key should stand")
        self._state = _State.VALUE

    def _take_nothing(self, token: Token) -> None:
        if token.kind != "end":
            raise self._misplaced(token, "after the end of the value")

    def _take_comma(self, token: Token) -> None:
        if self._state is _State.FIRST:
            raise self._misplaced(token, f"at the start of the {self._open[-1].name}")
        if self._state is _State.COMMA:
            raise self._misplaced(token, "after another comma")
        self._state = _State.COMMA

    def _take_ellipsis(self, token: Token) -> None:
        self.notes.append(Note(Fix.ELLIPSIS, token.start))
        self._state = _State.GAP

    def _take_end(self, token: Token) -> None:
        top = self._open[-1]
        if (token.kind == "]") != isinstance(top.items, list):
            line, _ = line_and_column(self._text, top.start)
            where = f"where the {top.name} that starts on line {line} should end"
            raise self._misplaced(token, where)
        if self._state is _State.COMMA:
            self.notes.append(Note(Fix.TRAILING_COMMA, self._last.start))
        self._deliver(self._open.pop().items)

    def _take_start(self, token: Token) -> None:
        if len(self._open) >= DEEPEST:
            raise self._too_deep(token)
        self._open.append(_Open(token.start, [] if token.kind == "[" else {}))
        self._state = _State.FIRST

    def _take_string(self, token: Token) -> None:
        self._deliver(string(self._text, token, self.notes))

    def _take_number(self, token: Token) -> None:
        if token.end == len(self._text) and self._open:
            raise self._cut()  # who knows how many digits are missing
        self._deliver(number(self._text, token))

    def _take_word(self, token: Token) -> None:
        word = self._spelled(token)
        if word in _FOREIGN:
            self.notes.append(Note(Fix.LITERAL, token.start, example=word))
        elif word not in _LITERALS:
            raise self._unquoted(token)
        self._deliver(_LITERALS[word])

    def _take_hole(self, token: Token) -> None:
        name = self._spelled(token)
        value = self._fill(name)
        if is_deeper(value, DEEPEST - len(self._open)):
            raise self._too_deep(token)
        self._deliver(value)

    def _deliver(self, value: Json) -> None:
        if not self._open:
            self.value, self._state = value, _State.DONE
            return
        top = self._open[-1]
        if isinstance(top.items, list):
            top.items.append(value)
        else:
            top.items[top.key] = value
        self._state = _State.ITEM

    def _add_comma(self, token: Token) -> None:
        """On one line it is rather a quote that should be escaped."""
        if token.kind not in self._VALUES:
            end = f"the end of the {self._open[-1].name}"
            raise self._misplaced(token, f"where a comma or {end} should stand")
        if not token.fresh:
            where = "without a comma after a value on the same line"
            raise self._misplaced(token, where)
        self.notes.append(Note(Fix.MISSING_COMMA, self._last.end))

    def _spelled(self, token: Token) -> str:
        return self._text[token.start : token.end]

    def _misplaced(self, token: Token, where: str) -> JsonError:
        what = f"`{shortened(self._spelled(token))}`"
        if token.kind == "string":  # it may be long, or secret
            what = "a string"
        return refusal(self._text, token.start, f"{what} stands {where}")

    def _unquoted(self, token: Token) -> JsonError:
        if token.end == len(self._text) and self._open:
            return self._cut()
        word = shortened(self._spelled(token))
        why = f"`{word}` is neither quoted nor a value of JSON"
        return refusal(self._text, token.start, why)

    def _cut(self) -> JsonError:
        if not self._open:
            return refusal(self._text, len(self._text), "the text holds no value")
        return cut(self._text, self._open[-1].start, self._open[-1].name)

    def _too_deep(self, token: Token) -> JsonError:
        return limit(self._text, token.start, f"Nested more than {DEEPEST} deep")

    #: In all other states an item or what stands around items is taken.
    _STEPS: typing.ClassVar[dict[_State, _Take]] = {
        _State.VALUE: _take_value,
        _State.KEY: _take_colon,
        _State.DONE: _take_nothing,
    }
    _MARKS: typing.ClassVar[dict[str, _Take]] = {
        ",": _take_comma,
        "]": _take_end,
        "}": _take_end,
        "ellipsis": _take_ellipsis,
    }
    _VALUES: typing.ClassVar[dict[str, _Take]] = {
        "[": _take_start,
        "{": _take_start,
        "string": _take_string,
        "number": _take_number,
        "word": _take_word,
        "hole": _take_hole,
    }
