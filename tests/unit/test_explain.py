"""What is said about a finding: by our schema about a value that was refused, by `pmgen explain` about a code."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import build
import pytest
from command import run

from pmgen import source
from pmgen.diagnostics import Diagnostic, Rule, Severity, render

# --- a refused value, in the words of our schema ---


def told(data: build.Data) -> list[tuple[str, str]]:
    """Pointer and text of every wrong type."""
    _, found = build.parse(data)
    return [(d.pointer, d.text) for d in found if d.rule is Rule.WRONG_TYPE]


def request(**more: build.Data) -> build.Data:
    return build.collection(build.item({"url": "http://h", "method": "POST", **more}))


_URL = (
    "a URL (text, or an object of its parts: {protocol, host, path, query, …} or {raw})"
)
_REQUEST = "a request ({method, url, header, body}), or its URL as text"
_BODY = "a body ({mode, raw}, {mode, urlencoded}, …), or its text"
_HEADER = "a header ({key, value}, or text such as `Name: value`)"
_TEXT = "text (a string, a number, true or false)"
_AT = "/item/0/request"

_SCHEMA: list[tuple[build.Data, str, str]] = [
    (
        build.collection(5),
        "/item/0",
        "Expected an item or a folder (an object), found a number",
    ),
    (build.collection(build.item(5)), _AT, f"Expected {_REQUEST}, found a number"),
    (build.collection(build.item([])), _AT, f"Expected {_REQUEST}, found a list"),
    (request(url=True), f"{_AT}/url", f"Expected {_URL}, found a boolean"),
    (request(url=["h"]), f"{_AT}/url", f"Expected {_URL}, found a list"),
    (request(method={}), f"{_AT}/method", f"Expected {_TEXT}, found an object"),
    (request(body=[]), f"{_AT}/body", f"Expected {_BODY}, found a list"),
    (
        request(header=[build.pairs(A="1")[0], 1.5]),
        f"{_AT}/header/1",
        f"Expected {_HEADER}, found a number",
    ),
    (
        request(header=[{"key": []}]),
        f"{_AT}/header/0/key",
        "Expected a name (text), found a list",
    ),
    (
        request(auth={"type": "bearer", "bearer": [{"key": {}}]}),
        f"{_AT}/auth/bearer/0/key",
        "Expected a name (text), found an object",
    ),
    (
        build.collection(build.item("http://h", {"body": {"a": 1}})),
        "/item/0/response/0/body",
        "Expected the body as text, found an object",
    ),
    (
        build.collection(variable="x"),
        "/variable",
        "Expected a list of variables ({key, value}), found a string",
    ),
    (
        build.collection(event=[{"script": {"exec": {}}}]),
        "/event/0/script/exec",
        "Expected a script's text, or a list of its lines, found an object",
    ),
    (
        {"id": "c", "requests": [{"id": "r", "url": 5}]},
        "/requests/0/url",
        "Expected a URL (text), found a number",
    ),
]


@pytest.mark.parametrize(("data", "pointer", "text"), _SCHEMA)
def test_the_schema_says_what_is_expected_at_the_deepest_place(
    data: build.Data, pointer: str, text: str
) -> None:
    assert told(data) == [(pointer, text)]


def test_every_fault_of_a_part_is_told_in_the_parts_place() -> None:
    data = request(header=[5, 6, {"key": []}], body=7, url={"host": 5})
    assert [pointer.removeprefix(_AT) for pointer, _ in told(data)] == [
        "/url/host",
        "/header/0",
        "/header/1",
        "/header/2/key",
        "/body",
    ]


def test_what_the_schema_has_no_words_for_has_the_parsers() -> None:
    assert told(build.collection(info={"name": []})) == [
        ("/info/name", "Expected a string, found a list")
    ]
    assert told({"item": 5}) == [("/item", "Expected a list, found a number")]


def test_a_fault_in_a_part_of_a_part_is_told_once() -> None:
    data = build.collection({"name": "one", "request": 5, "response": [{"body": 5}]})
    assert [pointer for pointer, _ in told(data)] == [
        "/item/0/request",
        "/item/0/response/0/body",
    ]


@pytest.mark.parametrize("key", ["response", "event"])
def test_schema_and_parser_agree_about_one_instead_of_a_list(key: str) -> None:
    item = build.item("http://h", **{key: {"listen": "test", "name": "x"}})
    assert told(build.collection(item)) == []


def test_a_refusal_has_trail_line_and_column() -> None:
    text = json.dumps(
        build.collection(
            build.folder("F", build.folder("G/H", build.item(5, name="a b")))
        ),
        indent=2,
    )
    data = json.loads(text)
    document, _ = source.read("in/shop.json", text.encode())
    assert document is not None
    _, found = build.parse(data)
    (placed,) = document.placed(found)
    assert placed.trail == ("F", "G/H", "a b")
    assert placed.file == "in/shop.json"
    assert placed.line is not None
    assert placed.column is not None
    line = text.splitlines()[placed.line - 1]
    assert line.strip() == '"request": 5,'
    assert line[placed.column - 1] == "5"


def test_keys_in_a_pointer_are_escaped() -> None:
    data = request(auth={"type": "a/b~c", "a/b~c": build.pairs(x="1")})
    assert told(data) == []
    data = request(header={"a/b~c": 1})
    found = build.first(build.sound(data)).request
    assert found is not None
    assert [pair.pointer for pair in found.headers] == [f"{_AT}/header/a~1b~0c"]


def test_sound_input_costs_no_schema() -> None:
    """Importing jsonschema takes as long as reading a collection of a megabyte."""
    code = (
        "import json, sys\n"
        "from pmgen import postman, source\n"
        "document, _ = source.read('x.json', sys.stdin.buffer.read())\n"
        "print(postman.parse(document, 'x')[1], 'jsonschema' in sys.modules)\n"
    )

    def said(data: build.Data) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(data).encode(),
            capture_output=True,
            check=True,
        )
        return done.stdout.decode().split()[-1]

    assert said(build.collection(build.item("http://h"))) == "False"
    assert said(build.collection(build.item(5))) == "True"


# --- the table of rules ---


def test_every_code_is_one_rules_and_has_its_form() -> None:
    codes = [rule.code for rule in Rule]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if not re.fullmatch(r"PM0[0-6][0-9]", code)] == []


@pytest.mark.parametrize("rule", Rule, ids=lambda rule: rule.code)
def test_every_rule_says_what_it_means_and_what_to_do(rule: Rule) -> None:
    assert isinstance(rule.severity, Severity)
    for text in (rule.remedy, rule.about):
        assert text == " ".join(text.split())
        assert text.endswith(".")
        assert text[0].isupper() or text.startswith(("pmgen", "--"))
    assert len(rule.remedy) <= 88
    assert rule.about != rule.remedy


def test_a_wrong_type_is_a_warning() -> None:
    assert (Rule.WRONG_TYPE.code, Rule.WRONG_TYPE.severity) == ("PM005", "warning")


def test_a_finding_is_one_line() -> None:
    found = Diagnostic(
        Rule.NO_REQUEST, "Bad\nthing.", "/item/0", ("a\x1b", "b"), 3, 7, "in.json"
    )
    assert render(found, "other.json") == (
        "in.json:3:7: warning PM020 a\\u001b / b: Bad\\u000athing. "
        "Give the item a request with a URL. [/item/0]"
    )
    assert render(Diagnostic(Rule.OUTPUT, "No room"), "out/shop") == (
        "out/shop: error PM009 No room. Choose another --out, or mend the place."
    )


# --- `pmgen explain` ---


@pytest.mark.parametrize("rule", Rule, ids=lambda rule: rule.code)
def test_a_code_is_explained(rule: Rule) -> None:
    result = run("explain", rule.code)
    assert (result.exit_code, result.stderr) == (0, "")
    head, empty, *about = result.stdout.splitlines()
    assert (head, empty) == (f"{rule.code} ({rule.severity})", "")
    assert about[-2:] == ["", f"What to do: {rule.remedy}"]
    assert " ".join(about[:-2]) == rule.about
    assert max(map(len, about[:-2])) <= 88


@pytest.mark.parametrize("code", ["pm005", "Pm005", " PM005 "])
def test_a_code_may_be_of_any_case(code: str) -> None:
    assert run("explain", code).stdout == run("explain", "PM005").stdout


def test_without_a_code_all_are_listed_in_order() -> None:
    result = run("explain")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line.split(maxsplit=2) for line in result.stdout.splitlines()]
    assert lines == sorted([r.code, str(r.severity), r.remedy] for r in Rule)


@pytest.mark.parametrize("code", ["PM000", "PM999", "5", "PM", "", "WRONG_TYPE"])
def test_an_unknown_code_is_a_usage_error(code: str) -> None:
    result = run("explain", code)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: " in result.stderr
    assert f"No code {code!r}; `pmgen explain` lists all." in result.stderr
