"""The commands of a build: `generate`, and `check` for those who must not write."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import typing
from pathlib import Path

import click

from pmgen import configuration, outline, project, screen
from pmgen.arguments import (
    FAILED,
    FOUND,
    WARNED,
    fail,
    strict_option,
    warned,
    with_values,
)
from pmgen.configuration import Beside, ProjectError
from pmgen.diagnostics import Severity, printable, render
from pmgen.spread import processors
from pmgen.verdict import STYLES, Verdict, aside

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pmgen.configuration import Project
    from pmgen.diagnostics import Diagnostic
    from pmgen.emit import Plan
    from pmgen.project import Compiled
    from pmgen.quick.replay import Recorder, Told

_sources = click.argument("sources", metavar="[SOURCE]...", nargs=-1)
_out = click.option(
    "--out", metavar="DIR", help="Folder of the clients. Default: generated."
)
_jobs = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1),
    default=processors,
    help="Processes at work at once. Default: one for each CPU.",
)
_format = click.option(
    "--format",
    "style_of_code",
    type=click.Choice(["auto", "always"]),
    default="auto",
    show_default=True,
    help="always: black on every file; the same bytes, in thirty times the time.",
)
_fresh = click.option(
    "--no-cache",
    is_flag=True,
    expose_value=False,  # the entry looks for it
    help="Compile even if nothing has changed since the last run.",
)


def _with_job(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a job; the command gets the job, and who records its run if there is one."""

    @functools.wraps(command)
    def asked(
        sources: tuple[str, ...],
        out: str | None,
        environment: str | None,
        globals: str | None,
        jobs: int,
        style_of_code: str,
        **others: typing.Any,
    ) -> None:
        beside, always = Beside(environment, globals), style_of_code == "always"
        job = project.Job(sources, out, beside, jobs=jobs, always=always)
        command(job=job, recorder=click.get_current_context().obj, **others)

    for option in (_fresh, _format, _jobs, with_values, _out, _sources):
        asked = option(asked)
    return asked


@click.command()
@_with_job
@click.option(
    "--force", is_flag=True, help="Overwrite generated files that were edited by hand."
)
@strict_option
def generate(
    job: project.Job, recorder: Recorder | None, force: bool, strict: bool
) -> None:
    """Write a client for each collection of each SOURCE.

    Each client is a package in the output folder, named after its file (or, where a
    source holds several collections, after the collection). Nothing is written if any
    source has an error. Files that pmgen did not write are never touched.

    Names once given are kept: .pmgen.json holds them. pmgen.toml can choose others.
    """
    job = dataclasses.replace(job, force=force)
    with _alone(job, recorder, fail, writes=True) as settings:
        done = project.compile_all(job, settings)
        _report(done)
        if project.failed(done):
            click.echo("Nothing was written.", err=True)
            raise SystemExit(FAILED)
        project.write_all(done)
        for plan in _plans(done):
            click.echo(_written(plan, len(plan.writes)))
        again = [_written(plan, 0) for plan in _plans(done)]
        _finish(done, recorder, [*_notes(done), *_out_lines(again)], strict=strict)


def _written(plan: Plan, writes: int) -> str:
    """The line of a client: as it was written, or (with 0) as the next run would."""
    removes = len(plan.removes) if writes else 0
    unchanged = plan.unchanged + len(plan.writes) - writes
    return (
        f"{plan.folder}: {writes} files written, {removes} removed, "
        f"{unchanged} unchanged"
    )


@click.command()
@_with_job
@strict_option
@click.option("--diff", is_flag=True, help="Show the changes as a unified diff.")
@click.option(
    "--output-format",
    "style",
    type=click.Choice([*STYLES]),
    default="text",
    show_default=True,
    help="json: one object; github: annotations of a workflow's run.",
)
def check(
    job: project.Job, recorder: Recorder | None, strict: bool, diff: bool, style: str
) -> None:
    """Tell whether `generate` would change anything; write nothing. Exit 1 if so."""
    job = dataclasses.replace(job, force=True)
    refused = functools.partial(_refused, style)
    with _alone(job, recorder, refused, writes=False) as settings:
        done = project.compile_all(job, settings)
        found = Verdict(_plans(done), _told(done), diff)
        lines = [*STYLES[style](found)]
        _report(done if style == "text" else [])
        for line in lines:
            click.echo(line)
        for line in aside(found) if style == "text" else ():
            click.echo(line, err=True)
        if found.failed or found.stale:
            raise SystemExit(FAILED if found.failed else FOUND)
        noted = _notes(done if style == "text" else [])
        _finish(done, recorder, [*noted, *_out_lines(lines)], strict=strict)


def _plans(done: list[Compiled]) -> tuple[Plan, ...]:
    return tuple(target.plan for compiled in done for target in compiled.targets)


def _told(done: list[Compiled]) -> tuple[tuple[str, Diagnostic], ...]:
    """Everything that was found; of a source that compiles `inspect` shows the notes."""
    return tuple((c.source, d) for c in done for d in _shown(c))


def _shown(compiled: Compiled) -> tuple[Diagnostic, ...]:
    found = compiled.diagnostics
    if not compiled.targets:
        return found
    return tuple(d for d in found if d.rule.severity is not Severity.INFO)


@contextlib.contextmanager
def _alone(
    job: project.Job,
    recorder: Recorder | None,
    refused: Callable[[ProjectError], typing.NoReturn],
    *,
    writes: bool,
) -> Iterator[Project]:
    """The project, with no other run on its clients; or the end with exit code 2."""
    try:
        if recorder is not None:
            recorder.reads([configuration.CONFIGURATION])
        found = configuration.load(Path())
        if recorder is not None:
            recorder.reads(project.reads(job, found))
        with project.alone(job, found, _waiting, writes=writes):
            yield found
    except ProjectError as error:
        refused(error)


def _refused(style: str, error: ProjectError) -> typing.NoReturn:
    """Say it in the style that was asked for."""
    if style != "text":
        found = Verdict((), ((error.file, error.diagnostic),), False)
        for line in STYLES[style](found):
            click.echo(line)
    fail(error)


def _waiting(out: str) -> None:
    text = f"Another pmgen is at work on {out}; this one waits for it."
    click.echo(printable(text), err=True)


def _report(done: list[Compiled]) -> None:
    """Print what was found."""
    for compiled in done:
        screen.report(_shown(compiled), compiled.source)
        for note in _more(compiled):
            click.echo(note, err=True)


def _more(compiled: Compiled) -> Iterator[str]:
    """How much is not shown."""
    shown = _shown(compiled)
    if len(shown) < len(compiled.diagnostics):
        hidden = outline.summary(d for d in compiled.diagnostics if d not in shown)
        text = f"{compiled.source}: {hidden}; `pmgen inspect` shows them."
        yield printable(text)


def _notes(done: list[Compiled]) -> list[Told]:
    """The same as plain lines, for a run that is told again."""
    return [
        line
        for compiled in done
        for line in (
            *((True, render(d, compiled.source), True) for d in _shown(compiled)),
            *((True, note, False) for note in _more(compiled)),
        )
    ]


def _out_lines(lines: list[str]) -> list[Told]:
    return [(False, line, False) for line in lines]


def _finish(
    done: list[Compiled], recorder: Recorder | None, told: list[Told], *, strict: bool
) -> None:
    """The end of a run that changed nothing, or has written what there was to write."""
    is_warned = any(warned(compiled.diagnostics) for compiled in done)
    code = WARNED if strict and is_warned else 0
    if recorder is not None:
        recorder.ended(_files(done), told, code)
    if code:
        raise SystemExit(code)


def _files(done: list[Compiled]) -> Iterator[str]:
    for plan in _plans(done):
        yield from (str(plan.folder / path) for path in plan.files)
