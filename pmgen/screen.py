"""Printing: plain lines into a pipe; a terminal gets more (see ``terminal``)."""

from __future__ import annotations

import sys
import typing

import click

from pmgen import outline
from pmgen.diagnostics import printable, render

if typing.TYPE_CHECKING:
    from pmgen.diagnostics import Diagnostic
    from pmgen.pipeline import Front


def show_trees(front: Front) -> None:
    """The collections, to standard output."""
    for analysis in front.analyses:
        lines = outline.tree(analysis)
        if sys.stdout.isatty():
            from pmgen import terminal

            terminal.show(lines)
            continue
        for line in lines:
            note = f"  ({line.note})" if line.note else ""
            click.echo(printable("  " * line.depth + line.text + note))


def report(found: tuple[Diagnostic, ...], source: str) -> None:
    """The diagnostics, to standard error: into a pipe one on a line, in the order of the source."""
    if found and sys.stderr.isatty():
        from pmgen import terminal

        terminal.report(found, source)
        return
    for diagnostic in found:
        click.echo(render(diagnostic, source), err=True)
