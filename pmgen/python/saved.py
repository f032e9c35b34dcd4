"""Examples as JSON text: what fits stands on one line, as black has it, so that a diff shows what became of which."""

from __future__ import annotations

import json
import typing

if typing.TYPE_CHECKING:
    from pmgen.source import Json

_WIDTH = 88
_ENCODED = json.JSONEncoder().encode


def text(value: Json) -> str:
    """A document, with a line break at its end."""
    return _laid_out(value, "", 0) + "\n"


def _laid_out(value: Json, indent: str, taken: int) -> str:
    """``taken``: columns of the first line that are in use."""
    line = _ENCODED(value)
    if len(line) + taken < _WIDTH or not isinstance(value, (dict, list)) or not value:
        return line
    inner = indent + " "
    if isinstance(value, list):
        items = (inner + _laid_out(item, inner, len(inner)) for item in value)
        return "[\n" + ",\n".join(items) + f"\n{indent}]"
    members = (_member(key, item, inner) for key, item in value.items())
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"


def _member(key: str, value: Json, indent: str) -> str:
    head = f"{indent}{_ENCODED(key)}: "
    return head + _laid_out(value, indent, len(head))
