"""The output gate: what reaches ``{{ }}`` must be Code, or rendering fails.

So text of a collection that a template forgot to pass through a filter is a crash in our tests and no hole in a
client.
"""

from __future__ import annotations

import typing

import jinja2
import markupsafe

from pmgen.code import Code


class GateError(TypeError):
    """A template printed text that no filter made safe."""


def gate(value: typing.Any) -> typing.Any:
    """For ``Environment(finalize=…)``. Markup is what blocks and macros give, each piece of which came through here."""
    if isinstance(value, (Code, markupsafe.Markup, jinja2.Undefined)):
        return value
    raise GateError(f"a template prints raw {type(value).__name__}: {value!r:.80}")
