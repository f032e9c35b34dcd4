"""The commands that only look: what is in a source, its types, what a code means."""

from __future__ import annotations

import json
import textwrap
import typing
from pathlib import Path

import click

from pmgen import configuration, outline, project, screen
from pmgen.arguments import FAILED, WARNED, fail, strict_option, warned, with_values
from pmgen.configuration import Beside, ProjectError
from pmgen.diagnostics import Rule, has_errors, printable
from pmgen.samples import is_class_name
from pmgen.schema import UnknownError, documents, single

if typing.TYPE_CHECKING:
    from pmgen.diagnostics import Diagnostic
    from pmgen.pipeline import Front


def _class_name(
    context: click.Context, option: click.Parameter, name: str | None
) -> str | None:
    if name is not None and not is_class_name(name):
        text = f"{name!r} is no class name: an identifier with a capital is expected."
        raise click.BadParameter(printable(text), context, option)
    return name


@click.command()
@click.argument("source")
@with_values
@strict_option
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
def inspect(
    source: str,
    environment: str | None,
    globals: str | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Show what is in a SOURCE: folders, requests, auth, examples with their types.

    Then everything that was skipped, guessed, repaired or downgraded: place, code, what,
    and what to do about it. `pmgen explain CODE` says more.
    """
    job = project.Job((source,), beside=Beside(environment, globals))
    try:
        fronts = project.analyse_all(job, configuration.load(Path()))
    except ProjectError as error:
        if as_json:
            refusal = outline.refusal(error.file, error.diagnostic)
            click.echo(json.dumps(refusal, indent=2))
        fail(error)
    found = [d for _, front in fronts for d in front.diagnostics]
    if as_json:
        click.echo(json.dumps(outline.as_json([f for _, f in fronts]), indent=2))
    else:
        for path, front in fronts:
            screen.show_trees(front)
            screen.report(front.diagnostics, path)
            _summarise(path, front.diagnostics)
    if has_errors(found):
        raise SystemExit(FAILED)
    if strict and warned(found):
        raise SystemExit(WARNED)


@click.command()
@click.argument("source")
@with_values
@strict_option
@click.option(
    "--operation",
    metavar="TRAIL",
    help="Only a schema of this one: `Folder/Request`, the end of it, or its pointer.",
)
@click.option(
    "--status",
    metavar="STATUS",
    help="With --operation: `200`, or `request` for the body. Default: its only one.",
)
def schema(
    source: str,
    environment: str | None,
    globals: str | None,
    strict: bool,
    operation: str | None,
    status: str | None,
) -> None:
    """Print the JSON Schema (2020-12) that the saved examples of a SOURCE imply.

    One document for a collection, a list of them for several: `$defs` has a schema for
    each class of the client, `operations` says what has which. Nothing is printed if the
    SOURCE has an error. With --operation one schema that stands alone.

    A value is valid exactly if `from_json` takes it; but 1.0 counts as an integer here.
    """
    if status is not None and operation is None:
        raise click.UsageError("--status needs --operation.")
    fronts = _sound(project.Job((source,), beside=Beside(environment, globals)))
    analyses = [analysis for front in fronts for analysis in front.analyses]
    try:
        found = (
            documents(analyses)
            if operation is None
            else single(analyses, operation, status)
        )
    except UnknownError as error:
        raise click.UsageError(printable(str(error))) from error
    click.echo(json.dumps(found, indent=2))
    if strict and any(warned(front.diagnostics) for front in fronts):
        raise SystemExit(WARNED)


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--name",
    metavar="NAME",
    callback=_class_name,
    help="The name of the class at the top. Default: from the first FILE's name.",
)
def types(files: tuple[str, ...], name: str | None) -> None:
    """Print Python for any JSON: dataclasses, and the code that parses every leaf.

    \b
    FILE is one of
      any JSON,
      JSON lines: one value on each line,
      - for standard input.
    All values are samples of one type: what some of them lack is optional.

    The module needs the standard library only, and no pmgen.
    """
    try:
        result = project.types_of(files, name)
    except ProjectError as error:
        fail(error)
    screen.report(result.diagnostics, files[0])
    if has_errors(result.diagnostics):
        raise SystemExit(FAILED)
    # Python is UTF-8, whatever the terminal is.
    click.echo(result.text.encode(), nl=False)


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what the diagnostic CODE means and what to do; without one, list all codes."""
    if code is None:
        for rule in sorted(Rule, key=lambda rule: rule.code):
            click.echo(f"{rule.code}  {rule.severity:8}{rule.remedy}")
        return
    found = next((rule for rule in Rule if rule.code == code.strip().upper()), None)
    if found is None:
        raise click.UsageError(f"No code {code!r}; `pmgen explain` lists all.")
    click.echo(f"{found.code} ({found.severity})\n")
    click.echo(textwrap.fill(found.about, 88))
    click.echo(f"\nWhat to do: {found.remedy}")


def _sound(job: project.Job) -> list[Front]:
    """All sources analysed and reported, or the end with exit code 2."""
    try:
        fronts = project.analyse_all(job, configuration.load(Path()))
    except ProjectError as error:
        fail(error)
    for path, front in fronts:
        screen.report(front.diagnostics, path)
        _summarise(path, front.diagnostics)
    if any(has_errors(front.diagnostics) for _, front in fronts):
        raise SystemExit(FAILED)
    return [front for _, front in fronts]


def _summarise(source: str, found: tuple[Diagnostic, ...]) -> None:
    if found:
        text = f"{source}: {outline.summary(found)}; `pmgen explain CODE` says more."
        click.echo(printable(text), err=True)
