"""Options: every knob that can change a byte of the output, in one frozen value."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Options:
    """Settings of one compilation.

    ``name`` is the package's name, a Python identifier; None takes it from the source's file name.
    """

    name: str | None = None
