"""`schema`: each type, the document of a collection, the command with its options and errors."""

from __future__ import annotations

import datetime
import json
import typing

import build
import pytest
import strict
from command import REPLY, REQUEST, SOUND, WARNED, one_refusal, put, run
from command import (
    here as here,
)
from jsonschema import Draft202012Validator

from pmgen.infer import (
    ANYTHING,
    Array,
    Choice,
    Field,
    Loan,
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
)
from pmgen.runtime.dates import DATE
from pmgen.schema import dates
from pmgen.schema.document import Catalogue, document, part
from pmgen.schema.types import schema_of

if typing.TYPE_CHECKING:
    from click.testing import Result

INTEGER, STRING, NULL = Scalar("integer"), Scalar("string"), Scalar("null")
ROLE = Role("/item/0", Use.REPLY, 200)
BODY = Role("/item/0", Use.REQUEST)


def name(record: int) -> str:
    """A, B, Größe."""
    return ("A", "B", "Größe")[record]


A: build.Data = {"$ref": "#/$defs/A"}
B: build.Data = {"$ref": "#/$defs/B"}

TYPES: list[tuple[Type, build.Data]] = [
    (ANYTHING, {}),
    *[
        (Scalar(kind), {"type": kind})
        for kind in ("null", "boolean", "integer", "number", "string")
    ],
    (Timestamp("2006-01-02"), {"$ref": "#/$defs/date"}),
    (
        Timestamp("2006-01-02 15:04:05.000-0700"),
        {"$ref": "#/$defs/date-spaced-time-seconds-milliseconds-basic-offset"},
    ),
    (Array(INTEGER), {"type": "array", "items": {"type": "integer"}}),
    (Array(ANYTHING), {"type": "array"}),
    (Map(STRING), {"type": "object", "additionalProperties": {"type": "string"}}),
    (Map(ANYTHING), {"type": "object"}),
    (Ref(0), A),
    (Ref(2), {"$ref": "#/$defs/Gr%C3%B6%C3%9Fe"}),
    (Union((STRING, NULL)), {"type": ["string", "null"]}),
    (Union((Ref(0), NULL)), {"anyOf": [A, {"type": "null"}]}),
    (
        Union((Ref(0), Array(Ref(1)), INTEGER, NULL)),
        {"anyOf": [A, {"type": "array", "items": B}, {"type": ["integer", "null"]}]},
    ),
    (
        Union((Ref(0), Array(ANYTHING))),
        {"anyOf": [A, {"type": "array"}]},
    ),
    (
        Choice("kind", (("cat", Ref(0)), ("dog", Ref(1)), ("puss", Ref(0)))),
        {
            "oneOf": [
                {
                    "properties": {"kind": {"enum": ["cat", "puss"]}},
                    "required": ["kind"],
                    **A,
                },
                {"properties": {"kind": {"const": "dog"}}, "required": ["kind"], **B},
            ]
        },
    ),
]


@pytest.mark.parametrize(("found", "schema"), TYPES, ids=str)
def test_a_type_as_a_schema(found: Type, schema: build.Data) -> None:
    assert schema_of(found, name) == schema
    Draft202012Validator.check_schema(schema)


def table(*records: tuple[Field, ...], root: Type) -> TypeTable:
    """Records that were seen twice, and the type of one reply."""
    origin = Origin(ROLE, (), 2)
    return TypeTable(
        tuple(Record(fields, (origin,)) for fields in records), {ROLE: root}
    )


def field(wire: str, found: Type, **more: typing.Any) -> Field:
    """A field that both had."""
    evidence = {"required": True, "seen": 2, "of": 2, "nulls": 0, **more}
    return Field(wire, found, **evidence)


def whole(found: TypeTable) -> build.Data:
    """The document of a table."""
    schema = document(Catalogue.of(strict.api_of(found), found))
    Draft202012Validator.check_schema(schema)
    return schema


def test_a_record_has_its_keys_in_order_and_its_evidence() -> None:
    lender = Origin(Role("/item/0", Use.REPLY, 404), ("list", "[]"), 1)
    loan = Loan(Origin(ROLE, ("lent",), 1), lender)
    schema = whole(
        table(
            (
                field("b", STRING, values=("x", "y")),
                field("a", INTEGER, required=False, seen=1),
                field("none", ANYTHING, nulls=2),
                field("any", ANYTHING, values=()),
                field("lent", Array(STRING), loans=(loan, loan)),
                field("or", Union((INTEGER, NULL)), nulls=1),
                field("$ref", NULL),
            ),
            root=Ref(0),
        )
    )
    (record,) = schema["$defs"].values()
    assert record == {
        "type": "object",
        "description": '200 reply of "Call" (2 seen).',
        "properties": {
            "b": {"type": "string", "examples": ["x", "y"]},
            "a": {"type": "integer", "description": "Seen in 1 of 2."},
            "none": {"description": "Unknown: only null was seen."},
            "any": {"description": "Unknown."},
            "lent": {
                "type": "array",
                "items": {"type": "string"},
                "description": 'Typed as list[] of the 404 reply of "Call".',
            },
            "or": {"type": ["integer", "null"], "description": "Null in 1 of 2."},
            "$ref": {"type": "null"},
        },
        "required": ["b", "none", "any", "lent", "or", "$ref"],
    }
    assert list(record["properties"]) == ["b", "a", "none", "any", "lent", "or", "$ref"]


def test_a_record_of_several_places_says_how_many() -> None:
    origins = (
        Origin(BODY, ("a", "[]"), 3),
        Origin(ROLE, (), 1),
        Origin(ROLE, ("b",), 1),
    )
    records = (Record((field("x", NULL, required=False),), origins),)
    schema = whole(TypeTable(records, {ROLE: Ref(0)}))
    (record,) = schema["$defs"].values()
    assert record["description"] == (
        'a[] of the request body of "Call" (3 seen), and 2 other places.'
    )
    assert "required" not in record


def test_a_record_may_hold_itself() -> None:
    inner = Union((Ref(0), NULL))
    schema = whole(table((field("next", inner),), root=Ref(0)))
    entry = schema["operations"][0]["replies"]["200"]
    validator = Draft202012Validator({**entry, "$defs": schema["$defs"]})
    assert validator.is_valid({"next": {"next": None}})
    assert not validator.is_valid({"next": {"next": {}}})


def test_a_part_holds_only_what_it_reaches() -> None:
    found = table(
        (field("b", Map(Array(Ref(1)))),),
        (field("on", Timestamp(DATE)),),
        (field("alone", NULL),),
        root=Union((Ref(0), NULL)),
    )
    catalogue = Catalogue.of(strict.api_of(found), found)
    schema = part(ROLE, catalogue)
    Draft202012Validator.check_schema(schema)
    assert list(schema) == ["$schema", "anyOf", "title", "$defs"]
    assert schema["title"] == '200 reply of "Call"'
    definitions = typing.cast("dict[str, typing.Any]", schema["$defs"])
    assert list(definitions) == [catalogue.record(0), catalogue.record(1), "date"]


def test_a_part_of_nothing_but_scalars_has_no_definitions() -> None:
    found = table(root=Array(INTEGER))
    assert part(ROLE, Catalogue.of(strict.api_of(found), found)) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "array",
        "items": {"type": "integer"},
        "title": '200 reply of "Call"',
    }


def test_a_whole_float_is_the_exception() -> None:
    """JSON Schema cannot tell 1.0 from 1; strict parsing can."""
    found = table((field("n", INTEGER),), root=Ref(0))
    validator = Draft202012Validator(
        part(ROLE, Catalogue.of(strict.api_of(found), found))
    )
    takes = strict.acceptors(found)[ROLE]
    for value, valid, taken in (
        (1, True, True),
        (1.0, True, False),
        (1.5, False, False),
    ):
        assert (validator.is_valid({"n": value}), takes({"n": value})) == (valid, taken)


STYLES = [
    ("2006-01-02", "date", "date"),
    ("2006-01-02T15:04", "date-time", None),
    ("2006-01-02T15:04:05", "date-time-seconds", None),
    ("2006-01-02T15:04:05Z", "date-time-seconds-utc", "date-time"),
    ("2006-01-02T15:04:05-07:00", "date-time-seconds-offset", "date-time"),
    ("2006-01-02T15:04:05-0700", "date-time-seconds-basic-offset", None),
    ("2006-01-02 15:04:05Z", "date-spaced-time-seconds-utc", None),
    ("2006-01-02T15:04:05.000Z", "date-time-seconds-milliseconds-utc", "date-time"),
    ("2006-01-02T15:04:05.000000", "date-time-seconds-microseconds", None),
    ("2006-01-02T15:04Z", "date-time-utc", None),
]


@pytest.mark.parametrize(("style", "key", "format"), STYLES)
def test_a_style_has_a_name_and_the_format_that_all_its_texts_have(
    style: str, key: str, format: str | None
) -> None:
    schema = dates.schema(style)
    assert (dates.key(style), schema.get("format")) == (key, format)
    assert Draft202012Validator(schema).is_valid(style)
    assert not Draft202012Validator(schema).is_valid(f"{style}\n")


def test_the_pattern_of_dates_has_each_day_of_the_calendar() -> None:
    validator = Draft202012Validator(dates.schema(DATE))
    for year in (0, 1, 4, 99, 100, 400, 1900, 2000, 2023, 2024, 2100, 9999):
        for month in range(14):
            for day in range(33):
                text = f"{year:04}-{month:02}-{day:02}"
                try:
                    datetime.date.fromisoformat(text)
                except ValueError:
                    assert not validator.is_valid(text)
                else:
                    assert validator.is_valid(text)


LISTED: build.Data = {
    "name": "all",
    "code": 200,
    "body": '[{"id": 1, "on": "2024-01-02"}]',
}
GONE: build.Data = {"name": "gone", "code": 404, "body": '{"error": "x"}'}
POST: build.Data = {
    "method": "POST",
    "url": "https://h.test/users",
    "body": {"mode": "raw", "raw": '{"name": "Ann"}'},
    "header": build.pairs(**{"Content-Type": "application/json"}),
}
SHOP: build.Data = build.collection(
    build.folder(
        "Users",
        build.item(REQUEST, REPLY, GONE, name="Get user"),
        build.item(build.get("https://h.test/users"), LISTED, name="List users"),
        build.item(POST, {"code": 200, "body": "pong"}, name="Create user"),
    ),
    build.item("https://h.test/ping", name="Ping"),
)


def shown(result: Result) -> build.Data:
    """What a command prints as JSON, and nothing else."""
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_the_document_has_a_place_for_each_operation_and_status() -> None:
    put("shop.json", SHOP)
    found = shown(run("schema", "shop.json"))
    Draft202012Validator.check_schema(found)
    assert list(found) == ["$schema", "title", "operations", "$defs"]
    assert found["title"] == "Shop"
    ping, get, every, create = found["operations"]
    assert get == {
        "trail": ["Users", "Get user"],
        "pointer": "/item/0/item/0",
        "name": "get_user",
        "method": "GET",
        "url": "https://h.test/users/:id",
        "replies": {
            "200": {"$ref": "#/$defs/User"},
            "404": {"$ref": "#/$defs/ErrorReply"},
        },
    }
    (listed,) = every["replies"].values()
    entry = found["$defs"][listed["$ref"].removeprefix("#/$defs/")]
    assert (entry["type"], entry["title"]) == ("array", '200 reply of "List users"')
    assert create["request"]["$ref"].removeprefix("#/$defs/") in found["$defs"]
    assert (create["replies"], ping["replies"]) == ({}, {})
    assert "request" not in ping
    assert "date" in found["$defs"]


def test_several_collections_are_a_list_of_documents() -> None:
    put("dump.json", {"collections": [SOUND, {"info": {"name": "B"}, "item": []}]})
    found = shown(run("schema", "dump.json"))
    assert [document["title"] for document in found] == ["Shop", "B"]
    assert found[1] == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "B",
        "operations": [],
        "$defs": {},
    }


@pytest.mark.parametrize(
    "called", ["Users/Get user", "Get user", "Shop/Users/Get user", "/item/0/item/0"]
)
def test_one_schema_stands_alone(called: str) -> None:
    put("shop.json", SHOP)
    found = shown(run("schema", "shop.json", "--operation", called, "--status", "404"))
    assert found["title"] == '404 reply of "Get user"'
    assert list(found["$defs"]) == ["ErrorReply"]
    assert Draft202012Validator(found).is_valid({"error": "y", "more": 1})
    assert not Draft202012Validator(found).is_valid({"error": 1})


def test_a_request_body_has_a_schema_too() -> None:
    put("shop.json", SHOP)
    found = shown(run("schema", "shop.json", "--operation", "Create user"))
    assert found == shown(
        run("schema", "shop.json", "--operation", "Create user", "--status", "request")
    )
    assert found["title"] == 'Request body of "Create user"'
    assert Draft202012Validator(found).is_valid({})
    assert not Draft202012Validator(found).is_valid({"name": None})


REFUSED = [
    (("--status", "200"), "--status needs --operation."),
    (("--operation", "Get usr"), "No operation 'Get usr'; near it: 'Users/Get user'"),
    (("--operation", "zzz"), "No operation 'zzz'; `pmgen inspect` lists all."),
    (("--operation", "Ping"), "'Ping' has no JSON example, so it has no schema."),
    (
        ("--operation", "Get user"),
        "'Users/Get user' has several; give --status 200 or 404.",
    ),
    (
        ("--operation", "Get user", "--status", "500"),
        "'Users/Get user' has no '500', but 200 or 404.",
    ),
    (
        ("--operation", "List users", "--status", "request"),
        "'Users/List users' has no 'request', but 200.",
    ),
]


@pytest.mark.parametrize(("options", "text"), REFUSED, ids=str)
def test_what_is_not_there_is_told(options: tuple[str, ...], text: str) -> None:
    put("shop.json", SHOP)
    result = run("schema", "shop.json", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert text in result.stderr


def test_a_name_of_several_is_told_with_all_places() -> None:
    put(
        "dump.json",
        {
            "collections": [
                SOUND,
                SOUND,
                build.collection(SHOP["item"][0], info={"name": "B"}),
            ]
        },
    )
    result = run("schema", "dump.json", "--operation", "Get user")
    assert result.exit_code == 2
    assert result.stderr.count("'Shop/Users/Get user' at /collections/") == 2
    found = run(
        "schema", "dump.json", "--operation", "B/Users/Get user", "--status", "200"
    )
    assert shown(found)["title"] == '200 reply of "Get user"'


def test_a_terminal_obeys_no_name() -> None:
    put("shop.json", build.collection(build.item(REQUEST, name="a\x1b[31m")))
    result = run("schema", "shop.json", "--operation", "/item/0")
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr


def test_warnings_go_to_stderr_and_count_if_strict() -> None:
    put("shop.json", WARNED)
    result = run("schema", "shop.json")
    assert result.exit_code == 0
    assert " warning PM020 " in result.stderr
    assert "2 warnings; `pmgen explain CODE` says more." in result.stderr
    same = run("schema", "--strict", "shop.json")
    assert (same.exit_code, same.stdout, same.stderr) == (
        3,
        result.stdout,
        result.stderr,
    )
    put("shop.json", SOUND)
    shown(run("schema", "--strict", "shop.json"))


@pytest.mark.parametrize(("data", "code"), [(b"{", "PM003"), ({"a": 1}, "PM004")])
def test_an_error_prints_no_schema(data: build.Data, code: str) -> None:
    put("bad.json", data)
    one_refusal(run("schema", "bad.json"), code, "bad.json:1:")


def test_a_source_that_is_not_there_is_an_error() -> None:
    one_refusal(run("schema", "nope.json"), "PM001", "nope.json")
