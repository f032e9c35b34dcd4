"""Bytes -> Document: encodings, strict JSON, and places in the text."""

from __future__ import annotations

import hashlib
import json

import pytest

from pmgen import source
from pmgen.diagnostics import Diagnostic, Rule
from pmgen.source import JsonError, Locator, parse_json


def read(raw: bytes) -> source.Document:
    document, _ = source.read("x.json", raw)
    assert document is not None
    return document


def refusal(raw: bytes) -> Diagnostic:
    """The one diagnostic of bytes that make no document."""
    document, found = source.read("x.json", raw)
    assert document is None
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_unicode_encodings_are_read_without_a_word(encoding: str) -> None:
    bom = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    raw = bom + '{"naïve": "日本 \U0001f600"}'.encode(encoding)
    document, found = source.read("x.json", raw)
    assert document is not None
    assert document.data == {"naïve": "日本 \U0001f600"}
    assert found == ()


def test_the_digest_is_of_the_bytes_and_not_of_the_text() -> None:
    plain, marked = b'{"a": 1}', b'\xef\xbb\xbf{"a": 1}'
    assert read(plain).data == read(marked).data
    assert read(marked).sha256 == hashlib.sha256(marked).hexdigest()
    assert read(plain).sha256 != read(marked).sha256


def test_what_is_no_utf8_is_read_as_latin1_with_a_warning_at_the_byte() -> None:
    document, found = source.read("x.json", b'{"a":\n "caf\xe9"}')
    assert document is not None
    assert document.data == {"a": "café"}
    assert [(d.rule, d.line, d.column) for d in found] == [(Rule.ENCODING, 2, 6)]


def test_a_cut_utf16_file_is_refused_and_not_a_crash() -> None:
    document, found = source.read("x.json", '{"a": 1}'.encode("utf-16")[:-1])
    assert document is None
    assert [d.rule for d in found] == [Rule.ENCODING, Rule.NOT_JSON]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ("{", 1, 2),
        ('{"a": 1,}', 1, 9),
        ('{"a": 1\n "b": 2}', 2, 2),
        ('{"a": 1}\n]', 2, 1),
        ('{\r\n"a": nope}', 2, 6),
        ('["日本", nope]', 1, 8),
        ("{'a': 1}", 1, 2),
        ('{"a": 1} // comment', 1, 10),
        ('["a\nb"]', 1, 4),
    ],
)
def test_a_syntax_error_has_line_and_column(text: str, line: int, column: int) -> None:
    found = refusal(text.encode())
    assert (found.rule, found.line, found.column) == (Rule.NOT_JSON, line, column)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_lacks_are_refused(word: str) -> None:
    found = refusal(f'{{"a":\n {word}}}'.encode())
    assert found.rule is Rule.NOT_JSON
    assert word in found.text


def test_a_refused_nan_is_placed() -> None:
    found = refusal(b'{"a":\n NaN}')
    assert (found.line, found.column) == (2, 2)


def test_nesting_beyond_the_decoder_is_a_limit_and_not_a_crash() -> None:
    assert refusal(b"[" * 100_000).rule is Rule.LIMIT


def test_a_number_of_too_many_digits_is_a_limit_and_not_a_crash() -> None:
    assert refusal(b'{"a": ' + b"9" * 5000 + b"}").rule is Rule.LIMIT


def test_a_long_number_within_the_limit_keeps_every_digit() -> None:
    number = "9" * 400
    assert read(f'{{"a": {number}}}'.encode()).data == {"a": int(number)}


@pytest.mark.parametrize(
    ("depth", "fits"), [(1, True), (150, True), (151, False), (400, False)]
)
def test_json_inside_of_bodies_may_nest_150_deep(depth: int, fits: bool) -> None:
    text = "[" * depth + "1" + "]" * depth
    if fits:
        assert json.dumps(parse_json(text)) == text
        return
    with pytest.raises(JsonError) as caught:
        parse_json(text)
    assert caught.value.diagnostic.rule is Rule.LIMIT


@pytest.mark.parametrize("text", ["", "{", "NaN", "[1,]", "<x/>", "\ufeff{}"])
def test_a_body_that_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(JsonError) as caught:
        parse_json(text)
    assert caught.value.diagnostic.rule is Rule.NOT_JSON


@pytest.mark.parametrize(
    ("text", "pointers"),
    [
        ('{"a": 1, "b": {"a": 2}}', []),
        ('{"a": 1, "a": 2}', ["/a"]),
        ('{"a": 1, "a": 2, "a": 3}', ["/a", "/a"]),
        ('[{}, {"x": {"k": 1, "k": 2}}]', ["/1/x/k"]),
        ('{"a/b": 1, "a/b": 2, "~": 1, "~": 2}', ["/a~1b", "/~0"]),
        ('{"x": {"a": 1, "a": 2}, "y": [{"b": 1, "b": 2}]}', ["/x/a", "/y/0/b"]),
        ('{"a": {"b": 1, "b": 2}, "a": {}}', ["/a/b", "/a"]),
        (r'{"a": 1, "\u0061": 2}', ["/a"]),
    ],
)
def test_every_repeated_key_is_reported_where_it_stands(
    text: str, pointers: list[str]
) -> None:
    _, found = source.read("x.json", text.encode())
    assert {d.rule for d in found} <= {Rule.DUPLICATE_KEY}
    assert sorted(d.pointer for d in found) == sorted(pointers)


def test_of_two_equal_keys_the_last_wins() -> None:
    assert read(b'{"a": 1, "a": 2}').data == {"a": 2}


_TEXT = (
    "{\r\n"
    '  "a": [10, {"b": true}],\r\n'
    '  "é\U0001f600": "日本", "x/y": 1, "m~n": {"~1": null},\r\n'
    '  "": {"0": [ ]}\r\n'
    "}\r\n"
)


@pytest.mark.parametrize(
    ("pointer", "marked"),
    [
        ("", "{\r"),
        ("/a", "[10"),
        ("/a/0", "10"),
        ("/a/1", '{"b"'),
        ("/a/1/b", "true"),
        ("/é\U0001f600", '"日本"'),
        ("/x~1y", "1,"),
        ("/m~0n", '{"~1"'),
        ("/m~0n/~01", "null"),
        ("/", '{"0"'),
        ("//0", "[ ]"),
    ],
)
def test_a_pointer_leads_to_its_value(pointer: str, marked: str) -> None:
    """``marked`` is text that stands once, and begins where the value does."""
    assert _TEXT.count(marked) == 1
    before = _TEXT.partition(marked)[0].split("\r\n")
    assert Locator(_TEXT).place(pointer) == (len(before), len(before[-1]) + 1)


@pytest.mark.parametrize(
    ("pointer", "owner"),
    [
        ("/nope", ""),
        ("/a/7", "/a"),
        ("/a/1/b/c", "/a/1/b"),
        ("/x~1y/z", "/x~1y"),
        ("//0/0", "//0"),
    ],
)
def test_a_pointer_to_nothing_leads_to_the_nearest_owner(
    pointer: str, owner: str
) -> None:
    locator = Locator(_TEXT)
    assert locator.place(owner) != locator.place("") or owner == ""
    assert locator.place(pointer) == locator.place(owner)


def test_columns_count_characters() -> None:
    text = '["\U0001f600é日", 1]'
    assert Locator(text).place("/1") == (1, 9)


def test_the_last_of_repeated_keys_is_the_place() -> None:
    assert Locator('{"a": 1,\n "a": 2}').place("/a") == (2, 7)


def test_placing_keeps_a_place_that_is_known() -> None:
    document = read(b'{"a":\n 1}')
    known = Diagnostic(Rule.ENCODING, "x", pointer="/a", line=9, column=8)
    unknown = Diagnostic(Rule.WRONG_TYPE, "x", pointer="/a")
    placed = [(d.line, d.column) for d in document.placed((known, unknown))]
    assert placed == [(9, 8), (2, 2)]
