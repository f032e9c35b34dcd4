"""What a client decides, as pure functions: URL text, settings, credentials, bodies, decoded replies."""

from __future__ import annotations

import collections
import datetime
import json
import types
import typing
from urllib.parse import unquote

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmgen.runtime import codecs
from pmgen.runtime.auth import ApiKey, Auth, Basic, Bearer
from pmgen.runtime.draft import Draft
from pmgen.runtime.drift import Drift, Json
from pmgen.runtime.encode import FLAG, Argument, Flag, flag, in_path, query_string, text
from pmgen.runtime.models import Model
from pmgen.runtime.requests import Expect, Operation, Request, encode, prepare
from pmgen.runtime.settings import Setting, SettingsError, resolve

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: list[tuple[Argument, str]] = [
    (True, "true"),
    (False, "false"),
    (0, "0"),
    (-5, "-5"),
    (1.5, "1.5"),
    ("", ""),
    ("true", "true"),
    (datetime.date(2024, 1, 2), "2024-01-02"),
    (datetime.datetime(2024, 1, 2, 3, 4, tzinfo=datetime.UTC), "2024-01-02T03:04:00+00:00"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), TEXTS)
def test_arguments_as_text(value: Argument, expected: str) -> None:
    assert text(value) == expected


# POSTMAN.md 3.4, with arguments as data: what would be a delimiter there is encoded, and so is `%`.
IN_PATH = [
    ("a/b", "a%2Fb"),
    ("a?b", "a%3Fb"),
    ("a#b", "a%23b"),
    ("50%", "50%25"),
    ("%41", "%2541"),
    ("a\\b", "a%5Cb"),
    ("a b", "a%20b"),
    ('"<>`{}', "%22%3C%3E%60%7B%7D"),
    ("é", "%C3%A9"),
    ("名", "%E5%90%8D"),
    ("\x00\x1f\x7f", "%00%1F%7F"),
    ("\n", "%0A"),
    ("..", "%2E%2E"),
    (".", "%2E"),
    ("...", "..."),
    ("a..b", "a..b"),
    ("../x", "..%2Fx"),
    ("", ""),
    ("!$&'()*+,-.:;=@[]^_|~", "!$&'()*+,-.:;=@[]^_|~"),
]


@pytest.mark.parametrize(("value", "expected"), IN_PATH, ids=ascii)
def test_path_arguments(value: str, expected: str) -> None:
    assert in_path(value) == expected


QUERIES: list[tuple[list[tuple[str, Argument | Flag]], str]] = [
    ([], ""),
    ([("a", "")], "a="),
    ([("a", "1"), ("a", "2"), ("b", 3)], "a=1&a=2&b=3"),
    ([("a", True), ("b", False)], "a=true&b=false"),
    ([("a", FLAG), ("b", None)], "a"),
    ([("a", flag(True)), ("b", flag(False)), ("c", flag("x"))], "a&c=x"),
    ([("a", "x&y")], "a=x%26y"),
    ([("a", "x#y")], "a=x%23y"),
    ([("a", "1=2")], "a=1=2"),
    ([("a=b", "1")], "a%3Db=1"),
    ([("a&b", "1")], "a%26b=1"),
    ([("a#b", "1")], "a%23b=1"),
    ([("a", "x y")], "a=x%20y"),
    ([("a", "x+y")], "a=x%2By"),
    ([("a", "50%")], "a=50%25"),
    ([("a", "%26")], "a=%2526"),
    ([("a", "é")], "a=%C3%A9"),
    ([("a", "'\"<>")], "a=%27%22%3C%3E"),
    ([("a", "!$()*,-./:;=@[]^_|~?`{}")], "a=!$()*,-./:;=@[]^_|~?`{}"),
    ([("filter[a]", "1,2")], "filter[a]=1,2"),
    ([("a", "\r\n")], "a=%0D%0A"),
    ([("", "v")], "=v"),
]


@pytest.mark.parametrize(("pairs", "expected"), QUERIES, ids=ascii)
def test_query_strings(pairs: list[tuple[str, Argument]], expected: str) -> None:
    assert query_string(pairs) == expected


ANY_TEXT = st.text(max_size=15)


def sent_url(value: str) -> httpx2.URL:
    """The URL as httpx2 sends it, with the argument in the path and in the query."""
    operation = Operation("One", "GET", "https://h.test", "/a/{x}/b")
    request: Request[object] = Request(
        operation, values={"x": value}, query=[("q", value)]
    )
    return httpx2.Request("GET", prepare(request, {}, auth=True).url).url


@given(ANY_TEXT)
def test_an_argument_stays_in_its_place_on_the_wire(value: str) -> None:
    path, _, query = sent_url(value).raw_path.decode().partition("?")
    head, segment, tail = path.removeprefix("/").split("/")
    assert (head, unquote(segment), tail) == ("a", value, "b")
    assert query.startswith("q=")
    assert unquote(query[2:]) == value
    assert "&" not in query
    assert "+" not in query


@pytest.mark.parametrize(("value", "encoded"), IN_PATH, ids=ascii)
def test_httpx2_sends_path_arguments_as_encoded(value: str, encoded: str) -> None:
    # httpx2 encodes `[ ] ^ |` of a path itself, which means the same.
    path = sent_url(value).raw_path.decode().partition("?")[0]
    assert unquote(path) == unquote(f"/a/{encoded}/b")
    assert path.count("/") == 3


SETTING = Setting(name="host", environment="X_HOST", default="default.test")
TOKEN = Setting(name="token", environment="X_TOKEN", credential=True)
PLAIN = Setting(name="plain", environment="X_PLAIN")

RESOLVED: list[tuple[Setting, str | None, dict[str, str], bool, str]] = [
    (SETTING, "given", {"X_HOST": "env"}, False, "given"),
    (SETTING, "", {"X_HOST": "env"}, False, ""),
    (SETTING, None, {"X_HOST": "env"}, False, "env"),
    (SETTING, None, {"X_HOST": ""}, False, "default.test"),
    (PLAIN, None, {"X_PLAIN": "env"}, False, "env"),
    (PLAIN, None, {"X_PLAIN": ""}, False, ""),
    (TOKEN, None, {"X_TOKEN": "env"}, True, "env"),
    (TOKEN, None, {}, True, ""),
    (TOKEN, "given", {}, True, "given"),
]


@pytest.mark.parametrize(("setting", "value", "environment", "own", "found"), RESOLVED)
def test_settings_are_looked_up_in_order(
    setting: Setting,
    value: str | None,
    environment: Mapping[str, str],
    own: bool,
    found: str,
) -> None:
    resolved = resolve((setting,), {setting.name: value}, environment, own_auth=own)
    assert resolved == {setting.name: found}


def test_all_missing_settings_are_named_and_no_value_is() -> None:
    values = {"host": "https://user:hunter2@h.test", "token": None, "plain": None}
    with pytest.raises(SettingsError) as caught:
        resolve((SETTING, TOKEN, PLAIN), values, {"OTHER": "hunter3"}, own_auth=False)
    assert caught.value.missing == ["token", "plain"]
    assert str(caught.value) == (
        'The client needs token: pass token=… or set X_TOKEN (or pass "" to go without); '
        "plain: pass plain=… or set X_PLAIN"
    )
    assert "hunter" not in repr(caught.value)


def test_own_auth_replaces_credentials_only() -> None:
    with pytest.raises(SettingsError) as caught:
        resolve((TOKEN, PLAIN), {"token": None, "plain": None}, {}, own_auth=True)
    assert caught.value.missing == ["plain"]


Pairs = list[tuple[str, str]]
VALUES = {"t": "tök{en}", "u": "user", "p": "a:b", "k": "X-Key", "empty": ""}

AUTHS: list[tuple[Auth, Pairs, Pairs, Pairs, Pairs]] = [
    # auth, headers and query before, headers and query after
    (Bearer("{t}"), [], [], [("Authorization", "Bearer tök{en}")], []),
    (Bearer("{empty}"), [("A", "1")], [], [("A", "1")], []),
    (Bearer("{empty}"), [("authorization", "own")], [], [("authorization", "own")], []),
    (
        Bearer("x"),
        [("aUTHORIZATION", "1"), ("B", "2"), ("authorization", "3")],
        [],
        [("B", "2"), ("Authorization", "Bearer x")],
        [],
    ),
    (Basic("{u}", "{p}"), [], [], [("Authorization", "Basic dXNlcjphOmI=")], []),
    (Basic("", ""), [("A", "own")], [], [("A", "own")], []),
    (ApiKey("k", ""), [("K", "own")], [], [("K", "own")], []),
    (Basic("{t}", ""), [], [], [("Authorization", "Basic dMO2a3tlbn06")], []),
    (ApiKey("{k}", "{u}"), [("x-key", "old")], [], [("X-Key", "user")], []),
    (
        ApiKey("key", "{u}", query=True),
        [("key", "1")],
        [("key", "old"), ("Key", "2"), ("b", "3"), ("key", "older")],
        [("key", "1")],
        [("Key", "2"), ("b", "3"), ("key", "user")],
    ),
]


@pytest.mark.parametrize(("auth", "headers", "query", "then", "asked"), AUTHS)
def test_auth(
    auth: Auth, headers: Pairs, query: Pairs, then: Pairs, asked: Pairs
) -> None:
    draft = Draft("GET", "http://h.test/", [*query], [*headers])
    auth.apply(draft, VALUES)
    assert (draft.headers, draft.query) == (then, asked)


def test_a_header_is_set_once_whatever_its_case() -> None:
    draft = Draft("GET", "http://h.test/", [], [("A", "1"), ("b", "2"), ("a", "3")])
    draft.set_header("a", "4")
    assert draft.headers == [("b", "2"), ("a", "4")]
    assert (draft.header("B"), draft.header("c")) == ("2", None)


def test_an_auth_leaves_what_the_caller_gave() -> None:
    draft = Draft("GET", "http://h.test/", [], [("Authorization", "mine")])
    draft.own = frozenset({"authorization"})
    Bearer("token").apply(draft, {})
    assert draft.headers == [("Authorization", "mine")]


def test_a_form_is_encoded_as_postman_does() -> None:
    pairs = [("a b", "x&y=z"), ("a b", "%41+~"), ("", "\ud800ü")]
    draft = Draft("POST", "http://h.test/", [], [], form=pairs)
    assert draft.body == b"a%20b=x%26y%3Dz&a%20b=%2541%2B~&=%3F%C3%BC"


OPERATION = Operation(
    name="One",
    method="PUT",
    server="{base}",
    path="/v1/{id}/{{literal}}/x",
    headers=[("Accept", "a/b"), ("X-Who", "{who} at {base}")],
    query={"site": "{site}", "lang": "en-{site}"},
    auth=ApiKey("key", "{secret}", query=True),
)
SETTINGS = {"base": "https://h.test/api", "site": "s&t", "secret": "s3cret", "id": "x"}


def prepared(auth: bool = True, **given: typing.Any) -> typing.Any:
    """The operation with the given parts of a request."""
    values = {"id": 7, "who": "me", **given.pop("values", {})}
    request: Request[object] = Request(OPERATION, values=values, **given)
    return prepare(request, SETTINGS, auth=auth)


def test_templates_are_filled() -> None:
    out = prepared()
    assert out.method == "PUT"
    # An argument wins over a setting of the same name.
    assert out.url == "https://h.test/api/v1/7/%7Bliteral%7D/x?key=s3cret" or (
        out.url == "https://h.test/api/v1/7/{literal}/x?key=s3cret"
    )
    assert out.headers == [("Accept", "a/b"), ("X-Who", "me at https://h.test/api")]
    assert out.content is None


def test_braces_of_arguments_are_data() -> None:
    out = prepared(values={"id": "{secret}", "who": "{secret}"})
    assert out.url.startswith("https://h.test/api/v1/%7Bsecret%7D/")
    assert dict(out.headers)["X-Who"] == "{secret} at https://h.test/api"


QUERY_CASES: list[tuple[list[tuple[str, typing.Any]], str]] = [
    ([("a", 1), ("b", None), ("c", "x")], "a=1&c=x"),
    ([("a", [1, 2, "x y"])], "a=1&a=2&a=x%20y"),
    ([("a", (1, None, 2))], "a=1&a=2"),
    ([("a", [])], ""),
    ([("flag", FLAG), ("yes", True), ("no", False)], "flag&yes=true&no=false"),
    ([("site", None)], "site=s%26t"),
    ([("site", "mine")], "site=mine"),
    ([("lang", None), ("site", None)], "lang=en-s%26t&site=s%26t"),
    ([("site", "")], "site="),
    ([("day", datetime.date(2024, 1, 2))], "day=2024-01-02"),
]


@pytest.mark.parametrize(("query", "asked"), QUERY_CASES)
def test_queries(query: list[tuple[str, typing.Any]], asked: str) -> None:
    url = prepared(auth=False, query=query).url
    assert url.partition("?")[2] == asked
    assert ("?" in url) == bool(asked)


@pytest.mark.parametrize("values", [range(1, 3), collections.deque([1, 2])])
def test_any_sequence_is_many_values(values: typing.Any) -> None:
    url = prepared(auth=False, query=[("a", values)]).url
    assert url.partition("?")[2] == "a=1&a=2"


def test_credentials_in_the_query_replace_arguments_of_their_name() -> None:
    url = prepared(query=[("key", "mine"), ("a", 1)]).url
    assert url.partition("?")[2] == "a=1&key=s3cret"
    url = prepared(auth=False, query=[("key", "mine")]).url
    assert url.partition("?")[2] == "key=mine"


def test_own_headers_win_over_all_others() -> None:
    out = prepared(
        optional_headers=[("X-Opt", "1"), ("X-None", None), ("X-Flag", False)],
        headers={"x-who": "you", "X-OPT": "2", "New": "3"},
    )
    assert out.headers == [
        ("Accept", "a/b"),
        ("X-Flag", "false"),
        ("x-who", "you"),
        ("X-OPT", "2"),
        ("New", "3"),
    ]


def test_own_headers_win_over_credentials() -> None:
    operation = Operation("One", "GET", "h.test", "/", auth=Bearer("{secret}"))
    request: Request[object] = Request(operation, headers={"authorization": "own"})
    out = prepare(request, SETTINGS, auth=True)
    assert out.headers == [("authorization", "own")]
    # A server without a scheme is http, as Postman has it.
    assert out.url == "http://h.test/"


def test_requests_can_be_made_with_their_type() -> None:
    assert Request[object](OPERATION).operation is OPERATION


def test_preparing_changes_nothing_it_is_given() -> None:
    request: Request[object] = Request(
        OPERATION, values={"id": 1, "who": "x"}, query=[("a", 1)], headers={"A": "1"}
    )
    first = prepare(request, SETTINGS, auth=True)
    assert prepare(request, SETTINGS, auth=True) == first
    assert OPERATION.headers == [("Accept", "a/b"), ("X-Who", "{who} at {base}")]


class Point(Model):
    """A model that keeps all of its keys."""


BODIES: list[tuple[object, bytes | None]] = [
    (None, None),
    (b"\xff\x00", b"\xff\x00"),
    ("", b""),
    ('{"a": "é"}', '{"a": "é"}'.encode()),
    ({}, b"{}"),
    ([], b"[]"),
    ({"a": [1, 1.0, True, None, "é"]}, '{"a":[1,1.0,true,null,"é"]}'.encode()),
    ({"b": 1, "a": 2}, b'{"b":1,"a":2}'),
    ({"a": "\ud800"}, b'{"a":"\\ud800"}'),
    ({"a": "\ud800é"}, b'{"a":"\\ud800\\u00e9"}'),
    ({"n": 2**80}, str({"n": 2**80}).replace("'", '"').replace(" ", "").encode()),
    (Point(extra={"x": 1}), b'{"x":1}'),
    ([Point(extra={"x": 1}), {"y": Point()}], b'[{"x":1},{"y":{}}]'),
]


@pytest.mark.parametrize(("body", "expected"), BODIES)
def test_bodies(body: object, expected: bytes | None) -> None:
    assert encode(body) == expected


def test_a_codec_prints_what_json_cannot() -> None:
    codec = codecs.ListOf(codecs.Date())
    assert encode([datetime.date(2024, 1, 2)], codec) == b'["2024-01-02"]'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("extra", ["", "\ud800"])
def test_numbers_that_json_lacks_are_refused(value: float, extra: str) -> None:
    with pytest.raises(ValueError, match="JSON"):
        encode({"a": value, "b": extra})


JSON: st.SearchStrategy[Json] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(st.characters(codec=None), max_size=5),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ),
    max_leaves=10,
)


@given(st.one_of(st.lists(JSON), st.dictionaries(st.text(), JSON)))
def test_any_json_is_encoded_so_that_it_decodes(value: Json) -> None:
    content = encode(value)
    assert content is not None
    found = json.loads(content)
    assert json.dumps(found) == json.dumps(value)


@pytest.mark.parametrize(
    "body",
    [
        (Point(),),
        types.MappingProxyType({"a": 1}),
        collections.OrderedDict(a=Point()),
        collections.deque([1]),
    ],
)
def test_other_sequences_and_mappings_are_bodies(body: object) -> None:
    assert encode(body) in (b"[{}]", b'{"a":1}', b'{"a":{}}', b"[1]")


POINT = codecs.MapOf(codecs.INTEGER)
NOTHING = "$: expected object, received null"
TEXT_IS_NO_OBJECT = "$: expected object, received string"

DECODED: list[tuple[Expect, bytes, object, list[str]]] = [
    (Expect(), b"", None, []),
    (Expect(), b'{"a":1}', {"a": 1}, []),
    (Expect(), b"plain", "plain", []),
    (Expect(), "é".encode(), "é", []),
    (Expect(json=POINT), b'{"a":1}', {"a": 1}, []),
    (Expect(json=POINT), b'{"a":"1"}', {"a": "1"}, ["$.a: expected integer, received string"]),
    (Expect(json=POINT), b"{", "{", [TEXT_IS_NO_OBJECT]),
    (Expect(json=POINT), b"", None, [NOTHING]),
    (Expect(json=POINT, empty=True), b"", None, []),
    (Expect(json=POINT, empty=True), b'{"a":1}', {"a": 1}, []),
    (Expect(json=POINT, text=True), b'{"a":1}', {"a": 1}, []),
    (Expect(json=POINT, text=True), b"plain", "plain", []),
    (Expect(json=POINT, text=True), b"5", 5, ["$: expected object, received integer"]),
    (Expect(json=POINT, data=True), b'{"a":1}', {"a": 1}, []),
    (Expect(json=POINT, data=True), b"", b"", []),
    (Expect(json=Point), b'{"x":1}', Point(extra={"x": 1}), []),
    (Expect(json=Point), b"[]", [], ["$: expected object, received array"]),
    (Expect(text=True), b'{"a":1}', '{"a":1}', []),
    (Expect(text=True, empty=True), b"", None, []),
    (Expect(text=True, empty=True), b"x", "x", []),
    (Expect(data=True), b"\x00\xff", b"\x00\xff", []),
    (Expect(data=True), b"{}", b"{}", []),
    (Expect(data=True), b"", b"", []),
    (Expect(data=True, text=True), b"\xff", b"\xff", []),
    (Expect(empty=True), b"", None, []),
    (Expect(empty=True), b"surprise", "surprise", []),
    (Expect(json=codecs.NULL), b"null", None, []),
    (Expect(json=codecs.STRING), b'"a"', "a", []),
]  # fmt: skip


def decoded(
    expect: Expect, content: bytes, status: int = 200
) -> tuple[Json, list[str]]:
    """The value and the mismatches."""
    root: list[Json] = [None]
    drift = Drift(root)
    value = expect.decode(httpx2.Response(status, content=content), drift, root)
    return value, list(map(str, drift.mismatches()))


@pytest.mark.parametrize(("expect", "content", "value", "mismatches"), DECODED)
def test_replies(
    expect: Expect, content: bytes, value: object, mismatches: list[str]
) -> None:
    found, drift = decoded(expect, content)
    assert (type(found), found, drift) == (type(value), value, mismatches)


def test_text_replies_follow_their_charset() -> None:
    response = httpx2.Response(
        200, content=b"\xe9", headers={"Content-Type": "text/plain; charset=latin-1"}
    )
    assert Expect(text=True).decode(response, Drift([None]), [None]) == "é"


def test_binary_replies_beside_json_are_bytes() -> None:
    content = b"\x89PNG\xff"
    assert decoded(Expect(json=POINT, data=True), content) == (content, [])


def test_an_empty_text_is_text() -> None:
    assert decoded(Expect(text=True), b"") == ("", [])


def test_replies_nested_too_deep_are_text() -> None:
    content = b"[" * 100_000 + b"]" * 100_000
    value, _ = decoded(Expect(json=codecs.LIST), content)
    assert value == content.decode()


REPLIES = {
    200: Expect(text=True),
    201: Expect(json=POINT),
    404: Expect(data=True),
}
EXPECTED = [
    (200, Expect(text=True)),
    (201, Expect(json=POINT)),
    (202, Expect(text=True)),
    (302, Expect()),
    (304, Expect()),
    (404, Expect(data=True)),
    (400, Expect()),
    (500, Expect()),
]


@pytest.mark.parametrize(("status", "expect"), EXPECTED)
def test_unknown_statuses(status: int, expect: Expect) -> None:
    operation = Operation("One", "GET", "h", "/", replies=REPLIES)
    assert operation.expect(status) == expect


def test_errors_alone_say_nothing_of_success() -> None:
    operation = Operation("One", "GET", "h", "/", replies={404: Expect(text=True)})
    assert operation.expect(200) == Expect()
