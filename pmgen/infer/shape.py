"""Evidence: what was seen at one place of the examples. Decisions come later.

``merge`` joins two pieces of evidence. It is commutative and associative, EMPTY is its unit, and
``observe(xs + ys) == merge(observe(xs), observe(ys))``; counts add up, so merging twice changes counts but never
which kinds, keys, styles and texts were seen.
"""

from __future__ import annotations

import collections
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
_TAG_KEYS = frozenset(TAG_KEYS)
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
    kinds = list(dict.fromkeys(map(type, values)))
    if len(kinds) == 1:
        return _of_type(kinds[0], values, depth)
    by_type = ([v for v in values if type(v) is kind] for kind in kinds)
    shapes = (_of_type(type(same[0]), same, depth) for same in by_type)
    return functools.reduce(merge, shapes, EMPTY)


_LEAVES: Mapping[type, Callable[[int], Shape]] = {
    type(None): lambda count: Shape(nulls=count),
    bool: lambda count: Shape(bools=count),
    int: lambda count: Shape(ints=count),
    float: lambda count: Shape(floats=count),
}
_ONCE = {kind: leaf(1) for kind, leaf in _LEAVES.items()}


def _of_type(kind: type, values: Sequence[typing.Any], depth: int) -> Shape:
    """``values`` are all of one type, as json.loads gives it."""
    if kind is str:
        texts = _few(frozenset(values))
        return Shape(strings=len(values), styles=_styles(values), texts=texts)
    if kind in _LEAVES:
        return _LEAVES[kind](len(values))
    if depth >= _DEEPEST:
        return Shape(opaque=len(values))
    if kind is dict:
        return Shape(variants=_variants(values, depth + 1))
    items = [item for array in values for item in array]
    return Shape(arrays=len(values), items=observe(items, depth + 1))


def _one(value: Json, depth: int) -> Shape:
    """As ``_of_type`` for a single value, as most are, and without detours."""
    if isinstance(value, str):
        return _text(value)
    if not isinstance(value, (dict, list)):
        return _ONCE[type(value)]
    if depth >= _DEEPEST:
        return Shape(opaque=1)
    if isinstance(value, list):
        return Shape(arrays=1, items=observe(value, depth + 1))
    fields = {key: _one(member, depth + 1) for key, member in value.items()}
    return Shape(variants={_tag(value): Objects(1, fields)})


@functools.lru_cache(maxsize=4096)
def _text(text: str) -> Shape:
    texts = frozenset((text,)) if len(text) <= _LONGEST_TEXT else None
    return Shape(strings=1, styles=_only(style_of(text)), texts=texts)


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
        arrays += shape.arrays
        opaque += shape.opaque
        if not shape.strings:
            continue
        strings += shape.strings
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
    by_tag: dict[Tag, list[dict[str, Json]]] = {}
    for value in objects:
        by_tag.setdefault(_tag(value), []).append(value)
    if len(by_tag) > _MOST_TAGS:
        by_tag = {MIXED: list(objects)}
    return {
        tag: Objects(len(found), _fields(found, depth)) for tag, found in by_tag.items()
    }


def _tag(value: dict[str, Json]) -> Tag:
    if _TAG_KEYS.isdisjoint(value):
        return UNTAGGED
    for key in TAG_KEYS:
        text = value.get(key)
        if type(text) is str and 0 < len(text) <= _LONGEST_TAG:
            return key, text
    return UNTAGGED


def _fields(objects: Sequence[dict[str, Json]], depth: int) -> dict[str, Shape]:
    if len(objects) == 1:
        return {key: _one(value, depth) for key, value in objects[0].items()}
    by_key: dict[str, list[Json]] = collections.defaultdict(list)
    for value in objects:
        for key, member in value.items():
            by_key[key].append(member)
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
    same = first is not None and all(style_of(text) == first for text in strings[1:])
    return _only(first if same else None)


@functools.lru_cache
def _only(style: str | None) -> frozenset[str]:
    return frozenset((style,)) if style else frozenset()


def _few(texts: frozenset[str]) -> frozenset[str] | None:
    few = len(texts) <= MOST_TEXTS
    return texts if few and max(map(len, texts), default=0) <= _LONGEST_TEXT else None


def _both(a: frozenset[str] | None, b: frozenset[str] | None) -> frozenset[str] | None:
    if a is None or b is None:
        return b if a is None else a
    return a & b


def _merged(a: Shape | None, b: Shape | None) -> Shape | None:
    if a is None or b is None:
        return b if a is None else a
    return merge(a, b)
