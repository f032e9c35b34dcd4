"""DRIVER: arguments, printing, exit codes. No logic. The only module that knows click.

Exit codes: 0 fine; 1 `check` found something; 2 an error, nothing written; 3 warnings, with --strict.
"""

from __future__ import annotations

import json
import typing
from pathlib import Path

import click

from pmgen import __version__, outline, project
from pmgen.diagnostics import Diagnostic, Severity, has_errors, render
from pmgen.pipeline import analyse

if typing.TYPE_CHECKING:
    from pmgen.project import Compiled

FOUND, FAILED, WARNED = 1, 2, 3

_sources = click.argument("sources", metavar="[SOURCE]...", nargs=-1)
_out = click.option(
    "--out", metavar="DIR", help="Folder of the clients. Default: generated."
)
_force = click.option(
    "--force", is_flag=True, help="Overwrite generated files that were edited by hand."
)
_strict = click.option(
    "--strict", is_flag=True, help="Exit with 3 if there are warnings."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pmgen")
def main() -> None:
    """Compile Postman collections to typed Python clients.

    \b
    SOURCE is a collection file (v2.0 or v2.1; a bare item or folder too) or - for
    standard input. Without one: what pmgen.toml lists, else collections/*.json.
    """


@main.command()
@_sources
@_out
@_force
@_strict
def generate(
    sources: tuple[str, ...], out: str | None, force: bool, strict: bool
) -> None:
    """Write a client for each SOURCE.

    Each client is a package in the output folder, named after its file. Nothing is
    written if any source has an error. Files that pmgen did not write are never touched.
    """
    done = _compiled(sources, out, force=force)
    try:
        project.write_all(done)
    except project.ProjectError as error:
        _fail(error)
    for compiled in done:
        if compiled.plan is not None:
            plan = compiled.plan
            click.echo(
                f"{plan.folder}: {len(plan.writes)} files written, "
                f"{len(plan.removes)} removed, {plan.unchanged} unchanged"
            )
    _finish(done, strict=strict)


@main.command()
@_sources
@_out
@_strict
@click.option("--diff", is_flag=True, help="Show the changes as a unified diff.")
def check(sources: tuple[str, ...], out: str | None, strict: bool, diff: bool) -> None:
    """Tell whether `generate` would change anything; write nothing. Exit 1 if so."""
    done = _compiled(sources, out, force=True)
    stale = [c.plan for c in done if c.plan is not None and not c.plan.is_empty]
    for plan in stale:
        for change, path in plan.changes():
            click.echo(f"{plan.folder}/{path}: would {change}", err=diff)
        if diff:
            click.echo("\n".join(plan.diff()))
    if stale:
        click.echo("Not up to date; run `pmgen generate`.", err=True)
        raise SystemExit(FOUND)
    click.echo(f"{', '.join(c.result.name for c in done)}: up to date.")
    _finish(done, strict=strict)


@main.command()
@click.argument("source")
@_strict
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
def inspect(source: str, strict: bool, as_json: bool) -> None:
    """Show what is in a SOURCE: folders, requests, auth, examples with their types.

    Then everything that was skipped, guessed or downgraded.
    """
    try:
        name, raw = project.read(source)
    except project.ProjectError as error:
        _fail(error)
    analysis, found = analyse(name, raw)
    if analysis is None or has_errors(found):
        _report(source, found, notes=True)
        raise SystemExit(FAILED)
    if as_json:
        click.echo(json.dumps(outline.as_json(analysis, found), indent=2))
    else:
        for line in outline.as_lines(analysis):
            click.echo(_printable(line))
        _report(source, found, notes=True)
    if strict and _warned(found):
        raise SystemExit(WARNED)


def _compiled(
    sources: tuple[str, ...], out: str | None, *, force: bool
) -> list[Compiled]:
    """All sources compiled, or the end with exit code 2."""
    try:
        found = project.load(Path())
        names = project.expand(sources, found)
        done = project.compile_all(names, Path(out or found.out), force=force)
    except project.ProjectError as error:
        _fail(error)
    for compiled in done:
        _report(compiled.source, compiled.diagnostics, notes=False)
    if project.failed(done):
        click.echo("Nothing was written.", err=True)
        raise SystemExit(FAILED)
    return done


def _report(source: str, found: tuple[Diagnostic, ...], *, notes: bool) -> None:
    """Diagnostics to standard error; without ``notes`` those of severity info are only counted."""
    shown = [d for d in found if notes or d.rule.severity is not Severity.INFO]
    for diagnostic in shown:
        click.echo(render(diagnostic, source), err=True)
    if len(shown) < len(found):
        hidden = len(found) - len(shown)
        click.echo(f"{source}: {hidden} notes; `pmgen inspect` shows them.", err=True)


def _finish(done: list[Compiled], *, strict: bool) -> None:
    if strict and any(_warned(compiled.diagnostics) for compiled in done):
        raise SystemExit(WARNED)


def _warned(found: tuple[Diagnostic, ...]) -> bool:
    return any(d.rule.severity is Severity.WARNING for d in found)


def _fail(error: project.ProjectError) -> typing.NoReturn:
    click.echo(render(error.diagnostic, error.file), err=True)
    raise SystemExit(FAILED)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in text)
