"""The user's own types: how they are written, what each does, and what can't be granted."""

from __future__ import annotations

import typing

import pytest
from seen import at, body, comes_back, reply, types

from pmgen.infer import (
    ANYTHING,
    Array,
    Choice,
    Map,
    Ref,
    Role,
    Scalar,
    Type,
    TypeTable,
    Union,
    decide,
)
from pmgen.infer.wishes import Wish, WishError

if typing.TYPE_CHECKING:
    from seen import Samples

    from pmgen.infer.wishes import Spot
    from pmgen.source import Json

A, B = reply("a"), reply("b")
INTEGER, NUMBER, TEXT, BOOLEAN, NULL = map(
    Scalar, ("integer", "number", "string", "boolean", "null")
)
CAT: dict[str, Json] = {"kind": "cat", "lives": 9}
DOG: dict[str, Json] = {"kind": "dog", "barks": 1}
PETS: list[Json] = [CAT, DOG, CAT, DOG]

PARSED: list[tuple[str, Wish]] = [
    ("string", Wish(("string",))),
    ("string | null", Wish(("string",), null=True)),
    ("null|string", Wish(("string",), null=True)),
    ("  string   |  integer ", Wish(("string", "integer"))),
    ("null", Wish((), null=True)),
    ("json", Wish(("json",))),
    ("map", Wish(("map",))),
    ("record | null", Wish(("record",), null=True)),
    ("optional", Wish((), presence="optional")),
    ("required", Wish((), presence="required")),
    ("optional integer", Wish(("integer",), presence="optional")),
    ("required boolean | null", Wish(("boolean",), null=True, presence="required")),
    # An integer is a number.
    ("integer | number", Wish(("number",))),
]


@pytest.mark.parametrize(("text", "wish"), PARSED)
def test_what_is_written(text: str, wish: Wish) -> None:
    assert Wish.parse(text) == wish


MISWRITTEN = [
    "",
    "   ",
    "|",
    "string |",
    "| string",
    "string string",
    "string | string",
    "null | null",
    "str",
    "String",
    "optional required",
    "integer optional",
    "required optional integer",
    "list",
    "map | string",
    "record | map",
    "json | string",
    "map | record | null",
]


@pytest.mark.parametrize("text", MISWRITTEN)
def test_what_is_miswritten(text: str) -> None:
    with pytest.raises(ValueError, match=r"one or more of string, integer.*json, map"):
        Wish.parse(text)


def wished(text: str, *values: Json, role: Role = A) -> TypeTable:
    """The table with that wish for the place `x`, which the samples must still fit."""
    table = decide({role: values}, wishes={(role, ("x",)): Wish.parse(text)})
    table.check()
    comes_back(table, {role: values})
    used = {f.record for r in table.records for f in parts(r) if isinstance(f, Ref)}
    used |= {f.record for f in inside(table.roots[role]) if isinstance(f, Ref)}
    assert used == set(range(len(table.records)))
    return table


def parts(record: typing.Any) -> list[Type]:
    """All types in its fields."""
    return [inner for field in record.fields for inner in inside(field.type)]


def inside(found: Type) -> list[Type]:
    """The type and those in it."""
    match found:
        case Array(inner) | Map(inner):
            return [found, *inside(inner)]
        case Choice(_, cases):
            return [found, *(ref for _, ref in cases)]
        case Union(members):
            return [found, *(inner for member in members for inner in inside(member))]
        case _:
            return [found]


IDS: Json = {"1": 1, "2": 2}
GRANTED: list[tuple[str, list[Json], Type]] = [
    ("string", ["2024-01-02"], TEXT),
    ("string", ["x"], TEXT),
    ("string | null", ["x"], Union((TEXT, NULL))),
    ("string | null", ["x", None], Union((TEXT, NULL))),
    ("string | null", [None], Union((TEXT, NULL))),
    ("string | integer", ["x"], Union((TEXT, INTEGER))),
    ("string | integer", [1, "2024-01-02"], Union((TEXT, INTEGER))),
    ("number", [1], NUMBER),
    ("number", [1, 1.5], NUMBER),
    ("integer | number", [1], NUMBER),
    ("integer", [1], INTEGER),
    ("boolean | null", [True], Union((BOOLEAN, NULL))),
    ("null", [1], Union((INTEGER, NULL))),
    ("null", [None], NULL),
    ("null", [[1], None], Union((Array(INTEGER), NULL))),
    ("json", [1], ANYTHING),
    ("json", [None], ANYTHING),
    ("json", [{"a": {"b": 1}}], ANYTHING),
    ("json", [[{"a": 1}]], ANYTHING),
    ("json | null", [PETS], ANYTHING),
    ("map", [{"a": 1}], Map(INTEGER)),
    ("map", [{"a": 1, "b": "x"}], Map(Union((TEXT, INTEGER)))),
    ("map", [{"a": {"c": 1}, "b": {"d": 1}}], Map(Ref(1))),
    ("map | null", [{"a": 1}], Union((Map(INTEGER), NULL))),
    ("map | null", [None], Union((Map(ANYTHING), NULL))),
    ("map", [{}], Map(ANYTHING)),
    ("map", [IDS], Map(INTEGER)),
    ("map", PETS, Map(Union((TEXT, INTEGER)))),
    ("record", [IDS], Ref(1)),
    ("record", [{"a": 1}], Ref(1)),
    ("record | null", [IDS, None], Union((Ref(1), NULL))),
    ("record", PETS, Choice("kind", (("cat", Ref(1)), ("dog", Ref(2))))),
    # Presence alone leaves the type.
    ("optional", ["2024-01-02"], Scalar("")),
    ("required", [1, None], Scalar("")),
    ("required", [None], Scalar("")),
    ("optional", [[]], Scalar("")),
]


@pytest.mark.parametrize(("text", "values", "expected"), GRANTED)
def test_what_is_granted(text: str, values: list[Json], expected: Type) -> None:
    samples: list[Json] = [{"x": value} for value in values]
    found = types(wished(text, *samples).records[0])["x"]
    if expected == Scalar(""):
        expected = types(decide({A: tuple(samples)}).records[0])["x"]
    assert found == expected


CONTRARY: list[tuple[str, list[Json], str]] = [
    ("string", [1], "integer"),
    ("string", [1, "x"], "string | integer"),
    ("string", ["x", None], "string | null"),
    ("string", [None], "null"),
    ("string | null", [[]], "list"),
    ("integer", [1.5], "number"),
    ("integer", ["2024-01-02"], r"string \(a date\)"),
    ("integer | boolean", [{"a": 1}], "record"),
    ("boolean", [IDS], "map"),
    ("number", [[1]], "list"),
    ("map", [1], "integer"),
    ("map", [{"a": 1}, 1], "map | integer"),
    ("map", [{"a": 1}, None], "map | null"),
    ("map", [None], "null"),
    ("record", [[1]], "list"),
    ("record", [{}], "map"),
    ("record | null", [None], "null"),
    ("record", [*PETS, None], "record | null"),
]


@pytest.mark.parametrize(("text", "values", "shown"), CONTRARY)
def test_what_the_examples_contradict(
    text: str, values: list[Json], shown: str
) -> None:
    samples: list[Json] = [{"x": value} for value in values]
    with pytest.raises(WishError, match=f"The examples hold something else: {shown}$"):
        wished(text, *samples)


@pytest.mark.parametrize("path", [("y",), ("x", "[]"), (), ("x", "y"), ("[]", "x")])
def test_a_place_that_no_example_shows(path: tuple[str, ...]) -> None:
    wishes = {(A, path): Wish.parse("required")}
    seen: Samples = {A: ({"x": 1},)}
    if not path:
        decide(seen, wishes=wishes)  # the top is there, and says nothing of presence
        return
    with pytest.raises(WishError) as refused:
        decide(seen, wishes=wishes)
    assert refused.value.reasons == {(A, path): "No example shows this place"}


def test_all_that_is_wrong_is_told() -> None:
    wishes = {
        (A, ("x",)): Wish.parse("string"),
        (A, ("y",)): Wish.parse("string"),
        (A, ("z",)): Wish.parse("string"),
        (B, ()): Wish.parse("json"),
    }
    with pytest.raises(WishError) as refused:
        decide({A: ({"x": 1, "z": ""},)}, wishes=wishes)
    assert refused.value.reasons == {
        (A, ("x",)): "The examples hold something else: integer",
        (A, ("y",)): "No example shows this place",
        (B, ()): "No example shows this place",
    }


PRESENCE: list[tuple[str, Role, list[Json], bool]] = [
    ("optional", A, [{"x": 1}], False),
    ("required", A, [{"x": 1}], True),
    ("integer", A, [{"x": 1}], True),
    ("integer", A, [{"x": 1}, {}], False),
    ("optional", A, [{"x": 1}, {}], False),
    # One saved body doesn't show what must be sent; the user may know.
    ("required", body("a"), [{"x": 1}], True),
    ("integer", body("a"), [{"x": 1}], False),
    ("required string", body("a"), [{"x": ""}], True),
]


@pytest.mark.parametrize(("text", "role", "samples", "required"), PRESENCE)
def test_presence(text: str, role: Role, samples: list[Json], required: bool) -> None:
    (field,) = wished(text, *samples, role=role).records[0].fields
    assert field.required is required


def test_what_some_example_lacks_is_not_required() -> None:
    for text in ("required", "required integer", "required json"):
        with pytest.raises(WishError, match="Examples lack the key"):
            wished(text, {"x": 1}, {"y": 1})


def test_inside_lists_and_maps() -> None:
    seen: Json = {"xs": [["2024-01-02"]], "by": {"1": {"a": 1}, "2": {"a": 1}}}
    wishes: dict[Spot, Wish] = {
        (A, ("xs", "[]", "[]")): Wish.parse("string"),
        (A, ("by", "{}", "a")): Wish.parse("optional number"),
        (A, ("by", "{}")): Wish.parse("record | null"),
    }
    table = decide({A: (seen,)}, wishes=wishes)
    assert types(table.records[0]) == {
        "xs": Array(Array(TEXT)),
        "by": Map(Union((Ref(1), NULL))),
    }
    (field,) = table.records[1].fields
    assert (field.type, field.required) == (NUMBER, False)


def test_at_the_top() -> None:
    ids: Json = {"a": {"n": 1}, "b": {"n": 2}}
    table = decide({A: (ids,)}, wishes={(A, ()): Wish.parse("map")})
    assert table.roots[A] == Map(Ref(0))
    assert types(table.records[0]) == {"n": INTEGER}
    items = decide({A: ([ids],)}, wishes={(A, ("[]",)): Wish.parse("map")})
    assert items.roots[A] == Array(Map(Ref(0)))


SAME = {"a": at("x"), "b": at("x")}


def test_wishes_hold_for_all_places_that_are_one() -> None:
    rest: dict[str, Json] = {f"k{n}": n for n in range(9)}
    samples: dict[Role, tuple[Json, ...]] = {
        A: ({**rest, "x": "2024-01-02", "m": {"a": 1}},),
        B: ({**rest, "x": "2024-01-03", "m": {"b": 1}},),
    }
    wishes: dict[Spot, Wish] = {
        (B, ("x",)): Wish.parse("optional string"),
        (B, ("m",)): Wish.parse("map"),
    }
    table = decide(samples, SAME, wishes=wishes)
    comes_back(table, samples)
    (record,) = table.records
    assert types(record)["x"] == TEXT
    assert types(record)["m"] == Map(INTEGER)
    assert not next(f for f in record.fields if f.wire == "x").required


def test_a_wish_must_hold_at_all_places_that_are_one() -> None:
    rest: dict[str, Json] = {f"k{n}": n for n in range(9)}
    samples: dict[Role, tuple[Json, ...]] = {
        A: ({**rest, "x": "2024-01-02"},),
        B: ({**rest, "x": None, "y": 1},),
    }
    with pytest.raises(WishError, match=r"string \(a date\) \| null"):
        decide(samples, SAME, wishes={(A, ("x",)): Wish.parse("string")})
    with pytest.raises(WishError, match="Examples lack the key"):
        decide(samples, SAME, wishes={(B, ("y",)): Wish.parse("required")})


@pytest.mark.parametrize("text", ["integer", "string"])
def test_a_wish_must_hold_for_all_kinds_of_object(text: str) -> None:
    """Whichever kind is looked at last."""
    cat: Json = {"kind": "cat", "lives": 9, "x": 1}
    dog: Json = {"kind": "dog", "barks": 9, "x": "x"}
    pets: Json = [cat, dog, cat, dog]
    with pytest.raises(WishError, match="The examples hold something else"):
        decide({A: (pets,)}, wishes={(A, ("[]", "x")): Wish.parse(text)})


def test_a_wish_for_one_kind_of_object_only() -> None:
    table = decide(
        {A: (PETS,)}, wishes={(A, ("[]", "lives")): Wish.parse("number | null")}
    )
    assert types(table.records[0])["lives"] == Union((NUMBER, NULL))


def test_what_lies_too_deep_to_be_seen_is_json_only() -> None:
    value: Json = {"end": 1}
    for _ in range(64):
        value = [value]
    spot = (A, ("[]",) * 64)
    assert decide({A: (value,)}, wishes={spot: Wish.parse("json")})
    for text in ("string", "map", "record", "null | boolean"):
        with pytest.raises(WishError):
            decide({A: (value,)}, wishes={spot: Wish.parse(text)})
