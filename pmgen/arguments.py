"""What commands have in common: exit codes, the options for values, and how an error ends them."""

from __future__ import annotations

import typing

import click

from pmgen.diagnostics import Severity, render

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pmgen.configuration import ProjectError
    from pmgen.diagnostics import Diagnostic

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


strict_option = click.option(
    "--strict", is_flag=True, help="Exit with 3 if there are warnings."
)


def warned(found: Iterable[Diagnostic]) -> bool:
    """Whether there is a warning."""
    return any(d.rule.severity is Severity.WARNING for d in found)


def fail(error: ProjectError) -> typing.NoReturn:
    """Print it and end with 2."""
    click.echo(render(error.diagnostic, error.file), err=True)
    raise SystemExit(FAILED)
