"""Evidence: what was seen at one place of the examples. Decisions come later.

``merge`` joins two pieces of evidence. It is commutative and associative, EMPTY is its unit, and
``observe(xs + ys) == merge(observe(xs), observe(ys))``; counts add up, so merging twice changes counts but never
which kinds, keys, styles and texts were seen.
"""

from __future__ import annotations

import dataclasses
import functools
import typing

from pmgen.runtime.dates import style_of

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pmgen.source import Json

Tag: typing.TypeAlias = "tuple[str, str]"
"""A key and its text, that may say what an object is."""

TAG_KEYS = ("__typename", "@type", "_type", "kind", "object", "type", "resourceType")
"""Keys whose text says what an object is, where several kinds stand at one place; the first that an object has counts."""
UNTAGGED: Tag = ("", "")
MIXED: Tag = ("", "*")
"""Stands for all tags where there are more than a few: then they are data."""

_DEEPEST = 64
"""Levels below the top of an example that get types; what lies deeper stays JSON."""
_MOST_TAGS = 24
MOST_TEXTS = 8
_LONGEST_TAG = 40
_LONGEST_TEXT = 24


# These two are made in great numbers, and frozen dataclasses take four times as long to make. Nothing changes them.
@dataclasses.dataclass(slots=True)
class Objects:
    """How many objects there were, and the evidence of each of their keys."""

    count: int = 0
    fields: Mapping[str, Shape] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(slots=True)
class Shape:
    """How many values there were, of which JSON types.

    ``styles`` are the date styles that every string prints back in; None where no string was seen. ``texts`` are the
    strings, None where there were more than a few, or long ones. ``items`` is the evidence of all items of all arrays,
    ``variants`` that of the objects by their tag. ``opaque`` counts containers that lie too deep to be looked into.
    """

    nulls: int = 0
    bools: int = 0
    ints: int = 0
    floats: int = 0
    strings: int = 0
    styles: frozenset[str] | None = None
    texts: frozenset[str] | None = frozenset()
    arrays: int = 0
    items: Shape | None = None
    variants: Mapping[Tag, Objects] = dataclasses.field(default_factory=dict)
    opaque: int = 0

    @property
    def objects(self) -> int:
        """How many objects were seen."""
        return sum(variant.count for variant in self.variants.values())

    @property
    def count(self) -> int:
        """How many values were seen."""
        leaves = self.nulls + self.bools + self.ints + self.floats + self.strings
        found = leaves + self.arrays + self.opaque
        return found + self.objects if self.variants else found


EMPTY = Shape()


def observe(values: Sequence[Json], depth: int = 0) -> Shape:
    """The evidence of some values of one place."""
    if len(values) == 1:
        return _one(values[0], depth)
    by_type: dict[type, list[typing.Any]] = {}
    for value in values:
        by_type.setdefault(type(value), []).append(value)
    found = EMPTY
    for kind, same in by_type.items():
        found = merge(found, _of_type(kind, same, depth))
    return found


_LEAVES: Mapping[type, Callable[[int], Shape]] = {
    type(None): lambda count: Shape(nulls=count),
    bool: lambda count: Shape(bools=count),
    int: lambda count: Shape(ints=count),
    float: lambda count: Shape(floats=count),
}
_ONCE = {kind: leaf(1) for kind, leaf in _LEAVES.items()}


def _of_type(kind: type, values: list[typing.Any], depth: int) -> Shape:
    """``values`` are all of one type, as json.loads gives it."""
    if kind is str:
        texts = _few(frozenset(values))
        return Shape(strings=len(values), styles=_styles(values), texts=texts)
    if kind is dict:
        return _containers((), values, depth)
    if kind is list:
        return _containers(values, (), depth)
    return _LEAVES[kind](len(values))


def _one(value: Json, depth: int) -> Shape:
    """Most places are seen once."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (list, dict)):
        return _of_type(type(value), [value], depth)
    return _ONCE[type(value)]


@functools.lru_cache(maxsize=4096)
def _text(text: str) -> Shape:
    return Shape(strings=1, styles=_styles([text]), texts=_few(frozenset((text,))))


def _containers(
    arrays: Sequence[list[Json]], objects: Sequence[dict[str, Json]], depth: int
) -> Shape:
    if depth >= _DEEPEST:
        return Shape(opaque=len(arrays) + len(objects))
    inner = depth + 1
    return Shape(
        arrays=len(arrays),
        items=observe([v for a in arrays for v in a], inner) if arrays else None,
        variants=_variants(objects, inner) if objects else {},
    )


def merge(a: Shape, b: Shape) -> Shape:
    """The evidence of both."""
    if a is EMPTY or b is EMPTY:
        return b if a is EMPTY else a
    return Shape(
        nulls=a.nulls + b.nulls,
        bools=a.bools + b.bools,
        ints=a.ints + b.ints,
        floats=a.floats + b.floats,
        strings=a.strings + b.strings,
        styles=_both(a.styles, b.styles),
        texts=(None if a.texts is None or b.texts is None else _few(a.texts | b.texts)),
        arrays=a.arrays + b.arrays,
        items=_merged(a.items, b.items),
        variants=_by_tag((*a.variants.items(), *b.variants.items())),
        opaque=a.opaque + b.opaque,
    )


def together(shapes: Sequence[Shape]) -> Shape:
    """The evidence of all, by halves: what was merged already is not merged again for each of many."""
    if len(shapes) <= 1:
        return shapes[0] if shapes else EMPTY
    half = len(shapes) // 2
    return merge(together(shapes[:half]), together(shapes[half:]))


def surface(shapes: Sequence[Shape]) -> Shape:
    """All as one, without what lies in arrays and objects: at most an empty ``items``, and no ``variants``."""
    if len(shapes) == 1:
        return shapes[0]
    nulls = bools = ints = floats = strings = arrays = opaque = 0
    styles: frozenset[str] | None = None
    texts: set[str] | None = set()
    for shape in shapes:
        nulls += shape.nulls
        bools += shape.bools
        ints += shape.ints
        floats += shape.floats
        strings += shape.strings
        arrays += shape.arrays
        opaque += shape.opaque
        styles = _both(styles, shape.styles)
        texts = None if texts is None or shape.texts is None else texts | shape.texts
    few = None if texts is None else _few(frozenset(texts))
    return Shape(
        nulls, bools, ints, floats, strings, styles, few, arrays, opaque=opaque
    )


def whole(variants: Iterable[Objects]) -> Objects:
    """All objects of some variants as one."""
    return functools.reduce(_joined, variants)


def _variants(objects: Sequence[dict[str, Json]], depth: int) -> Mapping[Tag, Objects]:
    if len(objects) == 1:
        return {_tag(objects[0]): Objects(1, _fields(objects, depth))}
    by_tag: dict[Tag, list[dict[str, Json]]] = {}
    for value in objects:
        by_tag.setdefault(_tag(value), []).append(value)
    if len(by_tag) > _MOST_TAGS:
        by_tag = {MIXED: list(objects)}
    return {
        tag: Objects(len(found), _fields(found, depth)) for tag, found in by_tag.items()
    }


def _tag(value: dict[str, Json]) -> Tag:
    for key in TAG_KEYS:
        text = value.get(key)
        if type(text) is str and 0 < len(text) <= _LONGEST_TAG:
            return key, text
    return UNTAGGED


def _fields(objects: Sequence[dict[str, Json]], depth: int) -> dict[str, Shape]:
    if len(objects) == 1:
        return {key: _one(value, depth) for key, value in objects[0].items()}
    by_key: dict[str, list[Json]] = {}
    for value in objects:
        for key, member in value.items():
            by_key.setdefault(key, []).append(member)
    return {key: observe(members, depth) for key, members in by_key.items()}


def _by_tag(pairs: Iterable[tuple[Tag, Objects]]) -> Mapping[Tag, Objects]:
    found: dict[Tag, Objects] = {}
    for tag, objects in pairs:
        found[tag] = _joined(found[tag], objects) if tag in found else objects
    if len(found) > _MOST_TAGS or (MIXED in found and len(found) > 1):
        return {MIXED: whole(found.values())}
    return found


def _joined(a: Objects, b: Objects) -> Objects:
    fields = dict(a.fields)
    for key, shape in b.fields.items():
        fields[key] = merge(fields[key], shape) if key in fields else shape
    return Objects(a.count + b.count, fields)


def _styles(strings: Sequence[str]) -> frozenset[str]:
    """The one style of all the strings, as a set; empty where there is none."""
    first = style_of(strings[0])
    if first is None or any(style_of(text) != first for text in strings):
        return frozenset()
    return frozenset((first,))


def _few(texts: frozenset[str]) -> frozenset[str] | None:
    if len(texts) > MOST_TEXTS or any(len(text) > _LONGEST_TEXT for text in texts):
        return None
    return texts


def _both(a: frozenset[str] | None, b: frozenset[str] | None) -> frozenset[str] | None:
    if a is None or b is None:
        return b if a is None else a
    return a & b


def _merged(a: Shape | None, b: Shape | None) -> Shape | None:
    if a is None or b is None:
        return b if a is None else a
    return merge(a, b)
