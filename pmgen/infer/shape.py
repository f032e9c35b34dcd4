"""Evidence: what was seen at one place of the examples. Decisions come later, in ``decide``.

``merge`` joins two pieces of evidence. It is commutative and associative, EMPTY is its unit, and
``observe(xs + ys) == merge(observe(xs), observe(ys))``; counts add up, so merging twice changes counts but never
which kinds, keys and styles were seen.
"""

from __future__ import annotations

import dataclasses
import typing

from pmgen.runtime.dates import style_of

if typing.TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmgen.source import Json

_DEEPEST = 64
"""Levels below the top of an example that get types; what lies deeper stays JSON."""


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """How many values there were, of which JSON types.

    ``styles`` are the date styles that every string prints back in; None where no string was seen.
    ``items`` is the evidence of all items of all arrays, ``fields`` that of each key of the objects.
    ``opaque`` counts containers that lie too deep to be looked into.
    """

    nulls: int = 0
    bools: int = 0
    ints: int = 0
    floats: int = 0
    strings: int = 0
    styles: frozenset[str] | None = None
    arrays: int = 0
    items: Shape | None = None
    objects: int = 0
    fields: Mapping[str, Shape] = dataclasses.field(default_factory=dict)
    opaque: int = 0

    @property
    def count(self) -> int:
        """How many values were seen."""
        numbers = self.bools + self.ints + self.floats
        return (
            self.nulls
            + numbers
            + self.strings
            + self.arrays
            + self.objects
            + self.opaque
        )


EMPTY = Shape()


def observe(values: Sequence[Json], depth: int = 0) -> Shape:
    """The evidence of some values of one place."""
    by_type: dict[type, list[typing.Any]] = {}
    for value in values:
        by_type.setdefault(type(value), []).append(value)
    arrays = by_type.get(list, [])
    objects = by_type.get(dict, [])
    strings = by_type.get(str, [])
    if depth >= _DEEPEST and (arrays or objects):
        shallow = [v for v in values if not isinstance(v, (list, dict))]
        opaque = Shape(opaque=len(arrays) + len(objects))
        return merge(observe(shallow, depth), opaque)
    return Shape(
        nulls=len(by_type.get(type(None), [])),
        bools=len(by_type.get(bool, [])),
        ints=len(by_type.get(int, [])),
        floats=len(by_type.get(float, [])),
        strings=len(strings),
        styles=_styles(strings) if strings else None,
        arrays=len(arrays),
        items=observe([v for a in arrays for v in a], depth + 1) if arrays else None,
        objects=len(objects),
        fields=_fields(objects, depth + 1),
    )


def merge(a: Shape, b: Shape) -> Shape:
    """The evidence of both."""
    return Shape(
        nulls=a.nulls + b.nulls,
        bools=a.bools + b.bools,
        ints=a.ints + b.ints,
        floats=a.floats + b.floats,
        strings=a.strings + b.strings,
        styles=_both(a.styles, b.styles),
        arrays=a.arrays + b.arrays,
        items=_merged(a.items, b.items),
        objects=a.objects + b.objects,
        fields={
            key: merge(a.fields.get(key, EMPTY), b.fields.get(key, EMPTY))
            for key in (*a.fields, *(k for k in b.fields if k not in a.fields))
        },
        opaque=a.opaque + b.opaque,
    )


def _fields(objects: Sequence[dict[str, Json]], depth: int) -> dict[str, Shape]:
    by_key: dict[str, list[Json]] = {}
    for value in objects:
        for key, member in value.items():
            by_key.setdefault(key, []).append(member)
    return {key: observe(members, depth) for key, members in by_key.items()}


def _styles(strings: Sequence[str]) -> frozenset[str]:
    """The one style of all the strings, as a set; empty where there is none."""
    first = style_of(strings[0])
    if first is None or any(style_of(text) != first for text in strings):
        return frozenset()
    return frozenset((first,))


def _both(a: frozenset[str] | None, b: frozenset[str] | None) -> frozenset[str] | None:
    if a is None or b is None:
        return b if a is None else a
    return a & b


def _merged(a: Shape | None, b: Shape | None) -> Shape | None:
    if a is None or b is None:
        return b if a is None else a
    return merge(a, b)
