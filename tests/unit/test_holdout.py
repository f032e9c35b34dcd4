"""bench/holdout: what is left out is gone, refusals have their reasons, looseness is counted."""

from __future__ import annotations

import json
import typing

import pytest
from holdout import generated, report, rivals
from holdout.experiment import ALONE, WHOLE, Plan, Result, of_file, with_quicktype
from holdout.groups import Copies, Kind, LeftOut, Sample, chosen, groups, without
from holdout.looseness import Looseness, lent, looseness
from holdout.tables import pruned, reached
from holdout.variants import ALL, by_rule, variants
from holdout.verdict import Reason
from holdout.walk import differences, item_type

from pmgen.infer import (
    ANYTHING,
    Array,
    Choice,
    Field,
    Map,
    Origin,
    Record,
    Ref,
    Role,
    Scalar,
    Timestamp,
    Type,
    TypeTable,
    Union,
    Use,
    decide,
)

if typing.TYPE_CHECKING:
    from pathlib import Path

    from build import Data
    from holdout.variants import Decide

    from pmgen.source import Json

REPLY = Role("/item/0", Use.REPLY, 200)
OTHER = Role("/item/1", Use.REPLY, 200)
BODY = Role("/item/0", Use.REQUEST)
STRING, INTEGER, NULL = Scalar("string"), Scalar("integer"), Scalar("null")
DAY = Timestamp("2006-01-02")
FIRST = Ref(0)


def field(
    wire: str, found: Type, required: bool = True, seen: int = 2, nulls: int = 0
) -> Field:
    return Field(wire, found, required, seen, 2, nulls)


def table(*records: tuple[Field, ...], root: Type = FIRST) -> TypeTable:
    origin = Origin(REPLY, ("a",), 2)
    made = tuple(Record(fields, (origin,)) for fields in records)
    return TypeTable(made, {REPLY: root})


def left_out(kind: Kind, *values: Data, role: Role = REPLY) -> list[LeftOut]:
    return [found for found in groups({role: values}) if found.sample.kind is kind]


def test_each_distinct_reply_is_left_out_with_its_copies() -> None:
    found = left_out(Kind.REPLIES, {"a": 1}, {"a": 2}, {"a": 1}, [], "text")
    assert [(f.sample.test, f.sample.train, f.rest) for f in found] == [
        ({"a": 1}, ({"a": 2},), ({"a": 2}, [], "text")),
        ({"a": 2}, ({"a": 1},), ({"a": 1}, {"a": 1}, [], "text")),
    ]


def test_three_replies_of_many_are_left_out() -> None:
    assert len(left_out(Kind.REPLIES, *({"a": n} for n in range(9)))) == 3


def test_equal_replies_make_no_group() -> None:
    assert left_out(Kind.REPLIES, {"a": 1, "b": 2}, {"b": 2, "a": 1}) == []
    assert len(left_out(Kind.REPLIES, {"a": 1}, {"a": 1.0}, {"a": True})) == 3


def test_request_bodies_are_not_left_out() -> None:
    assert left_out(Kind.REPLIES, {"a": 1}, {"a": 2}, role=BODY) == []


def test_the_last_item_is_left_out_with_its_copies() -> None:
    whole = {"x": [{"list": [{"a": 1}, {"a": 3}, {"a": 2}, {"a": 3}]}]}
    (found,) = left_out(Kind.ITEMS, whole, whole, 7)
    assert found.sample == Sample(Kind.ITEMS, ({"a": 1}, {"a": 3}), {"a": 2})
    less = {"x": [{"list": [{"a": 1}, {"a": 3}, {"a": 3}]}]}
    assert (found.path, found.rest) == (("x", 0, "list"), (less, less, 7))
    (found,) = left_out(Kind.ITEMS, [{"a": 2}, {"a": 1}, {"a": 2}, {"a": 1}])
    assert found.rest == ([{"a": 2}, {"a": 2}],)


def test_the_twelfth_of_a_long_list_is_left_out() -> None:
    (found,) = left_out(Kind.ITEMS, [{"a": n} for n in range(30)])
    assert found.sample.test == {"a": 11}
    assert len(found.sample.train) == 29
    assert found.rest == ([{"a": n} for n in range(30) if n != 11],)


@pytest.mark.parametrize("items", [[{"a": 1}, 2], [{"a": 1}, {}], [{"a": 1}] * 2])
def test_lists_of_other_things_give_no_item(items: Json) -> None:
    assert left_out(Kind.ITEMS, {"x": items}) == []


def test_three_lists_of_an_example_give_items() -> None:
    whole = {key: [{"a": 1}, {"a": 2}] for key in "vwxyz"}
    assert [f.path for f in left_out(Kind.ITEMS, whole)] == [("v",), ("w",), ("x",)]


def test_without_changes_a_copy() -> None:
    whole: Json = [[1], {"k": [1, 2, 3], "l": [1]}]
    assert without(whole, (1, "k"), frozenset({0, 2})) == [[1], {"k": [2], "l": [1]}]
    assert whole == [[1], {"k": [1, 2, 3], "l": [1]}]


def test_the_same_samples_are_chosen_each_time() -> None:
    roles: dict[Role, tuple[Json, ...]] = {
        Role(f"/item/{n}", Use.REPLY, 200): ({"a": n}, {"a": -1}) for n in range(50)
    }
    assert len(chosen(roles)) == 40
    assert chosen(roles) == chosen(roles)
    assert len(chosen(roles, None)) == 100


@pytest.mark.parametrize(
    ("elsewhere", "copied"), [({"x": [{"a": 2}]}, True), ({"a": 2.0}, False)]
)
def test_copies_elsewhere_are_found(elsewhere: Json, copied: bool) -> None:
    roles: dict[Role, tuple[Json, ...]] = {
        REPLY: ({"a": 1}, {"a": 2}),
        OTHER: (elsewhere,),
    }
    one, two = groups(roles)
    assert [Copies(roles).has(found) for found in (one, two)] == [False, copied]


def test_a_copy_in_another_example_of_the_role_counts() -> None:
    roles: dict[Role, tuple[Json, ...]] = {
        REPLY: ({"x": [{"a": 1}, {"a": 2}]}, {"y": {"a": 2}})
    }
    found = left_out(Kind.ITEMS, *roles[REPLY])
    assert [Copies(roles).has(each) for each in found] == [True]


PERSON = (
    field("name", STRING),
    field("nick", Union((STRING, NULL)), required=False),
    field("born", DAY, required=False),
    field("likes", Array(INTEGER), required=False),
    field("by id", Map(Ref(0)), required=False),
    field("any", ANYTHING, required=False),
)
CASES = Choice("kind", (("cat", Ref(0)), ("dog", Ref(1))))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"name": "a", "nick": None, "any": {"b": [None]}, "more": 1}, []),
        ({"nick": "b"}, ["missing key: $.name: expected string, received nothing"]),
        ({"name": None}, ["null: $.name: expected string, received null"]),
        ({"name": 5.0}, ["other type: $.name: expected string, received number"]),
        (
            {"name": "a", "nick": True},
            ["other type: $.nick: expected string or null, received boolean"],
        ),
        (
            {"name": "a", "born": "1.1.2000"},
            ["date style: $.born: expected date, received string"],
        ),
        (
            {"name": "a", "likes": [1, 1.5, None]},
            [
                "other type: $.likes[1]: expected integer, received number",
                "null: $.likes[2]: expected integer, received null",
            ],
        ),
        (
            {"name": "a", "by id": {"x": {}}},
            ['missing key: $["by id"].x.name: expected string, received nothing'],
        ),
        ([], ["other type: $: expected object, received array"]),
    ],
)
def test_differences_have_reasons_and_the_generated_code_finds_the_same(
    value: Json, expected: list[str]
) -> None:
    types = table(PERSON)
    found = list(differences(Ref(0), value, types))
    assert [str(difference) for difference in found] == expected
    parsed = generated.parse(generated.reader(Ref(0), types), value)
    told = [(m.path, m.expected, m.received) for m in parsed.mismatches]
    assert told == [(d.path, d.expected, d.received) for d in found]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"kind": "dog", "bark": 1}, []),
        ({"kind": "dog"}, "missing key: $.bark: expected integer, received nothing"),
        ({"kind": "cow"}, 'tag, enum: $.kind: expected "cat" or "dog", received "cow"'),
        ({"kind": 1}, 'tag, enum: $.kind: expected "cat" or "dog", received integer'),
        ({}, 'tag, enum: $.kind: expected "cat" or "dog", received nothing'),
    ],
)
def test_objects_told_by_a_tag(value: Json, expected: str | list[str]) -> None:
    kind = field("kind", STRING)
    types = table((kind,), (kind, field("bark", INTEGER)), root=CASES)
    found = list(differences(CASES, value, types))
    assert "".join(map(str, found)) == (expected or "")
    parsed = generated.parse(generated.reader(CASES, types), value)
    told = [(m.path, m.expected, m.received) for m in parsed.mismatches]
    assert told == [(d.path, d.expected, d.received) for d in found]


def test_a_number_may_be_an_integer_but_not_the_other_way_round() -> None:
    types = table(())
    assert not list(differences(Scalar("number"), 1, types))
    assert list(differences(INTEGER, 1.0, types))
    assert list(differences(INTEGER, True, types))


def test_parsing_tells_whether_it_prints_what_it_read() -> None:
    codec = generated.reader(Ref(0), table(PERSON))
    assert generated.parse(codec, {"name": 1, "more": {}}).kept
    assert not generated.parse(codec, {}).kept


@pytest.mark.parametrize(
    ("root", "value", "path", "expected"),
    [
        (Array(STRING), ["a"], (), STRING),
        (Union((Array(STRING), NULL)), ["a"], (), STRING),
        (Array(Array(DAY)), [[], ["a"]], (1,), DAY),
        (Map(Array(DAY)), {"x": ["a"]}, ("x",), DAY),
        (Ref(0), {"likes": [1]}, ("likes",), INTEGER),
        (CASES, {"kind": "cat", "likes": [1]}, ("likes",), INTEGER),
        (CASES, {"kind": "cow", "likes": [1]}, ("likes",), None),
        (Ref(0), {"any": [1]}, ("any",), ANYTHING),
        (Ref(0), {"more": [1]}, ("more",), None),
        (Map(DAY), [[1]], (0,), None),
        (STRING, [1], (), None),
    ],
)
def test_the_type_of_a_list_s_items_is_found(
    root: Type, value: Json, path: tuple[str | int, ...], expected: Type | None
) -> None:
    assert item_type(root, value, path, table(PERSON, ())) == expected


def test_a_type_is_pruned_to_what_it_reaches() -> None:
    types = table(
        (field("a", Ref(2)),),
        (field("b", STRING),),
        (field("c", Union((Map(Ref(3)), NULL))),),
        (field("d", Array(Ref(2))),),
    )
    assert reached((Ref(2),), types) == {2, 3}
    alone = pruned(Array(Ref(2)), types, OTHER)
    alone.check()
    assert alone.roots == {OTHER: Array(Ref(0))}
    assert [r.fields[0].type for r in alone.records] == [
        Union((Map(Ref(1)), NULL)),
        Array(Ref(0)),
    ]
    assert {o.role for r in alone.records for o in r.origins} == {OTHER}


def test_looseness_counts_what_the_roots_reach() -> None:
    types = table(
        (
            field("seen", STRING, required=False),
            field("lacked", INTEGER, required=False, seen=1),
            field("null", Union((DAY, NULL)), nulls=1),
            field("no null", Union((Ref(0), NULL))),
            field("json", Array(Map(ANYTHING))),
            field("mixed", Union((STRING, INTEGER, Array(ANYTHING)))),
        ),
        (field("not reached", ANYTHING),),
    )
    found = looseness([Array(Ref(0)), Array(Ref(0)), INTEGER], types)
    expected = Looseness(
        records=1,
        leaves=7,
        json=2,
        fields=6,
        optional=2,
        unlacking=1,
        nullable=2,
        unnulled=1,
    )
    assert found == expected
    assert found + Looseness(records=1) == Looseness(2, 7, 2, 6, 2, 1, 2, 1)


def test_what_only_other_places_lack_is_lent() -> None:
    inner = (field("x", STRING, required=False), field("y", STRING, required=False))
    types = table((field("a", Array(CASES)), field("b", Map(Ref(1)))), inner)
    both: Json = {"kind": "dog", "x": "", "y": ""}
    one: Json = {"kind": "dog", "x": ""}
    values: list[Json] = [{"a": [both, {"kind": "cow"}], "b": {"k": one}}, {"a": []}]
    assert lent(Ref(0), values, types) == Looseness(here=4, lent=1)
    assert lent(Ref(0), [None], types) == Looseness()


SCHEMA: rivals.Schema = {
    "$ref": "#/definitions/Root",
    "definitions": {
        "Root": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "a": {"type": "integer"},
                "b": {"anyOf": [{"type": "null"}, {"$ref": "#/definitions/Root"}]},
                "c": {"enum": ["x"]},
                "d": {"type": "array", "items": {}},
                "e": {"type": "object", "additionalProperties": {"type": "string"}},
                "f": {"type": "array"},
            },
            "required": ["a"],
        }
    },
}


@pytest.mark.parametrize(
    ("test", "refused", "closed"),
    [
        ({"a": 1}, None, True),
        ({"a": 1, "more": 1}, None, False),
        ({}, Reason.MISSING, False),
        ({"a": None}, Reason.NULL, False),
        ({"a": "1"}, Reason.TYPE, False),
        ({"a": 1, "b": {}}, Reason.MISSING, False),
        ({"a": 1, "b": 2}, Reason.TYPE, False),
        ({"a": 1, "c": "y"}, Reason.TEXT, False),
    ],
)
def test_schemas_are_judged(test: Json, refused: Reason | None, closed: bool) -> None:
    found = rivals.verdict(SCHEMA, test)
    assert (found.refused, found.closed) == (refused, closed)


def test_no_schema_accepts_nothing() -> None:
    assert rivals.verdict(None, {}).refused is Reason.OTHER


def test_looseness_of_schemas() -> None:
    expected = Looseness(records=1, leaves=5, json=2, fields=6, optional=5)
    assert rivals.looseness(SCHEMA) == expected


SAMPLES = [Sample(Kind.REPLIES, ({"a": n}, {"a": n}), {}) for n in (1, "x", 1.5)]
TYPES = ["integer", "string", "number"]


@pytest.mark.skipif(not rivals.quicktype_version(), reason="`make holdout` installs it")
def test_quicktype_s_schemas_come_in_the_order_of_the_samples() -> None:
    found = rivals.quicktype(SAMPLES, 2)
    leaves = [s and s["definitions"]["Root"]["properties"]["a"]["type"] for s in found]
    assert leaves == TYPES


@pytest.mark.skipif(not rivals.genson_version(), reason="`make holdout` installs it")
def test_genson_sees_the_group_s_other_samples() -> None:
    found = [rivals.genson(sample)["properties"]["a"]["type"] for sample in SAMPLES]
    assert found == TYPES


def test_what_is_not_here_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert rivals.quicktype_version() is None
    assert with_quicktype([], 1) == []
    assert "quicktype is left out: it takes node" in report.report([])


def test_variants_by_rule() -> None:
    assert variants()[ALL] is not None
    made: list[tuple[int, ...]] = []

    def infer(rules: tuple[int, ...]) -> Decide:
        made.append(rules)
        return decide

    found = by_rule({"a": 1, "b": 2}, infer)
    assert dict(zip(found, made, strict=True)) == {
        "all": (1, 2),
        "none": (),
        "without a": (2,),
        "without b": (1,),
        "a alone": (1,),
        "b alone": (2,),
    }


@pytest.fixture
def result(tmp_path: Path) -> Result:
    """Two replies left out: the one with `b` is refused, since the other has no `b`, or has it otherwise."""
    bodies = ['{"a": 1}', '{"a": "text", "b": null}']
    examples = [
        {"code": 200, "_postman_previewlanguage": "json", "body": body}
        for body in bodies
    ]
    item = {"name": "One", "request": "https://x.example/a", "response": examples}
    path = tmp_path / "shop.json"
    path.write_text(json.dumps({"info": {"name": "Shop"}, "item": [item]}), "utf-8")
    return of_file(path, Plan())


def test_a_file_is_judged(result: Result) -> None:
    first, second = result.cases
    assert first.where == "shop.json: One, 200"
    assert [d.reason for d in first.differences] == [Reason.TYPE, Reason.MISSING]
    assert [d.reason for d in second.differences] == [Reason.TYPE]
    for case in result.cases:
        assert case.parsing is not None
        assert (case.parsing.failure, case.parsing.told) == ("", True)
        assert case.verdicts[WHOLE].refused is Reason.TYPE
        assert case.verdicts[ALONE] == case.verdicts[WHOLE]
        assert not case.copied
    assert (result.collections, result.types.fields) == (1, 2)


def test_the_report_has_the_figures(result: Result) -> None:
    text = report.report([result])
    assert "Left out, one at a time: 2 replies, 0 items, from 1 files" in text
    assert "2 of 2 tell exactly the differences" in text
    assert report.refusals([result]).splitlines()[0] == "shop.json: One, 200 (replies)"
    line = next(
        li for li in report.rules({"all": [result]}).splitlines() if "all" in li
    )
    assert line.split()[:2] == ["all", "0.0"]
    accepted = report.acceptance(Kind.REPLIES, result.cases, [WHOLE]).splitlines()[1]
    assert accepted.split("  ")[0] == WHOLE
    assert "100.0 %" in accepted
