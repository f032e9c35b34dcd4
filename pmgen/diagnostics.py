"""What can go wrong with a collection, as data. Every phase adds Diagnostics; only the driver prints them."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.rules import Rule, Severity

if typing.TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Diagnostic",
    "Rule",
    "Severity",
    "has_errors",
    "outlined",
    "place",
    "printable",
    "render",
]


@dataclasses.dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. ``pointer`` is the JSON pointer into the file, ``trail`` the folder and request names.

    ``file`` is "" where it is the source itself.
    """

    rule: Rule
    text: str
    pointer: str = ""
    trail: tuple[str, ...] = ()
    line: int | None = None
    column: int | None = None
    file: str = ""

    @property
    def is_error(self) -> bool:
        """Whether it forbids writing anything."""
        return self.rule.severity is Severity.ERROR


def render(diagnostic: Diagnostic, source: str) -> str:
    """One line: ``file:line:column: severity CODE trail: text. Remedy [pointer]``."""
    trail = " / ".join(diagnostic.trail)
    head = f"{diagnostic.rule.severity} {diagnostic.rule.code}"
    words = [
        f"{place(diagnostic, source)}: {head}",
        f"{trail}:" if trail else "",
        diagnostic.text.rstrip(".") + ".",
        diagnostic.rule.remedy,
        f"[{diagnostic.pointer}]" if diagnostic.pointer else "",
    ]
    return " ".join(printable(word) for word in words if word)


def outlined(diagnostic: Diagnostic) -> dict[str, typing.Any]:
    """The same as plain data, for programs."""
    return {
        "code": diagnostic.rule.code,
        "severity": diagnostic.rule.severity,
        "file": diagnostic.file,
        "text": diagnostic.text,
        "remedy": diagnostic.rule.remedy,
        "pointer": diagnostic.pointer,
        "trail": list(diagnostic.trail),
        "line": diagnostic.line,
        "column": diagnostic.column,
    }


def place(diagnostic: Diagnostic, source: str) -> str:
    """``file:line:column``, as far as it is known."""
    found = diagnostic.file or source
    if diagnostic.line is None:
        return found
    return f"{found}:{diagnostic.line}:{diagnostic.column}"


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(diagnostic.is_error for diagnostic in diagnostics)


def printable(text: str) -> str:
    """Text on one line. Names in a collection may hold anything; a terminal must not obey it."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
