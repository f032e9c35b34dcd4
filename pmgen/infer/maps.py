"""Which objects are maps: those whose keys are data (DESIGN.md 5)."""

from __future__ import annotations

import functools
import re
import typing

from pmgen.infer.shape import EMPTY, merge

if typing.TYPE_CHECKING:
    from pmgen.infer.shape import Shape

_IDS = re.compile(
    r"\d+"
    r"|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
    r"|\d{4}-\d\d(?:-\d\d)?(?:T[\d:.]+Z?)?"
    r"|(?=[0-9a-fA-F]*\d)[0-9a-fA-F]{16,}"
)
_FEWEST = 2


def value_shape(shape: Shape) -> Shape | None:
    """The evidence of all values, if the object is a map: two or more ids as keys, values of one kind."""
    if len(shape.fields) < _FEWEST or not all(map(_IDS.fullmatch, shape.fields)):
        return None
    values = list(shape.fields.values())
    if len({_kinds(value) for value in values}) > 1:
        return None
    return functools.reduce(merge, values, EMPTY)


def _kinds(shape: Shape) -> tuple[bool, ...]:
    """Which JSON types were seen, null and the kinds of number aside."""
    return (
        bool(shape.bools),
        bool(shape.ints or shape.floats),
        bool(shape.strings),
        bool(shape.arrays),
        bool(shape.objects),
    )
