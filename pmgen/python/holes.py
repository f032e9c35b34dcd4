"""Templates of the IR as format strings, whose holes are the names of settings and arguments."""

from __future__ import annotations

import typing

from pmgen.names.symbols import Thing

if typing.TYPE_CHECKING:
    from pmgen.api import Operation, Param, Ref, Template
    from pmgen.code import Code
    from pmgen.python.places import Places


def argument(operation: Operation, param: Param, places: Places) -> Code:
    """The argument's name."""
    return places.names(Thing.PARAM, operation.pointer, param.key)


def format_of(template: Template, operation: Operation, places: Places) -> str:
    """A format string; its holes are the names of settings and arguments."""
    return "".join(
        (
            part.replace("{", "{{").replace("}", "}}")
            if isinstance(part, str)
            else f"{{{_hole(part, operation, places)}}}"
        )
        for part in template
    )


def formats(
    headers: tuple[tuple[str, Template], ...], operation: Operation, places: Places
) -> tuple[tuple[str, str], ...]:
    return tuple((wire, format_of(value, operation, places)) for wire, value in headers)


def _hole(ref: Ref, operation: Operation, places: Places) -> Code:
    if any(setting.key == ref.key for setting in places.api.settings):
        return places.names(Thing.SETTING, ref.key)
    return places.names(Thing.PARAM, operation.pointer, ref.key)
