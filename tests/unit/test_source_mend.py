"""Text that is almost JSON: each repair, and each refusal with its place."""

from __future__ import annotations

import json

import pytest

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.source.mend import Mended, mend
from pmgen.source.strict import Json, JsonError, parse_json


def no_value(_: str) -> Json:
    return None


def mended(text: str) -> Mended:
    """What is read where nobody knows a hole's value."""
    return mend(text, no_value)


def refused(text: str) -> Diagnostic:
    """The finding of a text that is not mended."""
    with pytest.raises(JsonError) as caught:
        mended(text)
    return caught.value.diagnostic


VALID: list[str] = [
    "{}",
    "[]",
    ' {"a": [1, -0, 0.5, -0.0, 1E5, 2e-3, 1e+2], "b": {"c": null}}\r\n',
    '"\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00e9 \\ud83d\\ude00 \\ud800 \x7f é"',
    '["// no", "/* no */", "# no", "{{no}}", "<no>", "...", "\'", "“no”", "\u00a0"]',
    "9" * 4300,
    "true",
    "false",
    "null",
]


@pytest.mark.parametrize("text", VALID, ids=range(len(VALID)))
def test_valid_json_is_read_as_it_is(text: str) -> None:
    assert mended(text).repairs == ()
    assert repr(mended(text).value) == repr(json.loads(text))


REPAIRS: dict[str, tuple[str, Json, list[str]]] = {
    "a comment to the end of the line": (
        '{"a": 1, // "x": 1\r\n"b": 2} // "',
        {"a": 1, "b": 2},
        ["2 comments removed"],
    ),
    "a comment between stars": (
        '/* [ */ {/**/"a"/* : */: /*\n"*/ 1}',
        {"a": 1},
        ["4 comments removed"],
    ),
    "a line that starts with a hash": (
        '# x "\n{"a": 1,\n \t# "b": 2,\n"c": 3}\n#',
        {"a": 1, "c": 3},
        ["3 comments removed"],
    ),
    "repeated keys": (
        '{"a": 1, "b": {"a": 2}, "a": 3, "a": 4,}',
        {"a": 4, "b": {"a": 2}},
        ["2 repeated keys (a) read as the last one says", "1 trailing comma removed"],
    ),
    "a comment in a string": (
        '["#//", /**/ "/**/"]',
        ["#//", "/**/"],
        ["1 comment removed"],
    ),
    "a trailing comma of an object": (
        '{"a": 1,}',
        {"a": 1},
        ["1 trailing comma removed"],
    ),
    "trailing commas of lists": (
        '[[1, 2, // c\n], "a",\n]',
        [[1, 2], "a"],
        ["2 trailing commas removed", "1 comment removed"],
    ),
    "a missing comma between members": (
        '{"a": 1\n "b": {}\n\n"c": [] /*\n*/ "d": 0}',
        {"a": 1, "b": {}, "c": [], "d": 0},
        ["3 missing commas added", "1 comment removed"],
    ),
    "a missing comma between elements": (
        '["a"\r\n"b", {{c}} // c\n{}]',
        ["a", "b", None, {}],
        ["2 missing commas added", "1 comment removed"],
    ),
    "a missing comma before a comment": (
        "[1 // c\n2]",
        [1, 2],
        ["1 missing comma added", "1 comment removed"],
    ),
    "holes": (
        '{"a": {{id}}, "b": [{{ a b }},<profileId>], "c": <<your id>>, "d": {{id}}}',
        {"a": None, "b": [None, None], "c": None, "d": None},
        [],
    ),
    "a hole as the only value": ("{{body}}", None, []),
    "holes beside comments and blanks": (
        "[{{a}}// c\n,{{b}}/**/, {{a}}\u00a0]",
        [None, None, None],
        [
            "2 comments removed",
            "1 unusual blank skipped",
        ],
    ),
    "a hole of 60 characters": (
        f"[<{'x' * 60}>]",
        [None],
        [],
    ),
    "single quotes": (
        """{'a"': 'it\\'s', 'b': '\\"\\\\', "c": '// \\u0041'}""",
        {'a"': "it's", "b": '"\\', "c": "// A"},
        ["5 pairs of single quotes replaced"],
    ),
    "straight quotes and escapes in single quotes": (
        "['a\\n\"b\"']",
        ['a\n"b"'],
        ["1 pair of single quotes replaced"],
    ),
    "typographic quotes": (
        "{“a”: ”it's”, „b“: “\\\"\\n”}",
        {"a": "it's", "b": '"\n'},
        ["4 pairs of typographic quotes replaced"],
    ),
    "unquoted keys": (
        "{na$me: 1, $id: 2, _a: {é1: 3}, null\n: 4, NaN: 5}",
        {"na$me": 1, "$id": 2, "_a": {"é1": 3}, "null": 4, "NaN": 5},
        ["6 unquoted keys quoted"],
    ),
    "an ellipsis in lists": (
        "[[...], [1, ...], [..., 1], [1 .... 2], [1, ……, 2], [1\n...\n2]]",
        [[], [1], [1], [1, 2], [1, 2], [1, 2]],
        ["6 ellipses dropped"],
    ),
    "an ellipsis in objects": (
        '{"a": {...}, "b": {"c": 1, ...}, ..., "d": "..." ...}',
        {"a": {}, "b": {"c": 1}, "d": "..."},
        ["4 ellipses dropped"],
    ),
    "an ellipsis and a comma at the end": (
        "[1, ...,]",
        [1],
        ["1 ellipsis dropped", "1 trailing comma removed"],
    ),
    "raw control characters": (
        "[\"a\r\n\tb\", '\n']",
        ["a\r\n\tb", "\n"],
        ["4 raw control characters kept", "1 pair of single quotes replaced"],
    ),
    "unknown escapes": (
        '["\\d\\_ \\\\d", "\\\n", "\\#"]',
        ["\\d\\_ \\d", "\\\n", "\\#"],
        ["4 unknown escapes kept", "1 raw control character kept"],
    ),
    "an escaped apostrophe": (
        "[\"it\\'s\", 'it\\'s']",
        ["it's", "it's"],
        ["1 escaped apostrophe unescaped", "1 pair of single quotes replaced"],
    ),
    "escapes of surrogates beside a repair": (
        '["\\ud83d\\ude00\\d", "\\ud800\\d"]',
        ["\U0001f600\\d", "\ud800\\d"],
        ["2 unknown escapes kept"],
    ),
    "literals of Python and JavaScript": (
        "[True, False, None, undefined, true, None]",
        [True, False, None, None, True, None],
        ["5 foreign literals (True, False, None, …) translated"],
    ),
    "unusual blanks": (
        '\ufeff{\u00a0"a"\u3000:\u200b\u200b1\u2028}\u00a0',
        {"a": 1},
        ["7 unusual blanks skipped"],
    ),
    "a blank before a hash": (
        "[1\n\u00a0# c\n]",
        [1],
        ["1 comment removed"],
    ),
}


@pytest.mark.parametrize(("text", "value", "repairs"), REPAIRS.values(), ids=REPAIRS)
def test_a_repair(text: str, value: Json, repairs: list[str]) -> None:
    with pytest.raises(JsonError):
        parse_json(text)
    found = mended(text)
    assert repr(found.value) == repr(value)
    assert list(found.repairs) == repairs


def test_a_hole_is_asked_for_as_it_is_spelled_and_filled_with_what_comes_back() -> None:
    asked: list[str] = []
    values: dict[str, Json] = {"{{ a }}": [1], "<b c>": "x", "<<d>>": None, "{{$e}}": 0}

    def hole(name: str) -> Json:
        asked.append(name)
        return values[name]

    found = mend("[{{ a }}, <b c>, <<d>>, {{$e}}, {{ a }}]", hole)
    assert asked == ["{{ a }}", "<b c>", "<<d>>", "{{$e}}", "{{ a }}"]
    assert found.value == [[1], "x", None, 0, [1]]
    assert found.repairs == ()


REFUSALS: dict[str, tuple[str, int, int, str]] = {
    # text that ends too early
    "nothing": ("", 1, 1, "the text holds no value"),
    "only a comment": (" // c\n", 2, 1, "the text holds no value"),
    "an open object": (
        '[\n{"a": 1\n',
        3,
        1,
        "the text ends inside the object that starts on line 2",
    ),
    "an open list": (
        "\n[1,",
        2,
        4,
        "the text ends inside the list that starts on line 2",
    ),
    "an open string": (
        '["a\nb',
        2,
        2,
        "the text ends inside the string that starts on line 1",
    ),
    "an open escape": (
        '["\\',
        1,
        4,
        "the text ends inside the string that starts on line 1",
    ),
    "an open comment": (
        "[1 /* ]",
        1,
        8,
        "the text ends inside the comment that starts on line 1",
    ),
    "a key without anything": (
        '{"a"',
        1,
        5,
        "the text ends inside the object that starts on line 1",
    ),
    "a member without value": (
        '{"a":',
        1,
        6,
        "the text ends inside the object that starts on line 1",
    ),
    "half of a word": (
        "[tr",
        1,
        4,
        "the text ends inside the list that starts on line 1",
    ),
    "half of a number": (
        "[-",
        1,
        3,
        "the text ends inside the list that starts on line 1",
    ),
    # text that goes on
    "a second value": ("{}\n{}", 2, 1, "`{` stands after the end of the value"),
    "a bracket too many": ("{}\n }", 2, 2, "`}` stands after the end of the value"),
    "a comma at the end": ('{"a": 1},', 1, 9, "`,` stands after the end of the value"),
    "a hash at the end": ("{} # c", 1, 4, "`#` stands after the end of the value"),
    # commas
    "a comma first": ("[,1]", 1, 2, "`,` stands at the start of the list"),
    "a comma first in an object": (
        '{\n,"a": 1}',
        2,
        1,
        "`,` stands at the start of the object",
    ),
    "two commas": ("[1,,2]", 1, 4, "`,` stands after another comma"),
    "two commas at the end": ("[1\n,\n,]", 3, 1, "`,` stands after another comma"),
    "two commas after an ellipsis": (
        "[...,,1]",
        1,
        6,
        "`,` stands after another comma",
    ),
    "no comma on one line": (
        '{"a": 1 "b": 2}',
        1,
        9,
        "a string stands without a comma after a value on the same line",
    ),
    "a quote in a string": (
        '["say "hi" now"]',
        1,
        8,
        "`hi` stands without a comma after a value on the same line",
    ),
    # holes
    "a hole and a number": ("[{{a}}5]", 1, 2, "`{{a}}` is joined to what follows it"),
    "two holes": ("[{{a}}{{b}}]", 1, 2, "`{{a}}` is joined to what follows it"),
    "two pairs of words": ("[<a><b>]", 1, 2, "`<a>` is joined to what follows it"),
    "a number and a hole": (
        "[5{{a}}]",
        1,
        3,
        "`{{a}}` stands without a comma after a value on the same line",
    ),
    "a hole as a member": (
        '{ {{p}}, "a": 1}',
        1,
        3,
        "`{{p}}` stands where a key should stand",
    ),
    "a hole as a key": ("{<p>: 1}", 1, 2, "`<p>` stands where a key should stand"),
    "a hole without a name": ("[{{ }}]", 1, 3, "`{` stands where a key should stand"),
    "an object for a key": ('{{"a": 1}}', 1, 2, "`{` stands where a key should stand"),
    "a hole over two lines": (
        "[{{a\nb}}]",
        1,
        3,
        "`{` stands where a key should stand",
    ),
    "half of a hole": (
        "[{a}}]",
        1,
        4,
        "`}` stands where the colon after a key should stand",
    ),
    "words over two lines": ("[<a\nb>]", 1, 2, "`<` stands where a value should stand"),
    "too many words": (
        f"[<{'x' * 61}>]",
        1,
        2,
        "`<` stands where a value should stand",
    ),
    "a hole between brackets": (
        "[<{{a}}>]",
        1,
        2,
        "`<` stands where a value should stand",
    ),
    "no words": ("[< - >]", 1, 2, "`<` stands where a value should stand"),
    "brackets that do not match": (
        "[<<a>]",
        1,
        2,
        "`<` stands where a value should stand",
    ),
    "quotes between brackets": (
        """[<a 'b'>]""",
        1,
        2,
        "`<` stands where a value should stand",
    ),
    "markup": ("<br/>", 1, 1, "`<` stands where a value should stand"),
    "more markup": ("<!DOCTYPE html>", 1, 1, "`<` stands where a value should stand"),
    # quotes
    "a typographic quote and a straight one": (
        '{“a": 1, “b”: 2}',
        1,
        2,
        "it is not certain where a string in typographic quotes ends",
    ),
    "a typographic quote inside of such": (
        "[“a „b” c”]",
        1,
        2,
        "it is not certain where a string in typographic quotes ends",
    ),
    "an escaped typographic quote": (
        "[“a\\”b”]",
        1,
        2,
        "it is not certain where a string in typographic quotes ends",
    ),
    "an open quote before typographic ones": (
        '["a “b”]',
        1,
        9,
        "the text ends inside the string that starts on line 1",
    ),
    "an open typographic quote": (
        "[“a]",
        1,
        5,
        "the text ends inside the string that starts on line 1",
    ),
    "an apostrophe in single quotes": (
        "['it's']",
        1,
        6,
        "`s` stands without a comma after a value on the same line",
    ),
    "an escape that is too short": (
        '["a\n\\u12x"]',
        2,
        1,
        "`\\u` stands without four hexadecimal digits",
    ),
    # keys, colons, values
    "no value": ('{"id": , "a": 1}', 1, 8, "`,` stands where a value should stand"),
    "no value at the end": ('{"id":\n}', 2, 1, "`}` stands where a value should stand"),
    "an ellipsis for a value": (
        '{"id": ...}',
        1,
        8,
        "`...` stands where a value should stand",
    ),
    "no colon": (
        '{"a" 1}',
        1,
        6,
        "`1` stands where the colon after a key should stand",
    ),
    "an arrow": (
        '{"a" => 1}',
        1,
        6,
        "`=` stands where the colon after a key should stand",
    ),
    "no key": ("{: 1}", 1, 2, "`:` stands where a key should stand"),
    "a number as a key": ("{1: 1}", 1, 2, "`1` stands where a key should stand"),
    "a key with a hyphen": (
        "{a-b: 1}",
        1,
        3,
        "`-b` stands where the colon after a key should stand",
    ),
    "two colons": (
        '{"a": 1: 2}',
        1,
        8,
        "`:` stands where a comma or the end of the object should stand",
    ),
    "a word alone": ("foo", 1, 1, "`foo` is neither quoted nor a value of JSON"),
    "a bare word": ("[foo]", 1, 2, "`foo` is neither quoted nor a value of JSON"),
    "a long bare word": (
        f"[{'x' * 41}]",
        1,
        2,
        f"`{'x' * 39}…` is neither quoted nor a value of JSON",
    ),
    "a hash after a value": (
        "[1, # c\n2]",
        1,
        5,
        "`#` stands where a value should stand",
    ),
    "an ellipsis before a name": ("[...a]", 1, 2, "`...` is joined to what follows it"),
    "two dots": ("[..]", 1, 2, "`..` is no number of JSON"),
    # brackets
    "an object closed as a list": (
        '[\n{"a": 1\n]',
        3,
        1,
        "`]` stands where the object that starts on line 2 should end",
    ),
    "a list closed as an object": (
        "[1}",
        1,
        3,
        "`}` stands where the list that starts on line 1 should end",
    ),
    # numbers
    "a leading zero": ("[012]", 1, 2, "`012` is no number of JSON"),
    "a sign": ("[+1]", 1, 2, "`+1` is no number of JSON"),
    "a dot first": ("[.5]", 1, 2, "`.5` is no number of JSON"),
    "a dot last": ("[1.]", 1, 2, "`1.` is no number of JSON"),
    "other digits": ("[1٣]", 1, 2, "`1٣` is no number of JSON"),
    "a number cut short": ("[3.14…]", 1, 2, "`3.14…` is no number of JSON"),
    "a date": ("[2020-01-02]", 1, 2, "`2020-01-02` is no number of JSON"),
    "hexadecimal": ("[0x1F]", 1, 2, "`0x1F` is no number of JSON"),
    "negative infinity": ("[-Infinity]", 1, 2, "`-Infinity` is no number of JSON"),
    "infinity": (
        "[Infinity]",
        1,
        2,
        "`Infinity` is neither quoted nor a value of JSON",
    ),
    "no number": ("[NaN]", 1, 2, "`NaN` is neither quoted nor a value of JSON"),
}


@pytest.mark.parametrize(
    ("text", "line", "column", "why"), REFUSALS.values(), ids=REFUSALS
)
def test_a_refusal(text: str, line: int, column: int, why: str) -> None:
    found = refused(text)
    assert found.rule is Rule.NOT_JSON
    assert found.text == f"Not valid JSON: {why}"
    assert (found.line, found.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "line", "column", "why"),
    [
        ("[\n 1e400, // c\n]", 2, 2, "A number is out of range"),
        ("[1,\n-1e999]", 2, 1, "A number is out of range"),
        ("[" + "9" * 4301 + ",]", 1, 2, "A number has too many digits"),
        ("\n" + "[" * 151 + "]" * 151, 2, 151, "Nested more than 150 deep"),
        ('{"a":' * 1000, 1, 751, "Nested more than 150 deep"),
    ],
)
def test_a_limit(text: str, line: int, column: int, why: str) -> None:
    found = refused(text)
    assert (found.rule, found.text) == (Rule.LIMIT, why)
    assert (found.line, found.column) == (line, column)


def test_nesting_up_to_the_limit_is_read() -> None:
    text = "[" * 150 + "1" + "]" * 150
    assert json.dumps(mended(text).value) == text


@pytest.mark.parametrize(("inside", "fits"), [(100, True), (101, False)])
def test_what_fills_a_hole_counts_for_the_depth(inside: int, fits: bool) -> None:
    value = parse_json("[" * inside + "1" + "]" * inside)
    text = "[" * 50 + "{{a}}" + "]" * 50
    if fits:
        assert json.dumps(mend(text, lambda _: value).value).count("[") == 150
        return
    with pytest.raises(JsonError) as caught:
        mend(text, lambda _: value)
    assert caught.value.diagnostic == Diagnostic(
        Rule.LIMIT, "Nested more than 150 deep", line=1, column=51
    )


@pytest.mark.parametrize("start", ["", "[", '["', "['", "[“"])
@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "{",
        "{{",
        "{{a",
        "<",
        "<a ",
        "/*",
        "//",
        "\n #",
        '"\\',
        "\\",
        "“",
        ".",
        "9",
        " ",
        "\u2028",
    ],
)
def test_a_megabyte_of_anything_is_refused(start: str, piece: str) -> None:
    """Most take a hundredth of a second; were one quadratic, this would not end within CI's time."""
    refused(start + piece * (1_000_000 // len(piece)))
