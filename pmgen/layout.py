"""LAYOUT: the statements that templates leave too long for a line, laid out by black; all others are as black has them.

Templates are black-stable by construction but for the width of a line, which they do not know. Black takes 0.7 ms for a
line, so that it is asked about statements and not about files; the tests ask it about files, of the whole corpus.
"""

from __future__ import annotations

import bisect
import re
import sys
import typing
import unicodedata

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WIDTH = 88
"""Black's line length."""

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|\#[^\n]*"
    r"|[\[({\])}]",
    re.DOTALL,
)
"""What matters for where a statement ends: strings, which may hold anything, comments, and brackets."""


def laid_out(text: str, black: Callable[[str], str]) -> str:
    """The text with its over-long statements as ``black`` leaves them."""
    lines = text.split("\n")
    long = [n for n, line in enumerate(lines) if is_long(line)]
    if not long:
        return text
    found = _statements(text)
    for first, last in sorted(_containing(long, found), reverse=True):
        statement = "\n".join(lines[first : last + 1])
        lines[first : last + 1] = _formatted(statement, black).split("\n")
    return "\n".join(lines)


def is_long(line: str) -> bool:
    """Whether a line has more columns than black allows; wide characters count twice."""
    if len(line) * 2 <= WIDTH or (line.isascii() and len(line) <= WIDTH):
        return False
    return width(line) > WIDTH


def width(line: str) -> int:
    """Columns of a line; wide characters count twice, as black counts them."""
    if line.isascii():
        return len(line)
    return sum(_columns(char) for char in line)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


class _Spans(typing.NamedTuple):
    """First and last line of what stands in brackets, and of strings over several lines. In order, none in another."""

    brackets: list[tuple[int, int]]
    strings: list[tuple[int, int]]


def _statements(text: str) -> _Spans:
    spans = _Spans([], [])
    depth, opened, line, passed = 0, 0, 0, 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", passed, token.start())
        passed = token.start()
        mark = token[0]
        if mark in "[({":
            opened = opened if depth else line
            depth += 1
        elif mark in "])}":
            depth -= 1
            if not depth:
                _add(spans.brackets, opened, line)
        elif mark.startswith('"""'):
            spans.strings.append((line, line + mark.count("\n")))
    return spans


def _add(spans: list[tuple[int, int]], first: int, last: int) -> None:
    """A span that begins on the last one's last line is a part of the same statement."""
    if spans and spans[-1][1] >= first:
        first = spans.pop()[0]
    spans.append((first, last))


def _containing(lines: list[int], spans: _Spans) -> set[tuple[int, int]]:
    """The statements that have one of the lines; docstrings and comments are none."""
    return {span for line in lines for span in _span(line, spans)}


def _span(line: int, spans: _Spans) -> Iterator[tuple[int, int]]:
    if _around(line, spans.strings) is None:
        yield _around(line, spans.brackets) or (line, line)


def _around(line: int, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    place = bisect.bisect_right(spans, (line, sys.maxsize)) - 1
    found = spans[place] if place >= 0 else None
    return found if found and found[0] <= line <= found[1] else None


_FUNCTIONS = ("@", "def ", "async def ")
_CONTINUES = ("elif ", "else:", "except", "finally:")


def _formatted(statement: str, black: Callable[[str], str]) -> str:
    """One statement, at its indentation and with what it needs around it to be Python."""
    indent = len(statement) - len(statement.lstrip(" "))
    pads = [" " * n for n in range(0, indent, 4)]
    pad, body = " " * indent, statement.lstrip(" ")
    # Before a function black has a blank line, but not where it is the first thing in a class.
    around = "class _:" if body.startswith(_FUNCTIONS) else "if _:"
    before = [f"{pad}{around}" for pad in pads]
    if body.startswith(_CONTINUES):
        before += [f"{pad}if _:", f"{pad}    pass"]
    after = []
    if body.startswith("@"):
        after = [f"{pad}def _():", f"{pad}    pass"]
    elif body.rstrip().endswith(":"):
        after = [f"{pad}    pass"]
    whole = "\n".join([*before, statement, *after]) + "\n"
    lines = black(whole).removesuffix("\n").split("\n")
    return "\n".join(lines[len(before) : len(lines) - len(after)])
