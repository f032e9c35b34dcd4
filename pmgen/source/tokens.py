"""Text that is almost JSON -> tokens, and what a string or a number among them says.

All patterns are possessive or bounded: hostile text costs no more time than honest text.
"""

from __future__ import annotations

import collections
import dataclasses
import json
import math
import re
import typing

from pmgen.source.repairs import Fix, Note, cut, limit, refusal, shortened

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the text. A bracket, comma or colon is its own kind.

    ``fresh``: a line ends between the token before and this one.
    """

    kind: str
    start: int
    end: int
    fresh: bool


# What is a blank elsewhere, and characters without width that editors and web pages leave behind.
_ODD = "\x0b\x0c\x85\xa0\u1680\u180e\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_ODD_BLANK = re.compile(f"[{_ODD}]")
_IN_LINE = rf"[ \t\r{_ODD}]"
# Blanks are taken up to the start of a line, where `#` starts a comment.
_NOTHING = re.compile(
    rf"""
      (?P<comment> ^{_IN_LINE}*+\#[^\n]*+ | //[^\n]*+ | /\*.*?\*/ )
    | (?P<blank> (?: {_IN_LINE}*+\n )++ | {_IN_LINE}++ )
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
# Between < and > stand words; <br/>, <!-- and <?xml are markup.
_WORDS = r"""(?![!?/]) (?=[^<>]{0,59}\w) [^<>{}"'“”„\n]{1,60} (?<!/)"""
# Inside of typographic quotes a straight or an opening one may be meant as the end.
_TOKEN = re.compile(
    rf"""
      (?P<hole> \{{\{{ [^\S\n]*+ [^{{}}"'\s] [^{{}}"'\n]*+ \}}\}}
              | < {_WORDS} > | << {_WORDS} >> )
    | (?P<mark> [{{}}\[\]:,] )
    | (?P<string> " [^"\\]*+ (?: \\. [^"\\]*+ )*+ "
                | ' [^'\\]*+ (?: \\. [^'\\]*+ )*+ '
                | [“”„] [^“”„"\\]*+ (?: \\[^“”„] [^“”„"\\]*+ )*+ [“”] )
    | (?P<open_string> ["'“”„] )
    | (?P<open_comment> /\* )
    | (?P<ellipsis> \.{{3,}}+ | …++ )
    | (?P<number> [-+.\d] [-+.\w…]*+ )
    | (?P<word> [^\W\d] [\w$]*+ | \$ [\w$]*+ )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_NEIGHBOUR = re.compile(rf"[ \t\r\n{_ODD},:}}\]]|/[/*]|\Z")


def tokens(text: str, notes: list[Note]) -> Iterator[Token]:
    """Every token, the last one of kind ``end``. Raises JsonError for what is not closed."""
    at = 0
    while True:
        start = _skip(text, at, notes)
        fresh = text.find("\n", at, start) >= 0
        match = _TOKEN.match(text, start)
        if match is None:
            yield Token("end", start, start, fresh)
            return
        kind, at = match.lastgroup or "", match.end()
        if kind in _CHECKS:
            _CHECKS[kind](text, start, at)
        yield Token(match[0] if kind == "mark" else kind, start, at, fresh)


def _skip(text: str, at: int, notes: list[Note]) -> int:
    """Where the next token starts."""
    while match := _NOTHING.match(text, at):
        if match.lastgroup == "comment":
            notes.append(Note(Fix.COMMENT, at))
        elif odd := _ODD_BLANK.findall(match[0]):
            notes.append(Note(Fix.BLANK, at, len(odd)))
        at = match.end()
    return at


def _alone(text: str, start: int, end: int) -> None:
    """What ``{{a}}5`` is depends on the value, and ``...rest`` is another language's."""
    if not _NEIGHBOUR.match(text, end):
        what = shortened(text[start:end])
        raise refusal(text, start, f"`{what}` is joined to what follows it")


_END_QUOTE = re.compile('[“”„"]')


def _open_string(text: str, start: int, end: int) -> None:
    if text[start] in "“”„" and _END_QUOTE.search(text, end):
        why = "it is not certain where a string in typographic quotes ends"
        raise refusal(text, start, why)
    raise cut(text, start, "string")


def _open_comment(text: str, start: int, _: int) -> None:
    raise cut(text, start, "comment")


_CHECKS: dict[str, Callable[[str, int, int], None]] = {
    "hole": _alone,
    "ellipsis": _alone,
    "open_string": _open_string,
    "open_comment": _open_comment,
}

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(\.[0-9]++)?([eE][-+]?[0-9]++)?")


def number(text: str, token: Token) -> int | float:
    """The number as the standard decoder reads it. Raises JsonError, also where it is too big."""
    spelled = text[token.start : token.end]
    match = _NUMBER.fullmatch(spelled)
    if match is None:
        raise refusal(text, token.start, f"`{shortened(spelled)}` is no number of JSON")
    if match.lastindex:
        value = float(spelled)
        if math.isinf(value):
            raise limit(text, token.start, "A number is out of range")
        return value
    try:
        return int(spelled)
    except ValueError as error:
        raise limit(text, token.start, "A number has too many digits") from error


_STYLES = dict.fromkeys("“”„", Fix.TYPOGRAPHIC) | {"'": Fix.SINGLE}
_KNOWN = r"""\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})"""
_CLEAN = re.compile(rf"""[^"\\\x00-\x1f]*+(?:{_KNOWN}[^"\\\x00-\x1f]*+)*+""")
_PART = re.compile(
    rf"""(?P<known>{_KNOWN})|(?P<short>\\u)|(?P<apostrophe>\\')|(?P<escape>\\)"""
    r"""|(?P<quote>")|(?P<control>[\x00-\x1f])"""
)
#: How the decoder wants what is not as it wants it.
_RESPELLED = {"apostrophe": "'", "escape": r"\\", "quote": r"\""}
_PART_FIXES = {
    "apostrophe": Fix.APOSTROPHE,
    "escape": Fix.ESCAPE,
    "control": Fix.CONTROL,
}
_DECODER = json.JSONDecoder(strict=False)


def string(text: str, token: Token, notes: list[Note]) -> str:
    """The string between its quotes, of whatever style. Raises JsonError for a short ``\\u``."""
    if text[token.start] in _STYLES:
        notes.append(Note(_STYLES[text[token.start]], token.start))
    body = text[token.start + 1 : token.end - 1]
    if not _CLEAN.fullmatch(body):
        body = _respelled(text, token, notes)
    return str(_DECODER.decode(f'"{body}"')) if "\\" in body else body


def _respelled(text: str, token: Token, notes: list[Note]) -> str:
    counts: collections.Counter[str] = collections.Counter()
    first = token.start + 1

    def respell(match: re.Match[str]) -> str:
        kind = match.lastgroup or ""
        if kind == "short":
            why = r"`\u` stands without four hexadecimal digits"
            raise refusal(text, first + match.start(), why)
        counts[kind] += 1
        return _RESPELLED.get(kind, match[0])

    body = _PART.sub(respell, text[first : token.end - 1])
    if text[token.start] == "'":
        del counts["apostrophe"]  # that is how single quotes spell it
    notes += (
        Note(_PART_FIXES[kind], token.start, count)
        for kind, count in counts.items()
        if kind in _PART_FIXES
    )
    return body
