"""Objects of several kinds at one place: when a text tells them apart, and that generated code reads them."""

from __future__ import annotations

import typing

import pytest
from seen import Reader, at, comes_back, record_at, reply, types

from pmgen.infer import Array, Choice, Map, Ref, Scalar, Type, TypeTable, Union, decide
from pmgen.infer.shape import TAG_KEYS, merge, observe
from pmgen.python.damage import damages

if typing.TYPE_CHECKING:
    from pmgen.source import Json

A, B = reply("a"), reply("b")
CAT: dict[str, Json] = {"kind": "cat", "lives": 9, "purrs": True}
DOG: dict[str, Json] = {"kind": "dog", "barks": 1, "bites": None}
PETS: list[Json] = [CAT, DOG, CAT, DOG]


def decided(*values: Json) -> TypeTable:
    """The types of one role; generated code gives back all values."""
    table = decide({A: values})
    table.check()
    comes_back(table, {A: values})
    return table


def cases(found: Type) -> tuple[str, ...]:
    """The texts of a choice; () for what is none."""
    return tuple(text for text, _ in found.cases) if isinstance(found, Choice) else ()


def tagged(key: str, *kinds: tuple[str, dict[str, Json]]) -> list[Json]:
    """Two objects of each kind."""
    found: list[Json] = []
    for text, rest in (*kinds, *kinds):
        found.append({key: text, **rest})
    return found


def numbered(count: int) -> list[Json]:
    """So many kinds."""
    kinds: list[tuple[str, dict[str, Json]]] = []
    for n in range(count):
        kinds.append((f"{n:02}", {f"k{n}": 1}))
    return tagged("kind", *kinds)


ITEMS: list[tuple[str, Json, tuple[str, ...]]] = [
    ("two kinds", PETS, ("cat", "dog")),
    ("each seen once, which chance explains as well", PETS[:2], ()),
    ("one of two seen twice", [*PETS[:2], CAT], ()),
    (
        "two of four seen twice",
        [*PETS, {"kind": "eel", "volts": 1}, {"kind": "fox", "red": 1}],
        ("cat", "dog", "eel", "fox"),
    ),
    (
        "two of five seen twice",
        [
            *PETS,
            {"kind": "eel", "e": 1},
            {"kind": "fox", "f": 1},
            {"kind": "gnu", "g": 1},
        ],
        (),
    ),
    (
        "named like their own key",
        [{"type": "card", "card": {"n": 1}}, {"type": "cash", "cash": 1}],
        ("card", "cash"),
    ),
    (
        "the same keys in all kinds",
        tagged("kind", ("cat", {"a": 1}), ("dog", {"a": "x"})),
        (),
    ),
    (
        "kinds with the same keys beside one that differs",
        tagged("kind", ("cat", {"a": 1}), ("cow", {"a": 2}), ("dog", {"b": 1})),
        ("cat", "cow", "dog"),
    ),
    (
        "three of five keys in common",
        tagged(
            "kind",
            ("cat", {"a": 1, "b": 1, "c": 1}),
            ("dog", {"a": 1, "b": 1, "d": 1}),
        ),
        ("cat", "dog"),
    ),
    (
        "three of four keys in common",
        tagged("kind", ("cat", {"a": 1, "b": 1}), ("dog", {"a": 1, "b": 1, "d": 1})),
        (),
    ),
    (
        "keys that come and go within a kind",
        [
            {"kind": "cat", "a": 1, "b": 1},
            {"kind": "cat", "c": 1},
            {"kind": "dog", "x": 1},
            {"kind": "dog", "y": 1},
        ],
        (),
    ),
    (
        "one key of five comes and goes",
        [
            {"kind": "cat", "a": 1, "b": 1, "c": 1},
            {"kind": "cat", "a": 1, "b": 1},
            {"kind": "dog", "x": 1, "y": 1},
            {"kind": "dog", "x": 1, "y": 1},
        ],
        ("cat", "dog"),
    ),
    (
        "one key of four comes and goes",
        [
            {"kind": "cat", "a": 1, "b": 1, "c": 1},
            {"kind": "cat", "a": 1, "b": 1},
            {"kind": "dog", "x": 1},
            {"kind": "dog", "x": 1},
        ],
        (),
    ),
    ("an object without a tag", [*PETS, {"lives": 9}], ()),
    ("a tag that is a number", [*PETS, {"kind": 1, "x": 1}], ()),
    ("a tag under another key", [*PETS, *tagged("type", ("x", {}))], ()),
    (
        "an empty tag",
        tagged("kind", ("cat", {"a": 1}), ("", {"b": 1}), ("dog", {"c": 1})),
        (),
    ),
    (
        "a text too long for a tag",
        tagged("kind", ("c" * 41, {"a": 1}), ("d" * 41, {"b": 1})),
        (),
    ),
    (
        "a text just short enough",
        tagged("kind", ("c" * 40, {"a": 1}), ("d" * 40, {"b": 1})),
        ("c" * 40, "d" * 40),
    ),
    (
        "as many kinds as there may be",
        numbered(24),
        tuple(f"{n:02}" for n in range(24)),
    ),
    (
        "more kinds than that are data",
        numbered(25),
        (),
    ),
    (
        "text that no source code holds as it is",
        tagged("kind", ('"\n\\', {"a": 1}), ("\ud800", {"b": 1}), ("é", {"c": 1})),
        ('"\n\\', "é", "\ud800"),
    ),
]


@pytest.mark.parametrize(
    ("value", "texts"), [case[1:] for case in ITEMS], ids=[case[0] for case in ITEMS]
)
def test_items_of_a_list(value: Json, texts: tuple[str, ...]) -> None:
    root = decided(value).roots[A]
    assert isinstance(root, Array)
    assert cases(root.item) == texts


@pytest.mark.parametrize("turned", [False, True])
def test_too_many_kinds_stay_too_many(turned: bool) -> None:
    """Also where few come to many."""
    many, few = observe(numbered(25)), observe(PETS)
    both = merge(few, many) if turned else merge(many, few)
    assert both == observe([*numbered(25), *PETS])
    assert len(both.variants) == 1


@pytest.mark.parametrize("key", TAG_KEYS)
def test_every_key_for_tags_tells_kinds_apart(key: str) -> None:
    table = decided(tagged(key, ("cat", {"lives": 9}), ("dog", {"barks": 1})))
    assert table.roots[A] == Array(Choice(key, (("cat", Ref(0)), ("dog", Ref(1)))))


def test_the_first_key_for_tags_counts() -> None:
    value: list[Json] = [
        {"__typename": "A", "type": "x", "a": 1},
        {"__typename": "B", "type": "x", "b": 1},
    ]
    root = decided([*value, *value]).roots[A]
    assert root == Array(Choice("__typename", (("A", Ref(0)), ("B", Ref(1)))))


def test_kinds_keep_what_is_theirs() -> None:
    table = decided(PETS)
    cat, dog = table.records
    assert types(cat) == {
        "kind": Scalar("string"),
        "lives": Scalar("integer"),
        "purrs": Scalar("boolean"),
    }
    assert set(types(dog)) == {"kind", "barks", "bites"}
    assert all(field.required for record in table.records for field in record.fields)


CHOICE = Choice("kind", (("cat", Ref(0)), ("dog", Ref(1))))


def test_at_the_top() -> None:
    assert decided(*PETS).roots[A] == CHOICE


def test_next_to_null_and_others() -> None:
    table = decided(*PETS, None, "text", [1])
    integers, text, null = Array(Scalar("integer")), Scalar("string"), Scalar("null")
    assert table.roots[A] == Union((CHOICE, integers, text, null))


def test_in_maps_lists_and_fields() -> None:
    samples: list[Json] = []
    for pet in PETS:
        samples.append({"by": {"1": CAT, "2": DOG}, "pet": pet, "lists": [[pet]]})
    table = decided(*samples)
    found = types(table.records[0])
    choice = found["pet"]
    assert cases(choice) == ("cat", "dog")
    assert (found["by"], found["lists"]) == (Map(choice), Array(Array(choice)))


def test_nested_trees_of_choices() -> None:
    def branch(*parts: Json) -> Json:
        return {"type": "branch", "name": "b", "parts": [*parts]}

    def leaf(size: int) -> Json:
        return {"type": "leaf", "size": size, "weight": 1.5}

    table = decided(branch(branch(leaf(1), branch()), leaf(2), branch(leaf(3))))
    assert len(table.records) <= 2 + 1
    reader = Reader(table)
    found = reader.read(A, branch(branch(leaf(7))))
    assert found.parts[0].parts[0].size == 7


def test_classes_of_the_generated_code() -> None:
    reader = Reader(decide({A: ({"pets": PETS},)}))
    found = reader.read(A, {"pets": [CAT, DOG]})
    names = [type(pet).__name__ for pet in found.pets]
    assert len(set(names)) == 2
    assert (found.pets[0].lives, found.pets[1].barks) == (9, 1)


REFUSED: list[tuple[Json, str]] = [
    ([{"kind": "eel"}], '$[0].kind: expected "cat" or "dog", received "eel"'),
    (
        [CAT, {"kind": "e" * 41}],
        '$[1].kind: expected "cat" or "dog", received string',
    ),
    ([{"kind": 1}], '$[0].kind: expected "cat" or "dog", received integer'),
    ([{"kind": ["cat"]}], '$[0].kind: expected "cat" or "dog", received array'),
    ([{"lives": 9}], '$[0].kind: expected "cat" or "dog", received nothing'),
    (["cat"], "$[0]: expected object, received string"),
    ([None], "$[0]: expected object, received null"),
    (
        [{"kind": "cat", "lives": "9", "purrs": True}],
        "$[0].lives: expected integer, received string",
    ),
    (
        [{"kind": "dog", "bites": None}],
        "$[0].barks: expected integer, received nothing",
    ),
]


@pytest.mark.parametrize(("value", "complaint"), REFUSED)
def test_what_is_no_known_kind_is_told(value: Json, complaint: str) -> None:
    assert Reader(decide({A: (PETS,)})).complaint(A, value) == complaint


def test_further_keys_are_kept() -> None:
    reader = Reader(decide({A: (PETS,)}))
    value: Json = [{**CAT, "more": [1]}]
    assert reader.complaint(A, value) == ""
    assert '"more": [1]' in reader.printed(A, value)


# Two requests to one endpoint, so that what they hold is one.
SAME = {"a": at("pets"), "b": at("pets")}
OWNER: dict[str, Json] = {f"k{n}": n for n in range(12)}
JOINED: list[tuple[str, Json, Json, tuple[str, ...]]] = [
    ("the same kinds", PETS, PETS, ("cat", "dog")),
    (
        "other kinds",
        PETS,
        tagged("kind", ("eel", {"volts": 1}), ("fox", {"red": 1})),
        ("cat", "dog", "eel", "fox"),
    ),
    ("kinds and such as have none", PETS, [{"name": "x"}], ()),
    (
        "kinds by another key",
        PETS,
        tagged("type", ("x", {"a": 1}), ("y", {"b": 1})),
        (),
    ),
    (
        "kinds of the same text by another key",
        PETS,
        tagged("type", ("cat", {"a": 1}), ("dog", {"b": 1})),
        (),
    ),
    ("nothing of their kinds", PETS, [], ("cat", "dog")),
]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("one", "other", "texts"),
    [case[1:] for case in JOINED],
    ids=[case[0] for case in JOINED],
)
def test_places_that_become_one(
    one: Json, other: Json, texts: tuple[str, ...], turned: bool
) -> None:
    pets = (other, one) if turned else (one, other)
    samples = {
        role: ({**OWNER, "pets": value},)
        for role, value in zip((A, B), pets, strict=True)
    }
    table = decide(samples, SAME)
    table.check()
    assert table.roots[A] == table.roots[B]
    owner = table.records[record_at(table, A)]
    found = types(owner)["pets"]
    assert isinstance(found, Array)
    assert cases(found.item) == texts
    comes_back(table, samples)


def test_a_tag_may_read_as_damaged_text_does() -> None:
    kinds: list[Json] = [{"kind": "damaged", "x": 1}, {"kind": "ok", "y": 1}]
    samples = kinds * 2
    table = decide({A: (samples,)})
    broken = [d.value for d in damages(samples, table.roots[A], table)]
    assert '"damaged!"' in broken
