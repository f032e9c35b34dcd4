"""Types of two sides, and how one stands to the other: for a program that reads values of it, or gives them.

A Form is a set of what a value may be. It speaks of classes by the numbers that the new side has for them.
"""

from __future__ import annotations

import enum
import typing

from pmgen.infer import Array, Choice, Map, Ref, Scalar, Timestamp, Type, Union
from pmgen.runtime.dates import DATE

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Form: typing.TypeAlias = "frozenset[typing.Any]"
"""Members are tuples: a kind, and what is inside of it."""

NULL: Form = frozenset({("null",)})
UNSET: Form = frozenset({("unset",)})
_JSON = ("anything",)
_PLAIN = frozenset({"null", "boolean", "integer", "number", "string"})


class Relation(enum.StrEnum):
    """What the new type is beside the old one; the values are endings of kinds."""

    SAME = "same"
    WIDER = "wider"
    NARROWER = "narrower"
    CHANGED = "changed"


def form(found: Type, number: Callable[[int], typing.Hashable]) -> Form:
    """The form of a type; ``number``: what stands for a record."""
    match found:
        case Scalar(kind):
            return frozenset({(kind,)})
        case Timestamp(style):
            return frozenset({("date" if style == DATE else "datetime",)})
        case Array(item):
            return frozenset({("list", form(item, number))})
        case Map(value):
            return frozenset({("map", form(value, number))})
        case Ref(record):
            return frozenset({("class", number(record))})
        case Choice(_, cases):
            return frozenset(("class", number(ref.record)) for _, ref in cases)
        case Union(members):
            return frozenset().union(*(form(member, number) for member in members))
        case _:
            typing.assert_never(found)


def words(annotations: Iterable[str]) -> Form:
    """The form of an argument that is annotated with these alternatives."""
    return frozenset((_WORDS.get(word, word),) for word in annotations)


_WORDS = {
    "Json": "anything",
    "bool": "boolean",
    "float": "number",
    "int": "integer",
    "str": "string",
    "None": "null",
    "Unset": "unset",
}


def relation(old: Form, new: Form) -> Relation:
    """How the new one stands to the old one."""
    if covers(new, old):
        return Relation.SAME if covers(old, new) else Relation.WIDER
    return Relation.NARROWER if covers(old, new) else Relation.CHANGED


def covers(wide: Form, narrow: Form) -> bool:
    """Whether code for the wide one works with every value of the narrow one, as it is at run time."""
    return all(any(_holds(outer, inner) for outer in wide) for inner in narrow)


def _holds(outer: tuple[typing.Any, ...], inner: tuple[typing.Any, ...]) -> bool:
    if outer == inner:
        return True
    if outer == _JSON:
        return _is_plain(inner)
    if outer[0] == inner[0] and len(outer) == len(inner) == 2 and outer[0] != "class":
        return covers(outer[1], inner[1])
    return (outer, inner) == (("number",), ("integer",))


def _is_plain(found: tuple[typing.Any, ...]) -> bool:
    """Whether a value is the same at run time where nothing is known of its type."""
    if found[0] in ("list", "map"):
        return all(map(_is_plain, found[1])) or found[1] == {_JSON}
    return found[0] in _PLAIN
