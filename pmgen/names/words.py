"""Raw text -> words -> an identifier's spelling. Any text at all; the result is always a valid identifier."""

from __future__ import annotations

import functools
import re
import typing
import unicodedata

if typing.TYPE_CHECKING:
    from collections.abc import Callable

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])")
LONGEST = 40
_SIGNS = {
    "+": "plus",
    "-": "dash",
    "_": "underscore",
    "@": "at",
    "$": "dollar",
    "#": "hash",
    "%": "percent",
    "&": "and",
    "*": "star",
    "=": "equals",
    "<": "less",
    ">": "greater",
    "!": "bang",
    "?": "question",
    ".": "dot",
    ",": "comma",
    ":": "colon",
    ";": "semicolon",
    "/": "slash",
    "\\": "backslash",
    "|": "pipe",
    "~": "tilde",
    "^": "caret",
    "`": "backtick",
    "'": "quote",
    '"': "doublequote",
    "(": "open",
    ")": "close",
    "[": "open",
    "]": "close",
    "{": "open",
    "}": "close",
    " ": "space",
}


@functools.lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """Lower-case words: `HTTPServer-id` -> http, server, id. Nothing printable in it: ()."""
    text = unicodedata.normalize("NFKC", text)
    split = re.split(r"[\W_]+", _CAMEL.sub(" ", text))
    return tuple(word for word in map(_lower, split) if word)


@functools.lru_cache(maxsize=65536)
def spelled(text: str) -> tuple[str, ...]:
    """As words, with the signs as words: `+1` -> plus, 1; the rest by code point name."""
    return words("".join(_sign(char) for char in text[: 5 * LONGEST]))


def _sign(char: str) -> str:
    if char in _SIGNS:
        return f" {_SIGNS[char]} "
    if char.isalnum():
        return char
    return f" {unicodedata.name(char, f'u{ord(char):04x}')} "


def _lower(word: str) -> str:
    """Lower case can change a word's normal form, and not every letter may stand in an identifier."""
    word = unicodedata.normalize("NFKC", word.lower())
    return "".join(char for char in word if ("a" + char).isidentifier())


def style(text: str) -> tuple[str, ...]:
    """What tells a text from another of the same words: how it is capitalised, and whether there are signs in it."""
    text = unicodedata.normalize("NFKC", text)
    kind = "upper" if text.isupper() else "lower" if text.islower() else "camel"
    if kind == "camel" and text[:1].isupper():
        kind = "capital"
    return (kind,) if text.isalnum() else (kind, "signs")


def fits(parts: tuple[str, ...], longest: int) -> bool:
    """Whether nothing is cut."""
    return sum(map(len, parts)) + len(parts) - 1 <= longest


def snake(parts: tuple[str, ...], fallback: str, longest: int = LONGEST) -> str:
    """`bulk_write`. ``fallback`` stands in for nothing, and before a digit."""
    return _started("_".join(_fitting(parts, longest)) or fallback, f"{fallback}_")


def pascal(parts: tuple[str, ...], fallback: str, longest: int = LONGEST) -> str:
    """`BulkWrite`. Starts with an upper-case letter, so that no class is named as a field can be."""
    fitting = _fitting(parts, longest)
    name = "".join(word[:1].upper() + word[1:] for word in fitting) or fallback
    name = unicodedata.normalize("NFKC", name)
    return name if name[0].isupper() and name.isidentifier() else fallback + name


def constant(parts: tuple[str, ...], fallback: str, longest: int = LONGEST) -> str:
    """`BULK_WRITE`."""
    return unicodedata.normalize("NFKC", snake(parts, fallback, longest).upper())


def spelling(
    spell: Callable[[tuple[str, ...], str, int], str], fallback: str
) -> Callable[[tuple[str, ...], int], str]:
    """``spell`` for the words and length that are still to come."""
    return lambda parts, longest: spell(parts, fallback, longest)


def _started(name: str, prefix: str) -> str:
    """A word that starts with a digit or a mark needs a letter before it; none starts with an underscore."""
    name = unicodedata.normalize("NFKC", name)
    return name if name.isidentifier() and name[0] != "_" else prefix + name.lstrip("_")


def _fitting(parts: tuple[str, ...], longest: int) -> tuple[str, ...]:
    """As many words as fit; a single long one is cut."""
    kept: list[str] = []
    for word in parts:
        if kept and sum(map(len, kept)) + len(kept) + len(word) > longest:
            break
        kept.append(word[:longest])
    return tuple(kept)
