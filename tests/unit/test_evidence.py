"""What examples showed: counts, texts and loans in the table, and how docstrings say it."""

from __future__ import annotations

import typing

import pytest
from seen import at, body, keys, origin, record_at, reply, types

from pmgen.infer import ANYTHING, Array, Loan, Map, Origin, Scalar, Union, decide
from pmgen.infer import Field as FieldType
from pmgen.infer import Record as RecordType
from pmgen.names import names_of
from pmgen.python import evidence
from pmgen.python.places import Places
from pmgen.standalone import flat_api

if typing.TYPE_CHECKING:
    from pmgen.infer import Endpoint, Role, TypeTable
    from pmgen.source import Json

A, B, C = reply("a"), reply("b"), reply("c")
ENDS = {name: at("pets") for name in "abc"}
REST = keys(0, 9)


def field_of(table: TypeTable, key: str, role: Role = A, *path: str) -> FieldType:
    """The field of the record there."""
    record = table.records[record_at(table, role, *path)]
    return next(field for field in record.fields if field.wire == key)


def seen(*values: Json, role: Role = A) -> FieldType:
    """The field `x` of samples."""
    return field_of(decide({role: values}), "x", role)


COUNTS: list[tuple[list[Json], tuple[int, int, int, bool]]] = [
    ([{"x": 1}], (1, 1, 0, True)),
    ([{"x": 1}, {"x": 2}], (2, 2, 0, True)),
    ([{"x": 1}, {}, {"x": None}], (2, 3, 1, False)),
    ([{"x": None}, {"x": None}], (2, 2, 2, True)),
    ([{"x": [None, None]}], (1, 1, 0, True)),
    ([{"x": [1, 2, 3]}, {"x": {}}], (2, 2, 0, True)),
]


@pytest.mark.parametrize(("values", "counts"), COUNTS)
def test_counts(values: list[Json], counts: tuple[int, int, int, bool]) -> None:
    found = seen(*values)
    assert (found.seen, found.of, found.nulls, found.required) == counts


def test_counts_of_items_and_of_values_of_maps() -> None:
    value: Json = {
        "list": [{"x": 1}, {"x": None}, {}],
        "map": {"1": {"x": ""}, "2": {"x": ""}, "3": {}},
    }
    table = decide({A: (value, value)})
    inner = field_of(table, "x", A, "list", "[]")
    assert (inner.seen, inner.of, inner.nulls) == (4, 6, 2)
    inner = field_of(table, "x", A, "map", "{}")
    assert (inner.seen, inner.of, inner.nulls) == (4, 6, 0)


def test_counts_add_up_where_records_are_one() -> None:
    # Equal ones, which no rule compares.
    table = decide({A: ([{"x": 1}, {"x": 2}],), reply("b", 404): ({"x": 1},)})
    (record,) = table.records
    assert record.origins == (
        origin(A, "[]", count=2),
        origin(reply("b", 404), count=1),
    )
    assert (record.fields[0].seen, record.fields[0].of) == (3, 3)
    # Alike ones.
    samples: dict[Role, tuple[Json, ...]] = {A: (REST,), B: ({**REST, "x": None},) * 2}
    found = field_of(decide(samples), "x")
    assert (found.seen, found.of, found.nulls, found.required) == (2, 3, 2, False)


TEXTS: list[tuple[list[Json], tuple[str, ...]]] = [
    (["b", "a", "b"], ("a", "b")),
    ([*"abcdefgh"], tuple("abcdefgh")),
    ([*"abcdefghi"], ()),
    (["x" * 24], ("x" * 24,)),
    (["x" * 25], ()),
    (["x", "y" * 25], ()),
    (["2024-01-02"], ()),
    (["2024-01-02", "x"], ("2024-01-02", "x")),
    (["x", None, 1, [1]], ("x",)),
    ([None], ()),
    ([["x"]], ()),
    ([""], ("",)),
]


@pytest.mark.parametrize(("values", "texts"), TEXTS)
def test_texts(values: list[Json], texts: tuple[str, ...]) -> None:
    assert seen(*({"x": value} for value in values)).values == texts


def test_texts_of_records_that_are_one() -> None:
    def texts(one: str, other: str) -> tuple[str, ...]:
        samples: dict[Role, tuple[Json, ...]] = {
            A: tuple({"x": text} for text in one),
            B: tuple({"x": text} for text in other),
        }
        return field_of(decide(samples), "x").values

    assert texts("ab", "bc") == ("a", "b", "c")
    assert texts("abcd", "efgh") == tuple("abcdefgh")
    assert texts("abcd", "efghi") == ()
    assert texts("abcdefghi", "a") == ()


LENT: list[tuple[Json, Json, bool]] = [
    (None, 1, True),
    ([], [1], True),
    (None, [1], True),
    ([], ["x"], True),
    ([None], [1], True),
    (None, {"a": 1}, True),
    ([[]], [[1]], False),  # lists of lists are known as such
    (None, None, False),
    ([], None, False),
    (None, [], False),
    ({}, {"a": 1}, False),
    (0, 1, False),
    ("", "x", False),
    (False, True, False),
]


@pytest.mark.parametrize(("borrower", "lender", "owed"), LENT)
def test_loans_between_places_that_are_one(
    borrower: Json, lender: Json, owed: bool
) -> None:
    samples = {A: ({**REST, "x": borrower},), B: ({**REST, "x": lender},)}
    for seen_first in (samples, dict(reversed(samples.items()))):
        found = field_of(decide(seen_first, ENDS), "x")
        assert found.loans == ((Loan(origin(A), origin(B)),) if owed else ())


def test_every_place_that_shows_nothing_has_it_from_the_first_that_does() -> None:
    shown: dict[Role, Json] = {A: None, B: 1, C: None, reply("d"): 2}
    samples = {role: ({**REST, "x": value},) for role, value in shown.items()}
    found = field_of(decide(samples), "x")
    assert found.loans == (Loan(origin(A), origin(B)), Loan(origin(C), origin(B)))


def test_one_place_owes_itself_nothing() -> None:
    assert seen({"x": None}, {"x": 1}).loans == ()


def test_a_place_without_the_key_owes_nothing() -> None:
    samples: dict[Role, tuple[Json, ...]] = {A: (REST,), B: ({**REST, "x": 1},)}
    assert field_of(decide(samples), "x").loans == ()


def test_what_bodies_and_replies_lend_each_other() -> None:
    samples: dict[Role, tuple[Json, ...]] = {
        body("a"): ({**REST, "x": 1, "y": None},),
        A: ({**REST, "x": None, "y": ["t"]},),
    }
    table = decide(samples, ENDS)
    assert types(table.records[0])["y"] == Union((Array(Scalar("string")), NULL))
    assert types(table.records[1])["x"] == Union((Scalar("integer"), NULL))
    lent = field_of(table, "x")
    assert lent.loans == (Loan(origin(A), origin(body("a"))),)
    assert (lent.seen, lent.of, lent.nulls, lent.values) == (1, 1, 1, ())
    assert field_of(table, "y", body("a")).loans == (
        Loan(origin(body("a")), origin(A)),
    )
    apart = {"a": at("pets"), "b": at("dogs")}
    other: dict[Role, tuple[Json, ...]] = {body("b"): samples[body("a")], A: samples[A]}
    assert not field_of(decide(other, apart), "x").loans


def test_who_lends_is_a_place_that_shows_it() -> None:
    """The lender's first place lacks the key."""
    one, other, third = body("a"), body("b"), A
    samples: dict[Role, tuple[Json, ...]] = {
        one: (REST,),
        other: ({**REST, "x": 1},),
        third: ({**REST, "x": None},),
    }
    found = field_of(decide(samples, ENDS), "x", third)
    assert found.loans == (Loan(origin(third), origin(other)),)


NO_LOANS: list[tuple[str, dict[str, Json], dict[str, Json], dict[str, Endpoint]]] = [
    ("two keys in common", {**keys(0, 2), "x": 1}, {**keys(0, 2), "x": None}, ENDS),
    (
        "less than half of the smaller one",
        {**keys(0, 9), "x": 1},
        {**keys(0, 3), **keys(20, 24), "x": None},
        ENDS,
    ),
    (
        "another key has two types",
        {**REST, "y": "", "x": 1},
        {**REST, "y": 1, "x": None},
        ENDS,
    ),
    ("an object", {**REST, "x": {"a": 1}}, {**REST, "x": None}, ENDS),
    ("a list of objects", {**REST, "x": [{"a": 1}]}, {**REST, "x": []}, ENDS),
    ("nothing itself", {**REST, "x": None}, {**REST, "x": []}, ENDS),
]


@pytest.mark.parametrize(
    ("sent", "given", "ends"),
    [case[1:] for case in NO_LOANS],
    ids=[case[0] for case in NO_LOANS],
)
def test_what_a_body_does_not_lend(
    sent: dict[str, Json], given: dict[str, Json], ends: dict[str, Endpoint]
) -> None:
    table = decide({body("a"): (sent,), A: (given,)}, ends)
    found = field_of(table, "x")
    assert found.type in (ANYTHING, Array(ANYTHING))
    assert not found.loans


def test_errors_lend_nothing() -> None:
    error = reply("a", 400)
    table = decide(
        {body("a"): ({**REST, "x": 1},), error: ({**REST, "x": None},)}, ENDS
    )
    assert field_of(table, "x", error).type == ANYTHING


@pytest.mark.parametrize(("others", "lent"), [(62, True), (63, False)])
def test_a_resource_of_anything_lends_nothing(others: int, lent: bool) -> None:
    samples: dict[Role, tuple[Json, ...]] = {
        body("a"): ({**REST, "x": 1},),
        A: ({**REST, "x": None},),
    }
    ends = {"a": at("rpc")}
    for number in range(others):
        samples[reply(str(number))] = ({f"other{number}": 1},)
        ends[str(number)] = at("rpc")
    assert bool(field_of(decide(samples, ends), "x").loans) is lent


def test_lenders_must_agree() -> None:
    other = {**ENDS, "b": at("pets", "{}", method="PUT")}
    samples: dict[Role, tuple[Json, ...]] = {
        body("a"): ({**REST, "x": 1},),
        body("b"): ({**REST, "x": "t"},),
        A: ({**REST, "x": None},),
    }
    assert field_of(decide(samples, other), "x").type == ANYTHING


# --- in words ---

NULL, TEXT = Scalar("null"), Scalar("string")
PLACES = Places.of(
    flat_api({"a": "Get pet", "b": "List pets", "c": "Add pet"}),
    decide({}),
    names_of(flat_api({}), decide({})),
)


def field(found: typing.Any = TEXT, **more: typing.Any) -> FieldType:
    """A field of one object."""
    counts = {"required": True, "seen": 1, "of": 1, "nulls": 0, **more}
    return FieldType(wire="x", type=found, **counts)


def loan(borrower: Origin, lender: Origin) -> Loan:
    """In short."""
    return Loan(borrower, lender)


PLACE_A, PLACE_B, PLACE_C = origin(A), origin(B, "pets", "[]"), origin(body("c"))
IN_WORDS: list[tuple[FieldType, str]] = [
    (field(), ""),
    (field(ANYTHING, nulls=1), "Unknown: only `null` was seen."),
    (field(ANYTHING), "Unknown."),
    (field(Array(ANYTHING)), "Its items are unknown."),
    (field(seen=3, of=4), "Seen in 3 of 4."),
    (field(seen=3, of=4, nulls=2), "Seen in 3 of 4. Null in 2 of 3."),
    (field(values=("a", "b")), 'Seen: "a", "b".'),
    (field(values=tuple("abcde")), 'Seen: "a", "b", "c", "d", "e".'),
    (field(values=tuple("abcdefg")), 'Seen: "a", "b", "c", "d", "e" and 2 more.'),
    (
        field(nulls=1, loans=(loan(PLACE_A, PLACE_B),)),
        'Null in 1 of 1. Only null or empty in the 200 reply of "Get pet": '
        'the type is from `pets[]` of the 200 reply of "List pets".',
    ),
    (
        field(loans=(loan(PLACE_C, PLACE_B), loan(PLACE_A, PLACE_B))),
        'Only null or empty in the request body of "Add pet"; the 200 reply of "Get pet": '
        'the type is from `pets[]` of the 200 reply of "List pets".',
    ),
    (
        field(loans=(loan(PLACE_A, PLACE_B),) * 3),
        'Only null or empty in the 200 reply of "Get pet"; the 200 reply of "Get pet" and 1 more place: '
        'the type is from `pets[]` of the 200 reply of "List pets".',
    ),
    (
        field(loans=(loan(PLACE_A, PLACE_B), loan(PLACE_B, PLACE_C))),
        'Only null or empty in the 200 reply of "Get pet": '
        'the type is from `pets[]` of the 200 reply of "List pets". '
        'Only null or empty in `pets[]` of the 200 reply of "List pets": '
        'the type is from the request body of "Add pet".',
    ),
]


@pytest.mark.parametrize(("found", "words"), IN_WORDS)
def test_fields_in_words(found: FieldType, words: str) -> None:
    assert evidence.of_field(found, PLACES) == words


CLASSES: list[tuple[list[Origin], str]] = [
    ([PLACE_A], 'The 200 reply of "Get pet" (1 seen).'),
    (
        [origin(A, "[]", "by", "{}", count=7)],
        '`[].by{}` of the 200 reply of "Get pet" (7 seen).',
    ),
    (
        [PLACE_A, PLACE_B],
        'The 200 reply of "Get pet" (1 seen).\n\n'
        'One type with 1 other place: `pets[]` of the 200 reply of "List pets" (1 seen).',
    ),
    (
        [PLACE_A, *[PLACE_C] * 7],
        'The 200 reply of "Get pet" (1 seen).\n\nOne type with 7 other places: '
        + 'the request body of "Add pet" (1 seen); ' * 5
        + "2 more.",
    ),
]


@pytest.mark.parametrize(("origins", "words"), CLASSES)
def test_classes_in_words(origins: list[Origin], words: str) -> None:
    assert evidence.of_class(RecordType((), tuple(origins)), PLACES) == words


def test_maps_without_a_key_in_words() -> None:
    assert evidence.of_field(field(Map(ANYTHING)), PLACES) == "Its values are unknown."
