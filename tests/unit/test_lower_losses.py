"""What the client does not do as Postman does: scripts, requests that can't be called, settings of the connection."""

from __future__ import annotations

import dataclasses

import build
import pytest

from pmgen import lower, postman
from pmgen.diagnostics import Rule

CHANGES, IGNORED = Rule.SCRIPT_CHANGES_REQUEST, Rule.SCRIPT_IGNORED

_BEFORE: list[tuple[str, Rule]] = [
    ('pm.request.headers.add({key: "A", value: "1"});', CHANGES),
    ('pm.request.headers.upsert({key: "A"});', CHANGES),
    ('pm.request.headers.remove("A");', CHANGES),
    ('pm.request.url.query.add("a=1");', CHANGES),
    ('pm.request.body = {mode: "raw"};', CHANGES),
    ("sign(pm.request.body.raw)", CHANGES),
    ('pm.request.method = "PUT"', CHANGES),
    ("const r = pm.request;", CHANGES),
    ('request.data = "x";', CHANGES),
    ('request.url="x"', CHANGES),
    ('const h = CryptoJS.HmacSHA256(text, "k");', CHANGES),
    ('pm.sendRequest("https://h.test/token", done);', CHANGES),
    ("pm.execution.skipRequest();", CHANGES),
    ('pm.execution.setNextRequest("x");', CHANGES),
    ('postman.setNextRequest("x");', CHANGES),
    ('// first\nconsole.log(1);\npm.request.method = "PUT"', CHANGES),
    ('pm.environment.set("ts", Date.now());', IGNORED),
    ('pm.variables.set("id", pm.info.requestId)', IGNORED),
    ("console.log(pm.request.url.toString());", IGNORED),
    ("console.log(pm.request.url.getHost(), pm.request.name);", IGNORED),
    ('if (pm.request.headers.has("A")) { console.log(1) }', IGNORED),
    ('pm.request.headers.get("A")', IGNORED),
    ("pm.request.toJSON(); pm.request.id;", IGNORED),
    ('if (request.method == "GET") { x = 1; }', IGNORED),
    ('if (request.method === "GET") { x = 1; }', IGNORED),
]


def said(data: build.Data) -> list[tuple[Rule, str, tuple[str, ...]]]:
    """Rule, pointer and trail of everything that the front half says."""
    _, parsed = build.parse(data)
    _, lowered = build.lowered(data)
    return [(d.rule, d.pointer, d.trail) for d in (*parsed, *lowered)]


def script(code: str, listen: str = "prerequest") -> build.Data:
    return [{"listen": listen, "script": {"exec": code.split("\n")}}]


@pytest.mark.parametrize(("code", "rule"), _BEFORE)
def test_a_script_that_has_a_say_in_what_is_sent_is_a_warning(
    code: str, rule: Rule
) -> None:
    item = build.item("https://h.test/x", event=script(code))
    assert said(build.collection(item)) == [(rule, "/item/0/event/0", ("one",))]


@pytest.mark.parametrize(("code", "_rule"), _BEFORE)
def test_a_script_after_the_reply_changes_nothing_that_was_sent(
    code: str, _rule: Rule
) -> None:
    item = build.item("https://h.test/x", event=script(code, "test"))
    assert said(build.collection(item)) == [(IGNORED, "/item/0/event/0", ("one",))]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            'pm.request.headers.add("x")',
            "The pre-request script has a say in what is sent (pm.request)",
        ),
        (
            "x = CryptoJS.MD5(1)",
            "The pre-request script has a say in what is sent (CryptoJS)",
        ),
        ("x = 1", "The pre-request script is not run"),
    ],
)
def test_a_script_is_told_in_words(code: str, words: str) -> None:
    item = build.item("https://h.test/x", event=script(code))
    _, (found,) = build.lowered(build.collection(item))
    assert found.text == words


def test_a_test_script_is_told_in_words() -> None:
    item = build.item("https://h.test/x", event=script("x", "test"))
    _, (found,) = build.lowered(build.collection(item))
    assert found.text == "The test script is not run"


def test_scripts_are_told_wherever_they_stand_and_once() -> None:
    change = {"event": script("pm.request.method = 1")}
    check = {"event": [*script("x = 1"), *script("y", "test")]}
    items = [build.item("https://h.test/x", name=name, **check) for name in "ab"]
    data = build.collection(build.folder("F", *items, **change), **check)
    assert said(data) == [
        (IGNORED, "/event/0", ()),
        (IGNORED, "/event/1", ()),
        (CHANGES, "/item/0/event/0", ("F",)),
        (IGNORED, "/item/0/item/0/event/0", ("F", "a")),
        (IGNORED, "/item/0/item/0/event/1", ("F", "a")),
        (IGNORED, "/item/0/item/1/event/0", ("F", "b")),
        (IGNORED, "/item/0/item/1/event/1", ("F", "b")),
    ]


@pytest.mark.parametrize(
    "event",
    [
        [{"listen": "prerequest", "script": {"exec": ""}}],
        [{"listen": "prerequest", "script": {"exec": ["", " "]}}],
        [{"listen": "prerequest", "disabled": True, "script": {"exec": "pm.request"}}],
        [{"listen": "prerequest"}],
        [None],
    ],
)
def test_a_script_that_does_not_run_is_nothing_to_tell(event: build.Data) -> None:
    assert said(build.collection(build.item("https://h.test/x", event=event))) == []


def test_scripts_of_an_item_without_a_request_are_nobodys_loss() -> None:
    item = build.item(None, event=script("pm.request.method = 1"))
    assert said(build.collection(item)) == [(Rule.NO_REQUEST, "/item/0", ("one",))]


def test_a_folder_of_scripts_alone_tells_them() -> None:
    folder = build.folder("F", event=script("pm.request.method = 1"))
    assert said(build.collection(folder)) == [(CHANGES, "/item/0/event/0", ("F",))]


def test_an_item_without_a_request_is_told_with_each_of_its_examples() -> None:
    replies = [{"name": "a", "code": 200}, {"name": "b", "code": 404}]
    data = build.collection(
        build.folder("F", build.item("", *replies, name="lost")),
        build.item("https://h.test/x", *replies),
    )
    assert said(data) == [
        (Rule.NO_REQUEST, "/item/0/item/0", ("F", "lost")),
        (Rule.EXAMPLE_SKIPPED, "/item/0/item/0/response/0", ("F", "lost", "a")),
        (Rule.EXAMPLE_SKIPPED, "/item/0/item/0/response/1", ("F", "lost", "b")),
    ]


@pytest.mark.parametrize("request_form", [5, [], True])
def test_a_request_of_a_wrong_type_is_told_with_what_it_costs(
    request_form: build.Data,
) -> None:
    item = build.item(request_form, {"name": "ok", "code": 200})
    assert said(build.collection(item)) == [
        (Rule.WRONG_TYPE, "/item/0/request", ("one",)),
        (Rule.NO_REQUEST, "/item/0", ("one",)),
        (Rule.EXAMPLE_SKIPPED, "/item/0/response/0", ("one", "ok")),
    ]


@pytest.mark.parametrize("form", ["/x", {"path": ["x"]}, {"raw": "/x?a=1"}])
def test_a_url_without_a_host_is_told(form: build.Data) -> None:
    found = said(build.collection(build.item(build.get(form))))
    assert found == [(Rule.NO_HOST, "/item/0/request/url", ("one",))]


def test_what_of_query_and_headers_is_not_sent_is_told_at_its_place() -> None:
    header = [
        *build.pairs(A="1", Connection="x"),
        {"key": "Connection", "value": "x", "disabled": True},
        {"key": "", "value": "x"},
    ]
    rows = [
        *build.pairs(a="1"),
        {"key": "", "value": "1"},
        {"key": None, "value": "1"},
        {"key": "", "value": "1", "disabled": True},
    ]
    url = {"protocol": "https", "host": ["h", "test"], "query": rows}
    assert said(build.collection(build.item(build.get(url, header=header)))) == [
        (Rule.QUERY_UNNAMED, "/item/0/request/url/query/1", ("one",)),
        (Rule.QUERY_UNNAMED, "/item/0/request/url/query/2", ("one",)),
        (Rule.HEADER_SKIPPED, "/item/0/request/header/1", ("one",)),
    ]


def test_a_saved_example_without_a_request_is_told() -> None:
    orphan = postman.Response("lost", 200, "{}", "json", "/lost.example.yaml")
    parsed = build.sound(build.collection(build.item("https://h.test/x")))
    _, (found,) = lower.lower(dataclasses.replace(parsed, orphans=(orphan,)))
    assert (found.rule, found.pointer) == (Rule.ORPHAN, "/lost.example.yaml")
    assert found.trail == ("lost",)


def test_a_variable_in_a_circle_is_told_once_and_where_it_stands() -> None:
    rows = [
        *build.pairs(fine="x", a="{{b}}", b="{{a}}", self="x{{self}}"),
        *build.pairs(leads="{{a}}", open="{{missing}}"),
    ]
    item = build.item("https://h.test/{{a}}/{{a}}")
    data = build.collection(item, variable=rows)
    assert said(data) == [
        (Rule.SCOPE_UNFINISHED, f"/variable/{index}", ()) for index in (1, 2, 3, 4)
    ]
    _, found = build.lowered(data)
    assert found[0].text == "The value of the variable 'a' does not end"
