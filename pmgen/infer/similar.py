"""Finding sets that have much in common, without comparing each with each.

Two sets with a share of ``t`` of their elements in common must have a common element among the rarest few of each:
the prefix filter of Bayardo, Ma and Srikant, "Scaling Up All Pairs Similarity Search" (2007).
"""

from __future__ import annotations

import collections
import itertools
import math
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    Element = typing.TypeVar("Element", bound=Hashable)


def similarity(a: frozenset[Element], b: frozenset[Element]) -> float:
    """Jaccard's: the share of all elements that both have; 1 for two empty sets."""
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if a or b else 1.0


def similar_pairs(
    sets: Sequence[frozenset[Element]], least: float, most: float = math.inf
) -> Iterator[tuple[int, int]]:
    """The indices of all pairs with at least that similarity (above 0), each once, the smaller index first.

    Pairs that share nothing but what more than ``most`` sets have are left out: there are too many of them.
    """
    counts = collections.Counter(itertools.chain.from_iterable(sets))
    rank = {
        element: n
        for n, (element, _) in enumerate(
            sorted(counts.items(), key=lambda pair: pair[1])
        )
    }
    holders: dict[Element, list[int]] = collections.defaultdict(list)
    for index, found in enumerate(sets):
        rarest = sorted(found, key=rank.__getitem__)[: _prefix(len(found), least)]
        prefix = [element for element in rarest if counts[element] <= most]
        for other in sorted({n for element in prefix for n in holders[element]}):
            if similarity(found, sets[other]) >= least:
                yield other, index
        for element in prefix:
            holders[element].append(index)


_ROUNDING = 1e-9


def _prefix(size: int, least: float) -> int:
    return size - math.ceil(least * size - _ROUNDING) + 1
