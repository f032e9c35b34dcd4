"""Laws of words, spellings and scopes: whatever text comes in, identifiers come out, and each is taken once."""

from __future__ import annotations

import keyword
import string
import typing
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pmgen.names import reserved
from pmgen.names.scope import Proposal, assign
from pmgen.names.symbols import NOTHING_GIVEN, Given, Symbol, Thing
from pmgen.names.words import constant, pascal, snake, spelled, spelling, words

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pmgen.names.scope import Spell

NASTY = [
    "",
    " ",
    "_",
    "__init__",
    "__class__",
    "-",
    "1",
    "1st",
    "+1",
    "-1",
    "class",
    "Class",
    "ｃｌａｓｓ",
    "𝐜𝐥𝐚𝐬𝐬",
    "ſelf",
    "None",
    "nоne",
    "ﬁeld",
    "straße",
    "STRASSE",
    "İd",
    "ı",
    "ŉ",
    "ΐ",
    "ǅ",
    "ͅ",
    "\u0301",
    "e\u0301",
    "a\u0301\u0301",
    "²",
    "①",
    "Ⅷ",
    "𑁒",
    "٣",
    "名前",
    "名前1",
    "ﷺ",
    "㏒",
    "\u1100\u1161",
    "가",
    "\u200d",
    "a\u200db",
    "\u2118",
    "\u212e",
    "\u309b",
    "\u0e33",
    "ﹱ",
    "\u00b7",
    "a\u00b7",
    "\ud800",
    "a\ud800b",
    "\x00",
    "\u202ea",
    "💥",
    "a" * 400,
    "é" * 60,
    "\u0344" * 50,
    "a b " * 60,
    "HTTPServer-id",
    "{{baseUrl}}",
    "con",
    "COM1",
]
ANY_TEXT = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=20),
    # text() leaves surrogates out unless asked for.
    st.text(st.characters(codec=None, categories=["Cs", "Lu", "Mn", "Nd"]), max_size=6),
    st.text(st.characters(categories=["L", "M", "N"]), max_size=50),
)
FALLBACKS: dict[typing.Any, str] = {snake: "field", pascal: "Model", constant: "REPLY"}
SPELL = list(FALLBACKS)


def folded(name: str) -> str:
    """As Python compares identifiers and file systems compare files."""
    return unicodedata.normalize("NFKC", name).casefold()


def assert_public_identifier(name: str) -> None:
    """An identifier that Python does not read as another one, and that is nobody's private name."""
    assert name.isidentifier(), ascii(name)
    assert not name.startswith("_"), ascii(name)
    assert unicodedata.normalize("NFKC", name) == name, ascii(name)


@pytest.mark.parametrize("parts_of", [words, spelled])
@pytest.mark.parametrize("spell", SPELL)
@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_nasty_text_becomes_an_identifier(
    text: str,
    spell: Callable[..., str],
    parts_of: Callable[[str], tuple[str, ...]],
) -> None:
    assert_public_identifier(spell(parts_of(text), FALLBACKS[spell]))


@given(ANY_TEXT, st.sampled_from(SPELL), st.sampled_from([words, spelled]))
def test_any_text_becomes_an_identifier(
    text: str,
    spell: Callable[..., str],
    parts_of: Callable[[str], tuple[str, ...]],
) -> None:
    assert_public_identifier(spell(parts_of(text), FALLBACKS[spell]))


@given(st.lists(ANY_TEXT, max_size=8), st.sampled_from(SPELL))
def test_words_of_several_texts_become_an_identifier(
    texts: list[str], spell: Callable[..., str]
) -> None:
    parts = tuple(word for text in texts for word in words(text))
    assert_public_identifier(spell(parts, FALLBACKS[spell]))


@given(ANY_TEXT)
def test_cases_tell_classes_fields_and_constants_apart(text: str) -> None:
    parts = words(text)
    assert pascal(parts, "Model")[0].isupper()
    assert constant(parts, "REPLY") == constant(parts, "REPLY").upper()
    assert snake(parts, "field") == snake(parts, "field").lower()


@pytest.mark.parametrize("spell", SPELL)
@pytest.mark.parametrize("parts", [("_",), ("_", "a"), ("__a",), ("_1",)])
def test_words_of_elsewhere_start_no_private_name(
    spell: Callable[..., str], parts: tuple[str, ...]
) -> None:
    assert_public_identifier(spell(parts, FALLBACKS[spell]))


@given(st.text(max_size=3000), st.sampled_from(SPELL))
def test_names_have_a_sane_length(text: str, spell: Callable[..., str]) -> None:
    # 40 letters and a fallback; capitals and normal forms of some letters are up to three letters long.
    assert len(spell(words(text), FALLBACKS[spell])) <= 3 * 40 + len("REPLY_")


@given(st.text(string.ascii_letters + string.digits + " -_.", max_size=30))
def test_words_of_a_snake_name_are_its_words(text: str) -> None:
    name = snake(words(text), "field")
    assume(
        len(name) <= 40
    )  # a longer one has the fallback before words that filled the room
    assert snake(words(name), "field") == name


WORDS = [
    ("HTTPServer-id", ("http", "server", "id")),
    ("bulk_write", ("bulk", "write")),
    ("userID", ("user", "id")),
    ("Get  a/booking", ("get", "a", "booking")),
    ("été", ("été",)),
    ("", ()),
    ("-- !", ()),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


SPELLED = [
    ("+1", ("plus", "1")),
    ("-1", ("dash", "1")),
    ("@id", ("at", "id")),
    ("$", ("dollar",)),
    ("a=b", ("a", "equals", "b")),
]


@pytest.mark.parametrize(("text", "expected"), SPELLED)
def test_spelled(text: str, expected: tuple[str, ...]) -> None:
    assert spelled(text) == expected


@given(st.text(min_size=1, max_size=10))
def test_spelled_finds_a_word_in_any_text(text: str) -> None:
    # Letters that may stand in no identifier have no word; every sign and control has its name.
    if not any(char.isalnum() for char in text):
        assert spelled(text)


RESERVED: dict[str, tuple[frozenset[str], typing.Any]] = {
    "keywords": (reserved.KEYWORDS, snake),
    "fields": (reserved.FIELDS, snake),
    "members": (reserved.MEMBERS, snake),
    "modules": (reserved.MODULES | reserved.MEMBERS, snake),
    "params": (reserved.PARAMS, snake),
    "settings": (reserved.SETTINGS, snake),
    "classes": (reserved.CLASSES, pascal),
    "codecs": (reserved.CLASSES, constant),
}
SCOPES = st.sampled_from(sorted(RESERVED))
# Words that meet reserved names, each other, and the numbers that assign adds.
WORD = st.one_of(
    st.sampled_from(
        [
            "class",
            "none",
            "self",
            "str",
            "a",
            "b",
            "a_2",
            "a2",
            "A",
            "2",
            "com",
            "com1",
            "extra",
            "from_json",
            "true",
            "con",
            "é",
            "É",
            "ß",
        ]
    ),
    ANY_TEXT,
    st.sampled_from(
        sorted(frozenset().union(*(names for names, _ in RESERVED.values())))
    ),
)


def spelled_in(scope: str) -> Spell:
    """How names of the scope are spelled."""
    _, spell = RESERVED[scope]
    return spelling(spell, FALLBACKS[spell])


def proposals(scope: str, texts: Sequence[Sequence[str]]) -> list[Proposal]:
    """As names.propose makes them: the last candidate doubles as the only mark."""
    reserved_names, _ = RESERVED[scope]
    return [
        Proposal(
            Symbol(Thing.FIELD, (index,)),
            tuple(map(words, candidates)),
            spelled_in(scope),
            reserved_names,
            marks=(words(candidates[-1]),),
        )
        for index, candidates in enumerate(texts)
    ]


def assigned(
    scope: str, texts: Sequence[Sequence[str]], given: Given = NOTHING_GIVEN
) -> Mapping[Symbol, str]:
    """The names of one scope."""
    return assign(proposals(scope, texts), given=given)


TEXTS = st.lists(st.lists(WORD, min_size=1, max_size=3), max_size=8)


@given(SCOPES, TEXTS)
def test_names_of_a_scope_are_unique(scope: str, texts: list[list[str]]) -> None:
    names = [folded(name) for name in assigned(scope, texts).values()]
    assert len(set(names)) == len(names) == len(texts)


@given(SCOPES, TEXTS)
def test_names_are_identifiers_and_none_is_reserved(
    scope: str, texts: list[list[str]]
) -> None:
    for name in assigned(scope, texts).values():
        assert_public_identifier(name)
        assert not keyword.iskeyword(name)
        assert str(name) not in RESERVED[scope][0]


@given(SCOPES, TEXTS, TEXTS)
def test_appending_renames_nothing(
    scope: str, texts: list[list[str]], more: list[list[str]]
) -> None:
    before, after = assigned(scope, texts), assigned(scope, texts + more)
    assert before == {symbol: after[symbol] for symbol in before}


@given(SCOPES, TEXTS, st.lists(WORD, max_size=4))
def test_taken_names_are_left_alone(
    scope: str, texts: list[list[str]], others: list[str]
) -> None:
    _, spell = RESERVED[scope]
    taken = [spell(words(text), FALLBACKS[spell]) for text in others]
    found = assign(proposals(scope, texts), taken)
    assert not {folded(name) for name in found.values()} & set(map(folded, taken))


@given(SCOPES, WORD)
def test_the_first_candidate_wins_where_it_is_free(scope: str, text: str) -> None:
    candidate = spelled_in(scope)(words(text), 40)
    (name,) = assigned(scope, [[text]]).values()
    expected = f"{candidate}_" if candidate in RESERVED[scope][0] else candidate
    assert str(name) == expected


ASSIGNED = [
    ([["a"], ["a"], ["a"]], ["a", "a_2", "a_3"]),
    ([["a"], ["A"]], ["a", "a_2"]),
    ([["a"], ["a", "b"], ["a", "b"]], ["a", "b", "a_2"]),
    ([["a 2"], ["a"], ["a"]], ["a_2", "a", "a_3"]),
    ([["class"], ["class"]], ["class_", "class_2"]),
    ([["straße"], ["strasse"]], ["straße", "strasse_strasse"]),
]


@pytest.mark.parametrize(("texts", "expected"), ASSIGNED)
def test_names_in_document_order(texts: list[list[str]], expected: list[str]) -> None:
    assert [str(name) for name in assigned("fields", texts).values()] == expected


def plain(number: int, avoided: frozenset[str]) -> Proposal:
    """A symbol that is called a."""
    spell = spelling(snake, "field")
    return Proposal(Symbol(Thing.FIELD, (number,)), (("a",),), spell, avoided)


def test_numbers_avoid_reserved_names() -> None:
    found = assign([plain(n, frozenset({"a_2"})) for n in range(2)])
    assert "a_2" not in map(str, found.values())


def test_the_underscore_avoids_reserved_names() -> None:
    found = assign([plain(0, frozenset({"a", "a_"}))])
    assert not {"a", "a_"} & set(map(str, found.values()))


GIVEN = st.dictionaries(st.integers(0, 7), WORD, max_size=5)


def given_names(scope: str, found: Mapping[int, str]) -> dict[Symbol, str]:
    """Legal names of the scope, by the number of their symbol."""
    spell = spelled_in(scope)
    return {Symbol(Thing.FIELD, (n,)): spell(words(t), 40) for n, t in found.items()}


@given(SCOPES, TEXTS, GIVEN, GIVEN, st.frozensets(st.integers(0, 7)))
def test_what_is_given_holds_and_the_rest_makes_way(
    scope: str,
    texts: list[list[str]],
    pins: dict[int, str],
    others: dict[int, str],
    away: frozenset[int],
) -> None:
    pinned, kept = given_names(scope, pins), given_names(scope, others)
    moved = frozenset(Symbol(Thing.FIELD, (n,)) for n in away)
    found = assigned(scope, texts, Given(pinned, kept, moved))
    folds = [folded(name) for name in found.values()]
    assert len(set(folds)) == len(folds) == len(texts)
    legal = {s: n for s, n in pinned.items() if n not in RESERVED[scope][0]}
    _hold(legal, found, ())
    stays = {s: n for s, n in kept.items() if s not in moved and s not in legal}
    stays = {s: n for s, n in stays.items() if n not in RESERVED[scope][0]}
    _hold(stays, found, [found[s] for s in legal if s in found])


def _hold(
    wanted: Mapping[Symbol, str],
    found: Mapping[Symbol, str],
    stronger: Sequence[str],
) -> None:
    """Each has its name unless one before it, or a stronger one, has it."""
    taken = set(map(folded, stronger))
    for symbol in (s for s in found if s in wanted):
        if folded(wanted[symbol]) not in taken:
            assert found[symbol] == wanted[symbol]
        taken.add(folded(found[symbol]))


@given(SCOPES, TEXTS)
def test_names_that_were_given_once_are_given_again(
    scope: str, texts: list[list[str]]
) -> None:
    before = assigned(scope, texts)
    kept = {symbol: str(name) for symbol, name in before.items()}
    assert assigned(scope, texts, Given(kept=kept)) == before
