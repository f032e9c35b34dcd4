"""Variables of collections, environments and globals: which of them ``{{…}}`` finds, and as what text."""

from __future__ import annotations

import typing

import build
import pytest

from pmgen import postman, source
from pmgen.diagnostics import Rule

if typing.TYPE_CHECKING:
    from pmgen.postman import Environment

Rows: typing.TypeAlias = "list[tuple[str, str, bool]]"
Said: typing.TypeAlias = "list[tuple[Rule, str]]"

OFF, LOST, WRONG = Rule.DISABLED, Rule.WITHOUT_EFFECT, Rule.WRONG_TYPE

#: Of a list of variables: what is found as key, value and secret, and what is said about which element.
_LISTS: list[tuple[build.Data, Rows, Said]] = [
    (None, [], []),
    ([], [], []),
    ([None], [], []),
    (build.pairs(a="1", b="2"), [("a", "1", False), ("b", "2", False)], []),
    (
        [*build.pairs(a="1"), *build.pairs(a="2")],
        [("a", "1", False), ("a", "2", False)],
        [],
    ),
    ([{"id": "a", "value": "1"}], [], [(LOST, "/0")]),
    ([{"name": "a", "value": "1"}], [], [(LOST, "/0")]),
    ([{"key": None, "value": "1"}], [], [(LOST, "/0")]),
    ([{"key": "", "value": "1"}], [], [(LOST, "/0")]),
    ([{"key": 5, "value": "1"}], [("5", "1", False)], []),
    ([{"key": " a ", "value": "1"}], [(" a ", "1", False)], []),
    ([{"key": "a"}], [("a", "", False)], []),
    ([{"key": "a", "value": "1", "disabled": True}], [], [(OFF, "/0")]),
    ([{"key": "a", "value": "1", "disabled": False}], [("a", "1", False)], []),
    ([{"key": "a", "value": "1", "disabled": "true"}], [("a", "1", False)], []),
    (
        [{"key": "a", "value": "1", "disabled": True}, *build.pairs(a="2")],
        [("a", "2", False)],
        [(OFF, "/0")],
    ),
    ([{"key": "a", "value": "1", "type": "secret"}], [("a", "1", True)], []),
    ([{"key": "a", "value": "1", "secret": True}], [("a", "1", True)], []),
    ([{"key": "a", "value": "1", "secret": "true"}], [("a", "1", False)], []),
    ([{"key": "a", "value": "1", "type": "Secret"}], [("a", "1", False)], []),
    (["a=1", 5, [], *build.pairs(a="1")], [("a", "1", False)], [(WRONG, "/0")]),
]


def collection(form: build.Data) -> tuple[Rows, Said]:
    parsed, found = build.parse(build.collection(variable=form))
    return _told(parsed.variables, found, "/variable")


def environment(form: build.Data) -> tuple[Rows, Said]:
    parsed, found = postman.parse_environment(build.read({"values": form}), "dev")
    assert parsed is not None
    return _told(parsed.variables, found, "/values")


def _told(
    variables: tuple[postman.Variable, ...], found: typing.Any, place: str
) -> tuple[Rows, Said]:
    rows = [(v.key, v.value, v.secret) for v in variables]
    return rows, [(d.rule, d.pointer.removeprefix(place)) for d in found]


@pytest.mark.parametrize(("form", "rows", "said"), _LISTS)
def test_variables_are_those_that_braces_find(
    form: build.Data, rows: Rows, said: Said
) -> None:
    found, told = collection(form)
    assert found == rows
    assert told[: len(said)] == said


@pytest.mark.parametrize(("form", "rows", "said"), _LISTS[1:])
def test_the_values_of_an_environment_are_found_alike(
    form: build.Data, rows: Rows, said: Said
) -> None:
    found, told = environment(form)
    assert found == rows
    assert told[: len(said)] == said


def test_every_element_of_a_wrong_type_is_told() -> None:
    (_, own), (_, beside) = collection(["a", 5]), environment(["a", 5])
    assert own == beside == [(WRONG, "/0"), (WRONG, "/1")]


@pytest.mark.parametrize(
    ("flag", "is_off"),
    [(False, True), (True, False), (None, False), ("false", False), (0, False)],
)
def test_enabled_switches_off_in_an_environment_and_nowhere_else(
    flag: build.Data, is_off: bool
) -> None:
    row = [{"key": "a", "value": "1", "enabled": flag}]
    rows: Rows = [("a", "1", False)]
    assert environment(row) == (([], [(OFF, "/0")]) if is_off else (rows, []))
    assert collection(row) == (rows, [])


def test_what_is_switched_off_may_be_anything() -> None:
    assert environment([{"enabled": False, "key": {}}]) == ([], [(OFF, "/0")])


def test_what_is_switched_off_is_told_by_name() -> None:
    row = {"key": "base", "value": "x", "disabled": True}
    _, found = build.parse(build.collection(variable=[row]))
    assert [d.text for d in found] == ["The variable 'base' is switched off"]


def test_a_map_of_variables_gives_none_and_is_told() -> None:
    parsed, found = build.parse(build.collection(variable={"a": "b"}))
    assert parsed.variables == ()
    assert [(d.rule, d.pointer) for d in found] == [(LOST, "/variable")]


def test_variables_keep_place_and_description() -> None:
    rows = [None, {"key": "a", "value": "1", "description": {"content": " why "}}]
    (own,) = build.sound(build.collection(variable=rows)).variables
    assert (own.pointer, own.description) == ("/variable/1", "why")
    parsed, _ = postman.parse_environment(build.read({"values": rows}), "dev")
    assert parsed is not None
    assert [v.pointer for v in parsed.variables] == ["/values/1"]


@pytest.mark.parametrize("where", ["folder", "item"])
def test_variables_of_folders_and_items_are_told_and_not_found(where: str) -> None:
    own = {"variable": build.pairs(a="1")}
    item = build.item("http://h", **(own if where == "item" else {}))
    data = build.collection(
        build.folder("F", item, **(own if where == "folder" else {}))
    )
    parsed, found = build.parse(data)
    place = "/item/0" if where == "folder" else "/item/0/item/0"
    assert parsed.variables == ()
    assert [(d.rule, d.pointer) for d in found] == [(LOST, f"{place}/variable")]


#: JavaScript's text of a value by the type that is said beside it.
_TEXTS: list[tuple[build.Data, build.Data, str]] = [
    *((kind, " x ", " x ") for kind in ("string", "any", "default", "json", "object")),
    (None, "5", "5"),
    ("secret", "5", "5"),
    (7, "5", "5"),
    ([], "5", "5"),
    ({}, "5", "5"),
    (None, None, "null"),
    (None, True, "true"),
    (None, False, "false"),
    (None, 7, "7"),
    (None, 7.0, "7"),
    (None, -0.0, "0"),
    (None, 1.5, "1.5"),
    (None, 2**53, "9007199254740992"),
    (None, 1e20, "100000000000000000000"),
    (None, 1e21, "1e+21"),
    (None, [1, None, "x", True], "1,,x,true"),
    (None, [[1, 2], [3]], "1,2,3"),
    (None, [], ""),
    (None, {}, "[object Object]"),
    (None, [{}], "[object Object]"),
    ("string", 7, "7"),
    ("boolean", "false", "true"),
    ("boolean", "x", "true"),
    ("boolean", "", "false"),
    ("boolean", False, "false"),
    ("boolean", True, "true"),
    ("number", "5", "5"),
    ("number", " 5 ", "5"),
    ("number", "5.0", "5"),
    ("number", "5.50", "5.5"),
    ("number", "-0", "0"),
    ("number", "1e3", "1000"),
    ("number", "", "0"),
    ("number", "  ", "0"),
    ("number", "abc", "NaN"),
    ("number", "5 kg", "NaN"),
    ("number", "true", "NaN"),
    ("number", "Infinity", "Infinity"),
    ("number", "-Infinity", "-Infinity"),
    ("number", 7, "7"),
]


@pytest.mark.parametrize(("kind", "value", "text"), _TEXTS)
def test_a_value_becomes_text_as_in_javascript(
    kind: build.Data, value: build.Data, text: str
) -> None:
    rows = [{"key": "a", "type": kind, "value": value}]
    assert [row[1] for row in collection(rows)[0]] == [text]
    assert [row[1] for row in environment(rows)[0]] == [text]


@pytest.mark.parametrize(
    ("value", "text"),
    [("0x10", "16"), ("1_0", "NaN"), ("nan", "NaN"), ("inf", "NaN"), ("９", "NaN")],
)
def test_a_number_is_what_javascript_takes_for_one(value: str, text: str) -> None:
    rows = [{"key": "a", "type": "number", "value": value}]
    assert [row[1] for row in collection(rows)[0]] == [text]


@pytest.mark.parametrize(("value", "text"), [(1e-7, "1e-7"), (0.00001, "0.00001")])
def test_small_and_big_numbers_are_spelled_as_in_javascript(
    value: float, text: str
) -> None:
    assert [row[1] for row in collection([{"key": "a", "value": value}])[0]] == [text]


# --- environment files ---


def read(
    data: build.Data, name: str = "my dev.json"
) -> tuple[Environment | None, list[tuple[str, str, int | None]]]:
    """The environment, and code, text and line of what was said."""
    if isinstance(data, bytes):
        document, found = source.read(name, data)
        assert document is not None, found
    else:
        document = build.read(data)
    parsed, said = postman.parse_environment(document, "my dev")
    return parsed, [(d.rule.code, d.text, d.line) for d in document.placed(said)]


ROW = build.pairs(a="1")


@pytest.mark.parametrize(
    ("data", "name", "pointer"),
    [
        ({"name": "Dev", "values": ROW}, "Dev", "/values/0"),
        (
            {"environment": {"name": "Dev", "values": ROW}},
            "Dev",
            "/environment/values/0",
        ),
        ({"environment": {"environment": {"values": ROW}}}, "my dev", None),
        (
            {
                "id": "x",
                "name": "G",
                "values": ROW,
                "_postman_variable_scope": "globals",
            },
            "G",
            "/values/0",
        ),
        ({"values": ROW}, "my dev", "/values/0"),
        ({"name": "", "values": ROW}, "my dev", "/values/0"),
        ({"name": 5, "values": ROW}, "5", "/values/0"),
        (ROW, "my dev", "/0"),
        ([None, *ROW], "my dev", "/1"),
    ],
)
def test_an_environment_has_many_forms(
    data: build.Data, name: str, pointer: str | None
) -> None:
    found, said = read(data)
    assert found is not None
    assert (found.name, said) == (name, [])
    (variable,) = found.variables
    assert (variable.key, variable.value) == ("a", "1")
    assert pointer in (None, variable.pointer)


def test_an_environment_may_be_empty() -> None:
    assert read({"name": "Dev", "values": []}) == (postman.Environment("Dev"), [])


def test_an_environment_in_yaml_has_places_in_yaml() -> None:
    text = b"""name: Dev
values:
  - key: base
    value: 'https://dev.test'
  - {key: port, value: 8080}
  - key: off
    value: x
    enabled: false
  - key: pin
    value: '1'
    type: secret
  - 5
"""
    found, said = read(text, "my dev.environment.yaml")
    assert found is not None
    assert [(v.key, v.value, v.secret) for v in found.variables] == [
        ("base", "https://dev.test", False),
        ("port", "8080", False),
        ("pin", "1", True),
    ]
    assert said == [
        ("PM060", "The variable 'off' is switched off", 6),
        ("PM005", "Expected a variable ({key, value}), found a number", 12),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (build.collection(), "a Postman collection"),
        ({"item": [], "values": ROW}, "a Postman collection"),
        ({"requests": []}, "a Postman collection of format 1.0"),
        ({"request": "http://h"}, "a Postman request"),
        ([{"request": "http://h"}], "a list of Postman items"),
        ({"collections": [], "globals": ROW}, "a Postman data dump"),
        ({"openapi": "3.1.0"}, "an OpenAPI description"),
        ({"swagger": "2.0"}, "a Swagger description"),
        ({"values": {"a": "1"}}, "an object with neither `item` nor `request`"),
        ({"a": "1"}, "an object with neither `item` nor `request`"),
        ([], "no JSON object"),
        ("x", "no JSON object"),
        (None, "no JSON object"),
    ],
)
def test_what_is_no_environment_is_told_what_it_is(
    data: build.Data, words: str
) -> None:
    text = f"Expected a Postman environment or globals; this is {words}"
    assert read(data) == (None, [("PM012", text, 1)])


@pytest.mark.parametrize(
    "text", [b"", b"name: Dev\n", b"values:\n  a: b\n", b"values:\n", b"- 5\n"]
)
def test_yaml_that_is_no_environment_is_told(text: bytes) -> None:
    found, said = read(text, "dev.environment.yaml")
    assert found is None
    assert [code for code, _, _ in said] == ["PM012"]


def test_every_fault_is_told_once() -> None:
    _, said = environment([{"key": {}}, 5])
    assert [pointer for rule, pointer in said if rule is WRONG] == ["/0/key", "/1"]
