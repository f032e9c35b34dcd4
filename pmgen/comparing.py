"""The command that compares two versions of a collection for the users of its client."""

from __future__ import annotations

import typing
from pathlib import Path

import click

from pmgen import configuration, outline, screen
from pmgen import diff as versions
from pmgen.arguments import FAILED, FOUND, fail, with_values
from pmgen.configuration import Beside, ProjectError
from pmgen.diagnostics import has_errors, printable

if typing.TYPE_CHECKING:
    from pmgen.diagnostics import Diagnostic
    from pmgen.diff import Gathered

_STYLES = {"markdown": versions.markdown, "json": versions.report}


@click.command()
@click.argument("sources", metavar="[OLD NEW | SOURCE...]", nargs=-1)
@click.option(
    "--git",
    "revision",
    metavar="REV",
    help="Compare the SOURCEs, or those of pmgen.toml, with what they were there.",
)
@with_values
@click.option(
    "--output-format",
    "style",
    type=click.Choice([*_STYLES]),
    default="markdown",
    show_default=True,
    help="markdown: for a comment on a pull request; json: one object.",
)
def diff(
    sources: tuple[str, ...],
    revision: str | None,
    environment: str | None,
    globals: str | None,
    style: str,
) -> None:
    """Tell what changed from OLD to NEW for the users of the client.

    \b
    breaking   code that uses the client must change, or does something else
    inference  another example made a type wider or narrower
    additive   code that uses the client goes on as it is
    docs       only what there is to read

    Exit 1 if anything is breaking. Ids and the order of things make no difference.
    Names are those that `generate` would keep from OLD to NEW.

    With --git the files at REV are OLD, pmgen.toml and .pmgen.json among them, and those
    on disk are NEW; a FILE of --environment or --globals counts for both.
    """
    found = _gathered(sources, revision, Beside(environment, globals))
    _report(found.said)
    if any(has_errors(diagnostics) for _, diagnostics in found.said):
        raise SystemExit(FAILED)
    changes = {pair.package: versions.compare(pair) for pair in found.pairs}
    click.echo(_STYLES[style](changes))
    all_changes = [change for own in changes.values() for change in own]
    if any(change.level is versions.Level.BREAKING for change in all_changes):
        raise SystemExit(FOUND)


def _gathered(
    sources: tuple[str, ...], revision: str | None, beside: Beside
) -> Gathered:
    if revision is None and len(sources) != 2:
        text = "Give OLD and NEW, or --git REV and any number of SOURCEs."
        raise click.UsageError(text)
    if sources.count("-") > 1 or (revision is not None and "-" in sources):
        raise click.UsageError("Standard input is one collection; give a file, too.")
    try:
        project = configuration.load(Path())
        if revision is not None:
            return versions.of_revision(revision, sources, beside, project)
        old, new = sources
        return versions.of_sources(old, new, beside, project)
    except ProjectError as error:
        fail(error)
    except versions.RevisionError as error:
        raise click.UsageError(printable(str(error))) from error


def _report(said: tuple[tuple[str, tuple[Diagnostic, ...]], ...]) -> None:
    """Errors; of the rest only how much there is: it is about one version, and other commands say it."""
    for source, found in said:
        errors = tuple(diagnostic for diagnostic in found if diagnostic.is_error)
        screen.report(errors, source)
        rest = outline.summary(d for d in found if not d.is_error)
        if rest:
            text = f"{source}: {rest}; `pmgen inspect` shows them."
            click.echo(printable(text), err=True)
