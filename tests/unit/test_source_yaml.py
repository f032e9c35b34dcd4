"""YAML -> the values of JSON by the core schema of YAML 1.2; every refusal with its place."""

from __future__ import annotations

import pytest
import yaml

from pmgen.diagnostics import Rule
from pmgen.source import yaml as source_yaml
from pmgen.source.yaml import (
    YamlError,
    YamlLocator,
    parse_yaml,
    parse_yaml_noting_repeats,
    repeated_keys,
)
from pmgen.source.yaml_events import PurePython

PARSERS: list[type] = [PurePython]
if yaml.__with_libyaml__:
    PARSERS += [yaml.CBaseLoader]


@pytest.fixture(autouse=True, params=PARSERS, ids=lambda parser: parser.__name__)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything here holds with libyaml and without."""
    monkeypatch.setattr(source_yaml, "FASTEST", request.param)


def refusal(text: str) -> tuple[int | None, int | None, str]:
    """Line, column and words about a text that is no YAML."""
    with pytest.raises(YamlError) as caught:
        parse_yaml(text)
    found = caught.value.diagnostic
    assert found.rule is Rule.NOT_YAML
    assert found.text == str(caught.value)
    assert found.text.startswith("Not valid YAML: ")
    return found.line, found.column, found.text.removeprefix("Not valid YAML: ")


def limit(text: str) -> tuple[int | None, int | None, str]:
    """Line, column and words about a text that is too much."""
    with pytest.raises(YamlError) as caught:
        parse_yaml(text)
    found = caught.value.diagnostic
    assert found.rule is Rule.LIMIT
    return found.line, found.column, found.text


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        ("12", 12),
        ("+12", 12),
        ("-0", 0),
        ("0123", 123),
        ("0o17", 15),
        ("0x1fA", 506),
        ("1.5", 1.5),
        (".5", 0.5),
        ("-1.", -1.0),
        ("1e3", 1000.0),
        ("+1.5E-3", 0.0015),
        ("-0.0", -0.0),
    ],
)
def test_a_plain_scalar_is_what_the_core_schema_says(
    written: str, value: object
) -> None:
    """Compared by repr, which tells 1 from True and 0.0 from -0.0."""
    assert repr(parse_yaml(f"k: {written}")) == repr({"k": value})


YAML_1_1 = "yes Yes no NO on off y n 2020-01-01 12:30:00 190:20:30 1_000 0b1 = <<"
NOT_IN_JSON = ".inf -.Inf +.INF .nan .NaN"
NEARLY = "tRUE nULL 0o8 0xg -0x1 +0o7 1e 1.2.3 . + -. e3 ٣ truer nil"


@pytest.mark.parametrize("written", f"{YAML_1_1} {NOT_IN_JSON} {NEARLY}".split())
def test_any_other_plain_scalar_is_text(written: str) -> None:
    assert parse_yaml(f"k: {written}") == {"k": written}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"12"', "12"),
        ("'true'", "true"),
        ('""', ""),
        ("'it''s'", "it's"),
        (r'"\x41\u00e9\U0001F600\/\t\n\0"', "Aé\U0001f600/\t\n\0"),
        ("|\n  12\n", "12\n"),
        ("|-\n  a\n   b\n", "a\n b"),
        (">-\n  null\n", "null"),
        (">\n  a\n  b\n", "a b\n"),
        ("a\n  b", "a b"),
        ("'a\n\n  b'", "a\nb"),
        ("a b#c # d", "a b#c"),
        ("http://x/?a=b&c=d", "http://x/?a=b&c=d"),
    ],
)
def test_quoted_and_block_scalars_are_text(written: str, value: str) -> None:
    assert parse_yaml(f"k: {written}") == {"k": value}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("!!str 12", "12"),
        ("!!str", ""),
        ("!!int '12'", 12),
        ("!!float 12", 12.0),
        ("!!bool TRUE", True),
        ("!!null ''", None),
        ("!!map {a: 1}", {"a": 1}),
        ("!!seq [1]", [1]),
        ("!<tag:yaml.org,2002:str> 1", "1"),
        ("&a !!str 1", "1"),
    ],
)
def test_tags_of_the_core_schema_are_kept(written: str, value: object) -> None:
    assert repr(parse_yaml(f"k: {written}")) == repr({"k": value})


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("k: !!binary aGk=", (1, 4), "the tag !!binary is not supported"),
        ("- 1\n- !foo [a]", (2, 3), "the tag !foo is not supported"),
        ("k: &a !foo x", (1, 7), "the tag !foo is not supported"),
        (
            "!!python/object/apply:os.system [x]",
            (1, 1),
            "the tag !!python/object/apply:os.system is not supported",
        ),
        ("k: ! x", (1, 4), "the tag ! is not supported"),
        ("!foo k: x", (1, 1), "the tag !foo is not supported"),
        ("k: !<int> 1", (1, 4), "the tag !<int> is not supported"),
        ("k: !!merge x", (1, 4), "the tag !!merge is not supported"),
        ("k: !!int x", (1, 4), "the tag !!int does not fit"),
        ("k: !!float .inf", (1, 4), "the tag !!float does not fit"),
        ("k: !!bool yes", (1, 4), "the tag !!bool does not fit"),
        ("k: !!null x", (1, 4), "the tag !!null does not fit"),
        ("k: !!map x", (1, 4), "the tag !!map does not fit"),
        ("k: !!map [x]", (1, 4), "the tag !!map does not fit"),
        ("k: !!str {}", (1, 4), "the tag !!str does not fit"),
        ("k: !" + "x" * 90, (1, 4), f"the tag !{'x' * 79} is not supported"),
    ],
)
def test_other_tags_and_tags_that_do_not_fit_are_refused(
    text: str, place: tuple[int, int], words: str
) -> None:
    assert refusal(text) == (*place, words)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("200: a\ntrue: b\nnull: c\n1e999: d", ["200", "true", "null", "1e999"]),
        ("'200': a\n\"a b\": b", ["200", "a b"]),
        ("? a\n: b\n? |\n  c\n: d", ["a", "c\n"]),
        ("? \n: a", [""]),
        ("<<: {a: 1}", ["<<"]),
        ("0x10: a\n!!int 016: b", ["0x10", "016"]),
        ("{a, b: 1}", ["a", "b"]),
        ("&k 012: *k", ["012"]),
        ("- &k 012\n- {*k : a}", ["012"]),
    ],
)
def test_keys_are_text_as_written(text: str, keys: list[str]) -> None:
    value = parse_yaml(text)
    mapping = value[-1] if isinstance(value, list) else value
    assert isinstance(mapping, dict)
    assert list(mapping) == keys


def test_an_anchored_key_is_still_a_number_as_a_value() -> None:
    assert parse_yaml("&k 012: *k") == {"012": 12}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[a]: 1", (1, 1)),
        ("x: {? {a: 1} : 2}", (1, 7)),
        ("? - a\n: 1", (1, 3)),
        ("a: &a []\n*a : 1", (2, 1)),
        ("x: { {a: 1}: 2 }", (1, 6)),
    ],
)
def test_a_key_that_is_no_text_is_refused(text: str, place: tuple[int, int]) -> None:
    assert refusal(text) == (*place, "a mapping or a list cannot be a key")


def test_of_equal_keys_the_last_counts_and_each_repetition_is_told() -> None:
    text = "a: 1\nb:\n- c/d: 1\n  c/d: 2\na: 3\n'a': 4\n1: x\n'1': y"
    value = {"a": 4, "b": [{"c/d": 2}], "1": "y"}
    repeats = (("/b/0/c~1d", "c/d"), ("/a", "a"), ("/a", "a"), ("/1", "1"))
    assert parse_yaml(text) == value
    assert repeated_keys(text) == repeats
    assert parse_yaml_noting_repeats(text) == (value, repeats)
    assert repeated_keys("a: {b: 1}\nb: {a: 1}") == ()


def test_an_alias_is_what_its_anchor_is_at_that_place() -> None:
    text = "a: &x [1]\nb: *x\nc: &x 2\nd: [*x, *x]\ne: &y"
    assert parse_yaml(text) == {"a": [1], "b": [1], "c": 2, "d": [2, 2], "e": None}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: *x\nb: &x 1", (1, 4, "the alias *x comes before its anchor")),
        ("a: &x\n  b: *x", (2, 6, "the alias *x is inside of its anchor")),
        ("&x [*x]", (1, 5, "the alias *x is inside of its anchor")),
        ("a: &x 1\nb: &x [*x]", (2, 8, "the alias *x is inside of its anchor")),
    ],
)
def test_an_alias_without_a_finished_anchor_is_refused(
    text: str, found: tuple[int, int, str]
) -> None:
    assert refusal(text) == found


def test_a_billion_laughs_end_at_once() -> None:
    lines = ["a0: &a0 ha"]
    for level in range(1, 30):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]")
    words = "More than 1,000,000 values, counting what aliases repeat"
    assert limit("\n".join(lines)) == (7, 55, words)


def test_nesting_ends_at_200_however_it_is_written() -> None:
    words = "Nested more than 200 deep"
    assert parse_yaml("[" * 200 + "]" * 200)
    assert limit("[" * 201 + "]" * 201) == (1, 201, words)
    assert limit("[" * 100_000) == (1, 201, words)
    assert limit("- " * 201 + "a") == (1, 401, words)
    inner, outer = "[" * 120 + "1" + "]" * 120, "[" * 79 + "*a" + "]" * 79
    assert parse_yaml(f"a: &a {inner}\nb: {outer}")
    assert limit(f"a: &a {inner}\nb: [{outer}]") == (2, 84, words)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("9" * 4301, "A number has too many digits"),
        (hex(10**4300), "A number has too many digits"),
        ("0x" + "f" * 5000, "A number has too many digits"),
        ("0o" + "7" * 5000, "A number has too many digits"),
        ("9" * 4300, None),
        ("1e999", "A number is out of range"),
        ("-1.5e999", "A number is out of range"),
    ],
)
def test_a_number_that_python_could_not_print_is_refused(
    number: str, words: str | None
) -> None:
    if words is None:
        assert str(parse_yaml(number)) == number
        assert parse_yaml(hex(int(number))) == int(number)
    else:
        assert limit(f"a: 1\nb: {number}") == (2, 4, words)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: b: c", (1, 5), "mapping values are not allowed here"),
        ("a: 'b\nc", (2, 2), "found unexpected end of stream"),
        (
            "a:\n\tb: 1",
            (2, 1),
            "found character '\\t' that cannot start any token",
        ),
        ("a: @b", (1, 4), "found character '@' that cannot start any token"),
        ("a: [1\nb: 2", (2, 2), "expected ',' or ']', but got ':'"),
        ("a: 1\nb\nc: 2", (3, 1), "could not find expected ':'"),
        ("- a\nb: 1", (2, 1), "expected <block end>, but found '?'"),
        ("a: 1\r\rb: %", (3, 4), "found character '%' that cannot start any token"),
        ("é\U0001f600: {a\r\n", (2, 1), "expected ',' or '}', but got '<stream end>'"),
        (r'a: "\q"', (1, 6), "found unknown escape character 'q'"),
        (r'a: "\U00110000"', (1, 7), "a number is out of range"),
        (r'a: "\UFFFFFFFF"', (1, 7), "a number is out of range"),
        ("%YAML 1." + "1" * 5000 + "\n---", (1, 9), "a number is out of range"),
        ("a: !%ED%A0%80 x", (1, 5), None),
        ("a\n---\nb", (2, 1), "a second document begins here"),
        ("a: 1\n...\nb: 2", (3, 1), None),
    ],
)
def test_a_syntax_error_has_line_and_column(
    text: str, place: tuple[int, int], words: str | None
) -> None:
    found = refusal(text)
    assert found[:2] == place
    assert words in (None, found[2])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", (1, 1)),
        ("\n# nothing", (1, 1)),
        ("\ufeff", (1, 1)),
        ("---", (1, 4)),
        ("---\n...", (2, 1)),
        ("%YAML 1.2\n---\n\n", (4, 1)),
    ],
)
def test_an_empty_file_is_null(text: str, place: tuple[int, int]) -> None:
    assert parse_yaml(text) is None
    assert YamlLocator(text).place("/a") == place


@pytest.mark.parametrize(
    ("text", "place", "help_"),
    [
        ("url: {{base}}/x", (1, 6), 'value: "{{base}}/x"'),
        ("a: 1\nurl: {{base}}\nb: 2", (2, 6), 'value: "{{base}}"'),
        ("- 1\n-  {{x}}", (2, 4), 'value: "{{x}}"'),
        ("{{x}}", (1, 1), 'value: "{{x}}"'),
        ('a: {{x}}?q="1" b # c', (1, 4), r'value: "{{x}}?q=\"1\" b"'),
        ("a: {{x}}/{{y}}:8080#z", (1, 4), 'value: "{{x}}/{{y}}:8080#z"'),
        ("a: {{{x}}}", (1, 4), 'value: "{{{x}}}"'),
        ("a: {{x}}\r\nb: é", (1, 4), 'value: "{{x}}"'),
        ("[{{x}}/y]", (1, 2), 'value: "{{x}}/y"'),
        ("a: [1, {{x}}/y, 2]", (1, 8), 'value: "{{x}}/y"'),
        ("a: {b: {{x}}, c: 1}", (1, 8), 'value: "{{x}}"'),
        ("a: [{{x]", (1, 5), 'value: "{{x]"'),
        ("a:\n  - b: {{x", (2, 8), 'value: "{{x"'),
        ("a: {{%x}}/y", (1, 4), 'value: "{{%x}}/y"'),
        ("- - a b: {{`x}}", (1, 10), 'value: "{{`x}}"'),
        ("? {{%x}}", (1, 3), 'value: "{{%x}}"'),
        ("'a: b': {{%x}}", (1, 9), 'value: "{{%x}}"'),
        ('"a\'": {{%x}}', (1, 7), 'value: "{{%x}}"'),
        ("http://x: {{@x}}", (1, 11), 'value: "{{@x}}"'),
        ("a: 1\rb: {{@x}}\rc: 1", (2, 4), 'value: "{{@x}}"'),
        ("a: {{'x}}\nb: 1\n", (1, 4), 'value: "{{\'x}}"'),
        ("a: {{x}}" + "y" * 75, (1, 4), f'value: "{{{{x}}}}{"y" * 75}"'),
        ("a: {{x}}" + "y" * 99, (1, 4), f'value: "{{{{x}}}}{"y" * 75}…"'),
        ("{{x}}: 1", (1, 1), 'key: "{{x}}"'),
        ("a:\n  {{x}}-y: {{z}}", (2, 3), 'key: "{{x}}-y"'),
    ],
)
def test_unquoted_variables_come_with_help(
    text: str, place: tuple[int, int], help_: str
) -> None:
    words = f"{{{{ begins a mapping; quote the {help_}"
    assert refusal(text) == (*place, words)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("note: a: {{x}}", (1, 8)),
        ("# b: {{x}}\na: %", (2, 4)),
        ("a: %c # b: {{x}}", (1, 4)),
        ("'a: {{x}}\n", (2, 1)),
        ('"a: {{x}}\n', (2, 1)),
        ("a: http://x:{{port}}: b", (1, 21)),
        ("b: '{{x}}'\na: %", (2, 4)),
    ],
)
def test_variables_that_are_not_at_fault_are_left_alone(
    text: str, place: tuple[int, int]
) -> None:
    *found, words = refusal(text)
    assert tuple(found) == place
    assert "{{" not in words


def test_a_variable_within_text_is_text() -> None:
    text = "a: http://{{x}}:{{y}}/\nb: '{{x}}'\nc: |\n  {{x}}\nd: >-\n  {{x}}: {{y}}"
    assert parse_yaml(text) == {
        "a": "http://{{x}}:{{y}}/",
        "b": "{{x}}",
        "c": "{{x}}\n",
        "d": "{{x}}: {{y}}",
    }


def test_merge_conflict_markers_are_called_so() -> None:
    text = "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n"
    assert refusal(text) == (2, 1, "merge conflict markers stand here")
    assert parse_yaml("a: |\n  <<<<<<< HEAD\n") == {"a": "<<<<<<< HEAD\n"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a:\tb\t# c\n", {"a": "b"}),
        ("a: b\tc\n", {"a": "b\tc"}),
        ("a: b\t\nc: d\n", {"a": "b", "c": "d"}),
        ("a: b \t \n  c", {"a": "b c"}),
        ('{\n\t"a":\t1,\n\t"b": [\n\t\t2\n\t]\n}', {"a": 1, "b": [2]}),
        ("a: |-\n  \tb\n  c", {"a": "\tb\nc"}),
        ("a: 'b\n\tc'", {"a": "b c"}),
        ("a: 'b'\t # c\n", {"a": "b"}),
        ("[1,\t\n 2\t ]", [1, 2]),
    ],
)
def test_tabs_stand_wherever_they_are_no_indentation(text: str, value: object) -> None:
    assert parse_yaml(text) == value


@pytest.mark.parametrize("char", "\x85\u2028\u2029\ufeff\ue000\U0001f600\xa0")
def test_unusual_characters_are_text_and_end_no_line(char: str) -> None:
    text = f"a: x{char}y\nb{char}: 'x{char} y'\nc: |\n  x{char}\n  {char}y\nd: 1"
    value = {"a": f"x{char}y", f"b{char}": f"x{char} y", "c": f"x{char}\n{char}y\n"}
    assert parse_yaml(text) == {**value, "d": 1}
    assert YamlLocator(text).place("/d") == (6, 4)
    assert YamlLocator(text).place(f"/b{char}") == (2, 5)


@pytest.mark.parametrize("char", "\x7f\x80\x84\x86\x9f\ufffe\uffff")
def test_what_only_quotes_may_hold_is_refused_elsewhere(char: str) -> None:
    assert parse_yaml(f"a: \"x{char}\"\n'b{char}': 1") == {
        "a": f"x{char}",
        f"b{char}": 1,
    }
    words = f"the character U+{ord(char):04X} is allowed in quotes only"
    assert refusal(f"a: '{char}'\nb: x{char}") == (2, 5, words)
    assert refusal(f"a: |\n  b\n  c{char}") == (3, 4, words)
    assert refusal(f"a\x85{char}: 1") == (1, 3, words)


@pytest.mark.parametrize("char", "\x00\x07\x08\x0b\x0c\x0e\x1b\x1f")
def test_control_characters_are_refused(char: str) -> None:
    words = f"the character U+{ord(char):04X} is not allowed"
    assert refusal(f"a: 1\r\nb: '\U0001f600{char}'") == (2, 6, words)


@pytest.mark.parametrize("code", [0xD800, 0xDFFF])
def test_half_a_surrogate_pair_is_refused(code: int) -> None:
    words = f"the character U+{code:04X} is half of a surrogate pair"
    assert refusal(f"a: 1\nb: {chr(code)}") == (2, 4, words)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (r'"\ud83d\ude00"', "\U0001f600"),
        (r'"\uD83D\uDE00\ud83d\ude00"', "\U0001f600\U0001f600"),
        (r'"\\\ud83d\ude00"', "\\\U0001f600"),
        (r'"\\ud83d\\ude00"', r"\ud83d\ude00"),
        (r'"\ude00\ud83d"', "\ude00\ud83d"),
        (r'"\U0000d83d"', "\ud83d"),
        (r'"\ud7ff\ue000"', "\ud7ff\ue000"),
        (r"'\ud83d\ude00'", r"\ud83d\ude00"),
        (r"\ud83d\ude00", r"\ud83d\ude00"),
        ("|-\n  \\ud83d", r"\ud83d"),
    ],
)
def test_escaped_surrogates_are_as_in_json(written: str, value: str) -> None:
    assert parse_yaml(f"a: {written}") == {"a": value}


def test_a_stand_in_is_not_taken_for_what_an_escape_says() -> None:
    text = r'["\ue000", "\uE001", "\U0000e002", "\ud83d\ude00"]'
    assert parse_yaml(text) == ["\ue000", "\ue001", "\ue002", "\U0001f600"]


def test_text_that_leaves_no_stand_in_is_refused() -> None:
    """All characters of private use, and one that PyYAML does not know."""
    crowd = "".join(map(chr, range(0xE000, 0xF900)))
    assert parse_yaml(f"a: {crowd}") == {"a": crowd}
    assert refusal(f"a: {crowd}\nb: '\x80'") == (
        1,
        1,
        "it has too many special characters",
    )


PLACED = """\
# a comment
a: 1
b:
  c: "x"
  d/e:
  - - y
    - |
      text
    -   &anchor z
  f: {g: [1,
    2], '': 3}
h: !!str 5
i:
j: *anchor
k: &list [é, \U0001f600, x]
l: *list
m~n: &later
    o: 1
a: 2
"""


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("", (2, 1)),
        ("/a", (19, 4)),
        ("/b", (4, 3)),
        ("/b/c", (4, 6)),
        ("/b/d~1e", (6, 3)),
        ("/b/d~1e/0", (6, 5)),
        ("/b/d~1e/0/0", (6, 7)),
        ("/b/d~1e/0/1", (7, 7)),
        ("/b/d~1e/0/2", (9, 9)),
        ("/b/f", (10, 6)),
        ("/b/f/g/1", (11, 5)),
        ("/b/f/", (11, 13)),
        ("/h", (12, 4)),
        ("/i", (13, 3)),
        ("/j", (14, 4)),
        ("/k/2", (15, 17)),
        ("/l", (16, 4)),
        ("/l/1", (15, 14)),
        ("/m~0n", (17, 6)),
        ("/m~0n/o", (18, 8)),
        ("/b/f/g/2", (10, 10)),
        ("/b/f/g/01", (10, 10)),
        ("/b/c/x/y", (4, 6)),
        ("/nothing", (2, 1)),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_pointer_leads_to_line_and_column(
    pointer: str, place: tuple[int, int], end: str, bom: str
) -> None:
    assert YamlLocator(bom + PLACED.replace("\n", end)).place(pointer) == place


def test_a_locator_reads_the_text_at_the_first_question() -> None:
    locator = YamlLocator("a: [")
    with pytest.raises(YamlError):
        locator.place("")
