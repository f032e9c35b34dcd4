"""Objects of several kinds at one place, told apart by the text under one key (DESIGN.md 5).

They are kept apart only where the text explains what keys an object has: then one record would have keys that look
optional and are not. It needs to be seen more than once to be believed, since two objects that differ in keys always
differ in some text as well.
"""

from __future__ import annotations

import itertools
import typing

from pmgen.infer.shape import UNTAGGED, Objects, Tag, whole

if typing.TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_ALIKE = 0.6
"""Share of common keys above which two kinds of object count as one kind with optional keys."""
_LEAST_EXPLAINED = 0.8
"""Share of the keys that not all objects have, and that all objects of some kinds have and no object of others."""


def separate(variants: Mapping[Tag, Objects]) -> Mapping[Tag, Objects]:
    """The objects of each kind, or all as one kind without a tag. There are some."""
    if variants.keys() == {UNTAGGED} or (len(variants) > 1 and _explained(variants)):
        return variants
    return {UNTAGGED: whole(variants.values())}


def _explained(variants: Mapping[Tag, Objects]) -> bool:
    if len({key for key, _ in variants}) > 1:
        return False
    found = list(variants.values())
    return _repeated(variants) and _differ(found) and _share_explained(found)


def _repeated(variants: Mapping[Tag, Objects]) -> bool:
    """Two kinds or more were seen more than once, or are named like a key that only they have."""
    believed = sum(
        found.count > 1 or text in found.fields for (_, text), found in variants.items()
    )
    return believed > 1 and 2 * believed >= len(variants)


def _differ(found: Sequence[Objects]) -> bool:
    """Each kind differs from each other one, unless the two have the same keys."""
    keys = {frozenset(objects.fields) for objects in found}
    return len(keys) > 1 and all(
        len(a & b) <= _MOST_ALIKE * len(a | b)
        for a, b in itertools.combinations(keys, 2)
    )


def _share_explained(found: Sequence[Objects]) -> bool:
    """Whether a key's presence follows from the kind."""
    everywhere = set.intersection(*(set(objects.fields) for objects in found))
    explained = partly = 0
    for objects in found:
        for key, shape in objects.fields.items():
            if key not in everywhere:
                always = shape.count == objects.count
                explained, partly = explained + always, partly + (not always)
    return explained >= _LEAST_EXPLAINED * (explained + partly)
