"""Bodies that are almost JSON, or faked by a tool: what they mean, what is told, and what is left out."""

# ruff: noqa: S106 - variables, no passwords

from __future__ import annotations

import json
import typing

import build
import pytest

from pmgen.api import Kind
from pmgen.diagnostics import Rule
from pmgen.lower import hygiene
from pmgen.lower.hygiene import Cleaned
from pmgen.lower.variables import Scope
from pmgen.postman import Variable
from pmgen.source import JsonError

if typing.TYPE_CHECKING:
    from pmgen.diagnostics import Diagnostic

Said: typing.TypeAlias = "list[tuple[str, str]]"

KNOWN = {
    "n": "5",
    "f": "1.50",
    "yes": "true",
    "none": "null",
    "object": '{"x": [1]}',
    "list": "[1, 2]",
    "quoted": '"q"',
    "word": "word",
    "empty": "",
    "outer": "{{n}}",
    "open": "{{missing}}",
    "self": "{{self}}",
    "almost": "[1,]",
    "token": "7",
    "deep": "[" * 200 + "]" * 200,
    "base url": "1",
}
SCOPE = Scope.of(tuple(Variable(key, value, "") for key, value in KNOWN.items()))
NESTING = "<Error: Too many levels of nesting to fake this schema>"


def clean(text: str) -> Cleaned:
    return hygiene.clean(text, SCOPE)


def refused(text: str) -> Diagnostic:
    with pytest.raises(JsonError) as caught:
        clean(text)
    return caught.value.diagnostic


def same(found: object, expected: object) -> None:
    """Equal, and of equal types: in Python 1 is True."""
    assert (found, repr(found)) == (expected, repr(expected))


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, 2.5, null, true, "x"]}',
        " [ ] ",
        "5",
        '"x"',
        "null",
        '{"a": "{{n}}", "{{n}}": "x{{missing}}"}',
        '{"<integer>": "x <integer>", "b": "<integer"}',
        '{"a": "<b>bold</b>", "b": "<", "c": "<>", "d": "< integer >"}',
        '["<string>", "<uuid>", "<dateTime>", "<date>", "<email>", "<binary>"]',
        '["<some words>", "<string", "<Error>", "<password>", "<name>"]',
        '["<Error: Too many levels>"]',
    ],
)
def test_what_is_json_and_data_stays_as_it_is(text: str) -> None:
    assert clean(text) == Cleaned(json.loads(text))


#: What tools write for a type, in any case, and the value that is put for it.
_TOKENS: list[tuple[str, build.Data]] = [
    *((name, 0) for name in ("integer", "int", "int32", "int64", "long", "short")),
    *((name, 0.5) for name in ("number", "float", "double", "decimal")),
    *((name, True) for name in ("boolean", "bool")),
    ("null", None),
    ("Integer", 0),
    ("BOOLEAN", True),
]


@pytest.mark.parametrize(("name", "value"), _TOKENS)
@pytest.mark.parametrize("quote", ['"', ""])
def test_a_placeholder_becomes_a_value_of_its_type(
    quote: str, name: str, value: build.Data
) -> None:
    token = f"<{name}>"
    spelled = quote + token + quote
    found = clean(f'{{"a": {spelled}, "b": [{spelled}, 7]}}')
    same(found.value, {"a": value, "b": [value, 7]})
    assert found == Cleaned(found.value, placeholders=(token,))
    same(clean(spelled).value, value)


@pytest.mark.parametrize("name", ["string", "uuid", "dateTime", "uri"])
def test_a_placeholder_of_a_string_is_a_string_with_and_without_quotes(
    name: str,
) -> None:
    found = clean(f'{{"a": "<{name}>", "b": <{name}>}}')
    assert found.value == {"a": f"<{name}>", "b": f"<{name}>"}
    assert (found.placeholders, found.unknown) == ((), ())


def test_a_placeholder_without_quotes_is_told_whatever_its_type() -> None:
    found = clean('{"a": <string>}')
    assert found.repairs or found.placeholders or found.filled


def test_a_tag_is_no_json() -> None:
    assert refused("<html>").rule is Rule.NOT_JSON


def test_placeholders_are_told_once_each_in_their_order() -> None:
    found = clean('["<long>", "<bool>", "<long>", "<int>"]')
    assert found.placeholders == ("<long>", "<bool>", "<int>")


@pytest.mark.parametrize(
    "spelled",
    [
        '"<unknown>"',
        '"<any>"',
        '"<object>"',
        '"<array>"',
        "<object>",
        "<OBJECT>",
        f'"{NESTING}"',
        NESTING,
        "{{missing}}",
        "{{word}}",
        "{{empty}}",
        "{{open}}",
        "{{self}}",
        "{{almost}}",
        "{{token}}",
        "{{deep}}",
        "{{ n }}",
        "{{N}}",
        "<the id>",
        "<<id>>",
    ],
)
def test_the_unknown_is_null_in_an_object_and_nothing_in_a_list(spelled: str) -> None:
    bare = spelled.strip('"')
    found = clean(f'{{"a": {spelled}, "b": [{spelled}, 1, [{spelled}]]}}')
    assert found.value == {"a": None, "b": [1, []]}
    assert found == Cleaned(found.value, unknown=(bare,) * 3)
    assert refused(spelled).text == f"All of it is {bare}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", 5),
        ("f", 1.5),
        ("yes", True),
        ("none", None),
        ("object", {"x": [1]}),
        ("list", [1, 2]),
        ("quoted", "q"),
        ("outer", 5),
        ("base url", 1),
    ],
)
def test_a_variable_outside_of_quotes_is_its_value_where_that_is_json(
    name: str, value: build.Data
) -> None:
    hole = f"{{{{{name}}}}}"
    found = clean(f'{{"a": {hole}, "b": [{hole}]}}')
    same(found.value, {"a": value, "b": [value]})
    assert found == Cleaned(found.value, filled=(hole,))
    same(clean(hole).value, value)


def test_holes_of_all_kinds_are_told_apart() -> None:
    found = clean(
        '[{{n}}, {{missing}}, "{{missing}}", <int>, {{n}}, {{yes}}, // end\n]'
    )
    same(found.value, [5, "{{missing}}", 0, 5, True])
    assert found.filled == ("{{n}}", "{{yes}}")
    assert found.unknown == ("{{missing}}",)
    assert found.placeholders == ("<int>",)
    assert found.repairs == ("1 trailing comma removed", "1 comment removed")


@pytest.mark.parametrize(
    ("text", "value", "repairs"),
    [
        ('{"a": 1,}', {"a": 1}, ("1 trailing comma removed",)),
        ("/* x */ [1]", [1], ("1 comment removed",)),
        ("{'a': 'b'}", {"a": "b"}, ("2 pairs of single quotes replaced",)),
        (
            "{a: None}",
            {"a": None},
            ("1 unquoted key quoted", "1 foreign literal (None) translated"),
        ),
        ('["x"\n"y"]', ["x", "y"], ("1 missing comma added",)),
    ],
)
def test_what_can_be_read_in_one_way_is_repaired(
    text: str, value: build.Data, repairs: tuple[str, ...]
) -> None:
    assert clean(text) == Cleaned(value, repairs)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", Rule.NOT_JSON),
        ("text", Rule.NOT_JSON),
        ("<a/>", Rule.NOT_JSON),
        ('{"a": ', Rule.NOT_JSON),
        ('{"a": {{n}}5}', Rule.NOT_JSON),
        ('{"a": ,}', Rule.NOT_JSON),
        ("1e999", Rule.LIMIT),
        ("[" * 200 + "]" * 200, Rule.LIMIT),
    ],
)
def test_what_is_not_certain_is_refused(text: str, rule: Rule) -> None:
    assert refused(text).rule is rule


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        ('{"a": 1, "a": 2}', ("/a",)),
        ('{"a": [{"b": 1, "b": 2}], "c": {"d": 1, "d": "<int>"}}', ("/a/0/b", "/c/d")),
    ],
)
def test_keys_that_stand_twice_are_told(text: str, repeated: tuple[str, ...]) -> None:
    assert clean(text).repeated == repeated


def test_keys_that_stand_twice_are_told_in_repaired_text_too() -> None:
    told = "1 repeated key (a) read as the last one says"
    assert told in clean('{"a": 1, "a": 2,}').repairs


def test_everything_that_was_done_is_told_at_the_body() -> None:
    cleaned = Cleaned(
        value=None,
        repairs=("1 comment removed", "2 trailing commas removed"),
        filled=("{{n}}", "{{m}}"),
        placeholders=("<int>", "<bool>"),
        unknown=("{{x}}", NESTING, "{{x}}"),
        repeated=("/a", "/b/0"),
    )
    found = list(hygiene.told(cleaned, Rule.BODY_REPAIRED, "/p", ("F", "one")))
    assert {(d.pointer, d.trail) for d in found} == {("/p", ("F", "one"))}
    assert [(d.rule.code, d.text) for d in found] == [
        (
            "PM046",
            "The body is not quite JSON: 1 comment removed, 2 trailing commas removed",
        ),
        ("PM046", "What stands without quotes was filled in: {{n}}, {{m}}"),
        ("PM054", "Values were put for <int>, <bool>"),
        ("PM055", f"3 values are unknown: {{{{x}}}}, {NESTING}"),
        ("PM006", "The key /a of the body stands twice"),
        ("PM006", "The key /b/0 of the body stands twice"),
    ]
    for unknown, text in [
        (("{{x}}",), "1 value is unknown: {{x}}"),
        (("{{x}}", "{{x}}"), "2 values are unknown: {{x}}"),
    ]:
        (one,) = hygiene.told(
            Cleaned(None, unknown=unknown), Rule.BODY_REPAIRED, "", ()
        )
        assert one.text == text
    assert list(hygiene.told(Cleaned({"a": 1}), Rule.BODY_REPAIRED, "", ())) == []


# --- request bodies ---

VARIABLES = build.pairs(n="5", word="word", token="7")


def body(text: str, *saved: str) -> tuple[Kind, tuple[build.Data, ...], Said]:
    """Kind and values of a JSON body, and what was said as code and pointer."""
    options = {"raw": {"language": "json"}}

    def post(raw: str) -> build.Data:
        body = {"mode": "raw", "raw": raw, "options": options}
        return {"method": "POST", "url": "https://h.test/x", "body": body}

    replies = [{"code": 200, "originalRequest": post(raw)} for raw in saved]
    data = build.collection(build.item(post(text), *replies), variable=VARIABLES)
    found, said = build.lowered(data)
    declared = build.operations(found)[0].body
    assert declared is not None
    assert declared.text == text
    assert declared.content_type == "application/json"
    return declared.kind, declared.values, [(d.rule.code, d.pointer) for d in said]


RAW = "/item/0/request/body/raw"


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ('{"a": 1, // one\n}', {"a": 1}, ["PM046"]),
        ('{"a": {{n}}}', {"a": 5}, ["PM046"]),
        ('{"a": {{n}},}', {"a": 5}, ["PM046", "PM046"]),
        ('{"a": {{word}}}', {"a": None}, ["PM055"]),
        ('{"a": {{missing}}}', {"a": None}, ["PM055"]),
        ('{"a": {{token}}}', {"a": None}, ["PM055"]),
        ('{"a": "<integer>"}', {"a": 0}, ["PM054"]),
        (f'{{"a": ["{NESTING}"]}}', {"a": []}, ["PM055"]),
        ('{"a": 1, "a": "2"}', {"a": "2"}, ["PM006"]),
        ("[{{n}}, {{missing}}]", [5], ["PM046", "PM055"]),
        ("[]", [], []),
    ],
)
def test_a_body_that_is_almost_json_is_repaired_and_told(
    text: str, value: build.Data, codes: list[str]
) -> None:
    assert body(text) == (Kind.JSON, (value,), [(code, RAW) for code in codes])


@pytest.mark.parametrize(
    "text",
    ['{"a": ,}', "{{missing}}", "{{word}}", '"<object>"', "<xml/>", '{"a": {{n}}5}'],
)
def test_a_body_that_is_no_json_is_text_and_told(text: str) -> None:
    assert body(text) == (Kind.TEXT, (), [("PM042", RAW)])


@pytest.mark.parametrize("text", ["5", '"x"', "null", "true", "{{n}}", "<integer>"])
def test_a_scalar_body_is_text_and_nothing_to_tell(text: str) -> None:
    assert body(text) == (Kind.TEXT, (), [])


def test_saved_bodies_are_repaired_in_silence_and_others_told() -> None:
    saved = ['{"a": {{n}}}', "{broken", '{"a": 1}', '{"a": "<bool>"}', '{"a": {{n}}}']
    kind, values, said = body('{"a": 1}', *saved)
    same(values, ({"a": 1}, {"a": 5}, {"a": True}))
    assert kind is Kind.JSON
    assert said == [("PM056", "/item/0/response/1/originalRequest/body/raw")]


def test_why_a_body_is_no_json_is_told_with_its_line() -> None:
    options = {"raw": {"language": "json"}}
    form = {"mode": "raw", "raw": '{\n  "a": 1,\n  "b": ?\n}', "options": options}
    request = {"method": "POST", "url": "https://h.test/x", "body": form}
    _, (said,) = build.lowered(build.collection(build.item(request)))
    assert said.text == (
        "The body is no JSON: `?` stands where a value should stand (line 3 of the body)"
    )


# --- saved examples ---


def example(**response: build.Data) -> tuple[list[build.Data], Said]:
    """Kind, value and language of the example, if it is kept; and what was said as code and pointer."""
    reply = {"name": "ok", "code": 200, **response}
    item = build.item(build.get("https://h.test/x"), reply)
    found, said = build.lowered(build.collection(item, variable=VARIABLES))
    examples = build.operations(found)[0].examples
    return (
        [(e.kind, e.value, e.language) for e in examples],
        [(d.rule.code, d.pointer) for d in said],
    )


def typed(content_type: str) -> build.Data:
    return build.pairs(**{"Content-Type": content_type})


BODY = "/item/0/response/0/body"


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ('{"a": 1,}', {"a": 1}, ["PM053"]),
        ('{"a": {{n}}, "b": {{missing}}}', {"a": 5, "b": None}, ["PM053", "PM055"]),
        ('[{{missing}}, "<long>"]', [0], ["PM054", "PM055"]),
        ('{"a": "<double>"}', {"a": 0.5}, ["PM054"]),
        ('"<integer>"', 0, ["PM054"]),
        ("{{n}}", 5, ["PM053"]),
        ('{"a": 1, "a": 2}', {"a": 2}, ["PM006"]),
        ("5", 5, []),
        ('"text"', "text", []),
        ("[1, 2]", [1, 2], []),
        ("null", None, []),
    ],
)
def test_an_example_that_is_almost_json_is_repaired_and_told(
    text: str, value: build.Data, codes: list[str]
) -> None:
    found, said = example(body=text, header=typed("application/json"))
    same(found, [(Kind.JSON, value, "")])
    assert said == [(code, BODY) for code in codes]


@pytest.mark.parametrize(
    "text", ["{not json", '{"a": ,}', "<p>x</p>", "{{missing}}", f'"{NESTING}"', "Gone"]
)
@pytest.mark.parametrize(
    "content_type",
    ["application/json", "APPLICATION/PROBLEM+JSON; charset=utf-8", "text/json"],
)
def test_an_example_that_is_declared_json_and_is_none_is_left_out_and_told(
    content_type: str, text: str
) -> None:
    assert example(body=text, header=typed(content_type)) == ([], [("PM050", BODY)])


@pytest.mark.parametrize("text", ["{not json", "[1, 2", "{{missing}}"])
def test_what_postmans_preview_and_its_own_look_take_for_json_is_left_out_alike(
    text: str,
) -> None:
    found = example(body=text, _postman_previewlanguage="json")
    assert found == ([], [("PM050", BODY)])


@pytest.mark.parametrize(
    ("text", "language"),
    [("Not found", "text"), ("<html></html>", "html"), ('5"', "text"), ("1,2", "text")],
)
def test_postmans_preview_alone_makes_no_json(text: str, language: str) -> None:
    found = example(body=text, _postman_previewlanguage="json")
    assert found == ([(Kind.TEXT, text, language)], [])


@pytest.mark.parametrize("text", ['{"a": 1, "b": "lo', "[1, 2", '[{"a":', "{'a': }"])
def test_what_begins_as_json_was_meant_as_json(text: str) -> None:
    assert example(body=text) == ([], [("PM050", BODY)])
    assert example(body=text, header=typed("text/plain"))[1] == []


@pytest.mark.parametrize("text", ["{not json", "[INFO] started", "{{missing}}", "[x]"])
def test_its_own_look_alone_makes_no_json(text: str) -> None:
    assert example(body=text) == ([(Kind.TEXT, text, "text")], [])
    header = typed("text/plain")
    assert example(body=text, header=header) == ([(Kind.TEXT, text, "text")], [])


@pytest.mark.parametrize(
    ("text", "value"), [("5", 5), ("true", True), ('"x"', "x"), ("null", None)]
)
def test_a_scalar_is_json_where_somebody_says_so(text: str, value: build.Data) -> None:
    json_reply: tuple[list[build.Data], Said] = ([(Kind.JSON, value, "")], [])
    same(example(body=text, header=typed("application/json")), json_reply)
    same(example(body=text, _postman_previewlanguage="json"), json_reply)
    assert example(body=text) == ([(Kind.TEXT, text, "text")], [])


#: Declared type, Postman's preview, text, and the language that comes of it.
_LANGUAGES: list[tuple[str, str | None, str, str]] = [
    ("text/html", None, "hello", "html"),
    ("TEXT/HTML; charset=utf-8", None, "hello", "html"),
    ("text/xml", None, "hello", "xml"),
    ("application/xml; charset=utf-8", None, "hello", "xml"),
    ("application/atom+xml", None, "hello", "xml"),
    ("application/soap+xml; action=x", None, "hello", "xml"),
    ("application/xhtml+xml", None, "<html/>", "xml"),
    ("text/plain", None, "<html></html>", "text"),
    ("text/csv", "html", "a,b", "text"),
    ("application/x-xmlish", None, "hello", "text"),
    ("", "html", "hello", "html"),
    ("", "HTML", "hello", "html"),
    ("", "xml", "hello", "xml"),
    ("", "text", "<html></html>", "text"),
    ("", "auto", "<a/>", "text"),
    ("", None, "hello", "text"),
    ("", None, " <!DOCTYPE html><p>x", "html"),
    ("", None, "<html lang='en'>", "html"),
    ("", None, "<HTML>", "html"),
    ("", None, "\n<?xml version='1.0'?><a/>", "xml"),
    ("", None, "<a b='c'/>", "xml"),
    ("", None, "<3 you", "text"),
    ("", None, "a <html>", "text"),
]


@pytest.mark.parametrize(("declared", "preview", "text", "language"), _LANGUAGES)
def test_the_language_of_a_text(
    declared: str, preview: str | None, text: str, language: str
) -> None:
    header = typed(declared) if declared else []
    found = example(body=text, header=header, _postman_previewlanguage=preview)
    assert found == ([(Kind.TEXT, text, language)], [])


@pytest.mark.parametrize(
    "content_type",
    [
        "image/png",
        "IMAGE/JPEG",
        "audio/mpeg",
        "video/mp4",
        "font/woff2",
        "application/pdf",
        "application/zip",
        "application/gzip",
        "application/octet-stream",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ],
)
@pytest.mark.parametrize("text", ["", "PK..", "{}", "{broken"])
def test_a_binary_reply_is_bytes_whatever_was_saved_of_it(
    text: str, content_type: str
) -> None:
    found = example(body=text, header=typed(content_type))
    told = [("PM057", BODY)] if text else []
    assert found == ([(Kind.BYTES, None, "")], told)


@pytest.mark.parametrize("declared", ["application/json", "text/html", ""])
@pytest.mark.parametrize("text", ["", None, " \n\t"])
def test_a_reply_without_a_body_is_empty(text: str | None, declared: str) -> None:
    header = typed(declared) if declared else None
    assert example(body=text, header=header) == ([(Kind.EMPTY, None, "")], [])


def test_a_reply_to_head_is_empty_whatever_was_saved_of_it() -> None:
    reply = {"code": 200, "body": "{broken", "header": typed("application/json")}
    item = build.item({"method": "head", "url": "https://h.test/x"}, reply)
    found, said = build.lowered(build.collection(item))
    (one,) = build.operations(found)[0].examples
    assert (one.kind, one.value) == (Kind.EMPTY, None)
    assert [found.rule.code for found in said] == ["PM057"]


def test_why_an_example_is_left_out_is_told_with_its_line_and_trail() -> None:
    reply = {
        "name": "bad",
        "code": 200,
        "body": '{\n"a": ?}',
        "header": typed("application/json"),
    }
    item = build.item(build.get("https://h.test/x"), reply)
    _, (said,) = build.lowered(build.collection(build.folder("F", item)))
    assert said.trail == ("F", "one", "bad")
    assert said.text == (
        "The body is declared as JSON and is none: `?` stands where a value should "
        "stand (line 2 of the body); the example is left out"
    )


@pytest.mark.parametrize(
    ("method", "content_type", "kind"),
    [("HEAD", "application/json", Kind.EMPTY), ("GET", "image/png", Kind.BYTES)],
)
def test_a_body_that_cannot_be_the_replys_is_told(
    method: str, content_type: str, kind: Kind
) -> None:
    request = {"method": method, "url": "https://h.test/x"}
    reply = {"name": "ok", "code": 200, "header": typed(content_type), "body": "{}"}
    found, told = build.lowered(build.collection(build.item(request, reply)))
    assert [e.kind for e in build.operations(found)[0].examples] == [kind]
    assert [(d.rule.code, d.pointer) for d in told] == [("PM057", BODY)]
    reply["body"] = ""
    assert build.lowered(build.collection(build.item(request, reply)))[1] == ()
