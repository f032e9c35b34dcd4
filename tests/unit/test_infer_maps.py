"""Which objects are maps."""

from __future__ import annotations

import typing

import pytest
from seen import at, comes_back, reply, types

from pmgen.infer import ANYTHING, Array, Map, Ref, Scalar, Type, Union, decide

if typing.TYPE_CHECKING:
    from pmgen.source import Json

A, B = reply("a"), reply("b")
INTEGER, TEXT, NULL = Scalar("integer"), Scalar("string"), Scalar("null")


def of(value: Json) -> Type:
    """The type of what lies below the top."""
    table = decide({A: ({"of": value},)})
    table.check()
    comes_back(table, {A: ({"of": value},)})
    return types(table.records[0])["of"]


UUID = "123e4567-e89b-12d3-a456-42661417400{}"
KEYS: list[tuple[list[str], bool]] = [
    (["1", "2"], True),
    (["1"], False),
    ([], True),  # of which nothing is known
    (["0", "007"], True),
    (["-1", "-2"], False),
    (["1.5", "2.5"], False),
    (["1", "b"], False),
    (["1", ""], False),
    ([UUID.format(1), UUID.format(2)], True),
    ([UUID.format("A"), UUID.format("b")], True),
    ([UUID.format(1)[1:], UUID.format(2)[1:]], False),
    (["2024-01", "2024-02"], True),
    (["2024-01-02", "2024-01-03T04:05:06Z"], True),
    (["2024-01-02T03:04", "2024-01-02T03:05:06.789"], True),
    (["2024", "2025"], True),
    (["24-01-02", "24-01-03"], False),
    (["5f2b8c9d1e3a4b6c", "0f2b8c9d1e3a4b6c7d8e9f0a"], True),
    (["5f2b8c9d1e3a4b6", "0f2b8c9d1e3a4b6"], False),
    (["abcdefabcdefabcdef", "fedcbafedcbafedcba"], False),
    (["key_0", "key_1"], True),
    (["additionalProp1", "additionalProp2"], True),
    (["key_a", "key_b"], False),
    (["1", "2024-01-02", "key_1"], True),
    (["1\n", "2"], False),
]


@pytest.mark.parametrize(("keys", "is_map"), KEYS)
def test_keys(keys: list[str], is_map: bool) -> None:
    found = of(dict.fromkeys(keys, 1))
    assert found == (Map(INTEGER if keys else ANYTHING) if is_map else Ref(1))


VALUES: list[tuple[Json, Type]] = [
    ({"1": 1, "2": None}, Map(Union((INTEGER, NULL)))),
    ({"1": None, "2": None}, Map(ANYTHING)),
    ({"1": 1, "2": 1.5}, Map(Scalar("number"))),
    ({"1": 1, "2": "x"}, Ref(1)),
    ({"1": [1], "2": [2]}, Map(Array(INTEGER))),
    ({"1": [1], "2": ["x"]}, Ref(1)),
    ({"1": {"a": 1}, "2": {"b": 1}}, Map(Ref(1))),
    ({"1": {"3": 1, "4": 1}, "2": {"5": 1, "6": 1}}, Map(Map(INTEGER))),
    # Known to be a map from the others: the inner one has one key.
    ({"1": {"3": 1, "4": 1}, "2": {"5": 1}}, Map(Map(INTEGER))),
    ({"1": {"3": 1}, "2": {"5": 1}}, Map(Map(INTEGER))),
    ({"1": {"3": 1}, "2": {"5": "x"}}, Map(Ref(1))),
    ({"1": {"3": {"5": {}}}, "2": {"4": {"6": {}}}}, Map(Map(Map(Map(ANYTHING))))),
]


@pytest.mark.parametrize(("value", "found"), VALUES)
def test_values(value: Json, found: Type) -> None:
    assert of(value) == found


def test_never_at_the_top() -> None:
    examples: list[list[Json]] = [[{"1": 1, "2": 1}], [{"1": 1}, {"2": 1}]]
    for values in examples:
        table = decide({A: tuple(values)})
        assert table.roots[A] == Ref(0)
        assert set(types(table.records[0])) == {"1", "2"}


def test_items_of_a_list_at_the_top_may_be_maps() -> None:
    assert decide({A: ([{"1": 1, "2": 1}],)}).roots[A] == Array(Map(INTEGER))


def test_several_examples_show_more_keys() -> None:
    table = decide({A: ({"of": {"1": 1}}, {"of": {"2": 1}})})
    assert types(table.records[0])["of"] == Map(INTEGER)


SAME = {"a": at("x"), "b": at("x")}


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        # Either alone looks like a record with one key.
        ({"1": 1}, {"2": 2}, Map(INTEGER)),
        ({"1": 1}, {"2": "x"}, Ref(1)),
        ({"1": 1, "2": 1}, {"x": 2}, Map(INTEGER)),
        ({"1": 1, "2": 1}, {}, Map(INTEGER)),
        ({"1": 1, "2": 1}, {"3": "x"}, Map(Union((TEXT, INTEGER)))),
        ({"1": {"a": 1}}, {"2": {"b": 1}}, Map(Ref(1))),
    ],
)
def test_places_that_become_one(
    one: Json, other: Json, found: Type, turned: bool
) -> None:
    rest: dict[str, Json] = {f"k{n}": n for n in range(9)}
    values = (other, one) if turned else (one, other)
    samples = {
        role: ({**rest, "of": value},)
        for role, value in zip((A, B), values, strict=True)
    }
    table = decide(samples, SAME)
    table.check()
    comes_back(table, samples)
    assert types(table.records[0])["of"] == found


def test_places_of_maps_are_the_values_places() -> None:
    table = decide({A: ({"of": {"1": [{"a": 1}], "2": [{"b": 1}]}},)})
    (inner,) = table.records[1:]
    assert {origin.path for origin in inner.origins} == {("of", "{}", "[]")}
    assert sum(origin.objects for origin in inner.origins) == 2
