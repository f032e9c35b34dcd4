"""What templates may call: text of a collection -> Code, and the layout that black gives to brackets."""

from __future__ import annotations

import inspect
import re
import shlex
import textwrap

from pmgen.code import Code
from pmgen.layout import WIDTH, width
from pmgen.python.literal import literal


def py(value: object) -> Code:
    """A value as a Python literal."""
    return literal(value)  # type: ignore[arg-type]  # literal() takes any JSON, which is all the models hold


def docstring(text: str, indent: int) -> Code:
    """Text as a whole docstring, quotes included, in lines that fit where they can be broken.

    One line if it fits; black's rules for what may stand before the closing quotes are followed.
    """
    if _is_plain(text) and len(text) <= WIDTH - indent - 6:
        return Code(f'"""{text}"""')
    lines = _wrapped(text, WIDTH - indent, 2 * len('"""'))
    if len(lines) == 1:
        pad = " " if lines[0].endswith('"') else ""
        return Code(f'"""{lines[0]}{pad}"""')
    pad = " " * indent
    lines = _wrapped(text, WIDTH - indent, len('"""'))
    if len(lines) == 1:  # too long by the closing quotes, which black leaves there
        return Code(f'"""{lines[0]}"""')
    # What all lines but the first have of indentation is none for Python, so black takes it away.
    rest = textwrap.dedent("\n".join(lines[1:])).split("\n")
    body = "\n".join(pad + line if line else "" for line in (*rest, ""))
    return Code(f'"""{lines[0]}\n{body}{pad}"""')


_PLAIN = re.compile(r"[ !#-\[\]-~]*[!#-\[\]-~]", re.ASCII)
"""A line of ASCII with neither quotes nor backslashes, and no blank at its end."""


def _is_plain(text: str) -> bool:
    """Whether the text needs nothing: nearly always."""
    return _PLAIN.fullmatch(text) is not None and not text.startswith(" ")


def _wrapped(text: str, room: int, quotes: int) -> list[str]:
    """Lines without trailing blanks, quotes and backslashes escaped; never empty. The first has less room."""
    kept: list[str] = []
    for line in inspect.cleandoc(text).splitlines():
        kept += _folded(_safe(line.rstrip()), room - quotes * (not kept))
    while kept and not kept[-1]:
        kept.pop()
    return [line.rstrip() for line in kept] or ["."]


def _folded(line: str, room: int) -> list[str]:
    """A long line broken at its blanks; what follows is indented, more where the line itself is."""
    if width(line) <= room:
        return [line]
    indent = line[: len(line) - len(line.lstrip())][:40]
    bullet = line.lstrip().startswith(("* ", "- "))
    indent += "  " if bullet else "    " if indent else ""
    return textwrap.wrap(
        line,
        room,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    ) or [""]


def _safe(line: str) -> str:
    """Nothing in the line can end the docstring or be taken for an escape."""
    if _is_plain(line):
        return line
    line = re.sub(r'^"|"(?="|$)|(?<=")"', r"\"", line.replace("\\", "\\\\"))
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else _escape(c) for c in line)


def _escape(char: str) -> str:
    """A lone surrogate cannot stand in a docstring: type() refuses it."""
    return "�" if "\ud800" <= char <= "\udfff" else repr(char)[1:-1]


def plain(text: str) -> Code:
    """Text of a collection in Markdown prose: on one line, nothing in it is markup."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return Code(re.sub(r"([\\`*_{}\[\]<>#|!&])", r"\\\1", line))


def fenced(text: str) -> Code:
    """Text of a collection as inline code in Markdown."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return Code("`" + (line or " ").replace("`", "'").replace("|", "\\|") + "`")


def shell(text: str) -> Code:
    """A word of a command, quoted where a shell needs it."""
    return Code(shlex.quote(text))


def bracket(text: str, indent: int) -> Code:
    """A bracketed construct written one item per line: on one line if it fits, as black has it.

    The block's first line opens the bracket, its last closes it; each line between is an item with its comma.
    The block is written from column 0; ``indent`` is where it goes.
    """
    pad = " " * indent
    lines = [line for line in str(text).split("\n") if line.strip()]
    items = [line.strip() for line in lines[1:-1]]
    one = pad + lines[0] + " ".join(items).removesuffix(",") + lines[-1]
    if lines[0].endswith(" import ("):
        one = one.replace("(", "", 1).removesuffix(")")
    if width(one) <= WIDTH or not items:
        return Code(one)
    return Code("\n".join(pad + line for line in lines))


def trimmed(text: str) -> Code:
    """A block without the line break at its end."""
    return Code(str(text).rstrip("\n"))


FILTERS = {
    "bracket": bracket,
    "docstring": docstring,
    "fenced": fenced,
    "plain": plain,
    "py": py,
    "shell": shell,
    "trimmed": trimmed,
}
