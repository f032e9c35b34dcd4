"""Text that may be printed into Python source as it is.

Everything else that reaches a template's expression is refused by the renderer's gate. Only ``names`` (identifiers),
``python`` (annotations, expressions made of identifiers) and the renderer's filters make Code.
"""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from collections.abc import Iterable


class Code(str):
    """A piece of Python source. What str's own methods make of it is plain text again, and no Code."""

    __slots__ = ()

    def __html__(self) -> str:
        """For Jinja's autoescaping, which must not change source."""
        return str(self)


def code(*parts: str) -> Code:
    """Join trusted parts: literals of this project's own source, and Code."""
    return Code("".join(parts))


def joined(separator: str, parts: Iterable[Code]) -> Code:
    """Join Codes by a trusted separator."""
    return Code(separator.join(parts))
