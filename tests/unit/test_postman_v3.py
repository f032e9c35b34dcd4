"""Format 3: which folders are collections, what the files in them say, and that no file is lost silently."""

from __future__ import annotations

import dataclasses
import json
import math
import typing

import build
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmgen import postman, source
from pmgen.diagnostics import Rule
from pmgen.postman import Body, Collection, Folder, Item, Pair, Response, Script, v2
from pmgen.postman.model import PLAIN, Field
from pmgen.source import entry

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmgen.diagnostics import Diagnostic
    from pmgen.postman import Auth, Request

Diagnostics: typing.TypeAlias = "tuple[Diagnostic, ...]"
Keys: typing.TypeAlias = "list[tuple[str | None, str | None]]"

GET = "$kind: http-request\nurl: http://h\n"
EXAMPLE = "$kind: http-example\nresponse: {statusCode: 200}\n"


def read(files: Mapping[str, str]) -> tuple[tuple[Collection, ...], Diagnostics]:
    """The collections of a folder `shop`, and what the front end said."""
    raw = {path: text.encode() for path, text in files.items()}
    tree, found = source.read_tree("shop", raw)
    assert found == ()
    return postman.parse(tree, "shop")


def sound(files: Mapping[str, str]) -> Collection:
    """The one collection of files without a fault."""
    (found,), diagnostics = read(files)
    assert diagnostics == ()
    return found


def told(files: Mapping[str, str]) -> list[tuple[Rule, str]]:
    """Rule and pointer of everything that is reported."""
    return [(found.rule, found.pointer) for found in read(files)[1]]


def item(text: str) -> Item:
    """The item of a sound request file, given without its kind."""
    (found,) = sound({"x.request.yaml": f"$kind: http-request\n{text}"}).root.members
    assert isinstance(found, Item)
    return found


def request(text: str) -> Request:
    found = item(text).request
    assert found is not None
    return found


def outline(folder: Folder) -> list[build.Data]:
    """Names, folders as ``(name, members)``."""
    return [
        member.name if isinstance(member, Item) else (member.name, outline(member))
        for member in folder.members
    ]


def walk(folder: Folder) -> Iterator[Folder | Item]:
    for member in folder.members:
        yield member
        if isinstance(member, Folder):
            yield from walk(member)


def examples(parsed: Collection) -> Iterator[Response]:
    """All of them, orphans included."""
    for member in walk(parsed.root):
        if isinstance(member, Item):
            yield from member.responses
    yield from parsed.orphans


# Which folders are collections.


@pytest.mark.parametrize(
    ("paths", "roots"),
    [
        (["a.request.yaml"], [("shop", "")]),
        (["a.REQUEST.YML"], [("shop", "")]),
        (["x/a.request.yaml"], [("shop", "")]),
        ([".resources/definition.yaml"], [("shop", "/.resources~1definition.yaml")]),
        (["x/.resources/definition.yml"], [("shop", "")]),
        (
            ["a.request.yaml", "collections/b/b.request.yaml"],
            [("shop", "")],
        ),
        (
            ["collections/b/b.request.yaml", ".resources/definition.yaml"],
            [("shop", "/.resources~1definition.yaml")],
        ),
        (["collections/a/a.request.yaml"], [("a", "/collections~1a")]),
        (
            ["collections/b/.resources/definition.yaml", "collections/a/x/y.request.yaml"],
            [
                ("a", "/collections~1a"),
                ("b", "/collections~1b~1.resources~1definition.yaml"),
            ],
        ),
        (
            ["p/collections/a/a.request.yaml", "q/r/collections/b/b.request.yaml"],
            [("a", "/p~1collections~1a"), ("b", "/q~1r~1collections~1b")],
        ),
        (
            ["collections/a/collections/b/b.request.yaml"],
            [("a", "/collections~1a")],
        ),
        (
            ["collections/a/.resources/b.resources/examples/1.example.yaml"],
            [("a", "/collections~1a")],
        ),
        (
            ["collections/a/a.request.yaml", "collections/notes/notes.yaml"],
            [("a", "/collections~1a")],
        ),
        (["x/collections/a.request.yaml"], [("shop", "")]),
    ],
)  # fmt: skip
def test_the_folder_itself_is_a_collection_or_those_in_a_folder_collections(
    paths: list[str], roots: list[tuple[str, str]]
) -> None:
    found, _ = read({path: _content(path) for path in paths})
    assert [(one.stem, one.root.pointer) for one in found] == roots
    assert [one.name for one in found] == [one.stem for one in found]


def _content(path: str) -> str:
    """Something that fits the file's name."""
    if "definition" in path:
        return "$kind: collection"
    return EXAMPLE if "example" in path else GET


@pytest.mark.parametrize(
    "paths",
    [
        [],
        ["x/a.yaml"],
        ["x/a.environment.yaml"],
        ["x/.resources/a.request.yaml"],
        ["x/a.request.yaml.yaml"],
        ["x/definition.yaml"],
        ["collections/a.yaml"],
    ],
)
def test_a_folder_without_requests_and_definitions_is_no_collection(
    paths: list[str],
) -> None:
    found, (refusal,) = read(dict.fromkeys(paths, GET))
    assert found == ()
    assert (refusal.rule, refusal.pointer) == (Rule.NOT_A_COLLECTION, "")


def test_requests_beside_the_folder_of_collections_are_named() -> None:
    files = {
        "postman/collections/a/a.request.yaml": GET,
        "postman/x/b.request.yaml": GET,
        "postman/x/.resources/c.resources/examples/1.example.yaml": EXAMPLE,
        "postman/collections/d.request.yaml": GET,
    }
    assert told(files) == [
        (Rule.FILE_SKIPPED, entry("postman/collections/d.request.yaml")),
        (
            Rule.FILE_SKIPPED,
            entry("postman/x/.resources/c.resources/examples/1.example.yaml"),
        ),
        (Rule.FILE_SKIPPED, entry("postman/x/b.request.yaml")),
    ]


def test_a_definition_names_its_collection_and_not_its_package() -> None:
    files = {"collections/a/.resources/definition.yaml": "name:  My\n  Shop"}
    found = sound(files)
    assert (found.name, found.stem, found.root.name) == ("My Shop", "a", "")


# Files, names and order.


def test_names_come_from_the_content_or_the_path() -> None:
    files = {
        "get.cart.request.yaml": GET,
        "b.REQUEST.Yml": f"{GET}name: Other\norder: 1",
        "c.request.yaml": f"{GET}name: ''\norder: 2",
        "d/x.request.yaml": GET,
        "e/.resources/definition.yaml": "name: Else\norder: 1",
    }
    assert outline(sound(files).root) == [
        "get.cart",
        ("d", ["x"]),
        "Other",
        ("Else", []),
        "c",
    ]


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        ({"a": None, "b": None, "F": None, "c": None}, ["a", "b", "c", "F"]),
        ({"a": "2", "b": "1"}, ["b", "a"]),
        ({"a": "10", "b": "9", "F": "9.5"}, ["b", "F", "a"]),
        ({"a": None, "b": "-1", "F": "-0.5"}, ["b", "F", "a"]),
        ({"a": "1", "F": None, "b": "0"}, ["b", "F", "a"]),
        ({"F": "1", "a": "1", "E": "1", "b": "1"}, ["a", "b", "E", "F"]),
        ({"B": None, "a": None}, ["B", "a"]),
        ({"a": "1000", "b": "1e3", "c": "999"}, ["c", "a", "b"]),
    ],
)
def test_requests_and_folders_are_ordered_together(
    orders: dict[str, str | None], expected: list[str]
) -> None:
    files = {}
    for name, order in orders.items():
        path = (
            f"{name}/.resources/definition.yaml"
            if name in "EF"
            else f"{name}.request.yaml"
        )
        files[path] = GET + (f"order: {order}" if order else "")
    members = sound(files).root.members
    assert [member.name for member in members] == expected


@pytest.mark.parametrize("order", ["'5'", "true", "[1]"])
def test_an_order_is_a_number_or_counts_as_none(order: str) -> None:
    files = {
        "a.request.yaml": f"{GET}order: {order}",
        "b.request.yaml": f"{GET}order: -1",
    }
    (found,), (refusal,) = read(files)
    assert outline(found.root) == ["b", "a"]
    assert (refusal.rule, refusal.pointer, refusal.text[:18]) == (
        Rule.WRONG_TYPE,
        "/a.request.yaml/order",
        "Expected a number,",
    )


def test_a_folder_is_there_if_anything_is_in_it_or_below() -> None:
    files = {
        "a/b/c/x.request.yaml": GET,
        "d/e/.resources/definition.yaml": "",
        "f/.resources/g.resources/examples/1.example.yaml": EXAMPLE,
    }
    assert outline(sound(files).root) == [
        ("a", [("b", [("c", ["x"])])]),
        ("d", [("e", [])]),
    ]


def test_pointers_begin_with_the_file_and_trails_are_names() -> None:
    files = {
        "a/.resources/definition.yaml": "name: A~/A",
        "a/b/x.request.yaml": GET,
        "a/b/.resources/x.resources/examples/1.example.yaml": EXAMPLE,
    }
    found = sound(files)
    outer, inner, one = walk(found.root)
    assert isinstance(one, Item)
    assert (outer.pointer, outer.trail) == (
        "/a~1.resources~1definition.yaml",
        ("A~/A",),
    )
    assert (inner.pointer, inner.trail) == ("/a~1b", ("A~/A", "b"))
    assert (one.pointer, one.trail) == ("/a~1b~1x.request.yaml", ("A~/A", "b", "x"))
    assert one.request is not None
    assert one.request.pointer == one.pointer
    assert one.request.url.pointer == "/a~1b~1x.request.yaml/url"
    assert one.responses[0].pointer == entry(
        "a/b/.resources/x.resources/examples/1.example.yaml"
    )


def test_requests_in_resources_are_not_run() -> None:
    files = {
        "a.request.yaml": GET,
        ".resources/b.request.yaml": GET,
        "f/.resources/c.resources/d.request.yaml": GET,
    }
    (found,), _ = read(files)
    assert outline(found.root) == ["a"]
    assert told(files) == [
        (Rule.FILE_SKIPPED, entry(".resources/b.request.yaml")),
        (Rule.FILE_SKIPPED, entry("f/.resources/c.resources/d.request.yaml")),
    ]


def test_what_else_lies_in_a_collection_is_named() -> None:
    files = {
        "a.request.yaml": GET,
        ".resources/definition.yml": "name: second",
        ".resources/definition.yaml": "name: first",
        ".resources/a.resources/.resources/definition.yaml": "name: third",
        ".postman/more.yaml": "workspace: {id: 1}",
        "definition.yaml": "{}",
        "resources.yaml": "workspace: {id: 1}",
        "spec.yaml": "openapi: 3.1.0",
    }
    (found,), _ = read(files)
    assert found.name == "first"
    assert told(files) == [
        (Rule.FILE_SKIPPED, entry(".postman/more.yaml")),
        (Rule.FILE_SKIPPED, entry(".resources/a.resources/.resources/definition.yaml")),
        (Rule.FILE_SKIPPED, entry(".resources/definition.yml")),
        (Rule.FILE_SKIPPED, entry("definition.yaml")),
        (Rule.FILE_SKIPPED, entry("resources.yaml")),
        (Rule.FILE_SKIPPED, entry("spec.yaml")),
    ]


@pytest.mark.parametrize("home", ["", "postman/collections/a/"])
def test_environments_are_the_users_choice_and_the_manifest_is_none_of_it(
    home: str,
) -> None:
    files = {
        f"{home}a.request.yaml": GET,
        ".postman/resources.yaml": "workspace: {id: 1}",
        "postman/globals/g.globals.yaml": "values: []",
        "postman/environments/Dev.Environment.yml": "values: []",
    }
    assert told(files) == [
        (Rule.ENVIRONMENT_UNUSED, entry("postman/environments/Dev.Environment.yml")),
        (Rule.ENVIRONMENT_UNUSED, entry("postman/globals/g.globals.yaml")),
    ]


def test_what_lies_beside_collections_is_nobodys_loss() -> None:
    files = {
        "postman/collections/a/a.request.yaml": GET,
        "postman/specs/s.yaml": "openapi: 3.1.0",
        "docker-compose.yml": "services: {}",
    }
    assert told(files) == []


def test_folders_beyond_the_limit_are_an_error() -> None:
    deepest = "/".join("f" * v2.DEEPEST)
    assert outline(sound({f"{deepest}/x.request.yaml": GET}).root)
    (found,), (refusal,) = read({f"{deepest}/f/x.request.yaml": GET})
    assert len(list(walk(found.root))) == v2.DEEPEST
    assert (refusal.rule, refusal.pointer) == (Rule.LIMIT, entry(f"{deepest}/f"))


def test_paths_of_a_thousand_folders_do_not_end_in_a_traceback() -> None:
    (_,), (refusal,) = read({f"{'f/' * 2000}x.request.yaml": GET})
    assert refusal.rule is Rule.LIMIT


# Definitions.


def definition(text: str) -> Collection:
    """The collection of a sound root definition."""
    return sound({".resources/definition.yaml": f"$kind: collection\n{text}"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("variables:", []),
        ("variables: {a: x, b: 7, c: 1.0, d: true, e:}", ["a=x", "b=7", "c=1", "d=true", "e=null"]),
        ("variables: [{key: a, value: x}, {key: b}]", ["a=x", "b="]),
        ("variables: [null, {key: a, value: x, secret: true}]", ["a=x secret"]),
        ("variables: [{key: a, value: x, description: ' why '}]", ["a=x why"]),
    ],
)  # fmt: skip
def test_variables_are_a_list_or_a_map(text: str, expected: list[str]) -> None:
    found = definition(text).variables
    assert [_shown(one) for one in found] == expected


def _shown(one: postman.Variable) -> str:
    more = ["secret"] if one.secret else []
    return " ".join([f"{one.key}={one.value}", *more, one.description]).rstrip()


def test_a_disabled_variable_is_not_found() -> None:
    text = "variables: [{key: a, value: x, disabled: true}]"
    (found,), (note,) = read({".resources/definition.yaml": text})
    assert found.variables == ()
    assert note.rule is Rule.DISABLED


def test_variables_of_folders_have_no_effect() -> None:
    files = {"f/.resources/definition.yaml": "variables: {a: x}"}
    (found,), _ = read(files)
    assert found.variables == ()
    assert told(files) == [
        (Rule.WITHOUT_EFFECT, "/f~1.resources~1definition.yaml/variables")
    ]


def test_a_folder_has_description_auth_and_scripts() -> None:
    text = "description: ' why '\nauth: {type: noauth}\nscripts: [{type: 'http:beforeRequest', code: x}]"
    root = definition(text)
    folder = sound({"f/.resources/definition.yaml": text}).root.members[0]
    assert isinstance(folder, Folder)
    assert (root.description, folder.description) == ("why", "why")
    for one in (root.root, folder):
        assert one.auth is not None
        assert one.auth.type == "noauth"
        assert one.auth.pointer.endswith("definition.yaml/auth")
        assert [script.code for script in one.scripts] == ["x"]


def auth(text: str) -> Auth | None:
    return request(f"url: http://h\n{text}").auth


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("auth:", None),
        ("auth: {}", None),
        ("auth: []", None),
        ("auth: {credentials: {a: b}}", None),
        ("auth: {type: noauth}", ("noauth", {})),
        ("auth: {type: magic}", ("magic", {})),
        ("auth: {type: basic, credentials:}", ("basic", {})),
        ("auth: {type: bearer, credentials: {token: '{{t}}'}}", ("bearer", {"token": "{{t}}"})),
        ("auth: {type: bearer, credentials: [{key: token, value: x}]}", ("bearer", {"token": "x"})),
        ("auth: [{id: 1, name: n, type: apikey, credentials: {in: query}}]", ("apikey", {"in": "query"})),
        ("auth: {type: jwt, credentials: {a: true, b: 5, c: [1]}}", ("jwt", {"a": "true", "b": "5", "c": ""})),
        ("auth: {type: magic, credentials: {a: b}}", ("magic", {})),
    ],
)  # fmt: skip
def test_an_auth_is_one_or_a_list_and_its_credentials_a_map_or_a_list(
    text: str, expected: tuple[str, dict[str, str]] | None
) -> None:
    found = auth(text)
    assert (found and (found.type, dict(found.parameters))) == expected


def test_of_several_auths_the_last_is_applied() -> None:
    text = f"{GET}auth: [{{type: basic}}, {{type: bearer, credentials: {{token: x}}}}]"
    (found,), (warning,) = read({"x.request.yaml": text})
    sent = build.first(found).request
    assert sent is not None
    assert sent.auth is not None
    assert (sent.auth.type, sent.auth.pointer) == ("bearer", "/x.request.yaml/auth/1")
    assert (warning.rule, warning.pointer) == (
        Rule.AUTH_SEVERAL,
        "/x.request.yaml/auth",
    )


@pytest.mark.parametrize(
    ("form", "place"), [("{type: inherit}", ""), ("[{type: inherit}]", "/0")]
)
def test_inherit_is_read_as_documented(form: str, place: str) -> None:
    files = {"x.request.yaml": f"{GET}auth: {form}"}
    (found,), _ = read(files)
    sent = build.first(found).request
    assert sent is not None
    assert sent.auth is None
    assert told(files) == [(Rule.AUTH_INHERIT, f"/x.request.yaml/auth{place}")]


@pytest.mark.parametrize(
    ("kind", "before"),
    [
        ("beforeRequest", True),
        ("http:beforeRequest", True),
        ("graphql:beforeQuery", True),
        ("grpc:beforeInvoke", True),
        ("afterResponse", False),
        ("http:afterResponse", False),
        ("grpc:onIncomingMessage", False),
        ("before", False),
    ],
)
def test_a_script_runs_before_or_after(kind: str, before: bool) -> None:
    text = f"scripts: [{{type: '{kind}', code: x}}]"
    script = Script(before, "x", "/x.request.yaml/scripts/0")
    assert item(text).scripts == (script,)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("scripts:", []),
        ("scripts: [null, {type: beforeRequest}, {code: ' '}]", []),
        ("scripts: {type: beforeRequest, code: x}", ["x"]),
        ("scripts: [{type: afterResponse, code: [a, b]}]", ["a\nb"]),
        ("scripts:\n- {code: x}\n- code: |\n    a\n    b\n", ["x", "a\nb\n"]),
    ],
)
def test_scripts_are_a_list_or_one(text: str, codes: list[str]) -> None:
    assert [script.code for script in item(text).scripts] == codes


# Requests.


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("", "GET"),
        ("method:", "GET"),
        ("method: ''", "GET"),
        ("method: pAtch", "PATCH"),
    ],
)
def test_a_method_is_in_upper_case_and_get_where_it_is_missing(
    text: str, method: str
) -> None:
    assert request(f"url: http://h\n{text}").method == method


def test_a_request_has_what_its_file_says() -> None:
    found = request("url: https://u@{{h}}:81/a/:b?c=1#d\ndescription: ' why '\n")
    assert (found.description, found.pointer) == ("why", "/x.request.yaml")
    url = found.url
    assert (url.protocol, url.user, url.host, url.port, url.path) == (
        "https",
        "u",
        "{{h}}",
        "81",
        ("a", ":b"),
    )
    assert url.query == (Pair("c", "1", "/x.request.yaml/url"),)


def test_the_body_of_a_get_is_sent() -> None:
    found = item("url: http://h\nbody: {type: text, content: x}")
    assert not found.behavior.prunes_body
    assert found.request is not None
    assert found.request.body is not None


@pytest.mark.parametrize(("text", "place"), [("", ""), ("url:", "/url")])
def test_a_request_without_a_url_has_none(text: str, place: str) -> None:
    url = request(text).url
    assert (url.pointer, url.host, url.path) == (f"/x.request.yaml{place}", "", None)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("", []),
        ("[]", []),
        ("{}", []),
        ("{A: b, C: ''}", [("A", "b"), ("C", "")]),
        ("{A: 1, B: 1.0, C: true, D:}", [("A", "1"), ("B", "1"), ("C", "true"), ("D", "null")]),
        ("[{key: A, value: b}, null, {key: A, value: c}]", [("A", "b"), ("A", "c")]),
        ("[{key: A, value:}, {key: B}, {value: c}]", [("A", "null"), ("B", ""), (None, "c")]),
    ],
)  # fmt: skip
def test_headers_are_a_list_or_a_map(form: str, expected: Keys) -> None:
    assert _keys(request(f"headers: {form}").headers) == expected


def _keys(found: tuple[Pair, ...]) -> Keys:
    return [(pair.key, pair.value) for pair in found]


def test_a_header_keeps_its_place_whether_it_is_disabled_and_its_description() -> None:
    text = "headers: [{key: A, value: b, disabled: true, description: ' why '}]"
    place = "/x.request.yaml/headers/0"
    assert request(text).headers == (Pair("A", "b", place, True, "why"),)
    place = "/x.request.yaml/headers/A~1B"
    assert request("headers: {A/B: b}").headers == (Pair("A/B", "b", place),)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("", [("a", "0"), ("b", ""), ("a", "1"), ("c", None)]),
        ("{a: x}", [("b", ""), ("c", None), ("a", "x")]),
        ("{d:}", [("a", "0"), ("b", ""), ("a", "1"), ("c", None), ("d", None)]),
        ("[{key: a, value: x}, {key: a}, {key: b, value:}]", [("c", None), ("a", "x"), ("a", None), ("b", None)]),
        ("{c: 5, a: '', b: true}", [("c", "5"), ("a", ""), ("b", "true")]),
        ("{A: x}", [("a", "0"), ("b", ""), ("a", "1"), ("c", None), ("A", "x")]),
    ],
)  # fmt: skip
def test_listed_parameters_take_the_place_of_those_in_the_url(
    form: str, expected: Keys
) -> None:
    found = request(f"url: http://h?a=0&b=&a=1&c\nqueryParams: {form}")
    assert _keys(found.url.query) == expected


def test_a_disabled_parameter_removes_the_one_in_the_url() -> None:
    text = "url: http://h?a=0&b=1\nqueryParams: [{key: a, value: '0', disabled: true}]"
    of_url, listed = request(text).url.query
    assert of_url == Pair("b", "1", "/x.request.yaml/url")
    assert listed == Pair("a", "0", "/x.request.yaml/queryParams/0", disabled=True)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("", []),
        ("{a: x, b: 5}", [("a", "x"), ("b", "5")]),
        ("[{key: a, value: x, disabled: true}, {key: b, value:}]", [("a", "x"), ("b", None)]),
    ],
)  # fmt: skip
def test_path_variables_are_a_list_or_a_map(form: str, expected: Keys) -> None:
    found = request(f"url: http://h/:a\npathVariables: {form}")
    assert _keys(found.url.variables) == expected


BODY = "/x.request.yaml/body"
FILE = Field("", None, f"{BODY}/content", sources=("a",))


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("", None),
        ("{}", None),
        ("''", None),
        ("{type: none}", None),
        ("{type: none, content: x}", None),
        ("{type: json}", None),
        ("{type: json, content: ''}", None),
        ("{type: urlencoded, content: []}", None),
        ("{type: urlencoded, content: [{key: a, disabled: true}]}", None),
        ("{type: formdata, content: {}}", None),
        ("{type: file, content: {}}", None),
        ("{type: graphql, content:}", None),
        ("text", Body("raw", BODY, "text")),
        ("{type: json, content: '{}'}", Body("raw", f"{BODY}/content", "{}", "json")),
        ("{type: text, content: 5}", Body("raw", f"{BODY}/content", "5", "text")),
        ("{type: xml, content: <a/>}", Body("raw", f"{BODY}/content", "<a/>", "xml")),
        ("{type: html, content: a}", Body("raw", f"{BODY}/content", "a", "html")),
        ("{type: javascript, content: a}", Body("raw", f"{BODY}/content", "a", "javascript")),
        ("{type: raw, content: a}", Body("raw", f"{BODY}/content", "a")),
        ("{type: raw, content: a, options: {raw: {language: JSON}}}", Body("raw", f"{BODY}/content", "a", "json")),
        ("{type: yaml, content: a}", Body("raw", f"{BODY}/content", "a", "yaml")),
        ("{type: binary, content: {src: a}}", Body("binary", f"{BODY}/content")),
        ("{type: formdata, content: [{key: a, disabled: true}]}", None),
        ("{type: file, content: {src: a}}", Body("file", f"{BODY}/content", fields=(FILE,))),
        ("{type: file, content: a}", Body("file", f"{BODY}/content", fields=(FILE,))),
        ("{type: graphql, content: {query: a}}", Body("graphql", f"{BODY}/content", "a")),
        (
            "{type: graphql, content: {query: a, variables: {b: 1}, operationName: ''}}",
            Body("graphql", f"{BODY}/content", "a", variables='{"b":1}', operation=""),
        ),
    ],
)  # fmt: skip
def test_a_body_is_what_its_type_says(form: str, expected: Body | None) -> None:
    assert request(f"body: {form}").body == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("{a: b, c:}", [("a", "b"), ("c", None)]),
        ("[{key: a, value: b, disabled: true}, {key: a}]", [("a", "b"), ("a", "")]),
        ("a=b&c", [("a", "b"), ("c", None)]),
    ],
)
def test_a_form_has_fields(form: str, expected: Keys) -> None:
    found = request(f"body: {{type: urlencoded, content: {form}}}").body
    assert found is not None
    assert _keys(found.fields) == expected
    assert (found.mode, found.pointer) == ("urlencoded", f"{BODY}/content")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("{a: b, c:}", [Field("a", "b", "/a"), Field("c", "", "/c")]),
        ("[{key: a, value: [1]}, 'x: y']", [Field("a", "[1]", "/0"), Field("x", "y", "/1")]),
        ("a=b&c", [Field("a", "b", ""), Field("c", "", "")]),
        (
            "[{type: file, key: a, src: [b, c], contentType: t}, {type: file, fileName: n}, null]",
            [
                Field("a", None, "/0", sources=("b", "c"), content_type="t"),
                Field("", None, "/1", sources=(), file_name="n"),
            ],
        ),
    ],
)  # fmt: skip
def test_form_data_has_texts_and_files(form: str, expected: list[Field]) -> None:
    found = request(f"body: {{type: formdata, content: {form}}}").body
    assert found is not None
    place = f"{BODY}/content"
    assert [*found.fields] == [
        dataclasses.replace(field, pointer=place + field.pointer) for field in expected
    ]


def test_a_body_without_a_type_is_not_read() -> None:
    files = {"x.request.yaml": f"{GET}body: {{content: x}}"}
    (found,), _ = read(files)
    sent = build.first(found).request
    assert sent is not None
    assert sent.body is None
    assert told(files) == [(Rule.WITHOUT_EFFECT, BODY)]


@pytest.mark.parametrize(
    ("text", "method", "body"),
    [
        (
            "query: '{a}'\nvariables: '{}'",
            "POST",
            Body("graphql", "/x.request.yaml/query", "{a}", variables="{}"),
        ),
        (
            "query: ''\nvariables: '{}'",
            "POST",
            Body("graphql", "/x.request.yaml/variables", variables="{}"),
        ),
        ("schema: x", "POST", None),
        (
            "method: put\nquery: '{a}'",
            "PUT",
            Body("graphql", "/x.request.yaml/query", "{a}"),
        ),
    ],
)
def test_a_graphql_request_posts_its_query(
    text: str, method: str, body: Body | None
) -> None:
    text = f"$kind: graphql-request\nurl: http://h\nheaders: {{A: b}}\n{text}"
    sent = build.first(sound({"x.request.yaml": text})).request
    assert sent is not None
    assert (sent.method, sent.url.host, _keys(sent.headers)) == (
        method,
        "h",
        [("A", "b")],
    )
    assert sent.body == body


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        *(
            (f"$kind: {protocol}-request", Rule.KIND_UNSUPPORTED)
            for protocol in ("grpc", "websocket", "socket.io", "mqtt", "mcp", "llm")
        ),
        ("method: GET", Rule.FILE_SKIPPED),
        ("$kind:", Rule.FILE_SKIPPED),
        ("$kind: HTTP-request", Rule.FILE_SKIPPED),
        ("$kind: collection", Rule.FILE_SKIPPED),
        ("$kind: [http-request]", Rule.FILE_SKIPPED),
        ("- http-request", Rule.WRONG_TYPE),
        ("http-request", Rule.WRONG_TYPE),
        ("", Rule.WRONG_TYPE),
    ],
)
def test_what_is_no_http_request_is_named_with_its_examples(
    kind: str, rule: Rule
) -> None:
    files = {
        "f/x.request.yaml": kind,
        "f/.resources/x.resources/examples/1.example.yaml": EXAMPLE,
    }
    (found,), diagnostics = read(files)
    assert outline(found.root) == [("f", [])]
    assert list(examples(found)) == []
    assert sorted((d.rule.name, d.pointer) for d in diagnostics) == sorted(
        [
            (rule.name, "/f~1x.request.yaml"),
            (
                "EXAMPLE_SKIPPED",
                entry("f/.resources/x.resources/examples/1.example.yaml"),
            ),
        ]
    )
    assert {d.trail for d in diagnostics} == {("f", "x")}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("", "The request has no `$kind`"),
        ("$kind: http", "'http' is no `$kind` of a request"),
        ("$kind: grpc-request", "A request of kind 'grpc-request' gets no method"),
    ],
)
def test_a_skipped_request_says_why(kind: str, text: str) -> None:
    _, (warning,) = read({"x.request.yaml": f"method: GET\n{kind}"})
    assert warning.text == text


# Saved examples.


def example(text: str) -> Response:
    """A sound saved example."""
    files = {
        "x.request.yaml": GET,
        ".resources/x.resources/examples/1.example.yaml": text,
    }
    (found,) = build.first(sound(files)).responses
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: A  b", "A b"),
        ("name: ''", "1"),
        ("$kind: http-example", "1"),
    ],
)
def test_an_example_is_named_by_itself_or_its_file(text: str, expected: str) -> None:
    assert example(text).name == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", None),
        ("response:", None),
        ("response: {statusCode: 404}", 404),
        ("response: {statusCode: '201'}", 201),
        ("response: {statusCode: 200.0}", 200),
        ("response: {statusCode: 99}", None),
        ("response: {statusText: OK}", None),
    ],
)
def test_an_example_has_a_status(text: str, expected: int | None) -> None:
    assert example(text).status == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("", ("", "")),
        ("text", ("text", "")),
        ("{type: json}", ("", "json")),
        ("{type: JSON, content: '[1]'}", ("[1]", "json")),
        ("{type: yaml, content: 'a: 1'}", ("a: 1", "yaml")),
        ("{type: text, content: 5}", ("5", "text")),
        ("{content: x}", ("x", "")),
        ("{type: raw, content: x, options: {raw: {language: xml}}}", ("x", "xml")),
        ("{type: raw, content: x}", ("x", "")),
    ],
)
def test_an_example_has_a_body(form: str, expected: tuple[str, str]) -> None:
    found = example(f"response: {{body: {form}}}")
    assert (found.body, found.language) == expected


def test_an_example_has_headers_and_the_request_that_was_answered() -> None:
    found = example(
        "request:\n"
        "  url: http://h/:a?b=1\n"
        "  method: post\n"
        "  headers: {A: b}\n"
        "  queryParams: {b: '2'}\n"
        "  pathVariables: {a: '7'}\n"
        "  body: {type: json, content: '{}'}\n"
        "response: {headers: {Content-Type: text/plain}}\n"
    )
    place = entry(".resources/x.resources/examples/1.example.yaml")
    assert found.headers == (
        Pair("Content-Type", "text/plain", f"{place}/response/headers/Content-Type"),
    )
    sent = found.request
    assert sent is not None
    assert (sent.method, sent.pointer) == ("POST", f"{place}/request")
    assert _keys(sent.headers) == [("A", "b")]
    assert _keys(sent.url.query) == [("b", "2")]
    assert _keys(sent.url.variables) == [("a", "7")]
    assert sent.body == Body("raw", f"{place}/request/body/content", "{}", "json")


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("{type: json, content: x}", "response/body/content"),
        ("{type: json}", "response/body"),
        ("x", "response/body"),
    ],
)
def test_the_body_of_an_example_has_a_place(form: str, place: str) -> None:
    assert example(f"response: {{body: {form}}}").body_key == place


def test_an_example_may_lack_its_request() -> None:
    assert example(EXAMPLE).request is None


def test_examples_are_ordered_by_number_and_name() -> None:
    folder = ".resources/x.resources/examples"
    files = {
        "x.request.yml": GET,
        f"{folder}/b.example.yaml": EXAMPLE,
        f"{folder}/a.EXAMPLE.yml": EXAMPLE,
        f"{folder}/c.example.yaml": f"{EXAMPLE}order: -0.5",
        f"{folder}/d.example.yaml": f"{EXAMPLE}order: -1",
    }
    found = build.first(sound(files)).responses
    assert [one.name for one in found] == ["d", "c", "a", "b"]


def test_an_example_without_its_request_is_an_orphan() -> None:
    places = [
        ".resources/X.resources/examples/1.example.yaml",
        ".resources/x.resources/2.example.yaml",
        ".resources/x.resources/examples/more/3.example.yaml",
        "4.example.yaml",
        "f/.resources/x.resources/examples/5.example.yaml",
    ]
    files = {"x.request.yaml": GET, **dict.fromkeys(places, EXAMPLE)}
    found = sound(files)
    assert build.first(found).responses == ()
    assert [(one.name, one.pointer) for one in found.orphans] == [
        (str(index), entry(place)) for index, place in enumerate(places, start=1)
    ]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("./.resources/old.resources/examples", ".resources/old.resources/examples"),
        ("../examples/x/", "../examples/x"),
        ("../../../more", "../../../more"),
        (".", ""),
    ],
)
def test_a_request_may_say_where_its_examples_are(said: str, place: str) -> None:
    here = "collections/a/f"
    far = source_path(f"{here}/{place}/1.example.yaml")
    files = {
        f"{here}/x.request.yaml": f"{GET}examples: {said}",
        f"{here}/.resources/x.resources/examples/2.example.yaml": EXAMPLE,
        far: EXAMPLE,
    }
    found = sound(files)
    assert found.orphans == ()
    assert {one.name for one in examples(found)} == {"1", "2"}


def source_path(path: str) -> str:
    """The path without `..` and empty parts."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts.pop()
        elif part:
            parts.append(part)
    return "/".join(parts)


@pytest.mark.parametrize("said", ["../../../x", "/x", "nowhere", "[1]", "5"])
def test_examples_that_are_said_to_be_nowhere_are_none(said: str) -> None:
    files = {
        "x.request.yaml": f"{GET}examples: {said}",
        "x/1.example.yaml": EXAMPLE,
    }
    assert [one.name for one in sound(files).orphans] == ["1"]


def test_a_copied_request_does_not_take_the_examples_of_the_original() -> None:
    files = {
        "a copy.request.yaml": f"{GET}examples: ./.resources/a.resources/examples",
        "a.request.yaml": f"{GET}examples: ./.resources/a.resources/examples",
        ".resources/a.resources/examples/1.example.yaml": EXAMPLE,
    }
    copy, original = sound(files).root.members
    assert isinstance(copy, Item)
    assert isinstance(original, Item)
    assert copy.responses == ()
    assert [one.name for one in original.responses] == ["1"]


def test_an_example_of_another_kind_is_skipped() -> None:
    place = ".resources/x.resources/examples/1.example.yaml"
    for kind in ("grpc-example", "http-request", "[1]"):
        files = {"x.request.yaml": GET, place: f"$kind: {kind}"}
        (found,), _ = read(files)
        assert list(examples(found)) == []
        assert told(files) == [(Rule.FILE_SKIPPED, entry(place))]


# What makes no sense.


@pytest.mark.parametrize(
    ("path", "text", "place", "expected"),
    [
        ("x.request.yaml", "[1]", "", "Expected a request"),
        ("x.request.yaml", f"{GET}name: [1]", "/name", "Expected a name"),
        ("x.request.yaml", "$kind: http-request\nurl: {a: b}", "/url", "Expected a URL (text)"),
        ("x.request.yaml", f"{GET}method: [1]", "/method", "Expected text"),
        ("x.request.yaml", f"{GET}headers: 'A: b'", "/headers", "Expected a list of {key, value}"),
        ("x.request.yaml", f"{GET}headers: ['A: b']", "/headers/0", "Expected an object with key"),
        ("x.request.yaml", f"{GET}headers: {{A: [1]}}", "/headers/A", "Expected text"),
        ("x.request.yaml", f"{GET}queryParams: 5", "/queryParams", "Expected a list of {key, value}"),
        ("x.request.yaml", f"{GET}body: [1]", "/body", "Expected a body"),
        ("x.request.yaml", f"{GET}body: {{type: json, content: {{a: 1}}}}", "/body/content", "Expected text"),
        ("x.request.yaml", f"{GET}body: {{type: urlencoded, content: 5}}", "/body/content", "Expected a list of form fields"),
        ("x.request.yaml", f"{GET}auth: noauth", "/auth", "Expected an auth"),
        ("x.request.yaml", f"{GET}auth: [basic]", "/auth/0", "Expected an auth"),
        ("x.request.yaml", f"{GET}auth: {{type: basic, credentials: x}}", "/auth/credentials", "Expected an auth's parameters"),
        ("x.request.yaml", f"{GET}auth: {{type: basic, credentials: [x]}}", "/auth/credentials/0", "Expected an auth's parameter ("),
        ("x.request.yaml", f"{GET}body: {{type: json, content: []}}", "/body/content", "Expected text"),
        (".resources/definition.yaml", "variables: [{key: a, value: [1]}]", "/variables/0/value", "Expected text"),
        ("x.request.yaml", f"{GET}scripts: x", "/scripts", "Expected a list of scripts"),
        ("x.request.yaml", f"{GET}scripts: [x]", "/scripts/0", "Expected a script"),
        (".resources/definition.yaml", "[1]", "", "Expected what a collection or folder is"),
        (".resources/definition.yaml", "variables: x", "/variables", "Expected a list of {key, value}"),
        (".resources/definition.yaml", "variables: [x]", "/variables/0", "Expected an object with key"),
        (".resources/definition.yaml", "variables: {a: [1]}", "/variables/a", "Expected text"),
        ("f/.resources/definition.yaml", "x", "", "Expected what a collection or folder is"),
        ("f/1.example.yaml", "x", "", "Expected a saved example"),
        ("f/1.example.yaml", "", "", "Expected a saved example"),
        ("f/1.example.yaml", "request: x", "/request", "Expected the request that was answered"),
        ("f/1.example.yaml", "response: x", "/response", "Expected a response"),
        ("f/1.example.yaml", "response: {body: [1]}", "/response/body", "Expected a response's body"),
        ("f/1.example.yaml", "response: {body: {content: {}}}", "/response/body/content", "Expected text"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out_and_explained(
    path: str, text: str, place: str, expected: str
) -> None:
    files = {"y.request.yaml": GET, path: text}
    (found,), (refusal,) = read(files)
    assert "y" in outline(found.root)
    assert (refusal.rule, refusal.pointer) == (Rule.WRONG_TYPE, entry(path) + place)
    assert refusal.text.startswith(expected)


def test_what_is_nested_where_text_belongs_leaves_nothing() -> None:
    text = f"{GET}headers: {{A: [1], B: x}}\nqueryParams: [{{key: a, value: {{}}}}]\nbody: [1]"
    saved = "response: {body: [1]}"
    (found,), _ = read({"x.request.yaml": text, "1.example.yaml": saved})
    assert (found.orphans[0].body, found.orphans[0].language) == ("", "")
    sent = build.first(found).request
    assert sent is not None
    assert sent.body is None
    assert _keys(sent.headers) == [("A", ""), ("B", "x")]
    assert _keys(sent.url.query) == [("a", "")]


def test_a_tree_is_read_in_the_order_of_its_paths() -> None:
    files = {
        "collections/a b/x.request.yaml": GET,
        "collections/a b/y.request.yaml": "",
        "collections/a/.resources/definition.yaml": "",
        "collections/a/.resources/definition.yml": "",
        "collections/a/x.request.yaml": "",
    }
    tree, _ = source.read_tree(
        "t", {path: text.encode() for path, text in files.items()}
    )
    turned = source.Tree(
        "t", dict(reversed(list(tree.documents.items()))), {}, tree.sha256
    )
    assert postman.parse(turned, "t") == postman.parse(tree, "t")
    assert [one.name for one in postman.parse(tree, "t")[0]] == ["a b", "a"]


# Laws.

FOLDERS = st.lists(
    st.sampled_from(["a", "b", "collections", ".resources", "x.resources", "examples"]),
    max_size=5,
).map("/".join)
NAMES = st.sampled_from(
    [
        *("x.request.yaml", "y.request.yml", "X.REQUEST.YAML", "x.example.yaml"),
        *("1.Example.yml", "definition.yaml", "definition.yml", "e.environment.yaml"),
        *("resources.yaml", "spec.yaml", ".request.yaml"),
    ]
)
ORDERS = st.sampled_from([{}, {"order": 1}, {"order": -0.5}, {"order": math.inf}])
CONTENTS = st.one_of(
    st.sampled_from([None, [], "x", 5, {}]),
    st.builds(
        lambda kind, order, said: {"$kind": kind, **order, "examples": said},
        st.sampled_from(
            ["http-request", "graphql-request", "grpc-request", "http-example", "collection", 5]
        ),
        ORDERS,
        st.sampled_from([None, ".", "..", "../b", "./.resources/x.resources/examples"]),
    ),
)  # fmt: skip
PATHS = st.builds(lambda folder, name: f"{folder}/{name}".lstrip("/"), FOLDERS, NAMES)


@given(st.dictionaries(PATHS, CONTENTS, max_size=12))
def test_no_request_and_no_example_is_lost_silently(
    contents: dict[str, build.Data],
) -> None:
    found, diagnostics = read(
        {path: _yaml(content) for path, content in contents.items()}
    )
    pointers = [pointer for one in found for pointer in _pointers(one)]
    assert len(pointers) == len(set(pointers))
    reported = {d.pointer.split("/")[1] if d.pointer else "" for d in diagnostics}
    named = {pointer[1:] for pointer in pointers} | reported
    lost = {
        path
        for path in contents
        if path.lower().endswith(_KEPT) and entry(path)[1:] not in named
    }
    if found:
        assert not lost
    else:
        assert [d.rule for d in diagnostics] == [Rule.NOT_A_COLLECTION]
        assert all(
            ".example." in path.lower() or ".resources/" in path for path in lost
        )


_KEPT = (".request.yaml", ".request.yml", ".example.yaml", ".example.yml")


def _yaml(content: build.Data) -> str:
    """JSON after a comment is YAML; infinity is spelled differently."""
    return "#\n" + json.dumps(content).replace("Infinity", ".inf")


def _pointers(parsed: Collection) -> Iterator[str]:
    yield parsed.root.pointer
    for member in walk(parsed.root):
        yield member.pointer
    for one in examples(parsed):
        yield one.pointer


def bare(value: build.Data) -> build.Data:
    """A model without places, and without what the formats do differently."""
    if isinstance(value, tuple):
        return tuple(map(bare, value))
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        field.name: bare(getattr(value, field.name))
        for field in dataclasses.fields(value)
    }
    places = {"pointer": "", "body_key": "", "behavior": PLAIN}
    changed |= {name: places[name] for name in places.keys() & changed.keys()}
    return dataclasses.replace(value, **changed)


V3 = {
    ".resources/definition.yaml": """\
$kind: collection
name: The Shop
description: All of it.
variables: {base: http://h, page: "1"}
auth: [{id: x, type: bearer, credentials: {token: "{{t}}"}}]
scripts:
- {type: "http:beforeRequest", code: before(), language: text/javascript}
- {type: "http:afterResponse", code: after()}
""",
    "get.request.yaml": """\
$kind: http-request
order: 1000
url: "{{base}}/carts/:id?page=0&size=5&off=1"
method: GET
description: One cart.
headers: [{key: A, value: b}, {key: C, value: d, disabled: true, description: no}]
queryParams: [{key: page, value: "{{page}}"}, {key: off, value: "1", disabled: true}, {key: flag, value: null}]
pathVariables: {id: "7"}
scripts: [{type: beforeRequest, code: own()}]
""",
    ".resources/get.resources/examples/found.example.yaml": """\
$kind: http-example
order: 2000
request: {url: "http://h/carts/7", method: GET, headers: {A: b}}
response:
  statusCode: 200
  statusText: OK
  headers: {Content-Type: application/json}
  body: {type: json, content: '{"a": 1}'}
""",
    ".resources/get.resources/examples/lost.example.yaml": """\
$kind: http-example
name: "Not: found"
order: 1000
response: {statusCode: 404, body: {type: text, content: gone}}
""",
    "Carts/.resources/definition.yaml": """\
$kind: collection
order: 2000
description: Of carts.
auth: {type: apikey, credentials: [{key: key, value: X}, {key: value, value: v}]}
""",
    "Carts/Deep/.resources/definition.yaml": "order: 3",
    "Carts/json.request.yaml": """\
$kind: http-request
order: 1
url: http://h/json
method: post
auth: {type: noauth}
body: {type: json, content: '{"a": 1}'}
""",
    "Carts/form.request.yaml": """\
$kind: http-request
order: 2
url: http://h/form
method: PUT
body: {type: urlencoded, content: [{key: a, value: b}, {key: c, value: d, disabled: true}]}
""",
    "Carts/Deep/upload.request.yaml": """\
$kind: http-request
url: http://h/upload
method: POST
body: {type: formdata, content: [{type: file, key: f, src: x.png}]}
""",
    "Carts/Deep/file.request.yaml": """\
$kind: http-request
url: http://h/file
method: POST
body: {type: file, content: {src: x.png}}
""",
    "Carts/Deep/query.request.yaml": """\
$kind: graphql-request
url: http://h/graphql
query: "{a}"
""",
}  # fmt: skip


def _raw(text: str, language: str) -> build.Data:
    return {"mode": "raw", "raw": text, "options": {"raw": {"language": language}}}


def _post(url: str, mode: str, content: build.Data) -> build.Data:
    return {"method": "POST", "url": url, "body": {"mode": mode, mode: content}}


def _events(**scripts: str) -> build.Data:
    return [
        {"listen": kind, "script": {"exec": [code]}} for kind, code in scripts.items()
    ]


V2 = {
    "info": {"name": "The Shop", "description": "All of it."},
    "variable": [{"key": "base", "value": "http://h"}, {"key": "page", "value": "1"}],
    "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{t}}"}]},
    "event": _events(prerequest="before()", test="after()"),
    "item": [
        {
            "name": "get",
            "event": _events(prerequest="own()"),
            "request": {
                "method": "GET",
                "description": "One cart.",
                "header": [
                    {"key": "A", "value": "b"},
                    {"key": "C", "value": "d", "disabled": True, "description": "no"},
                ],
                "url": {
                    "host": ["{{base}}"],
                    "path": ["carts", ":id"],
                    "query": [
                        {"key": "size", "value": "5"},
                        {"key": "page", "value": "{{page}}"},
                        {"key": "off", "value": "1", "disabled": True},
                        {"key": "flag", "value": None},
                    ],
                    "variable": [{"key": "id", "value": "7"}],
                },
            },
            "response": [
                {
                    "name": "Not: found",
                    "code": 404,
                    "_postman_previewlanguage": "text",
                    "body": "gone",
                },
                {
                    "name": "found",
                    "code": 200,
                    "originalRequest": {
                        "method": "GET",
                        "url": "http://h/carts/7",
                        "header": [{"key": "A", "value": "b"}],
                    },
                    "header": [{"key": "Content-Type", "value": "application/json"}],
                    "_postman_previewlanguage": "json",
                    "body": '{"a": 1}',
                },
            ],
        },
        {
            "name": "Carts",
            "description": "Of carts.",
            "auth": build.auth("apikey", key="X", value="v"),
            "item": [
                {
                    "name": "json",
                    "request": {
                        "method": "POST",
                        "url": "http://h/json",
                        "auth": {"type": "noauth"},
                        "body": _raw('{"a": 1}', "json"),
                    },
                },
                {
                    "name": "form",
                    "request": {
                        "method": "PUT",
                        "url": "http://h/form",
                        "body": {
                            "mode": "urlencoded",
                            "urlencoded": [
                                {"key": "a", "value": "b"},
                                {"key": "c", "value": "d", "disabled": True},
                            ],
                        },
                    },
                },
                {
                    "name": "Deep",
                    "item": [
                        {
                            "name": "file",
                            "request": _post("http://h/file", "file", {"src": "x.png"}),
                        },
                        {
                            "name": "query",
                            "request": _post(
                                "http://h/graphql", "graphql", {"query": "{a}"}
                            ),
                        },
                        {
                            "name": "upload",
                            "request": _post(
                                "http://h/upload",
                                "formdata",
                                [{"type": "file", "key": "f", "src": "x.png"}],
                            ),
                        },
                    ],
                },
            ],
        },
    ],
}


def test_both_formats_say_the_same() -> None:
    assert bare(sound(V3)) == bare(build.sound(V2))


def test_a_request_that_is_no_yaml_is_an_error_in_its_file() -> None:
    files = {
        "a.request.yaml": "$kind: http-request\nurl: h.test/a\n",
        "b.request.yaml": "url: {{base}}/x\n",
    }
    tree, _ = source.read_tree("t", {p: text.encode() for p, text in files.items()})
    found, told = postman.parse(tree, "t")
    assert [(d.rule, d.file, d.line) for d in told] == [
        (Rule.NOT_YAML, "t/b.request.yaml", 1)
    ]
    assert [member.name for member in found[0].root.members] == ["a"]


def test_an_example_that_is_no_yaml_is_left_out() -> None:
    path = ".resources/a.resources/examples/x.example.yaml"
    files = {
        "a.request.yaml": "$kind: http-request\nurl: h.test/a\n",
        path: "response: {{body}}\n",
    }
    tree, _ = source.read_tree("t", {p: text.encode() for p, text in files.items()})
    found, told = postman.parse(tree, "t")
    assert [(d.rule, d.file, d.line) for d in told] == [
        (Rule.EXAMPLE_SKIPPED, f"t/{path}", 1)
    ]
    assert len(found) == 1


def test_yaml_in_flow_style_is_yaml() -> None:
    files = {"a.request.yaml": b"{$kind: http-request, url: h.test/a}"}
    tree, told = source.read_tree("t", files)
    assert told == ()
    assert tree.documents["a.request.yaml"].data == {
        "$kind": "http-request",
        "url": "h.test/a",
    }


@pytest.mark.parametrize(
    ("settings", "follows", "dropped"),
    [
        ("{}", True, set()),
        ("{followRedirects: false}", False, set()),
        (
            "{disabledSystemHeaders: [user-agent, 5]}",
            True,
            {"user-agent"},
        ),
        ("{disabledSystemHeaders: {user-agent: true}}", True, set()),
    ],
)
def test_settings_say_how_a_request_is_sent(
    settings: str, follows: bool, dropped: set[str]
) -> None:
    found = item(f"url: http://h\nsettings: {settings}").behavior
    assert found.follows_redirects is follows
    assert found.drops == dropped
