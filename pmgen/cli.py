"""DRIVER: the command and its subcommands, each loaded when it is asked for. No logic.

Exit codes: 0 fine; 1 `check` or `diff` found something; 2 an error, nothing written; 3 warnings, with --strict.
"""

from __future__ import annotations

import importlib
import typing

import click

from pmgen import __version__

_COMMANDS = {
    "check": "building",
    "diff": "comparing",
    "explain": "looking",
    "generate": "building",
    "inspect": "looking",
    "mock": "sending",
    "schema": "looking",
    "types": "looking",
    "wire": "sending",
}
"""Command -> the module that has it."""


class _Commands(click.Group):
    """Subcommands that are imported by need: what one of them uses is no cost of the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """All, in order of name."""
        return sorted(_COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's
        cmd_name: str,
    ) -> click.Command | None:
        """One of them."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"pmgen.{_COMMANDS[cmd_name]}")
        return typing.cast("click.Command", getattr(module, cmd_name))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
