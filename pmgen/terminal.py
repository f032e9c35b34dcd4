"""The same on a terminal, with colours and trees. The only module that knows rich; imported only where one is."""

from __future__ import annotations

import io
import itertools
import sys
import typing

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from pmgen.diagnostics import Severity, place, printable

if typing.TYPE_CHECKING:
    from collections.abc import Iterable

    from pmgen.diagnostics import Diagnostic
    from pmgen.outline import Line

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.INFO: "bold cyan",
}


def show(lines: Iterable[Line]) -> None:
    """A tree, to standard output."""
    _console(sys.stdout).print(_tree(lines))


def report(found: Iterable[Diagnostic], source: str) -> None:
    """The diagnostics by rule, the worst first, to standard error."""
    console = _console(sys.stderr)
    for rule, group in itertools.groupby(
        sorted(found, key=_rank), key=lambda d: d.rule
    ):
        head = Text.assemble(
            (f"{rule.severity} {rule.code}", _STYLES[rule.severity]), f"  {rule.remedy}"
        )
        console.print(head)
        for diagnostic in group:
            console.print(_finding(diagnostic, source), soft_wrap=True)


def _console(stream: typing.TextIO) -> Console:
    """Characters that the terminal does not have are shown by their codes."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return Console(file=stream, highlight=False)


def _rank(diagnostic: Diagnostic) -> tuple[int, str]:
    return list(_STYLES).index(diagnostic.rule.severity), diagnostic.rule.code


def _finding(diagnostic: Diagnostic, source: str) -> Text:
    trail = " / ".join(diagnostic.trail)
    return Text.assemble(
        "  ",
        (printable(place(diagnostic, source)), "dim"),
        " ",
        (printable(f"{trail}: ") if trail else "", "bold"),
        printable(diagnostic.text),
        (printable(f"  {diagnostic.pointer}"), "dim"),
    )


def _tree(lines: Iterable[Line]) -> Tree:
    """Lines by depth as a tree; the first is the root."""
    branches: list[Tree] = []
    for line in lines:
        note = f"  {line.note}" if line.note else ""
        label = Text.assemble(printable(line.text), (note, "dim"))
        del branches[line.depth :]
        branches.append(branches[-1].add(label) if branches else Tree(label))
    return branches[0]
