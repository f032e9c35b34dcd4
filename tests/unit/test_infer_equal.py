"""Records that are equal in all that they hold become one; all others stay."""

from __future__ import annotations

import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seen import origin, reply

from pmgen.infer import (
    Array,
    Choice,
    Field,
    Loan,
    Map,
    Record,
    Ref,
    Scalar,
    Type,
    Union,
)
from pmgen.infer.draft import Draft
from pmgen.infer.equal import table_of

if typing.TYPE_CHECKING:
    from pmgen.infer import Origin

A = reply("a")
TEXT, INTEGER, NULL = Scalar("string"), Scalar("integer"), Scalar("null")


def field(
    wire: str, found: Type, *, required: bool = True, **more: typing.Any
) -> Field:
    """A field that was seen once."""
    return Field(wire, found, required, **{"seen": 1, "of": 1, "nulls": 0, **more})


def record(place: Origin | None = None, **fields: Type) -> Record:
    """A record of required fields."""
    found = tuple(field(wire, type_) for wire, type_ in fields.items())
    return Record(found, (place or origin(A),))


def joined(*records: Record) -> list[int]:
    """For each record the number of the one that it became."""
    table = table_of(Draft(dict(enumerate(records)), {A: Ref(0)}))
    table.check()
    return [
        next(
            number
            for number, found in enumerate(table.records)
            if set(old.origins) <= set(found.origins)
        )
        for old in records
    ]


def numbered(*records: Record) -> list[Record]:
    """The records, each of a place of its own."""
    return [
        Record(found.fields, (origin(A, str(number)),))
        for number, found in enumerate(records)
    ]


CASES: list[tuple[str, list[Record], list[int]]] = [
    ("the same fields", [record(a=TEXT), record(a=TEXT)], [0, 0]),
    ("in another order", [record(a=TEXT, b=NULL), record(b=NULL, a=TEXT)], [0, 0]),
    ("another key", [record(a=TEXT), record(b=TEXT)], [0, 1]),
    ("another type", [record(a=TEXT), record(a=INTEGER)], [0, 1]),
    ("one key more", [record(a=TEXT), record(a=TEXT, b=TEXT)], [0, 1]),
    (
        "required or not",
        [
            record(a=TEXT),
            Record((field("a", TEXT, required=False),), (origin(A),)),
        ],
        [0, 1],
    ),
    (
        "holding equal ones",
        [record(a=Ref(1)), record(a=TEXT), record(a=Ref(3)), record(a=TEXT)],
        [0, 1, 0, 1],
    ),
    (
        "holding unequal ones",
        [record(a=Ref(1)), record(a=TEXT), record(a=Ref(3)), record(a=NULL)],
        [0, 1, 2, 3],
    ),
    (
        "a difference three steps down",
        [
            record(a=Ref(1)),
            record(a=Ref(2)),
            record(a=TEXT),
            record(a=Ref(4)),
            record(a=Ref(5)),
            record(a=NULL),
        ],
        [0, 1, 2, 3, 4, 5],
    ),
    ("holding itself", [record(a=Ref(0)), record(a=Ref(1))], [0, 0]),
    ("holding each other", [record(a=Ref(1)), record(a=Ref(0))], [0, 0]),
    (
        "a circle of three and one of two",
        [
            record(a=Array(Ref(1))),
            record(a=Array(Ref(2))),
            record(a=Array(Ref(0))),
            record(a=Array(Ref(4))),
            record(a=Array(Ref(3))),
        ],
        [0, 0, 0, 0, 0],
    ),
    (
        "circles that differ in one place",
        [
            record(a=Ref(1), b=TEXT),
            record(a=Ref(0), b=NULL),
            record(a=Ref(3), b=TEXT),
            record(a=Ref(2), b=TEXT),
        ],
        [0, 1, 2, 2],
    ),
    (
        "within lists, maps and unions",
        [
            record(a=Array(Map(Union((Ref(1), NULL))))),
            record(a=TEXT),
            record(a=Array(Map(Union((Ref(3), NULL))))),
            record(a=TEXT),
        ],
        [0, 1, 0, 1],
    ),
    (
        "a list is no map",
        [record(a=Array(Ref(1))), record(), record(a=Map(Ref(1)))],
        [0, 1, 2],
    ),
    (
        "choices of equal ones by the same texts",
        [
            record(a=Choice("t", (("x", Ref(1)), ("y", Ref(2))))),
            record(a=TEXT),
            record(b=TEXT),
            record(a=Choice("t", (("x", Ref(4)), ("y", Ref(5))))),
            record(a=TEXT),
            record(b=TEXT),
        ],
        [0, 1, 2, 0, 1, 2],
    ),
    (
        "by other texts",
        [
            record(a=Choice("t", (("x", Ref(1)), ("y", Ref(2))))),
            record(a=TEXT),
            record(b=TEXT),
            record(a=Choice("t", (("x", Ref(1)), ("z", Ref(2))))),
        ],
        [0, 1, 2, 3],
    ),
    (
        "a choice between equal ones is none",
        [
            record(a=Choice("t", (("x", Ref(1)), ("y", Ref(2))))),
            record(a=TEXT),
            record(a=TEXT),
            record(a=Ref(1)),
        ],
        [0, 1, 1, 0],
    ),
]


@pytest.mark.parametrize(
    ("records", "groups"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_groups(records: list[Record], groups: list[int]) -> None:
    assert joined(*numbered(*records)) == groups


def test_one_record_has_the_evidence_of_all() -> None:
    lent, owed = ((Loan(origin(A, name), origin(A, "0")),) for name in ("1", "2"))
    records = {
        3: Record(
            (
                field("a", TEXT, values=("x",), seen=2, of=3, nulls=1, loans=lent),
                field("b", NULL),
            ),
            (origin(A, "1"),),
        ),
        7: Record(
            (
                field("b", NULL),
                field("a", TEXT, values=("w", "x"), seen=4, of=5, loans=owed),
            ),
            (origin(A, "2"), origin(A, "3")),
        ),
    }
    table = table_of(Draft(records, {A: Array(Ref(7))}))
    (found,) = table.records
    assert table.roots == {A: Array(Ref(0))}
    assert [f.wire for f in found.fields] == ["a", "b"]
    first = found.fields[0]
    assert (first.seen, first.of, first.nulls, first.values) == (6, 8, 1, ("w", "x"))
    assert first.loans == (*lent, *owed)
    assert found.origins == (origin(A, "1"), origin(A, "2"), origin(A, "3"))


TYPES = st.recursive(
    st.sampled_from([TEXT, INTEGER, *map(Ref, range(6))]),
    lambda inner: st.builds(Array, inner) | st.builds(Map, inner),
    max_leaves=2,
)
GRAPHS = st.lists(
    st.dictionaries(st.sampled_from("ab"), TYPES, max_size=2), min_size=6, max_size=6
)


def pairwise(records: list[dict[str, Type]]) -> set[tuple[int, int]]:
    """The law: all pairs are equal until something is found in which they differ."""
    equal = {(a, b) for a in range(len(records)) for b in range(len(records))}

    def same(one: Type, other: Type) -> bool:
        match one, other:
            case Ref(a), Ref(b):
                return (a, b) in equal
            case (Array(a), Array(b)) | (Map(a), Map(b)):
                return same(a, b)
            case _:
                return one == other

    def unequal() -> set[tuple[int, int]]:
        return {
            (a, b)
            for a, b in equal
            if records[a].keys() != records[b].keys()
            or not all(same(records[a][key], records[b][key]) for key in records[a])
        }

    while found := unequal():
        equal -= found
    return equal


@given(GRAPHS)
def test_all_that_nothing_tells_apart_and_nothing_else(
    fields: list[dict[str, Type]],
) -> None:
    groups = joined(*numbered(*(record(None, **found) for found in fields)))
    numbers = range(len(fields))
    found = {(a, b) for a in numbers for b in numbers if groups[a] == groups[b]}
    assert found == pairwise(fields)
