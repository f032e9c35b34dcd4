"""Our JSON Schemas of Postman's formats: sound, as tolerant as Postman, and of one mind with the parser."""

from __future__ import annotations

import functools
import importlib.resources
import json
import typing

import build
import pytest
from faults import SOUND, damaged
from hypothesis import assume, example, given
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAMES = ("collection", "v1", "v3", "environment")

#: What a brief says may be judged alone; the parser's messages rely on these definitions.
PARTS = {
    "collection": (
        "collection head folder folder_head member item request url path host headers header query "
        "query_parameter path_variables body urlencoded formdata auth responses response events event "
        "variables variable description"
    ),
    "v1": "collection head folder request response variable",
    "v3": "definition request example environment",
    "environment": "environment dump values variable",
}


@functools.cache
def schema(name: str) -> dict[str, build.Data]:
    """A schema as it ships."""
    file = importlib.resources.files("pmgen.postman") / "schemas" / f"{name}.json"
    return typing.cast("dict[str, build.Data]", json.loads(file.read_text("utf-8")))


@functools.cache
def validator(name: str, definition: str = "") -> Draft202012Validator:
    """Of a whole file, or of one part, as the schemas' ``$comment`` says."""
    whole = schema(name)
    if not definition:
        return Draft202012Validator(whole)
    part = {"$ref": f"#/$defs/{definition}", "$defs": whole["$defs"]}
    return Draft202012Validator(part)


def refused(name: str, data: build.Data, definition: str = "") -> list[tuple[str, str]]:
    """Pointer and expectation of each culprit."""
    found = []
    for error in validator(name, definition).iter_errors(data):
        deepest = best_match([error]) or error
        pointer = "".join(f"/{step}" for step in deepest.absolute_path)
        rule = deepest.schema
        found.append((pointer, rule["title"] if isinstance(rule, dict) else ""))
    return found


# --- the schemas themselves


def subschemas(data: build.Data) -> Iterator[dict[str, build.Data]]:
    """Every schema in a schema; its other objects too, which does no harm."""
    if isinstance(data, dict):
        yield data
    for inner in data.values() if isinstance(data, dict) else data:
        if isinstance(inner, (dict, list)):
            yield from subschemas(inner)


def references(data: build.Data) -> set[str]:
    """The names of definitions that are referred to."""
    found = {s["$ref"] for s in subschemas(data) if "$ref" in s}
    assert all(ref.startswith("#/$defs/") for ref in found)
    return {ref.removeprefix("#/$defs/") for ref in found}


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one(name: str) -> None:
    assert schema(name)["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_definition_says_what_is_expected(name: str) -> None:
    untitled = [key for key, d in schema(name)["$defs"].items() if not d.get("title")]
    assert untitled == []


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_resolves_and_every_definition_is_reached(name: str) -> None:
    definitions = schema(name)["$defs"]
    reached: set[str] = set()
    todo = [schema(name)["$ref"].removeprefix("#/$defs/")]
    while todo:
        definition = todo.pop()
        if definition not in reached:
            reached.add(definition)
            todo += references(definitions[definition])
    assert reached == set(definitions)


@pytest.mark.parametrize("name", NAMES)
def test_unknown_keys_are_welcome_and_texts_are_not_judged(name: str) -> None:
    """``format`` and closed objects would refuse what Postman runs."""
    for found in subschemas(schema(name)["$defs"]):
        assert found.get("additionalProperties") is not False
        assert not {"unevaluatedProperties", "propertyNames", "format"} & set(found)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_judged_alone_has_a_definition(name: str) -> None:
    assert set(PARTS[name].split()) <= set(schema(name)["$defs"])


def test_one_part_can_be_judged_alone() -> None:
    item = build.item(build.get("http://h", header=[5]))
    expected = [("/request/header/0", "a header ({key, value}, or text such as")]
    found = refused("collection", item, "item")
    assert [(p, t[: len(expected[0][1])]) for p, t in found] == expected
    assert refused("collection", {"name": "no list of items"}, "head") == []


@pytest.mark.parametrize(
    ("name", "definition"),
    [
        *(("collection", d) for d in ("collection", "head", "folder", "folder_head")),
        *(("collection", "item"), ("v1", "collection"), ("v1", "head")),
        *(("v3", "request"), ("v3", "environment"), ("environment", "dump")),
    ],
)
def test_a_part_that_must_be_an_object_is_one(name: str, definition: str) -> None:
    no_objects: list[build.Data] = [None, 5, "x", []]
    for data in no_objects:
        assert [p for p, _ in refused(name, data, definition)] == [""]


def test_a_dump_has_collections() -> None:
    assert [p for p, _ in refused("environment", {"version": 1}, "dump")] == [""]


def test_folders_may_be_as_deep_as_the_parser_goes() -> None:
    data = build.item("http://h", 5)
    for _ in range(50):
        data = build.folder("F", data)
    assert refused("collection", build.collection(data)) == []
    data = build.collection(build.folder("F", build.folder("G", 5)))
    assert [p for p, _ in refused("collection", data)] == ["/item/0/item/0/item/0"]


# --- format 2


def of(**more: build.Data) -> build.Data:
    """A collection with one request that has these keys."""
    return build.collection(build.item({"method": "POST", "url": "http://h", **more}))


def url(**parts: build.Data) -> build.Data:
    """A collection with one URL that has these parts beside a host."""
    return of(url={"host": ["h"], **parts})


def body(mode: str, content: build.Data, **more: build.Data) -> build.Data:
    """A collection with one body."""
    return of(body={"mode": mode, mode: content, **more})


def answer(**more: build.Data) -> build.Data:
    """A collection with one saved example."""
    return build.collection(build.item("http://h", {"name": "ok", **more}))


def event(script: build.Data, **more: build.Data) -> build.Data:
    """A collection with one script."""
    found = {"listen": "test", "script": script, **more}
    return build.collection(build.item("http://h", event=[found]))


def beside(**more: build.Data) -> build.Data:
    """A collection with one item that has these keys beside its request."""
    return build.collection(build.item("http://h", **more))


def within(**more: build.Data) -> build.Data:
    """A collection with one folder that has these keys."""
    return build.collection({**build.folder("F", build.item("http://h")), **more})


def authorised(auth: build.Data) -> build.Data:
    """A collection with one auth everywhere it counts."""
    inner = build.folder("F", build.item(build.get("http://h", auth=auth)), auth=auth)
    return build.collection(inner, auth=auth)


ITEM = build.item("http://h")
VALUES: list[build.Data] = [None, 5, True, "x", [], {}]

#: What Postman runs and its own schema or POSTMAN.md tolerates.
ACCEPTED: dict[str, build.Data] = {
    "sound": SOUND,
    "no info": {"item": [ITEM]},
    "info null": {"info": None, "item": [ITEM]},
    "info no object": {"info": 5, "item": [ITEM]},
    "info empty": {"info": {}, "item": []},
    "schema unknown": {"info": {"name": "S", "schema": {}}, "item": []},
    "version": {"info": {"name": "S", "version": {"major": 1}}, "item": []},
    "wrapper": {"collection": build.collection(ITEM)},
    "wrapper in wrapper": {"collection": {"collection": build.collection(ITEM)}},
    "bare folder": {"name": "F", "item": [ITEM]},
    "bare item": ITEM,
    "bare list": [ITEM, None],
    "wrapper beside items": {"item": [ITEM], "collection": {"item": [5]}},
    "wrapper of nothing": {"collection": 5, "request": "http://h"},
    "no items": {"item": None},
    "one item for a list": {"item": ITEM},
    "items misspelt": {"items": [ITEM]},
    "items misspelt in a folder": build.collection({"name": "F", "items": [ITEM]}),
    "items beside item": build.collection(ITEM, items=[5]),
    "items beside a folder's item": within(items=[5]),
    "null among items": {"item": [None, ITEM]},
    "folder without items": build.collection({"name": "F", "item": None}),
    "folder with a request": build.collection({"item": [ITEM], "request": 5}),
    "item without request": build.collection({"name": "one"}),
    "unknown keys": build.collection({**ITEM, "x": {}}, x=[]),
    "name null": beside(name=None),
    "name empty": beside(name=""),
    "name number": beside(name=5),
    "name boolean": beside(name=True),
    "folder's name number": within(name=1.5),
    "top name beside info": {"info": {"name": "S"}, "name": {}, "item": []},
    "top name beside an empty one": {"info": {"name": ""}, "name": {}, "item": []},
    "description null": of(description=None),
    "description number": of(description=5),
    "description object": of(description={"content": "d", "type": "text/plain"}),
    "description empty object": of(description={}),
    "description list": of(description=["d"]),
    "description's content object": of(description={"content": {}}),
    "description of info": {"info": {"name": "S", "description": [1]}, "item": []},
    "description of a header": of(header=[{"key": "A", "description": [1]}]),
    "request null": build.collection(build.item(None)),
    "request empty": build.collection(build.item({})),
    "request text": build.collection(build.item("http://h")),
    "request no text": build.collection(build.item("")),
    "method null": of(method=None),
    "method number": of(method=5),
    "url null": of(url=None),
    "url text": of(url=""),
    "url empty": of(url={}),
    "url raw": of(url={"raw": "http://h/x"}),
    "url raw null": of(url={"raw": None}),
    "url raw alone, so no other part": of(url={"raw": "http://h", "query": 5}),
    "url parts, so no raw": url(raw={}),
    "url with empty host": of(url={"raw": "http://h/x", "host": [], "path": []}),
    "host text": url(host="h.test"),
    "host labels": url(host=["h", 5, None, {"value": "test"}]),
    "port number": url(port=80),
    "path text": url(path="/a/b"),
    "path null": url(path=None),
    "path objects": url(path=["a", {"type": "string", "value": "b"}, {}, 5, None]),
    "query null": url(query=None),
    "query text": url(query="a=1&b"),
    "query texts": url(query=["a=1", None]),
    "query map": url(query={"a": "1"}),
    "query nulls": url(query=[{"key": None, "value": None}, {}]),
    "query values": url(query=[{"key": "a", "value": v} for v in VALUES]),
    "query id": url(query=[{"key": "a", "id": {}}]),
    "query id alone": url(query=[{"id": {}}]),
    "hash": url(hash={}),
    "user": url(auth={"user": "u", "password": 5}),
    "user text": url(auth="u"),
    "user object": url(auth={"user": {}}),
    "path variables null": url(variable=None),
    "path variables map": url(variable={"id": "7"}),
    "path variable id": url(variable=[{"id": "id", "value": 5}, None]),
    "path variable key beside id": url(variable=[{"id": {}, "key": "id"}]),
    "headers null": of(header=None),
    "headers text": of(header="A: 1\nB: 2"),
    "headers texts": of(header=["A: 1", None]),
    "headers map": of(header={"A": "1", "B": {}}),
    "header values": of(header=[{"key": "A", "value": v} for v in VALUES]),
    "header key number": of(header=[{"key": 5}]),
    "header without key": of(header=[{"value": "1"}, {"id": {}}]),
    "body null": of(body=None),
    "body text": of(body="x"),
    "body empty": of(body={}),
    "body mode null": of(body={"mode": None, "raw": "x"}),
    "body mode unknown": body("binary", 5),
    "body other modes linger": body("raw", "x", urlencoded=5),
    "body disabled": body("urlencoded", 5, disabled=True),
    "raw object": body("raw", {"a": [1]}),
    "raw number": body("raw", 5),
    "raw language object": body("raw", "x", options={"raw": {"language": {}}}),
    "raw options null": body("raw", "x", options=None),
    "urlencoded null": body("urlencoded", None),
    "urlencoded text": body("urlencoded", "a=1&b=2"),
    "urlencoded map": body("urlencoded", {"a": "1"}),
    "urlencoded values": body("urlencoded", [{"key": "a", "value": {}}, {"key": None}]),
    "formdata map": body("formdata", {"a": "1"}),
    "formdata file": body("formdata", [{"key": "f", "type": "file", "src": None}]),
    "formdata null": body("formdata", None),
    "file text": body("file", "x.txt"),
    "graphql null": body("graphql", None),
    "auth null": authorised(None),
    "auth text": authorised("basic"),
    "auth list": authorised([{"type": "basic"}]),
    "auth empty": authorised({}),
    "auth type null": authorised({"type": None}),
    "auth type object": authorised({"type": {}}),
    "auth without parameters": authorised({"type": "bearer"}),
    "auth of format 2.0": authorised({"type": "basic", "basic": {"username": {}}}),
    "auth of format 2.1": authorised(build.auth("basic", username=[], password=None)),
    "auth parameters text": authorised({"type": "basic", "basic": "x"}),
    "auth parameters odd": authorised({"type": "basic", "basic": [5, None, {}]}),
    "auth unknown": authorised({"type": "magic", "magic": [{"key": {}}]}),
    "auth none": authorised({"type": "noauth", "noauth": [{"key": {}}]}),
    "auth of another type": authorised({"type": "jwt", "basic": [{"key": {}}]}),
    "auth beside the request": beside(auth=5),
    "responses null": beside(response=None),
    "responses empty object": beside(response={}),
    "responses one object": beside(response={"name": "ok", "code": 200}),
    "response null": beside(response=[None]),
    "response no object": beside(response=[5, "x", []]),
    "response code": answer(code="200", status=5),
    "response body null": answer(body=None),
    "response header text": answer(header="A: 1"),
    "response header texts": answer(header=["A: 1"]),
    "response header null": answer(header=None),
    "response header map": answer(header={"A": 1}),
    "response name null": answer(name=None),
    "response name object": answer(name={}),
    "response language null": answer(_postman_previewlanguage=None),
    "response language list": answer(_postman_previewlanguage=[]),
    "response cookie": answer(cookie=5),
    "original null": answer(originalRequest=None),
    "original text": answer(originalRequest="http://h"),
    "events null": beside(event=None),
    "events one object": beside(event={"listen": "test", "script": "x"}),
    "event null": beside(event=[None, 5, {}]),
    "script missing": event(None),
    "script text": event("x"),
    "script lines": event(["x", None, 5]),
    "script object": event({"exec": ["x"]}),
    "exec text": event({"exec": "x"}),
    "exec null": event({"exec": None}),
    "script of a disabled event": event({"exec": {}}, disabled=True),
    "behavior": beside(protocolProfileBehavior=5),
    "variables null": build.collection(variable=None),
    "variables map": build.collection(variable={"a": {}}),
    "variable id": build.collection(variable=[{"id": "a"}, {"name": "b"}, None]),
    "variable values": build.collection(variable=[{"key": "a", "value": {"x": []}}]),
    "variable type": build.collection(variable=[{"key": "a", "type": 5}]),
    "variables of a folder": within(variable=5),
    "variables of an item": beside(variable=[{"key": {}}]),
}

#: What makes no sense, and where.
REFUSED: dict[str, tuple[build.Data, str]] = {
    "items number": ({"item": 5}, "/item"),
    "items text": ({"item": "x"}, "/item"),
    "item number": ({"item": [5]}, "/item/0"),
    "item list": ({"item": [[]]}, "/item/0"),
    "item in a misspelt list": ({"items": [5]}, "/items/0"),
    "item beside a request": ({"item": [5], "request": "http://h"}, "/item/0"),
    "item in a folder's misspelt list": (
        build.collection({"name": "F", "items": [5]}),
        "/item/0/items/0",
    ),
    "request beside a misspelt list": (
        build.collection({"request": 5, "items": [ITEM]}),
        "/item/0/request",
    ),
    "folder's items": (within(item=5), "/item/0/item"),
    "folder's item": (within(item=[5]), "/item/0/item/0"),
    "folder's only item": (within(item={"name": {}}), "/item/0/item/name"),
    "bare item": ({"request": 5}, "/request"),
    "bare list": ([ITEM, 5], "/1"),
    "wrapper": ({"collection": {"item": [5]}}, "/collection/item/0"),
    "info's name": ({"info": {"name": []}, "item": []}, "/info/name"),
    "top name": ({"name": {}, "item": []}, "/name"),
    "top name beside a nameless info": (
        {"info": {}, "name": {}, "item": []},
        "/name",
    ),
    "top name beside an info": ({"info": 5, "name": {}, "item": []}, "/name"),
    "top name, no other": ({"info": {"name": None}, "name": {}, "item": []}, "/name"),
    "item's name": (beside(name=["x"]), "/item/0/name"),
    "folder's name": (within(name={}), "/item/0/name"),
    "request beside no items": (
        build.collection({"item": None, "request": 5}),
        "/item/0/request",
    ),
    "response without request": (build.collection({"response": 5}), "/item/0/response"),
    "request number": (build.collection(build.item(5)), "/item/0/request"),
    "request list": (build.collection(build.item([])), "/item/0/request"),
    "method": (of(method={}), "/item/0/request/method"),
    "url number": (of(url=5), "/item/0/request/url"),
    "url list": (of(url=["http://h"]), "/item/0/request/url"),
    "url raw": (of(url={"raw": []}), "/item/0/request/url/raw"),
    "protocol": (url(protocol={}), "/item/0/request/url/protocol"),
    "port": (url(port=[80]), "/item/0/request/url/port"),
    "host": (url(host=5), "/item/0/request/url/host"),
    "host beside a path": (url(host=0, path="x"), "/item/0/request/url/host"),
    "host label": (url(host=[["h"]]), "/item/0/request/url/host/0"),
    "path": (url(path={}), "/item/0/request/url/path"),
    "segment": (url(path=[[]]), "/item/0/request/url/path/0"),
    "segment value": (url(path=[{"value": {}}]), "/item/0/request/url/path/0/value"),
    "query": (url(query=5), "/item/0/request/url/query"),
    "query parameter": (url(query=[5]), "/item/0/request/url/query/0"),
    "query key": (url(query=[{"key": {}}]), "/item/0/request/url/query/0/key"),
    "path variables": (url(variable="id"), "/item/0/request/url/variable"),
    "path variable": (url(variable=[5]), "/item/0/request/url/variable/0"),
    "path variable key": (
        url(variable=[{"key": []}]),
        "/item/0/request/url/variable/0/key",
    ),
    "path variable id": (
        url(variable=[{"id": []}]),
        "/item/0/request/url/variable/0/id",
    ),
    "headers": (of(header=5), "/item/0/request/header"),
    "header": (of(header=[True]), "/item/0/request/header/0"),
    "header list": (of(header=[["A: 1"]]), "/item/0/request/header/0"),
    "header key": (of(header=[{"key": []}]), "/item/0/request/header/0/key"),
    "body number": (of(body=5), "/item/0/request/body"),
    "body list": (of(body=[]), "/item/0/request/body"),
    "body mode": (of(body={"mode": {}}), "/item/0/request/body/mode"),
    "mode of a disabled body": (
        of(body={"mode": [], "disabled": True}),
        "/item/0/request/body/mode",
    ),
    "urlencoded": (body("urlencoded", 5), "/item/0/request/body/urlencoded"),
    "urlencoded field": (
        body("urlencoded", [5]),
        "/item/0/request/body/urlencoded/0",
    ),
    "urlencoded key": (
        body("urlencoded", [{"key": {}}], disabled=1),
        "/item/0/request/body/urlencoded/0/key",
    ),
    "formdata": (body("formdata", 5), "/item/0/request/body/formdata"),
    "formdata field": (body("formdata", [5]), "/item/0/request/body/formdata/0"),
    "formdata key": (
        body("formdata", [{"key": {}}]),
        "/item/0/request/body/formdata/0/key",
    ),
    "auth parameter of the root": (
        build.collection(auth={"type": "basic", "basic": [{"key": {}}]}),
        "/auth/basic/0/key",
    ),
    "auth parameter of a folder": (
        within(auth={"type": "bearer", "bearer": [{"key": []}]}),
        "/item/0/auth/bearer/0/key",
    ),
    "auth parameter of a request": (
        of(auth={"type": "jwt", "jwt": [{"key": {}}]}),
        "/item/0/request/auth/jwt/0/key",
    ),
    "responses number": (beside(response=5), "/item/0/response"),
    "responses text": (beside(response="x"), "/item/0/response"),
    "response for a list": (
        beside(response={"body": {}}),
        "/item/0/response/body",
    ),
    "response body object": (answer(body={}), "/item/0/response/0/body"),
    "response body number": (answer(body=5), "/item/0/response/0/body"),
    "response header": (answer(header=7), "/item/0/response/0/header"),
    "original": (answer(originalRequest=5), "/item/0/response/0/originalRequest"),
    "original's url": (
        answer(originalRequest={"url": 5}),
        "/item/0/response/0/originalRequest/url",
    ),
    "events number": (beside(event=5), "/item/0/event"),
    "event for a list": (
        beside(event={"script": {"exec": {}}}),
        "/item/0/event/script/exec",
    ),
    "events of the root": (build.collection(event="x"), "/event"),
    "events of a folder": (within(event=True), "/item/0/event"),
    "script line": (event(["x", {}]), "/item/0/event/0/script/1"),
    "exec": (event({"exec": {}}), "/item/0/event/0/script/exec"),
    "exec line": (event({"exec": [[]]}), "/item/0/event/0/script/exec/0"),
    "variables": (build.collection(variable=5), "/variable"),
    "variable": (build.collection(variable=["a"]), "/variable/0"),
    "variable key": (build.collection(variable=[{"key": {}}]), "/variable/0/key"),
}

#: Files that are no collection at all, with the place and the words of the refusal.
NO_COLLECTION: dict[str, tuple[build.Data, str]] = {
    "number": (5, "a collection ({info, variable, event, auth"),
    "null": (None, "a collection ({info, variable, event, auth"),
    "empty": ({}, "an object with a list `item`"),
    "environment": ({"name": "e", "values": []}, "an object with a list `item`"),
    "format 1": ({"requests": []}, "an object with a list `item`"),
    "misspelt and no list": ({"items": {}}, "an object with a list `item`"),
}


#: Where the parser does not agree yet, and why it should.
@pytest.mark.parametrize("case", ACCEPTED)
def test_what_postman_runs_is_accepted(case: str) -> None:
    assert refused("collection", ACCEPTED[case]) == []


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_sense_is_refused_at_its_place(case: str) -> None:
    data, pointer = REFUSED[case]
    ((found, expected),) = refused("collection", data)
    assert found == pointer
    assert expected


@pytest.mark.parametrize("case", NO_COLLECTION)
def test_what_is_no_collection_is_refused_as_a_whole(case: str) -> None:
    data, words = NO_COLLECTION[case]
    ((found, expected),) = refused("collection", data)
    assert found == ""
    assert expected.startswith(words)


def by_parser(data: build.Data) -> list[str]:
    """The places that the parser refuses."""
    _, found = build.parse(data)
    places = [d.pointer for d in found if d.rule.code == "PM005"]
    assert len(places) == build.codes(found).count("PM005")
    return sorted(set(places))


def by_schema(data: build.Data) -> list[str]:
    """The places that the schema refuses."""
    return sorted({pointer for pointer, _ in refused("collection", data)})


def _law() -> Iterator[typing.Any]:
    cases: Mapping[str, build.Data] = {
        **{f"accepted {case}": data for case, data in ACCEPTED.items()},
        **{f"refused {case}": data for case, (data, _) in REFUSED.items()},
    }
    for case, data in cases.items():
        yield pytest.param(data, id=case)


@pytest.mark.parametrize("data", list(_law()))
def test_the_parser_refuses_what_the_schema_refuses(data: build.Data) -> None:
    assert by_parser(data) == by_schema(data)


@example(data=ACCEPTED["description list"])
@given(damaged())
def test_the_parser_and_the_schema_agree_on_damaged_files(data: build.Data) -> None:
    assume("item" in data)  # without it, there is no collection to be of one mind about
    assert by_parser(data) == by_schema(data)


# --- format 1


def request_1(**more: build.Data) -> build.Data:
    """A collection of format 1.0 with one request that has these keys."""
    request = {"id": "r", "name": "one", "method": "GET", "url": "http://h", **more}
    return {"id": "c", "name": "Shop", "order": ["r"], "requests": [request]}


def folder_1(**more: build.Data) -> build.Data:
    """A collection of format 1.0 with one folder that has these keys."""
    return {**request_1(), "folders": [{"id": "f", "name": "F", **more}]}


def answer_1(**more: build.Data) -> build.Data:
    """A collection of format 1.0 with one saved example that has these keys."""
    return request_1(responses=[{"id": "x", "name": "ok", **more}])


ACCEPTED_1: dict[str, build.Data] = {
    "as in a dump": {"requests": [{"url": "http://h", "data": "x"}]},
    "empty": {"requests": []},
    "nulls": {"id": None, "name": None, "order": None, "requests": [None]},
    "null folders": {**request_1(), "folders": None, "folders_order": None},
    "ids": {**request_1(), "id": {}, "order": [5, None]},
    "url of format 2": request_1(url={"raw": "http://h"}),
    "unknown keys": {**request_1(x={}), "x": []},
    "folder": folder_1(order=["r"], folders_order=[], folder=None, description=None),
    "folder of nothing": {**request_1(), "folders": [None, {}]},
    "request of nothing": {"requests": [{}]},
    "description": request_1(description=["d"], descriptionFormat=5),
    "headers text": request_1(headers="A: 1\n//B: 2\n"),
    "headers null": request_1(headers=None),
    "headers list": request_1(headers=[{"key": "A", "value": 5}, "B: 2", None]),
    "headers map": request_1(headers={"A": "1"}),
    "header data": request_1(headerData=[{"key": "A", "enabled": False}, None]),
    "query": request_1(queryParams=[{"key": None, "value": {}}, 5]),
    "lists null": request_1(headerData=None, queryParams=None, pathVariableData=None),
    "path variables": request_1(pathVariables={"id": 7}),
    "path variables text": request_1(pathVariables='{"id": 7}'),
    "path variables list": request_1(pathVariables=[]),
    "path variables null": request_1(pathVariables=None),
    "mode null": request_1(dataMode=None, data=None),
    "mode unknown": request_1(dataMode="x", data=[]),
    "data text": request_1(data='{"a": 1}'),
    "data list": request_1(
        dataMode="params",
        data=[{"key": "f", "type": "file", "value": ["x"]}, {"key": "a", "value": {}}],
    ),
    "data map": request_1(data={"a": "1"}),
    "raw": request_1(dataMode="raw", rawModeData="x", dataOptions=None),
    "raw list": request_1(dataMode="raw", rawModeData=["x"]),
    "graphql": request_1(dataMode="graphql", graphqlModeData="{ a }"),
    "auth": request_1(auth={"type": "basic", "basic": [{"key": "username"}]}),
    "auth null": request_1(auth=None),
    "auth text": request_1(auth="basic"),
    "helper": request_1(currentHelper="basicAuth", helperAttributes={"id": "basic"}),
    "helper text": request_1(currentHelper="oAuth1", helperAttributes='{"auto": true}'),
    "helper null": request_1(currentHelper=None, helperAttributes=None),
    "scripts": request_1(preRequestScript=None, tests=["a", "b"], events=None),
    "events": request_1(events=[{"listen": "test", "script": {"exec": "x"}}]),
    "variables": {**request_1(), "variables": {"a": 1}},
    "responses null": request_1(responses=None),
    "responses empty": request_1(responses={}),
    "response no object": request_1(responses=[None, 5]),
    "response": answer_1(responseCode={"code": 200}, headers=[], text="{}", mime=None),
    "response nulls": answer_1(name=None, headers=None, text=None, request=None),
    "response headers text": answer_1(headers="A: 1"),
    "original": answer_1(request={"url": 5}, requestObject="{}"),
    "original text": answer_1(request="r"),
}

_REQUEST_1 = "/requests/0"

REFUSED_1: dict[str, tuple[build.Data, str]] = {
    "number": (5, ""),
    "no requests": ({"id": "c", "order": []}, ""),
    "requests": ({"requests": {}}, "/requests"),
    "request": ({"requests": [5]}, _REQUEST_1),
    "name": ({**request_1(), "name": {}}, "/name"),
    "order": ({**request_1(), "order": "r"}, "/order"),
    "ordered": ({**request_1(), "order": [["r"]]}, "/order/0"),
    "folders": ({**request_1(), "folders": {}}, "/folders"),
    "folder": ({**request_1(), "folders": ["f"]}, "/folders/0"),
    "folder's id": (folder_1(id={}), "/folders/0/id"),
    "folder's name": (folder_1(name=[]), "/folders/0/name"),
    "folder's order": (folder_1(order={}), "/folders/0/order"),
    "folder's auth": (
        folder_1(auth={"type": "basic", "basic": [{"key": {}}]}),
        "/folders/0/auth/basic/0/key",
    ),
    "variables": ({**request_1(), "variables": 5}, "/variables"),
    "variable": ({**request_1(), "variables": [{"key": []}]}, "/variables/0/key"),
    "request's name": (request_1(name=[]), f"{_REQUEST_1}/name"),
    "method": (request_1(method={}), f"{_REQUEST_1}/method"),
    "url": (request_1(url=5), f"{_REQUEST_1}/url"),
    "auth": (
        request_1(auth={"type": "basic", "basic": [{"key": {}}]}),
        f"{_REQUEST_1}/auth/basic/0/key",
    ),
    "root's auth": (
        {**request_1(), "auth": {"type": "basic", "basic": [{"key": {}}]}},
        "/auth/basic/0/key",
    ),
    "headers": (request_1(headers=5), f"{_REQUEST_1}/headers"),
    "header data": (request_1(headerData=5), f"{_REQUEST_1}/headerData"),
    "header key": (
        request_1(headerData=[{"key": []}]),
        f"{_REQUEST_1}/headerData/0/key",
    ),
    "query": (request_1(queryParams=5), f"{_REQUEST_1}/queryParams"),
    "path variable key": (
        request_1(pathVariableData=[{"key": {}}]),
        f"{_REQUEST_1}/pathVariableData/0/key",
    ),
    "raw": (request_1(dataMode="raw", rawModeData={}), f"{_REQUEST_1}/rawModeData"),
    "examples' order": (
        request_1(responses_order=[[]]),
        f"{_REQUEST_1}/responses_order/0",
    ),
    "path variables": (request_1(pathVariables=5), f"{_REQUEST_1}/pathVariables"),
    "path variable": (
        request_1(pathVariables=[{"key": {}}]),
        f"{_REQUEST_1}/pathVariables/0/key",
    ),
    "mode": (request_1(dataMode=[]), f"{_REQUEST_1}/dataMode"),
    "data": (request_1(data=5), f"{_REQUEST_1}/data"),
    "data field": (request_1(data=[[]]), f"{_REQUEST_1}/data/0"),
    "helper": (request_1(helperAttributes=5), f"{_REQUEST_1}/helperAttributes"),
    "helper's parameter": (
        request_1(helperAttributes=[{"key": {}}]),
        f"{_REQUEST_1}/helperAttributes/0/key",
    ),
    "tests": (request_1(tests={}), f"{_REQUEST_1}/tests"),
    "events": (request_1(events=5), f"{_REQUEST_1}/events"),
    "responses": (request_1(responses=5), f"{_REQUEST_1}/responses"),
    "response's id": (answer_1(id={}), f"{_REQUEST_1}/responses/0/id"),
    "response's name": (answer_1(name={}), f"{_REQUEST_1}/responses/0/name"),
    "response's text": (answer_1(text={}), f"{_REQUEST_1}/responses/0/text"),
    "response's headers": (answer_1(headers=5), f"{_REQUEST_1}/responses/0/headers"),
    "original": (answer_1(request=[]), f"{_REQUEST_1}/responses/0/request"),
}


@pytest.mark.parametrize("case", ACCEPTED_1)
def test_what_the_converter_takes_is_accepted(case: str) -> None:
    assert refused("v1", ACCEPTED_1[case]) == []


@pytest.mark.parametrize("case", REFUSED_1)
def test_what_makes_no_sense_in_format_1_is_refused(case: str) -> None:
    data, pointer = REFUSED_1[case]
    ((found, expected),) = refused("v1", data)
    assert found == pointer
    assert expected


# --- format 3


def request_3(**more: build.Data) -> build.Data:
    """A request file with these keys."""
    return {"$kind": "http-request", "url": "http://h", **more}


def body_3(kind: str, content: build.Data) -> build.Data:
    """A request file with a body."""
    return request_3(body={"type": kind, "content": content})


def answer_3(**more: build.Data) -> build.Data:
    """An example file with a response that has these keys."""
    return {"$kind": "http-example", "response": {"statusCode": 200, **more}}


#: Definition and content of a file.
ACCEPTED_3: dict[str, tuple[str, build.Data]] = {
    "empty definition": ("definition", None),
    "definition": (
        "definition",
        {"$kind": "collection", "name": "Shop", "order": -1.5, "x": {}},
    ),
    "variables": ("definition", {"variables": [{"key": "a", "value": 5}, None]}),
    "variables map": ("definition", {"variables": {"a": "x", "b": 5, "c": None}}),
    "auth": ("definition", {"auth": {"type": "basic", "credentials": {"username": 5}}}),
    "auth list": (
        "definition",
        {"auth": [{"id": "a", "type": "bearer", "credentials": [{"key": "token"}]}]},
    ),
    "no auth": ("definition", {"auth": None, "scripts": None, "variables": None}),
    "scripts": (
        "definition",
        {"scripts": [{"type": "http:afterResponse", "code": "x"}, None]},
    ),
    "one script": ("request", request_3(scripts={"type": "beforeRequest"})),
    "request": ("request", request_3(method="GET", order=1000, examples="./x")),
    "only a kind": ("request", {"$kind": "http-request"}),
    "nulls": ("request", request_3(url=None, method=None, order=None, body=None)),
    "other kinds": ("request", {"$kind": "grpc-request", "url": {}, "body": 5}),
    "graphql kind": ("request", {"$kind": "graphql-request", "query": "{ a }"}),
    "headers": (
        "request",
        request_3(headers=[{"key": "A", "value": "1", "disabled": True}]),
    ),
    "headers map": ("request", request_3(headers={"X-Page": 1, "X-Off": False})),
    "query": ("request", request_3(queryParams={"a": None, "b": "1"})),
    "path variables": ("request", request_3(pathVariables={"id": "7"})),
    "settings": ("request", request_3(settings={"disabledSystemHeaders": ["host"]})),
    "auth inherit": ("request", request_3(auth={"type": "inherit"})),
    "json": ("request", body_3("json", "{}")),
    "text null": ("request", body_3("text", None)),
    "none": ("request", request_3(body={"type": "none"})),
    "unknown body": ("request", body_3("yaml", {})),
    "urlencoded": ("request", body_3("urlencoded", [{"key": "a", "value": "1"}])),
    "urlencoded map": ("request", body_3("urlencoded", {"a": 1})),
    "formdata": (
        "request",
        body_3("formdata", [{"type": "file", "key": "f", "src": ["x"]}]),
    ),
    "file": ("request", body_3("file", {"src": "x"})),
    "graphql": ("request", body_3("graphql", {"query": "{ a }", "variables": "{}"})),
    "example": (
        "example",
        {**answer_3(body={"type": "json", "content": "{}"}), "request": request_3()},
    ),
    "empty example": ("example", None),
    "example of nothing": ("example", {"$kind": "http-example"}),
    "example nulls": ("example", answer_3(headers=None, body=None)),
    "status text": ("example", answer_3(statusCode="200")),
    "environment": (
        "environment",
        {"name": "Dev", "values": [{"key": "a", "value": "x", "enabled": True}]},
    ),
    "empty environment": ("environment", {"values": []}),
    "environment of nulls": ("environment", {"name": None, "values": None}),
    "value switched off": (
        "environment",
        {"values": [None, {"key": {}, "enabled": False}]},
    ),
}

REFUSED_3: dict[str, tuple[str, build.Data, str]] = {
    "definition": ("definition", [], ""),
    "definition's name": ("definition", {"name": {}}, "/name"),
    "order": ("definition", {"order": "1000"}, "/order"),
    "variables": ("definition", {"variables": "a"}, "/variables"),
    "variable": ("definition", {"variables": ["a"]}, "/variables/0"),
    "variable in a map": ("definition", {"variables": {"a": []}}, "/variables/a"),
    "auth": ("definition", {"auth": "basic"}, "/auth"),
    "auth in a list": ("definition", {"auth": ["basic"]}, "/auth/0"),
    "auth's type": ("definition", {"auth": {"type": {}}}, "/auth/type"),
    "credentials": ("request", request_3(auth={"credentials": 5}), "/auth/credentials"),
    "scripts": ("definition", {"scripts": "x"}, "/scripts"),
    "code": ("request", request_3(scripts=[{"code": {}}]), "/scripts/0/code"),
    "empty request": ("request", None, ""),
    "no kind": ("request", {"url": "http://h"}, ""),
    "kind": ("request", {"$kind": 5}, "/$kind"),
    "url": ("request", request_3(url={"raw": "http://h"}), "/url"),
    "method": ("request", request_3(method=[]), "/method"),
    "headers": ("request", request_3(headers="A: 1"), "/headers"),
    "header": ("request", request_3(headers=["A: 1"]), "/headers/0"),
    "header's key": ("request", request_3(headers=[{"key": {}}]), "/headers/0/key"),
    "header in a map": ("request", request_3(headers={"A": ["1"]}), "/headers/A"),
    "body": ("request", request_3(body=5), "/body"),
    "body's type": ("request", request_3(body={"type": {}}), "/body/type"),
    "json": ("request", body_3("json", {"a": 1}), "/body/content"),
    "urlencoded": ("request", body_3("urlencoded", 5), "/body/content"),
    "urlencoded field": ("request", body_3("urlencoded", [5]), "/body/content/0"),
    "formdata": ("request", body_3("formdata", "x"), "/body/content"),
    "file": ("request", body_3("file", []), "/body/content"),
    "graphql": ("request", body_3("graphql", 5), "/body/content"),
    "example": ("example", "x", ""),
    "original": ("example", {"request": "http://h"}, "/request"),
    "original's url": ("example", {"request": {"url": 5}}, "/request/url"),
    "response": ("example", {"response": []}, "/response"),
    "status": ("example", answer_3(statusCode={}), "/response/statusCode"),
    "response's body": ("example", answer_3(body=5), "/response/body"),
    "response's content": (
        "example",
        answer_3(body={"content": {}}),
        "/response/body/content",
    ),
    "environment": ("environment", {"name": "Dev"}, ""),
    "environment list": ("environment", [], ""),
    "values map": ("environment", {"values": {"a": "x"}}, "/values"),
    "value": ("environment", {"values": ["a"]}, "/values/0"),
    "value's key": ("environment", {"values": [{"key": {}}]}, "/values/0/key"),
}


@pytest.mark.parametrize("case", ACCEPTED_3)
def test_what_format_3_allows_is_accepted(case: str) -> None:
    definition, data = ACCEPTED_3[case]
    assert refused("v3", data, definition) == []


@pytest.mark.parametrize("case", REFUSED_3)
def test_what_makes_no_sense_in_format_3_is_refused(case: str) -> None:
    definition, data, pointer = REFUSED_3[case]
    ((found, expected),) = refused("v3", data, definition)
    assert found == pointer
    assert expected


@pytest.mark.parametrize(
    ("data", "definition"),
    [
        (None, "definition"),
        (5, "definition"),
        ({"name": {}}, "definition"),
        ({"$kind": "collection", "variables": 5}, "definition"),
        ({"$kind": "collection", "values": 5, "name": {}}, "definition"),
        ({"$kind": "http-request", "url": 5}, "request"),
        ({"$kind": "grpc-request", "url": 5}, "request"),
        ({"$kind": "http-example", "response": 5}, "example"),
        ({"values": 5}, "environment"),
    ],
)
def test_a_file_of_format_3_is_told_by_its_content(
    data: build.Data, definition: str
) -> None:
    others = {"definition", "request", "example", "environment"} - {definition}
    found = refused("v3", data)
    assert found == refused("v3", data, definition)
    assert any(found != refused("v3", data, other) for other in others)


# --- environments


ACCEPTED_ENVIRONMENTS: dict[str, build.Data] = {
    "environment": {
        "id": "e",
        "name": "Dev",
        "values": [{"key": "a", "value": "x", "type": "secret", "enabled": True}],
        "_postman_variable_scope": "environment",
    },
    "wrapper": {"environment": {"name": "Dev", "values": []}},
    "list": [{"key": "a", "value": "x"}, None],
    "nameless": {"values": [{}]},
    "name null": {"name": None, "values": None},
    "values": {"values": [{"key": "a", "value": v} for v in VALUES]},
    "key number": {"values": [{"key": 5, "description": {}}]},
    "switched off": {"values": [{"key": {}, "enabled": False}]},
    "dump": {
        "version": 1,
        "collections": [{"requests": []}, None],
        "environments": [{"id": "e", "name": "Dev", "values": []}, None],
        "headerPresets": 5,
        "globals": [{"key": "a", "value": "x"}],
    },
    "bare dump": {"collections": []},
    "dump of nulls": {"collections": None, "environments": None, "globals": None},
}

REFUSED_ENVIRONMENTS: dict[str, tuple[build.Data, str]] = {
    "number": (5, ""),
    "map": ({"a": "x"}, ""),
    "values map": ({"values": {"a": "x"}}, "/values"),
    "value": ({"values": ["a"]}, "/values/0"),
    "value of a list": ([5], "/0"),
    "key": ({"values": [{"key": []}]}, "/values/0/key"),
    "name": ({"name": {}, "values": []}, "/name"),
    "wrapper": ({"environment": {"values": 5}}, "/environment/values"),
    "collections": ({"collections": {}}, "/collections"),
    "collection": ({"collections": ["c"]}, "/collections/0"),
    "environments": ({"collections": [], "environments": {}}, "/environments"),
    "environment": ({"collections": [], "environments": [5]}, "/environments/0"),
    "environment's values": (
        {"collections": [], "environments": [{"values": 5}]},
        "/environments/0/values",
    ),
    "globals": ({"collections": [], "globals": {}}, "/globals"),
}


@pytest.mark.parametrize("case", ACCEPTED_ENVIRONMENTS)
def test_an_environment_that_newman_reads_is_accepted(case: str) -> None:
    assert refused("environment", ACCEPTED_ENVIRONMENTS[case]) == []


@pytest.mark.parametrize("case", REFUSED_ENVIRONMENTS)
def test_what_is_no_environment_is_refused(case: str) -> None:
    data, pointer = REFUSED_ENVIRONMENTS[case]
    ((found, expected),) = refused("environment", data)
    assert found == pointer
    assert expected


# --- every key and every list, with a value of each type

#: The types that a value may have, by what it is.
TYPES = {
    "anything": "null boolean number string list object",
    "text": "null boolean number string",
    "lines": "null boolean number string list",
    "fields": "null string list object",
    "many": "null list object",
    "part": "null string object",
    "labels": "null string list",
    "null_list": "null list",
    "null_number": "null number",
    "null_object": "null object",
    "null_string": "null string",
    "only_list": "list",
    "only_string": "string",
    "text_or_object": "null boolean number string object",
}

KINDS: dict[str, build.Data] = {
    "null": None,
    "boolean": True,
    "number": 1.5,
    "string": "x",
    "list": [],
    "object": {},
}


def takes(**keys: str) -> dict[str, str]:
    """Keywords are what keys hold; each has the keys, with spaces between."""
    return {key: TYPES[kind] for kind, names in keys.items() for key in names.split()}


#: Schema, definition and what else stands in the object: what its keys take.
KEYS: list[tuple[str, str, dict[str, build.Data], dict[str, str]]] = [
    (
        "collection",
        "head",
        {},
        takes(
            anything="info description auth protocolProfileBehavior",
            text="name",
            many="variable event",
        ),
    ),
    ("collection", "info", {}, takes(text="name", anything="description schema")),
    ("collection", "collection", {}, takes(many="item")),
    ("collection", "collection", {"item": None}, takes(anything="items")),
    ("collection", "folder", {}, takes(many="item", anything="request")),
    (
        "collection",
        "folder_head",
        {},
        takes(
            text="name",
            anything="description variable auth protocolProfileBehavior",
            many="event",
        ),
    ),
    (
        "collection",
        "item",
        {},
        takes(
            text="name",
            anything="description variable auth protocolProfileBehavior",
            part="request",
            many="response event",
        ),
    ),
    (
        "collection",
        "request",
        {},
        takes(
            text="method",
            part="url body",
            fields="header",
            anything="auth description proxy certificate",
        ),
    ),
    ("collection", "url", {}, takes(text="raw", anything="query port")),
    (
        "collection",
        "url",
        {"host": "h"},
        takes(
            text="protocol port",
            labels="path",
            fields="query",
            many="variable",
            anything="raw hash auth",
        ),
    ),
    ("collection", "url", {"path": "x"}, takes(labels="host", text="port")),
    ("collection", "segment", {}, takes(text="value", anything="type")),
    ("collection", "query_parameter", {}, takes(text="key", anything="value id")),
    ("collection", "path_variable", {}, takes(text="key id", anything="value")),
    ("collection", "path_variable", {"key": "a"}, takes(anything="id")),
    ("collection", "header", {}, takes(text="key", anything="value disabled")),
    ("collection", "field", {}, takes(text="key", anything="value src")),
    ("collection", "auth_parameter", {}, takes(text="key", anything="value")),
    ("collection", "variable", {}, takes(text="key", anything="value description")),
    ("collection", "body", {}, takes(text="mode", anything="raw urlencoded formdata")),
    ("collection", "body", {"mode": "raw"}, takes(anything="raw options")),
    ("collection", "body", {"mode": "file"}, takes(anything="file formdata")),
    ("collection", "body", {"mode": "graphql"}, takes(anything="graphql")),
    ("collection", "body", {"mode": "urlencoded"}, takes(fields="urlencoded")),
    ("collection", "body", {"mode": "formdata"}, takes(fields="formdata")),
    (
        "collection",
        "response",
        {},
        takes(
            anything="name code status cookie",
            part="originalRequest",
            fields="header",
            null_string="body",
        ),
    ),
    ("collection", "event", {}, takes(anything="script listen disabled")),
    ("collection", "script", {}, takes(lines="exec", anything="type")),
    ("v1", "collection", {}, takes(only_list="requests")),
    ("v1", "collection", {"requests": []}, takes(null_list="folders")),
    (
        "v1",
        "head",
        {},
        takes(
            text="name",
            anything="id description auth protocolProfileBehavior",
            null_list="order folders_order",
            many="events variables",
        ),
    ),
    (
        "v1",
        "folder",
        {},
        takes(
            text="id name folder",
            anything="description auth variables",
            null_list="order folders_order",
            many="events",
        ),
    ),
    (
        "v1",
        "request",
        {},
        takes(
            text="id name folder method dataMode currentHelper",
            anything="description rawModeData graphqlModeData dataOptions auth variables",
            part="url",
            fields="headers headerData queryParams pathVariables data helperAttributes",
            many="pathVariableData events responses",
            null_list="responses_order",
            lines="preRequestScript tests",
        ),
    ),
    ("v1", "request", {"dataMode": "raw"}, takes(labels="rawModeData")),
    (
        "v1",
        "request",
        {"dataMode": "raw", "dataDisabled": True},
        takes(anything="rawModeData"),
    ),
    ("v1", "request", {"dataMode": "binary"}, takes(anything="rawModeData")),
    ("v1", "field", {}, takes(text="key", anything="value enabled")),
    ("v1", "pair", {}, takes(text="key", anything="value enabled")),
    (
        "v1",
        "response",
        {},
        takes(
            text="id name",
            fields="headers",
            null_string="text",
            part="request",
            anything="responseCode status requestObject",
        ),
    ),
    ("v1", "event", {}, takes(anything="script listen disabled")),
    ("v1", "script", {}, takes(lines="exec")),
    ("v1", "variable", {}, takes(text="key", anything="value")),
    (
        "v3",
        "definition",
        {},
        takes(
            text="$kind name",
            anything="description",
            many="scripts variables auth",
            null_number="order",
        ),
    ),
    ("v3", "request", {}, takes(only_string="$kind")),
    (
        "v3",
        "request",
        {"$kind": "http-request"},
        takes(
            text="name method",
            anything="description settings examples",
            null_number="order",
            null_string="url",
            many="headers queryParams pathVariables auth scripts",
            part="body",
        ),
    ),
    (
        "v3",
        "request",
        {"$kind": "graphql-request"},
        takes(
            text="name method",
            anything="description settings examples",
            null_number="order",
            null_string="url",
            many="headers queryParams pathVariables auth scripts",
            part="body",
        ),
    ),
    (
        "v3",
        "example",
        {},
        takes(text="$kind name", null_number="order", null_object="request response"),
    ),
    (
        "v3",
        "original",
        {},
        takes(
            null_string="url",
            text="method",
            many="headers queryParams pathVariables",
            part="body",
        ),
    ),
    ("v3", "response", {}, takes(text="statusCode", many="headers", part="body")),
    ("v3", "response_body", {}, takes(text="type content")),
    ("v3", "environment", {}, takes(null_list="values")),
    ("v3", "environment", {"values": []}, takes(text="name", anything="color")),
    ("v3", "value", {}, takes(text="key", anything="value enabled")),
    ("v3", "pairs", {}, takes(text="a")),
    ("v3", "pair", {}, takes(text="key value", anything="description")),
    ("v3", "body", {}, takes(text="type", anything="content")),
    ("v3", "body", {"type": "json"}, takes(text="content")),
    ("v3", "body", {"type": "text"}, takes(text="content")),
    ("v3", "body", {"type": "xml"}, takes(text="content")),
    ("v3", "body", {"type": "html"}, takes(text="content")),
    ("v3", "body", {"type": "javascript"}, takes(text="content")),
    ("v3", "body", {"type": "raw"}, takes(text="content")),
    ("v3", "body", {"type": "urlencoded"}, takes(fields="content")),
    ("v3", "body", {"type": "formdata"}, takes(many="content")),
    ("v3", "body", {"type": "file"}, takes(part="content")),
    ("v3", "body", {"type": "graphql"}, takes(part="content")),
    ("v3", "urlencoded", {}, takes(text="a")),
    ("v3", "formdata", {}, takes(text="a")),
    ("v3", "auth", {}, takes(text="type", many="credentials")),
    ("v3", "credentials", {}, takes(anything="a")),
    ("v3", "credential", {}, takes(text="key", anything="value")),
    ("v3", "script", {}, takes(text="type", lines="code")),
    (
        "environment",
        "environment",
        {"values": []},
        takes(text="name", anything="color"),
    ),
    ("environment", "environment", {"environment": 5}, takes(null_list="values")),
    ("environment", "variable", {}, takes(text="key", anything="value enabled")),
    ("environment", "dump", {}, takes(null_list="collections")),
    (
        "environment",
        "dump",
        {"collections": []},
        takes(null_list="environments globals", anything="headerPresets"),
    ),
    (
        "environment",
        "dumped_environment",
        {},
        takes(text="name", null_list="values", anything="id"),
    ),
]

#: Schema and definition of a list: the types of its elements.
ELEMENTS: dict[tuple[str, str], str] = {
    ("collection", "file"): "null_object",
    ("collection", "members"): "null_object",
    ("collection", "host"): "text_or_object",
    ("collection", "path"): "text_or_object",
    ("collection", "query"): "part",
    ("collection", "path_variables"): "part",
    ("collection", "headers"): "part",
    ("collection", "urlencoded"): "part",
    ("collection", "formdata"): "part",
    ("collection", "auth_parameters"): "anything",
    ("collection", "responses"): "anything",
    ("collection", "events"): "anything",
    ("collection", "script"): "text",
    ("collection", "lines"): "text",
    ("collection", "variables"): "null_object",
    ("v1", "folders"): "null_object",
    ("v1", "requests"): "null_object",
    ("v1", "headers"): "part",
    ("v1", "fields"): "anything",
    ("v1", "path_fields"): "anything",
    ("v1", "helper"): "anything",
    ("v1", "path_values"): "anything",
    ("v1", "data"): "part",
    ("v1", "auth_parameters"): "anything",
    ("v1", "responses"): "anything",
    ("v1", "events"): "anything",
    ("v1", "script"): "text",
    ("v1", "lines"): "text",
    ("v1", "variables"): "null_object",
    ("v1", "order"): "text",
    ("v3", "values"): "null_object",
    ("v3", "pairs"): "null_object",
    ("v3", "urlencoded"): "null_object",
    ("v3", "formdata"): "null_object",
    ("v3", "auths"): "null_object",
    ("v3", "credentials"): "null_object",
    ("v3", "scripts"): "null_object",
    ("v3", "lines"): "text",
    ("environment", "file"): "null_object",
    ("environment", "values"): "null_object",
    ("environment", "collections"): "null_object",
    ("environment", "environments"): "null_object",
}


@pytest.mark.parametrize(
    ("name", "definition", "others", "keys"),
    KEYS,
    ids=[f"{name} {definition} {[*keys]}" for name, definition, _, keys in KEYS],
)
def test_a_key_takes_values_of_its_types_only(
    name: str, definition: str, others: dict[str, build.Data], keys: dict[str, str]
) -> None:
    for key, kinds in keys.items():
        found = [
            kind
            for kind, value in KINDS.items()
            if not refused(name, {**others, key: value}, definition)
        ]
        assert found == [kind for kind in KINDS if kind in kinds.split()], key
        for kind in set(KINDS) - set(found):
            ((pointer, _),) = refused(name, {**others, key: KINDS[kind]}, definition)
            assert pointer == f"/{key}"


@pytest.mark.parametrize(("name", "definition"), ELEMENTS)
def test_a_list_takes_elements_of_its_types_only(name: str, definition: str) -> None:
    for kind, value in KINDS.items():
        found = [pointer for pointer, _ in refused(name, [None, value], definition)]
        allowed = kind in TYPES[ELEMENTS[name, definition]].split()
        assert found == ([] if allowed else ["/1"]), kind


@pytest.mark.parametrize(
    ("name", "definition"),
    [
        ("collection", "responses"),
        ("collection", "events"),
        ("v1", "responses"),
        ("v1", "events"),
        ("v3", "auths"),
        ("v3", "scripts"),
    ],
)
def test_one_object_for_a_list_is_judged_as_its_element(
    name: str, definition: str
) -> None:
    wrong: dict[str, build.Data] = {
        "responses": {"header": 5, "headers": 5},
        "events": {"script": {"exec": {}}},
        "auths": {"type": {}},
        "scripts": {"code": {}},
    }
    one = [pointer for pointer, _ in refused(name, wrong[definition], definition)]
    many = [pointer for pointer, _ in refused(name, [wrong[definition]], definition)]
    assert one
    assert [f"/0{pointer}" for pointer in one] == many


_KNOWN_AUTHS = [
    *("apikey", "asap", "awsv4", "basic", "bearer", "digest", "edgegrid"),
    *("hawk", "jwt", "ntlm", "oauth1", "oauth2"),
]


@pytest.mark.parametrize("name", ["collection", "v1"])
@pytest.mark.parametrize("kind", _KNOWN_AUTHS)
def test_of_an_auth_the_parameters_of_its_type_are_judged(name: str, kind: str) -> None:
    wrong: dict[str, build.Data] = {key: [{"key": {}}] for key in _KNOWN_AUTHS}
    found = refused(name, {**wrong, "type": kind}, "auth")
    assert [pointer for pointer, _ in found] == [f"/{kind}/0/key"]
    assert refused(name, wrong, "auth") == []


@pytest.mark.parametrize("name", ["collection", "v1"])
def test_a_disabled_event_is_not_judged(name: str) -> None:
    script: dict[str, build.Data] = {"script": {"exec": {}}}
    assert refused(name, {**script, "disabled": True}, "event") == []
    for disabled in (False, None, 1, "true"):
        assert refused(name, {**script, "disabled": disabled}, "event")


@pytest.mark.parametrize(
    ("name", "definition"), [("v3", "value"), ("environment", "variable")]
)
def test_a_value_that_is_switched_off_is_not_judged(name: str, definition: str) -> None:
    assert refused(name, {"key": {}, "enabled": False}, definition) == []
    for enabled in (True, None, 0, "false"):
        assert refused(name, {"key": {}, "enabled": enabled}, definition)


@pytest.mark.parametrize("empty", [None, "", [], {}, 0, False], ids=repr)
def test_a_url_is_raw_where_host_and_path_are_empty(empty: build.Data) -> None:
    parts = {"raw": {}, "port": {}, "host": empty, "path": empty}
    assert [p for p, _ in refused("collection", parts, "url")] == ["/raw"]
    for key in ("host", "path"):
        found = refused("collection", {**parts, key: "x"}, "url")
        assert "/port" in [p for p, _ in found]
        assert "/raw" not in [p for p, _ in found]
