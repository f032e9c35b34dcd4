"""Which JSON types a place has shown, as bits: what rules compare, over and over.

Null says nothing, since it could stand for any type. A list says what its items are; an empty one only that it is one.
"""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from pmgen.infer.shape import Shape

NOTHING = 0
STRING, NUMBER, BOOLEAN, OBJECT, OPAQUE = 1, 2, 4, 8, 16
_SINGLE = STRING | NUMBER | BOOLEAN
LIST = 32
"""A list of which nothing is known but that."""
_ITEMS = 64
"""Factor for a list of something: STRING * _ITEMS is a list of strings."""
_DEEP = LIST * _ITEMS
"""A list of lists."""


def kinds_of(shape: Shape) -> int:
    """The bits of one place."""
    found = NOTHING
    if shape.strings:
        found |= STRING
    if shape.ints or shape.floats:
        found |= NUMBER
    if shape.bools:
        found |= BOOLEAN
    if shape.variants:
        found |= OBJECT
    if shape.arrays:
        found |= _list(kinds_of(shape.items)) if shape.items is not None else LIST
    if shape.opaque:
        found |= OPAQUE
    return found


def compatible(a: int, b: int) -> bool:
    """Whether they may be one type: some in common, nothing known of one, or a list against a list of nothing."""
    return (
        not a
        or not b
        or bool(a & b)
        or (_is_list(a) and _is_list(b) and bool((a | b) & LIST))
    )


def is_plain(kinds: int) -> bool:
    """Whether there are only single values and lists of them."""
    return not kinds & ~(_SINGLE | LIST | _SINGLE * _ITEMS)


def is_known(kinds: int) -> bool:
    """Whether they say more than that there is a list."""
    return bool(kinds & ~LIST)


def _list(items: int) -> int:
    if not items:
        return LIST
    return (items & (LIST - 1)) * _ITEMS | (_DEEP if _is_list(items) else 0)


def _is_list(kinds: int) -> bool:
    return kinds >= LIST
