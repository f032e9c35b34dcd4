"""The output gate: what reaches ``{{ }}`` must be Code, or rendering fails.

So text of a collection that a template forgot to pass through a filter is a crash in our tests and no hole in a
client.
"""

from __future__ import annotations

import typing

import jinja2

from pmgen.code import Code

if typing.TYPE_CHECKING:
    from collections.abc import Iterable


def gathered(pieces: Iterable[str]) -> Code:
    """For ``Environment.concat``: what macros and blocks give is Code, since each piece of it is, or is the template's."""
    return Code("".join(pieces))


class GateError(TypeError):
    """A template printed text that no filter made safe."""


def gate(value: typing.Any) -> typing.Any:
    """For ``Environment(finalize=…)``."""
    if isinstance(value, (Code, jinja2.Undefined)):
        return value
    raise GateError(f"a template prints raw {type(value).__name__}: {value!r:.80}")
