"""What becomes one type across places: each rule by itself, from both sides of its thresholds."""

from __future__ import annotations

import typing

import pytest
from seen import at, body, keys, needed, record_at, reply, types

from pmgen.infer import ANYTHING, Endpoint, Role, Scalar, Union, decide
from pmgen.infer.sameness import RULES

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.infer import TypeTable
    from pmgen.source import Json

BY_NAME = {rule.name: rule for rule in RULES}
A, B, C = reply("a"), reply("b"), reply("c")
PETS = {"a": at("pets"), "b": at("pets"), "c": at("pets")}
LIST_AND_ONE = {"a": at("pets"), "b": at("pets", "{}")}
ELSEWHERE = {"a": at("pets"), "b": at("dogs", "{}")}

Ends: typing.TypeAlias = "Mapping[str, Endpoint]"
Spot: typing.TypeAlias = "tuple[Role, tuple[str, ...]]"


def decided(
    rule: str, samples: Mapping[Role, Json], ends: Ends | None = None
) -> TypeTable:
    """The table by one rule alone."""
    seen = {role: (value,) for role, value in samples.items()}
    table = decide(seen, ends or {}, rules=(BY_NAME[rule],))
    table.check()
    return table


def are_one(table: TypeTable, *spots: Spot) -> bool:
    """Whether one record was found at all of them."""
    return len({record_at(table, role, *path) for role, path in spots}) == 1


# Unequal samples throughout, since records that are equal in all are one in any case.
Case: typing.TypeAlias = "tuple[str, Role, Json, Role, Json, Ends, bool]"
OTHER_METHOD = {"a": at("pets"), "b": at("pets", method="PUT")}
AT_THE_TOP: list[Case] = [
    # Half of the smaller one is in the other, and a fifth of all is in both.
    ("endpoint", A, keys(0, 3), B, keys(0, 2), PETS, True),
    ("endpoint", A, keys(0, 2), B, keys(1, 3), PETS, True),
    ("endpoint", A, keys(0, 3), B, keys(2, 5), PETS, False),
    ("endpoint", A, keys(0, 1), B, keys(0, 5), PETS, True),
    ("endpoint", A, keys(0, 1), B, keys(0, 6), PETS, False),
    ("endpoint", A, {"k0": 0, "z": 1}, B, keys(0, 9), PETS, False),
    # What two maps at the top hold is not compared.
    ("endpoint", A, [{"1": 1, "2": 1}], B, [{"1": "", "2": ""}], PETS, False),
    # Its types need not agree: the same call was made.
    ("endpoint", A, {"a": 1, "b": 2}, B, {"a": "x", "b": 2}, PETS, True),
    ("endpoint", A, [keys(0, 3)], B, [keys(0, 2)], PETS, True),
    ("endpoint", A, keys(0, 3), B, [keys(0, 2)], PETS, False),
    ("endpoint", A, {"x": keys(0, 3)}, B, {"y": keys(0, 2)}, PETS, False),
    ("endpoint", A, keys(0, 3), reply("b", 201), keys(0, 2), PETS, False),
    ("endpoint", A, keys(0, 3), body("b"), keys(0, 2), PETS, False),
    ("endpoint", A, keys(0, 3), body("a"), keys(0, 2), PETS, False),
    ("endpoint", body("a"), keys(0, 3), body("b"), keys(0, 2), PETS, True),
    ("endpoint", reply("a", 404), keys(0, 3), reply("b", 404), keys(0, 2), PETS, True),
    ("endpoint", A, keys(0, 3), B, keys(0, 2), OTHER_METHOD, False),
    ("endpoint", A, keys(0, 3), B, keys(0, 2), LIST_AND_ONE, False),
    ("endpoint", A, keys(0, 3), B, keys(0, 2), {}, False),
    # Errors: half of all keys, two of them, types that agree.
    ("error", reply("a", 400), keys(0, 2), reply("b", 500), keys(0, 4), {}, True),
    ("error", reply("a", 400), keys(0, 2), reply("b", 500), keys(0, 5), {}, False),
    ("error", reply("a", 400), keys(0, 1), reply("b", 500), keys(0, 2), {}, False),
    ("error", reply("a", 400), keys(0, 2), reply("a", 500), keys(0, 3), {}, True),
    (
        "error",
        reply("a", 400),
        {"code": 1, "message": "x"},
        reply("b", 400),
        {"code": "E1", "message": "x"},
        {},
        False,
    ),
    (
        "error",
        reply("a", 400),
        {"code": None, "message": "x"},
        reply("b", 400),
        {"code": "E1", "message": "x"},
        {},
        True,
    ),
    (
        "error",  # The keys are half alike, and what lies below is not: 2 of 6 paths.
        reply("a", 400),
        {"code": 1, "message": "x"},
        reply("b", 400),
        {"code": 1, "message": "x", "details": {"a": 1, "b": 1, "c": 1}},
        {},
        False,
    ),
    (
        "error",
        reply("a", 400),
        {"code": 1, "message": "x"},
        reply("b", 400),
        {"code": 1, "message": "x", "details": {"a": 1, "b": 1}},
        {},
        True,
    ),
    ("error", reply("a", 399), keys(0, 3), reply("b", 400), keys(0, 4), {}, False),
    ("error", A, keys(0, 3), B, keys(0, 4), {}, False),
    ("error", body("a"), keys(0, 3), body("b"), keys(0, 4), {}, False),
    # The same place in successful replies: four of five.
    ("place", A, keys(0, 4), B, keys(0, 5), {}, True),
    ("place", A, keys(0, 3), B, keys(0, 4), {}, False),
    ("place", A, keys(0, 4), reply("b", 201), keys(0, 5), {}, True),
    ("place", A, keys(0, 4), reply("b", 404), keys(0, 5), {}, False),
    ("place", reply("a", 404), keys(0, 4), reply("b", 404), keys(0, 5), {}, False),
    ("place", body("a"), keys(0, 4), body("b"), keys(0, 5), {}, False),
    ("place", A, {**keys(0, 4), "x": 1}, B, {**keys(0, 4), "x": "1"}, {}, False),
    ("place", A, {**keys(0, 4), "x": 1}, B, {**keys(0, 4), "x": 1.5}, {}, True),
    ("place", A, {"x": None}, B, {"x": 1}, {}, False),
    ("place", A, {"x": 1}, B, {"x": 1.5}, {}, False),
    ("place", A, {"x": 1, "y": 1}, B, {"x": 1.5, "y": 1}, {}, True),
    ("place", A, {"x": None, "y": 1}, B, {"x": 1, "y": 1}, {}, True),
    ("place", A, {"x": [], "y": 1}, B, {"x": [1], "y": 1}, {}, True),
    ("place", A, {"x": [[]], "y": 1}, B, {"x": [[1]], "y": 1}, {}, True),
    ("place", A, {"x": ["a"], "y": 1}, B, {"x": [1], "y": 1}, {}, False),
    ("place", A, {"x": {}, "y": 1}, B, {"x": [], "y": 1}, {}, False),
    ("place", A, keys(0, 4), B, [keys(0, 5)], {}, False),
    # Anywhere in the successful replies about one resource: seven of ten, four keys at least.
    ("resource", A, keys(0, 7), B, keys(0, 10), LIST_AND_ONE, True),
    ("resource", A, keys(0, 7), B, keys(0, 11), LIST_AND_ONE, False),
    ("resource", A, keys(0, 3), B, keys(0, 4), LIST_AND_ONE, False),
    ("resource", A, keys(0, 4), B, keys(0, 5), LIST_AND_ONE, True),
    ("resource", A, keys(0, 4), B, keys(0, 5), ELSEWHERE, False),
    ("resource", A, keys(0, 4), B, keys(0, 5), {}, False),
    ("resource", A, keys(0, 4), body("b"), keys(0, 5), LIST_AND_ONE, False),
    ("resource", A, keys(0, 4), reply("b", 400), keys(0, 5), LIST_AND_ONE, False),
    ("resource", A, keys(0, 4), reply("b", 399), keys(0, 5), LIST_AND_ONE, True),
    ("resource", A, {**keys(0, 4)}, B, {**keys(1, 5), "k0": ""}, LIST_AND_ONE, False),
    # Equal but for what is not known: three keys that are, in both.
    ("equal", A, {**keys(0, 3), "x": None}, B, {**keys(0, 3), "x": 1}, {}, True),
    ("equal", A, {**keys(0, 2), "x": None}, B, {**keys(0, 2), "x": 1}, {}, False),
    (
        "equal",
        A,
        {**keys(0, 2), "x": None, "y": None},
        B,
        {"k0": 0.5, "k1": 1, "x": None, "y": None},
        {},
        False,
    ),
    (
        "equal",
        A,
        {**keys(0, 3), "x": None},
        B,
        {**keys(0, 2), "k2": 0.5, "x": None},
        {},
        True,
    ),
    ("equal", A, {**keys(0, 3), "x": ""}, B, {**keys(0, 3), "x": 1}, {}, False),
    ("equal", A, keys(0, 9), B, keys(0, 10), {}, False),
    ("equal", A, [{**keys(0, 3), "x": []}], B, {**keys(0, 3), "x": [1]}, {}, False),
    (
        "equal",
        body("a"),
        {**keys(0, 3), "x": None},
        body("b"),
        {**keys(0, 3), "x": 1},
        {},
        True,
    ),
    (
        "equal",
        body("a"),
        {**keys(0, 3), "x": None},
        B,
        {**keys(0, 3), "x": 1},
        {},
        False,
    ),
    (
        "equal",
        A,
        {**keys(0, 3), "x": None},
        reply("b", 404),
        {**keys(0, 3), "x": 1},
        {},
        False,
    ),
    (
        "equal",
        reply("a", 400),
        {**keys(0, 3), "x": None},
        reply("b", 404),
        {**keys(0, 3), "x": 1},
        {},
        True,
    ),
]


@pytest.mark.parametrize(("rule", "a", "one", "b", "other", "ends", "same"), AT_THE_TOP)
def test_tops(
    rule: str, a: Role, one: Json, b: Role, other: Json, ends: Ends, same: bool
) -> None:
    table = decided(rule, {a: one, b: other}, ends)
    assert (table.roots[a] == table.roots[b]) is same


DEEP_CASES: list[tuple[str, Json, Json, bool]] = [
    # All paths below count, not the keys alone: 9 of 11, 8 of 11.
    ("place", {**keys(0, 5), "x": keys(0, 3)}, {**keys(0, 5), "x": keys(0, 5)}, True),
    ("place", {**keys(0, 4), "x": keys(0, 3)}, {**keys(0, 4), "x": keys(0, 6)}, False),
    # A key deep inside: 18 of 20 paths, 17 of 19.
    (
        "equal",
        {**keys(0, 16), "x": {"k0": 0}},
        {**keys(0, 16), "x": keys(0, 3)},
        True,
    ),
    (
        "equal",
        {**keys(0, 15), "x": {"k0": 0}},
        {**keys(0, 15), "x": keys(0, 3)},
        False,
    ),
    # Deeper than five steps nothing tells apart.
    (
        "place",
        {"a": {"b": {"c": {"d": {"e": {"f": 1, "h": 1, "i": 1}}}}}, "z": 1},
        {"a": {"b": {"c": {"d": {"e": {"g": 1}}}}}, "z": 1},
        True,
    ),
    (
        "place",
        {"a": {"b": {"c": {"d": {"f": 1, "h": 1, "i": 1}}}}, "z": 1},
        {"a": {"b": {"c": {"d": {"g": 1}}}}, "z": 1},
        False,
    ),
]


@pytest.mark.parametrize(("rule", "one", "other", "same"), DEEP_CASES)
def test_what_lies_below_counts(rule: str, one: Json, other: Json, same: bool) -> None:
    table = decided(rule, {A: one, B: other})
    assert (table.roots[A] == table.roots[B]) is same


def test_an_endpoint_says_nothing_of_what_lies_deeper() -> None:
    samples: dict[Role, Json] = {
        A: {"x": keys(0, 4), "a": {**keys(0, 9)}},
        B: {"x": keys(0, 5), "b": {**keys(0, 9)}},
    }
    table = decided("endpoint", samples, PETS)
    assert not are_one(table, (A, ("x",)), (B, ("x",)))


def test_a_resource_is_the_same_in_a_list_and_by_itself() -> None:
    pets: Json = {"pets": [{**keys(0, 5), "owner": None}], "page": 1}
    table = decided(
        "resource", {A: pets, B: {**keys(0, 5), "owner": "Ann"}}, LIST_AND_ONE
    )
    assert are_one(table, (A, ("pets", "[]")), (B, ()))


def test_places_below_the_top_are_the_same_by_their_path() -> None:
    user, more = keys(0, 4), keys(0, 5)
    samples: dict[Role, Json] = {
        A: {"user": user, "a": 1},
        B: {"user": more, "b": 1},
        C: {"owner": more, "c": 1},
    }
    table = decided("place", samples)
    assert are_one(table, (A, ("user",)), (B, ("user",)))
    assert not are_one(table, (A, ("user",)), (C, ("owner",)))


def test_the_name_of_a_key_alone_is_nothing() -> None:
    samples: dict[Role, Json] = {
        A: {"address": {"street": "x", "zip": "1", "city": "y"}, "a": 1},
        B: {"address": {"url": "x", "port": 1}, "b": 1},
    }
    table = decide({role: (value,) for role, value in samples.items()}, PETS)
    assert not are_one(table, (A, ("address",)), (B, ("address",)))


def test_what_one_thing_holds_is_one_thing() -> None:
    samples: dict[Role, Json] = {
        A: {**keys(0, 9), "x": [{"a": 1}]},
        B: {**keys(0, 9), "x": [{"b": "s"}]},
    }
    table = decided("place", samples)
    assert are_one(table, (A, ("x", "[]")), (B, ("x", "[]")))
    inner = table.records[record_at(table, A, "x", "[]")]
    assert types(inner) == {"a": Scalar("integer"), "b": Scalar("string")}
    assert not needed(inner)


ENVELOPES: list[tuple[str, dict[str, Json], Json, Json]] = [
    ("endpoint", {}, keys(0, 5), keys(5, 10)),
    ("place", {}, keys(0, 5), keys(5, 10)),
    ("resource", {"ok": True, "time": 1}, keys(0, 9), keys(9, 18)),
]


@pytest.mark.parametrize(("rule", "more", "one", "other"), ENVELOPES)
def test_envelopes_with_different_contents_stay_apart(
    rule: str, more: dict[str, Json], one: Json, other: Json
) -> None:
    around: dict[str, Json] = {"meta": {"page": 1, "pages": 1}, **more}
    samples: dict[Role, Json] = {
        A: {"data": one, **around},
        B: {"data": other, **around},
    }
    table = decided(rule, samples, PETS)
    assert table.roots[A] != table.roots[B]
    assert not are_one(table, (A, ("data",)), (B, ("data",)))


def subsets(count: int) -> dict[Role, tuple[Json, ...]]:
    """So many different replies: all have eight keys, and each some of seven more."""
    return {
        reply(f"op{n}"): (
            {**keys(0, 8), **{f"x{bit}": 1 for bit in range(7) if n >> bit & 1}},
        )
        for n in range(count)
    }


@pytest.mark.parametrize(("count", "records"), [(64, 1), (65, 65)])
def test_an_endpoint_that_answers_with_anything_is_no_one_thing(
    count: int, records: int
) -> None:
    samples = subsets(count)
    ends = {role.operation: at("rpc") for role in samples}
    table = decide(samples, ends, rules=(BY_NAME["endpoint"],))
    assert len(table.records) == records


def test_thousands_of_replies_that_are_alike_take_no_long_time() -> None:
    """All of them are as alike as the rule wants, and all together are nothing alike."""
    samples: dict[Role, tuple[Json, ...]] = {
        reply(f"op{n}"): ({**keys(0, 10), f"x{n}": 1},) for n in range(3000)
    }
    table = decide(samples, rules=(BY_NAME["place"],))
    assert len(table.records) == len(samples)


def shifted(starts: list[int], size: int) -> dict[Role, tuple[Json, ...]]:
    """Objects whose keys begin later and later."""
    return {
        reply(f"{n:02}"): (keys(start, start + size),) for n, start in enumerate(starts)
    }


CHAINS: list[tuple[list[int], int, int]] = [
    # Each has 9 of 11 keys in common with the next; all together at most 10 of 16.
    (list(range(7)), 10, 1),
    (list(range(8)), 10, 8),
    # Pairs that are closer (19 of 21) than pair and pair (18 of 22) stay.
    ([0, 1, 3, 4, 6, 7, 9, 10, 12, 13, 15, 16], 20, 6),
]


@pytest.mark.parametrize(("starts", "size", "records"), CHAINS)
def test_chains_are_cut(starts: list[int], size: int, records: int) -> None:
    table = decide(shifted(starts, size), rules=(BY_NAME["place"],))
    assert len(table.records) == records


@pytest.mark.parametrize(("count", "tops"), [(8, 1), (10, 10)])
def test_chains_of_what_lies_below_are_cut(count: int, tops: int) -> None:
    """12 of all paths, which may be 19 and not 21."""
    samples: dict[Role, tuple[Json, ...]] = {
        reply(str(n)): ({"a": 1, "x": keys(n, n + 10)},) for n in range(count)
    }
    table = decide(samples, rules=(BY_NAME["place"],))
    assert len(set(table.roots.values())) == tops


@pytest.mark.parametrize(("count", "tops"), [(8, 1), (9, 9)])
def test_chains_of_keys_are_cut_whatever_lies_below(count: int, tops: int) -> None:
    """11 of all keys, which are 18 at most; all else is the same everywhere."""
    samples: dict[Role, tuple[Json, ...]] = {
        reply(str(n)): ({**keys(n, n + 10), "x": keys(0, 90)},) for n in range(count)
    }
    table = decide(samples, rules=(BY_NAME["place"],))
    assert len(set(table.roots.values())) == tops


def test_a_long_chain_takes_no_long_time() -> None:
    table = decide(shifted(list(range(3000)), 10), rules=(BY_NAME["place"],))
    assert len(table.records) == 3000


def test_null_joins_neither_text_nor_number_where_it_could_be_both() -> None:
    rest = keys(0, 9)
    samples: dict[Role, Json] = {
        A: {**rest, "x": "text"},
        B: {**rest, "x": None},
        C: {**rest, "x": 1},
    }
    table = decided("place", samples)
    assert len(table.records) == 3
    assert types(table.records[record_at(table, B)])["x"] == ANYTHING


def test_what_contradicts_two_does_not_part_them() -> None:
    rest = keys(0, 9)
    samples: dict[Role, Json] = {
        A: {**rest, "x": 1},
        B: {**rest, "x": 1, "y": 1},
        C: {**rest, "x": "text"},
    }
    table = decided("place", samples)
    assert are_one(table, (A, ()), (B, ()))
    assert not are_one(table, (A, ()), (C, ()))


def test_null_takes_the_type_that_all_others_have() -> None:
    rest = keys(0, 9)
    samples: dict[Role, Json] = {
        A: {**rest, "x": "text"},
        B: {**rest, "x": None},
        C: {**rest, "x": "more", "y": 1},
    }
    (record,) = decided("place", samples).records
    assert types(record)["x"] == Union((Scalar("string"), Scalar("null")))
    assert needed(record) == {*rest, "x"}


REFERENCES: dict[Role, Json] = {
    # A user and a vendor, each referred to by its first four keys.
    A: {"id": 1, "name": "a", "type": "x", "state": "y", "email": "e"},
    reply("a2"): {"user": {"id": 1, "name": "a", "type": "x", "state": "y"}},
    B: {"id": 1, "name": "a", "type": "x", "state": "y", "vat": "v"},
    reply("b2"): {"vendor": {"id": 1, "name": "a", "type": "x", "state": "y"}},
}


def test_short_references_do_not_drag_together_what_they_refer_to() -> None:
    ends = {
        "a": at("users", "{}"),
        "a2": at("users"),
        "b": at("vendors", "{}"),
        "b2": at("vendors"),
    }
    rules = (BY_NAME["resource"], BY_NAME["equal"])
    seen = {role: (value,) for role, value in REFERENCES.items()}
    table = decide(seen, ends, rules=rules)
    assert are_one(table, (A, ()), (reply("a2"), ("user",)))
    assert are_one(table, (B, ()), (reply("b2"), ("vendor",)))
    assert not are_one(table, (A, ()), (B, ()))


def test_what_other_rules_made_one_is_compared_as_one() -> None:
    """Neither list item shows all keys; together they show those of the other place."""
    samples: dict[Role, tuple[Json, ...]] = {
        A: ([{**keys(0, 9), "x": 1}],),
        B: ([{**keys(0, 9), "y": 1}],),
        C: ({**keys(0, 9), "x": None, "y": 1},),
    }
    rules = (BY_NAME["place"], BY_NAME["equal"])
    table = decide(samples, rules=rules)
    assert are_one(table, (A, ("[]",)), (B, ("[]",)), (C, ()))
    assert not are_one(decide(samples, rules=rules[:1]), (A, ("[]",)), (C, ()))


def test_bodies_replies_and_errors_are_three_things() -> None:
    """By all rules at once, nearly equal as they are."""
    ends = {"a": at("pets", method="POST")}
    roles = [body("a"), reply("a", 201), reply("a", 422)]
    samples = {
        role: ({**keys(0, 9), "x": value},)
        for role, value in zip(roles, (None, 1, "e"), strict=True)
    }
    table = decide(samples, ends)
    assert len({table.roots[role] for role in roles}) == 3


def test_maps_are_nobodys_record() -> None:
    """They have no keys that could be alike."""
    samples: dict[Role, Json] = {
        A: {"by": {"1": {"a": 1}, "2": {"a": 1}, "3": {"a": 1}}},
        B: {"by": {"1": {"a": 1}, "2": {"a": 1}, "3": {"a": 1}, "4": {"a": ""}}},
    }
    table = decided("place", samples)
    assert not are_one(table, (A, ("by", "{}")), (B, ("by", "{}")))


def test_objects_of_two_kinds_are_the_same_kind_by_kind() -> None:
    cat: Json = {"kind": "cat", **keys(0, 4)}
    dog: Json = {"kind": "dog", **keys(4, 8)}
    tabby: Json = {**keys(0, 5), "kind": "cat"}
    samples: dict[Role, Json] = {
        A: {"pets": [cat, dog, cat, dog], "a": 1},
        B: {"pets": [tabby, dog, tabby, dog], "b": 1, "c": 1},
    }
    table = decided("place", samples)
    assert {len(record.origins) for record in table.records} == {1, 2}
    pets = [r for r in table.records if {"kind"} <= types(r).keys()]
    assert [len(record.origins) for record in pets] == [2, 2]


@pytest.mark.parametrize("rule", ["place", "error"])
def test_objects_of_two_kinds_are_two_kinds_however_alike(rule: str) -> None:
    """A cat in one place, and in another what has a cat's keys and is called otherwise."""
    status = 200 if rule == "place" else 400
    samples: dict[Role, Json] = {
        reply(name, status): [
            {"kind": kind, **keys(0, count)},
            {"kind": "dog", **keys(9, 18)},
            {"kind": kind, **keys(0, count)},
            {"kind": "dog", **keys(9, 18), "x": None},
        ]
        for name, kind, count in (("a", "cat", 8), ("b", "tom", 9))
    }
    table = decided(rule, samples)
    assert sorted(len(record.origins) for record in table.records) == [1, 1, 2]
