"""Pairs of similar sets are those that comparing each with each finds."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmgen.infer.similar import similar_pairs, similarity

Sets = list[frozenset[str]]

LEAST = st.one_of(
    st.sampled_from([0.2, 0.25, 1 / 3, 0.4, 0.5, 0.56, 0.6, 2 / 3, 0.7, 0.8, 0.9, 1.0]),
    st.floats(0.2, 1.0),
)
# Few elements, so that many sets are alike; some of them rare.
SETS = st.lists(st.frozensets(st.sampled_from("aaabbccdefghijklmno")), max_size=12)
NESTED = st.integers(1, 30).map(
    lambda size: [frozenset(map(str, range(n))) for n in range(size)]
)


def each_with_each(sets: Sets, least: float) -> list[tuple[int, int]]:
    """The law."""
    return [
        (i, j)
        for i, j in itertools.combinations(range(len(sets)), 2)
        if sets[i] & sets[j] and similarity(sets[i], sets[j]) >= least
    ]


@given(SETS | NESTED, LEAST)
def test_all_pairs_are_found_once(sets: Sets, least: float) -> None:
    found = list(similar_pairs(sets, least))
    assert sorted(found) == each_with_each(sets, least)


@given(SETS, LEAST, st.randoms())
def test_the_order_of_sets_changes_nothing(
    sets: Sets, least: float, chance: object
) -> None:
    order = list(range(len(sets)))
    chance.shuffle(order)  # type: ignore[attr-defined]  # hypothesis' Random
    found = {
        frozenset((order[i], order[j]))
        for i, j in similar_pairs([sets[n] for n in order], least)
    }
    assert found == set(map(frozenset, similar_pairs(sets, least)))


@given(SETS, LEAST, st.integers(1, 8))
def test_pairs_with_nothing_rare_in_common_are_left_out(
    sets: Sets, least: float, most: int
) -> None:
    held = {e: sum(e in found for found in sets) for found in sets for e in found}
    expected = [
        (i, j)
        for i, j in each_with_each(sets, least)
        if min(held[element] for element in sets[i] & sets[j]) <= most
    ]
    assert sorted(similar_pairs(sets, least, most)) == expected


@pytest.mark.parametrize("tenths", range(1, 11))
def test_a_share_of_exactly_as_much_is_enough(tenths: int) -> None:
    """Where 0.7 * 10 is a little more than 7 in floating point."""
    whole = frozenset(map(str, range(10)))
    part = frozenset(map(str, range(tenths)))
    assert list(similar_pairs([whole, part], tenths / 10)) == [(0, 1)]
    least = tenths / 10 + 1e-6
    assert list(similar_pairs([whole, part], least)) == []


def test_similarity() -> None:
    empty: frozenset[str] = frozenset()
    assert similarity(empty, empty) == 1
    assert similarity(empty, frozenset("a")) == 0
    assert similarity(frozenset("abc"), frozenset("bcd")) == 0.5
    assert list(similar_pairs([empty, empty], 0.5)) == []
