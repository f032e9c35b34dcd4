"""YAML of other writers comes back equal, places are as other readers find them, and any text gives a value or YamlError."""

from __future__ import annotations

import json
import re
import typing

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pmgen.source import Locator
from pmgen.source import yaml as source_yaml
from pmgen.source.locate import escape
from pmgen.source.yaml import YamlError, YamlLocator, parse_yaml, repeated_keys
from pmgen.source.yaml_events import PurePython

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.source import Json

PARSERS: list[type] = [PurePython]
if yaml.__with_libyaml__:
    PARSERS += [yaml.CBaseLoader]


@pytest.fixture(autouse=True, scope="module", params=PARSERS, ids=lambda p: p.__name__)
def _parser(request: pytest.FixtureRequest) -> Iterator[None]:
    """Everything here holds with libyaml and without."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source_yaml, "FASTEST", request.param)
        yield


AWKWARD = (
    *("", " ", "-", "- a", "a: b", "a:", "# a", "a #b", "{{x}}/y", "'", '"', "\\", "|"),
    *("true", "No", "~", "null", "12", "1_000", "0x1F", ".inf", "2020-01-01", "12:30"),
    *("<<", "=", "? a", "!a", "&a", "*a", "%a", "@a", "`a", "---", "...", "a\n---\nb"),
    *("\n", "a\n", "\na", " a", "a ", "a\n b", "\ta", "a\tb", "\r\n", "a\n\n\nb\n\n"),
    *("\\ud83d", "\U0001f600", "\ufeff", "\x00", "\x7f", "\x80", "\ue000", "\uffff"),
)
TEXTS = st.sampled_from(AWKWARD) | st.text(max_size=30)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
)


def values(leaves: st.SearchStrategy[Json], keys: st.SearchStrategy[str]) -> typing.Any:
    """JSON values of some depth."""
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4)
        ),
        max_leaves=12,
    )


#: YAML 1.1 takes these for line ends, so that its writers fold lines at them; or reads as text what is a number in 1.2.
ONLY_IN_1_1 = re.compile(r"[\x85\u2028\u2029]|^([-+]?\d+|0o[0-7]+|[-+]?\d+e[-+]?\d+)$")
PORTABLE = TEXTS.filter(lambda text: not ONLY_IN_1_1.search(text.lower()))
DUMPED = st.builds(
    lambda value, **style: (
        value,
        yaml.safe_dump(value, sort_keys=False, **style),
    ),
    values(LEAVES.filter(lambda leaf: not isinstance(leaf, str)) | PORTABLE, PORTABLE),
    default_flow_style=st.booleans(),
    default_style=st.sampled_from([None, None, '"', "|", ">"]),
    allow_unicode=st.booleans(),
    width=st.integers(20, 90),
    indent=st.integers(2, 5),
    explicit_start=st.booleans(),
)


@given(DUMPED)
def test_what_another_writer_dumps_comes_back_equal(dumped: tuple[Json, str]) -> None:
    value, text = dumped
    assert repr(parse_yaml(text)) == repr(value)


@given(DUMPED)
def test_places_are_those_that_pyyaml_composes(dumped: tuple[Json, str]) -> None:
    _, text = dumped
    locator, root = YamlLocator(text), yaml.compose(text, yaml.SafeLoader)
    assert root is not None
    for pointer, node in composed("", root):
        mark = node.start_mark
        assert locator.place(pointer) == (mark.line + 1, mark.column + 1)


def composed(pointer: str, node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    """Pointer and node of each value; of equal keys the last."""
    yield pointer, node
    inner: dict[str, yaml.Node] = {}
    if isinstance(node, yaml.MappingNode):
        inner = {escape(key.value): value for key, value in node.value}
    elif isinstance(node, yaml.SequenceNode):
        inner = {str(index): value for index, value in enumerate(node.value)}
    for step, value in inner.items():
        yield from composed(f"{pointer}/{step}", value)


ANY_TEXT = TEXTS | st.text(st.characters(categories=["Cs", "Zl", "Zp", "Cc", "Co"]))
JSON_VALUES = values(LEAVES | ANY_TEXT, ANY_TEXT)


@given(JSON_VALUES, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_any_json_is_yaml(value: Json, indent: int | str | None, ascii_: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_, indent=indent)
    if not ascii_ and re.search("[\ud800-\udfff]", text):
        text = json.dumps(value, indent=indent)
    assert repr(parse_yaml(text)) == repr(json.loads(text))


class Pairs(list[tuple[str, typing.Any]]):
    """An object that may repeat keys."""


def written(value: typing.Any, blank: str) -> str:
    """As JSON, with blanks between the tokens."""
    if isinstance(value, Pairs):
        pairs = (f"{json.dumps(k)}:{blank}{written(v, blank)}" for k, v in value)
        return "{" + blank + f"{blank},{blank}".join(pairs) + blank + "}"
    if isinstance(value, list):
        elements = (written(element, blank) for element in value)
        return "[" + f",{blank}".join(elements) + blank + "]"
    return json.dumps(value, ensure_ascii=False)


FEW_KEYS = st.sampled_from(["a", "b", "", "0", "a/b", "~1", "\U0001f600"])
REPEATING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(st.tuples(FEW_KEYS, inner), max_size=4).map(Pairs)
    ),
    max_leaves=12,
)


@given(REPEATING, st.sampled_from(["", " ", "\n", "\r\n ", "\t", " # x\n  "]))
def test_json_has_the_same_places_and_repeated_keys_as_yaml(
    value: typing.Any, blank: str
) -> None:
    """The locator of JSON shares no code with the one of YAML."""
    text = written(value, blank)
    plain = text if "#" not in blank else written(value, blank.replace("# x", "   "))
    ours, theirs = YamlLocator(text), Locator(plain)
    assert sorted(repeated_keys(text)) == sorted(theirs.repeated_keys())
    for pointer in ("", "/x/y", *pointers("", json.loads(plain))):
        assert ours.place(pointer) == theirs.place(pointer)


def pointers(pointer: str, value: Json) -> Iterator[str]:
    """Of each value below."""
    yield pointer
    members = value if isinstance(value, dict) else {}
    if isinstance(value, list):
        members = {str(index): element for index, element in enumerate(value)}
    for key, member in members.items():
        yield from pointers(f"{pointer}/{escape(key)}", member)


FRAGMENTS = st.sampled_from(
    [
        *("a", "b: ", "k: v\n", "- v\n", "- ", ": ", "? ", "{", "}", "[", "]", ","),
        *("{{x}}", "\n", "\n  ", "\n ", "\t", " ", "\r", "\r\n", "#", "# c\n", '"'),
        *("'", "\\", "\\ud83d\\ude00", "\\n", "\\x41", "\\UFFFFFFFF", "\\U0001F600"),
        *("&a ", "*a", "!", "!!str ", "!!int ", "!foo ", "%FF", "%YAML 1.2\n", "%"),
        *("|\n", "> \n", "|-\n  ", "---\n", "...\n", "1", "0x1F", "~", "-1.5e3", "<<"),
        *(
            "\x85",
            "\u2028",
            "\x7f",
            "\ufeff",
            "\x00",
            "\ud800",
            "\ue000",
            "é",
            "@",
            "`",
        ),
        *("[" * 201, "- " * 201, "1" * 4301, "1e999", "<<<<<<< a\n", "a" * 1100),
    ]
)
YAMLISH = st.lists(FRAGMENTS, max_size=14).map("".join) | st.text()


@settings(max_examples=500)
@given(YAMLISH)
def test_any_text_gives_a_value_or_an_error_with_its_place(text: str) -> None:
    try:
        value = parse_yaml(text)
    except YamlError as error:
        line, column = error.diagnostic.line, error.diagnostic.column
        lines = re.split("\r\n|\r|\n", text)
        assert line is not None
        assert column is not None
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
    else:
        assert json.loads(json.dumps(value)) == value
        assert YamlLocator(text).place("/a/0")[0] >= 1
        assert dict(repeated_keys(text)) is not None


@pytest.mark.skipif(len(PARSERS) == 1, reason="no libyaml to compare with")
@settings(max_examples=300)
@given(YAMLISH)
def test_both_parsers_read_the_same(text: str) -> None:
    """Where both read it: libyaml takes a tab in some places where PyYAML does not."""
    outcomes = set()
    for parser in PARSERS:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(source_yaml, "FASTEST", parser)
            try:
                outcomes.add(repr((parse_yaml(text), repeated_keys(text))))
            except YamlError:
                continue
    assert len(outcomes) <= 1
