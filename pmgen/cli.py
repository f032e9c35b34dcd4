"""DRIVER: arguments, and exit codes. No logic.

Exit codes: 0 fine; 1 `check` found something; 2 an error, nothing written; 3 warnings, with --strict.
"""

from __future__ import annotations

import contextlib
import json
import textwrap
import typing
from pathlib import Path

import click

from pmgen import __version__, configuration, outline, project, screen, sending
from pmgen.arguments import FAILED, FOUND, WARNED, fail, with_values
from pmgen.configuration import Beside, ProjectError
from pmgen.diagnostics import (
    Diagnostic,
    Rule,
    Severity,
    has_errors,
    printable,
)
from pmgen.samples import is_class_name
from pmgen.schema import UnknownError, documents, single

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pmgen.configuration import Project
    from pmgen.pipeline import Front
    from pmgen.project import Compiled


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


def _class_name(
    context: click.Context, option: click.Parameter, name: str | None
) -> str | None:
    if name is not None and not is_class_name(name):
        text = f"{name!r} is no class name: an identifier with a capital is expected."
        raise click.BadParameter(printable(text), context, option)
    return name


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pmgen")
def main() -> None:
    """Compile Postman collections to typed Python clients.

    \b
    SOURCE is one of
      a collection file of format 1.0, 2.0 or 2.1 (a bare request or folder,
      a list of them, an API reply or a data dump too),
      a folder of format 3 (YAML), or a folder of such files and folders,
      - for standard input.
    Without one: what pmgen.toml lists, else the folder collections.
    What a file is is told by its content.

    \b
    Variables are looked up in the environment, then in the collection, then in
    the globals, as Postman does.
    """


@main.command()
@_sources
@_out
@with_values
@_force
@_strict
def generate(
    sources: tuple[str, ...],
    out: str | None,
    environment: str | None,
    globals: str | None,
    force: bool,
    strict: bool,
) -> None:
    """Write a client for each collection of each SOURCE.

    Each client is a package in the output folder, named after its file (or, where a
    source holds several collections, after the collection). Nothing is written if any
    source has an error. Files that pmgen did not write are never touched.

    Names once given are kept: .pmgen.json holds them. pmgen.toml can choose others.
    """
    job = project.Job(sources, out, Beside(environment, globals), force)
    with _alone(job, writes=True) as settings:
        done = _compiled(job, settings)
        try:
            project.write_all(done)
        except ProjectError as error:
            fail(error)
    for compiled in done:
        for target in compiled.targets:
            plan = target.plan
            click.echo(
                f"{plan.folder}: {len(plan.writes)} files written, "
                f"{len(plan.removes)} removed, {plan.unchanged} unchanged"
            )
    _finish(done, strict=strict)


@main.command()
@_sources
@_out
@with_values
@_strict
@click.option("--diff", is_flag=True, help="Show the changes as a unified diff.")
def check(
    sources: tuple[str, ...],
    out: str | None,
    environment: str | None,
    globals: str | None,
    strict: bool,
    diff: bool,
) -> None:
    """Tell whether `generate` would change anything; write nothing. Exit 1 if so."""
    job = project.Job(sources, out, Beside(environment, globals), force=True)
    with _alone(job, writes=False) as settings:
        done = _compiled(job, settings)
    targets = [target for compiled in done for target in compiled.targets]
    stale = [target.plan for target in targets if not target.plan.is_empty]
    for plan in stale:
        for change, path in plan.changes():
            click.echo(f"{plan.folder}/{path}: would {change}", err=diff)
        if diff:
            click.echo("\n".join(plan.diff()))
    if stale:
        click.echo("Not up to date; run `pmgen generate`.", err=True)
        raise SystemExit(FOUND)
    names = ", ".join(target.name for target in targets)
    click.echo(f"{names or 'No clients'}: up to date.")
    _finish(done, strict=strict)


@main.command()
@click.argument("source")
@with_values
@_strict
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
    if strict and _warned(found):
        raise SystemExit(WARNED)


@main.command()
@click.argument("source")
@with_values
@_strict
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
    if strict and any(_warned(front.diagnostics) for front in fronts):
        raise SystemExit(WARNED)


@main.command()
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


@main.command()
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


@contextlib.contextmanager
def _alone(job: project.Job, *, writes: bool) -> Iterator[Project]:
    """The project, with no other run on its clients; or the end with exit code 2."""
    try:
        found = configuration.load(Path())
        with project.alone(job, found, _waiting, writes=writes):
            yield found
    except ProjectError as error:
        fail(error)


def _waiting(out: str) -> None:
    text = f"Another pmgen is at work on {out}; this one waits for it."
    click.echo(printable(text), err=True)


def _compiled(job: project.Job, settings: Project) -> list[Compiled]:
    """All sources compiled, or the end with exit code 2."""
    try:
        done = project.compile_all(job, settings)
    except ProjectError as error:
        fail(error)
    for compiled in done:
        found = compiled.diagnostics
        shown = found
        if compiled.targets:  # `inspect` shows the rest
            shown = tuple(d for d in found if d.rule.severity is not Severity.INFO)
        screen.report(shown, compiled.source)
        if len(shown) < len(found):
            notes = outline.summary(d for d in found if d not in shown)
            text = f"{compiled.source}: {notes}; `pmgen inspect` shows them."
            click.echo(printable(text), err=True)
    if project.failed(done):
        click.echo("Nothing was written.", err=True)
        raise SystemExit(FAILED)
    return done


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


def _finish(done: list[Compiled], *, strict: bool) -> None:
    if strict and any(_warned(compiled.diagnostics) for compiled in done):
        raise SystemExit(WARNED)


def _warned(found: Iterable[Diagnostic]) -> bool:
    return any(d.rule.severity is Severity.WARNING for d in found)


main.add_command(sending.mock)
main.add_command(sending.wire)
