"""Options: every knob that can change a byte of the output, in one frozen value."""

from __future__ import annotations

import dataclasses

from pmgen.pins import NO_PINS, Override, Pins


@dataclasses.dataclass(frozen=True, slots=True)
class Options:
    """Settings of one compilation.

    ``name`` is the package's name, a Python identifier; None takes it from the source's file name. ``pins`` and
    ``overrides``: names and types that the user has chosen.
    """

    name: str | None = None
    pins: Pins = NO_PINS
    overrides: tuple[Override, ...] = ()
