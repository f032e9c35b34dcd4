"""Text that may be printed into Python source as it is.

Everything else that reaches a template's expression is refused by the renderer's gate. Only ``names`` (identifiers),
``python`` (annotations, expressions made of identifiers) and the renderer's filters make Code.
"""

from __future__ import annotations

import markupsafe


class Code(markupsafe.Markup):
    """A piece of Python source. Join Codes with ``code()``; never add raw text with + or %."""

    __slots__ = ()


def code(*parts: str) -> Code:
    """Join trusted parts: literals of this project's own source, and Code."""
    return Code("".join(str.__str__(part) for part in parts))


def joined(separator: str, parts: list[Code] | tuple[Code, ...]) -> Code:
    """Join Codes by a trusted separator."""
    return Code(separator.join(str.__str__(part) for part in parts))
