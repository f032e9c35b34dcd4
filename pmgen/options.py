"""Options: every knob that can change a byte of the output, in one frozen value."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.pins import NO_PINS, Override, Pins

if typing.TYPE_CHECKING:
    from pmgen.pagination import Pagination


@dataclasses.dataclass(frozen=True, slots=True)
class Options:
    """Settings of one compilation.

    ``name`` is the package's name, a Python identifier; None takes it from the source's file name. ``pins`` and
    ``overrides``: names and types that the user has chosen; ``pagination``: requests that give a page at a time.
    """

    name: str | None = None
    pins: Pins = NO_PINS
    overrides: tuple[Override, ...] = ()
    pagination: tuple[Pagination, ...] = ()
