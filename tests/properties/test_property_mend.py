"""Laws of mending: valid JSON is left alone, decorated JSON is read back, and no text at all crashes it."""

from __future__ import annotations

import collections
import dataclasses
import json
import typing

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from pmgen.diagnostics import Rule
from pmgen.source.mend import Mended, mend
from pmgen.source.strict import Json, JsonError, parse_json

if typing.TYPE_CHECKING:
    import random

TEXTS = st.one_of(
    st.text(st.sampled_from("\"'\\/#*{}[]<>,:.…“”\n\t\u00a0a\ud800\udc00"), max_size=8),
    st.text(max_size=8),
)
KEYS = st.one_of(st.sampled_from(["a", "_b", "$id", "é1", "true", "1", "a-b"]), TEXTS)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=2**64, max_value=2**200),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
)
VALUES: st.SearchStrategy[Json] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)
CONTAINERS = st.one_of(
    st.lists(VALUES, max_size=4), st.dictionaries(KEYS, VALUES, max_size=4)
)


def dumped(value: Json, indent: str | int | None, ascii_only: bool) -> str:
    return json.dumps(value, indent=indent, ensure_ascii=ascii_only)


DUMPED = st.builds(
    dumped, VALUES, st.sampled_from([None, 0, 1, 4, "\t"]), st.booleans()
)


def mended(text: str) -> Mended | JsonError:
    """Nothing but these two may come of any text."""
    try:
        return mend(text, lambda _: None)
    except JsonError as error:
        return error


@given(DUMPED)
def test_valid_json_is_left_alone(text: str) -> None:
    found = mended(text)
    assert isinstance(found, Mended)
    assert repr(found.value) == repr(json.loads(text))
    assert found.repairs == ()


PLURALS = {
    "comment removed": "comments removed",
    "unusual blank skipped": "unusual blanks skipped",
    "trailing comma removed": "trailing commas removed",
    "missing comma added": "missing commas added",
    "ellipsis dropped": "ellipses dropped",
    "unquoted key quoted": "unquoted keys quoted",
    "pair of single quotes replaced": "pairs of single quotes replaced",
    "pair of typographic quotes replaced": "pairs of typographic quotes replaced",
}
COMMENTS = [
    "/**/",
    "/* ' \" ] } , */",
    "//\n",
    "// ' \" ] } ,\r\n",
    "\n # ' \" ] } ,\n",
]
BLANKS = ["", "", " ", "\n", "\r\n\t"]
ODD_BLANKS = ["\u00a0", "\ufeff", "\u200b", "\u2028", "\u3000"]


@dataclasses.dataclass(slots=True)
class Decorator:
    """Writes a value as nobody should, and counts the slips it made."""

    random: random.Random
    slips: set[str]
    made: collections.Counter[str] = dataclasses.field(
        default_factory=collections.Counter
    )

    def write(self, value: Json) -> str:
        """The value with blanks around it."""
        return self._gap() + self._value(value) + self._gap()

    @property
    def repairs(self) -> set[str]:
        """What mending should tell."""
        return {
            f"{n} {one if n == 1 else PLURALS[one]}" for one, n in self.made.items()
        }

    def _slips(self, slip: str) -> bool:
        made = slip in self.slips and self.random.random() < 0.4
        self.made.update([slip] * made)
        return made

    def _gap(self) -> str:
        gap = self.random.choice(BLANKS)
        if self._slips("unusual blank skipped"):
            gap += self.random.choice(ODD_BLANKS)
        if self._slips("comment removed"):
            gap += self.random.choice(COMMENTS)
        return gap + self.random.choice(BLANKS)

    def _value(self, value: Json) -> str:
        if isinstance(value, dict):
            members = [
                f"{self._key(key)}{self._gap()}:{self.write(item)}"
                for key, item in value.items()
            ]
            return "{" + self._items(members) + "}"
        if isinstance(value, list):
            return "[" + self._items([self.write(item) for item in value]) + "]"
        return self._text(value) if isinstance(value, str) else json.dumps(value)

    def _items(self, items: list[str]) -> str:
        written = ""
        for index, item in enumerate(items):
            written += item + (self._comma() if index < len(items) - 1 else "")
        if items and self._slips("trailing comma removed"):
            written += "," + self._gap()
        return written + self._gap()

    def _comma(self) -> str:
        if self._slips("missing comma added"):
            return f"{self._gap()}\n{self._gap()}"
        if self._slips("ellipsis dropped"):
            return self.random.choice([" ...\n", ",...,", "\n…,", ",.... "])
        return "," + self._gap()

    def _key(self, key: str) -> str:
        plain = key.replace("$", "_").isidentifier() and key.isascii()
        if plain and self._slips("unquoted key quoted"):
            return key
        return self._text(key)

    def _text(self, text: str) -> str:
        written = json.dumps(text)
        if self._slips("pair of single quotes replaced"):
            inner = written[1:-1].replace('\\"', '"').replace("'", "\\'")
            return f"'{inner}'"
        if self._slips("pair of typographic quotes replaced"):
            return f"“{written[1:-1]}”"
        return written


@given(
    VALUES,
    st.sets(st.sampled_from(sorted(PLURALS)), min_size=1),
    st.randoms(use_true_random=False),
)
def test_decorated_json_is_read_back(
    value: Json, slips: set[str], random: random.Random
) -> None:
    decorator = Decorator(random, slips)
    text = decorator.write(value)
    assume(decorator.made)
    with pytest.raises(JsonError):
        parse_json(text)
    found = mended(text)
    assert isinstance(found, Mended), text
    assert repr(found.value) == repr(json.loads(json.dumps(value)))
    assert set(found.repairs) == decorator.repairs


PIECES = [
    *"{}[]:,\"'“”„\\#<>….aé$-+/=;@",
    *["\\u", "\\u0041", "\\'", "\\n", "\\d", "//", "/*", "*/", "<<", ">>", "{{", "}}"],
    *["{{a}}", "<b c>", "...", '"k"', "'k'", "“k”", "k:", '"k":'],
    *["true", "None", "undefined", "NaN"],
    *["1", "-1", "0", "01", "1.5", "1e400", "٣"],
    *[" ", "\n", "\r\n", "\t", "\x00", "\u00a0", "\u2028", "\ud800", "\n #"],
]
PIECED = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
#: A text that is JSON but for one thing.
BROKEN = st.builds(
    lambda text, at, piece: text[: at % len(text)] + piece + text[at % len(text) :],
    DUMPED,
    st.integers(min_value=0),
    st.sampled_from(PIECES),
)


def strict(text: str) -> Json | JsonError:
    try:
        return parse_json(text)
    except JsonError as error:
        return error


@given(st.one_of(PIECED, BROKEN, st.text(max_size=30)))
@example("[" * 100_000)
@example('{"a":' * 100_000)
@example("{{" * 100_000)
@example("[" * 150 + "{{a}}" + "]" * 150)
def test_any_text_is_mended_or_refused_with_a_place(text: str) -> None:
    found = mended(text)
    if isinstance(found, Mended):
        plain = json.dumps(found.value)
        assert repr(mended(plain)) == repr(Mended(json.loads(plain), ()))
        return
    lines = text.split("\n")
    diagnostic = found.diagnostic
    assert diagnostic.rule in (Rule.NOT_JSON, Rule.LIMIT)
    assert diagnostic.line is not None
    assert diagnostic.column is not None
    assert 1 <= diagnostic.line <= len(lines)
    assert 1 <= diagnostic.column <= len(lines[diagnostic.line - 1]) + 1


@given(st.one_of(PIECED, BROKEN))
def test_a_repair_is_told_if_and_only_if_the_text_is_no_json(text: str) -> None:
    """Of a hole the caller knows, who fills it."""
    found, expected = mended(text), strict(text)
    if isinstance(expected, JsonError):
        holes: list[str] = []
        if isinstance(found, Mended):
            mend(text, holes.append)
        assert isinstance(found, JsonError) or found.repairs or holes
    else:
        assert isinstance(found, Mended)
        assert repr(found.value) == repr(expected)
        # JSON may repeat a key, which the strict reader tells by other means.
        assert [told for told in found.repairs if "repeated key" not in told] == []


@settings(max_examples=50)
@given(CONTAINERS, st.sampled_from([None, 1]), st.booleans())
def test_no_prefix_of_a_container_is_taken_for_the_whole(
    value: Json, indent: int | None, ascii_only: bool
) -> None:
    text = dumped(value, indent, ascii_only)
    for length in range(len(text)):
        found = mended(text[:length])
        assert isinstance(found, JsonError)
        why = found.diagnostic.text.removeprefix("Not valid JSON: the text ")
        assert why.startswith("ends inside the ") or (why, length) == (
            "holds no value",
            0,
        )
        lines = text[:length].split("\n")
        assert found.diagnostic.line == len(lines)
        assert found.diagnostic.column == len(lines[-1]) + 1
