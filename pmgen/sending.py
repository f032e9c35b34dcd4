"""The commands that run something: a server of saved examples, and a client into a recorder."""

from __future__ import annotations

import json
import typing
from pathlib import Path

import click

from pmgen import configuration, screen
from pmgen.arguments import FAILED, fail, with_values
from pmgen.configuration import Beside, ProjectError
from pmgen.diagnostics import has_errors, printable


@click.command()
@click.argument("source")
@with_values
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True)
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True)
def mock(
    source: str, environment: str | None, globals: str | None, port: int, host: str
) -> None:
    """Answer requests with the saved examples of a SOURCE, until Ctrl-C. --port 0: any.

    By Postman's rules: method, path (variables are wildcards), query, and the request's
    headers x-mock-response-code, -name and -id, x-mock-match-request-headers and -body.
    What nothing answers gets a 404 that says what comes closest.
    """
    from pmgen import mock as mocking  # no other command needs an HTTP server

    beside = Beside(environment, globals)
    try:
        found, said = mocking.gather((source,), beside, configuration.load(Path()))
    except ProjectError as error:
        fail(error)
    for path, diagnostics in said:
        screen.report(diagnostics, path)
        if has_errors(diagnostics):
            raise SystemExit(FAILED)
    try:
        mocking.run(found, host, port, click.echo)
    except mocking.MockError as error:
        raise click.UsageError(printable(str(error))) from error


@click.command()
@click.argument("source")
@with_values
@click.option(
    "--files",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="Where the files lie that bodies name; a missing one gets a stand-in.",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.File("w", encoding="utf-8", lazy=False),
    default="-",
    help="Write there. Default: standard output.",
)
def wire(
    source: str,
    environment: str | None,
    globals: str | None,
    files: str | None,
    out: typing.TextIO,
) -> None:
    """Record what the client of a SOURCE sends with the collection's own values.

    Each method is called once with what Postman would put in; nothing leaves the
    machine. One JSON line for each item: method, target, host, headers, body, or the
    error. The values of credentials are among them: the output is as secret as the
    SOURCE is.
    """
    from pmgen.wire import WireError, record  # no other command needs a client

    beside = Beside(environment, globals)
    try:
        found = record(source, beside, configuration.load(Path()), files)
        for line in found.lines:
            print(json.dumps(line), file=out)
    except ProjectError as error:
        fail(error)
    except WireError as error:
        raise click.ClickException(str(error)) from error
    screen.report(found.diagnostics, source)
    if has_errors(found.diagnostics):
        raise SystemExit(FAILED)
