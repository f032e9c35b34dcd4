"""What commands have in common: exit codes, the options for values, and how an error ends them."""

from __future__ import annotations

import typing

import click

from pmgen.diagnostics import render

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from pmgen.configuration import ProjectError

    Command = typing.TypeVar("Command", bound=Callable[..., None])

FOUND, FAILED, WARNED = 1, 2, 3


def with_values(command: Command) -> Command:
    """The options for variables from beside the collection."""
    for name, what in (("globals", "globals"), ("environment", "environment")):
        command = click.option(
            f"--{name}",
            metavar="FILE",
            help=f"Exported {what} (JSON or YAML), whose variables count too.",
        )(command)
    return command


def fail(error: ProjectError) -> typing.NoReturn:
    """Print it and end with 2."""
    click.echo(render(error.diagnostic, error.file), err=True)
    raise SystemExit(FAILED)
