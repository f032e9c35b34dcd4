"""Format 1.0: URL, query, path variables, headers, body and auth of a request, in the canonical form of format 2."""

from __future__ import annotations

import typing

import build
import pytest
from build_v1 import brief, folder, folders, places, req, request, shop

from pmgen.diagnostics import Rule

if typing.TYPE_CHECKING:
    from pmgen.postman import Auth, Body, Request


def reported(**keys: build.Data) -> tuple[Request, list[tuple[Rule, str]]]:
    """One request that has something to report."""
    parsed, diagnostics = build.parse(shop(req(**keys)))
    found = build.first(parsed).request
    assert found is not None
    return found, places(diagnostics)


# --- URL, query and path variables ----------------------------------------------------------------------------------


def test_the_url_is_text_with_its_query() -> None:
    found = request(url="{{base}}/carts/:id?dry=1").url
    assert (found.host, found.path) == ("{{base}}", ("carts", ":id"))
    assert brief(found.query) == [("dry", "1", True)]
    assert found.pointer == "/requests/0/url"


def test_a_url_object_is_read_as_in_format_2() -> None:
    found = request(url={"host": ["h"], "path": ["a"], "query": [{"key": "q"}]}).url
    assert (found.host, found.path) == ("h", ("a",))
    assert brief(found.query) == [("q", None, True)]


def test_a_request_without_a_url_is_kept() -> None:
    data = shop({"id": "r", "name": "r"})
    found = build.first(build.sound(data)).request
    assert found is not None
    assert (found.method, found.url.host, found.url.path) == ("GET", "", None)


@pytest.mark.parametrize(
    ("method", "expected"), [("patch", "PATCH"), (None, "GET"), ("", "GET")]
)
def test_the_method(method: str | None, expected: str) -> None:
    assert request(method=method).method == expected


@pytest.mark.parametrize(
    ("url", "listed", "expected"),
    [
        ("http://h?a=1", [], [("a", "1", True)]),
        ("http://h?a=1", None, [("a", "1", True)]),
        ("http://h", [{"key": "a", "value": "1"}], [("a", "1", True)]),
        ("http://h?a=1", [{"key": "a", "value": "2"}], [("a", "2", True)]),
        (
            "http://h?a=1",
            [{"key": "a", "value": "2", "enabled": False}],
            [("a", "2", False)],
        ),
        ("http://h", [{"key": "a", "value": "1", "enabled": True}], [("a", "1", True)]),
        (
            "http://h?b=2&a=1&c",
            [{"key": "a", "value": "1"}],
            [("a", "1", True), ("b", "2", True), ("c", None, True)],
        ),
        ("http://h?a%20b=1", [{"key": "a b", "value": "1"}], [("a b", "1", True)]),
        (
            "http://h?a%20b=1",
            [{"key": "a%20b", "value": "1"}],
            [("a%20b", "1", True)],
        ),
        ("http://h?", [{"key": "a", "value": "1"}], [("a", "1", True)]),
        ("http://h", [{"key": "a", "value": None}], [("a", None, True)]),
        ("http://h", [{"key": "a", "value": None, "equals": True}], [("a", "", True)]),
        ("http://h", [{"key": "a", "value": "", "equals": False}], [("a", None, True)]),
        ("http://h", [{"key": "a", "value": "1", "equals": False}], [("a", "1", True)]),
        ("http://h", {"a": "1"}, [("a", "1", True)]),
    ],
)
def test_query_params_are_the_truth_and_names_of_the_url_alone_stay(
    url: str, listed: build.Data, expected: build.Data
) -> None:
    assert brief(request(url=url, queryParams=listed).url.query) == expected


def test_a_query_parameter_keeps_its_description_and_place() -> None:
    (found,) = request(queryParams=[{"key": "a", "description": "why"}]).url.query
    assert (found.description, found.pointer) == ("why", "/requests/0/queryParams/0")


def test_a_query_value_that_is_no_text_is_dropped_as_in_format_2() -> None:
    found, told = reported(queryParams=[{"key": "a", "value": 5}])
    assert brief(found.url.query) == [("a", None, True)]
    assert told == [(Rule.QUERY_VALUE_DROPPED, "/requests/0/queryParams/0/value")]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"pathVariables": {"id": "7"}}, [("id", "7", True)]),
        ({"pathVariables": '{"id": "7"}'}, [("id", "7", True)]),
        ({"pathVariables": " "}, []),
        ({"pathVariables": None}, []),
        ({"pathVariables": []}, []),
        ({"pathVariableData": [{"key": "id", "value": "7"}]}, [("id", "7", True)]),
        ({"pathVariableData": [{"id": "id", "value": "7"}]}, [("id", "7", True)]),
        (
            {
                "pathVariables": {"id": "7", "no": "8"},
                "pathVariableData": [{"key": "id", "value": "9"}],
            },
            [("id", "9", True), ("no", "8", True)],
        ),
        (
            {
                "pathVariables": {"id": "7"},
                "url": {
                    "host": "h",
                    "variable": [
                        {"key": "id", "value": "1"},
                        {"key": "x", "value": "2"},
                    ],
                },
            },
            [("id", "7", True), ("x", "2", True)],
        ),
    ],
)
def test_path_variables(keys: build.Data, expected: build.Data) -> None:
    assert brief(request(**keys).url.variables) == expected


def test_path_variables_keep_place_and_description() -> None:
    row = {"key": "id", "value": "7", "description": "the cart"}
    found = request(pathVariableData=[row], pathVariables={"a/b": "1"}).url.variables
    assert [(pair.description, pair.pointer) for pair in found] == [
        ("the cart", "/requests/0/pathVariableData/0"),
        ("", "/requests/0/pathVariables/a~1b"),
    ]


def test_path_variables_that_are_no_json_are_reported() -> None:
    found, told = reported(pathVariables="{id")
    assert found.url.variables == ()
    assert told == [(Rule.WRONG_TYPE, "/requests/0/pathVariables")]


# --- Headers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"headers": ""}, []),
        ({"headers": None}, []),
        (
            {"headers": "A: 1\n//B: 2\n// C:3\nnone\n"},
            [("A", "1", True), ("B", "2", False), ("C", "3", False)],
        ),
        ({"headers": "A: http://h//x"}, [("A", "http://h//x", True)]),
        ({"headers": [{"key": "A", "value": "1"}]}, [("A", "1", True)]),
        (
            {"headerData": [{"key": "A", "value": "1", "enabled": False}]},
            [("A", "1", False)],
        ),
        (
            {"headerData": [{"key": "A", "value": "1", "enabled": True}]},
            [("A", "1", True)],
        ),
        ({"headerData": [{"key": "//A", "value": "1"}]}, [("A", "1", False)]),
        ({"headerData": [{"key": "A", "value": None}]}, [("A", "null", True)]),
        (
            {"headers": "A: 1\nB: 2", "headerData": [{"key": "A", "value": "3"}]},
            [("A", "3", True), ("B", "2", True)],
        ),
        (
            {"headers": "//A: 1", "headerData": [{"key": "A", "value": "3"}]},
            [("A", "3", True)],
        ),
        ({"headers": "A: 1\nA: 2"}, [("A", "1", True), ("A", "2", True)]),
    ],
)
def test_headers_are_merged(keys: build.Data, expected: build.Data) -> None:
    assert brief(request(**keys).headers) == expected


def test_a_header_keeps_its_description_and_place() -> None:
    (found,) = request(headerData=[{"key": "A", "description": "why"}]).headers
    assert (found.description, found.pointer) == ("why", "/requests/0/headerData/0")


# --- Body -----------------------------------------------------------------------------------------------------------


FIELDS = [{"key": "a", "value": "1", "type": "text", "enabled": True}]
OFF = [{"key": "a", "value": "1", "enabled": False}]


def body(**keys: build.Data) -> Body | None:
    return request(method="POST", **keys).body


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"data": []},
        {"data": None},
        {"data": "", "rawModeData": ""},
        {"dataMode": None, "data": FIELDS, "rawModeData": "x"},
        {"dataMode": "raw"},
        {"dataMode": "raw", "rawModeData": ""},
        {"dataMode": "raw", "rawModeData": []},
        {"dataMode": "raw", "rawModeData": [""]},
        {"dataMode": "raw", "data": FIELDS},
        {"dataMode": "raw", "rawModeData": "x", "dataDisabled": True},
        {"dataMode": "urlencoded"},
        {"dataMode": "urlencoded", "data": []},
        {"dataMode": "urlencoded", "data": OFF},
        {"dataMode": "urlencoded", "data": [{"value": "no key"}]},
        {"dataMode": "urlencoded", "data": [], "rawModeData": "x"},
        {"dataMode": "params", "data": []},
        {"dataMode": "params", "data": None, "rawModeData": "x"},
        {"dataMode": "binary"},
        {"dataMode": "binary", "rawModeData": None, "data": FIELDS},
        {"dataMode": "graphql"},
        {"dataMode": "graphql", "graphqlModeData": {}, "data": FIELDS},
    ],
)
def test_where_postman_would_send_no_body_there_is_none(keys: build.Data) -> None:
    assert body(**keys) is None


@pytest.mark.parametrize(
    ("keys", "pointer"),
    [
        ({"dataMode": "raw", "rawModeData": "x"}, "/rawModeData"),
        ({"dataMode": "raw", "rawModeData": ["x"]}, "/rawModeData/0"),
        ({"dataMode": "raw", "data": "x"}, "/data"),
        ({"dataMode": "raw", "rawModeData": "", "data": "x"}, "/data"),
        ({"dataMode": "raw", "rawModeData": "x", "data": FIELDS}, "/rawModeData"),
        ({"dataMode": "raw", "rawModeData": "x", "data": "y"}, "/rawModeData"),
        ({"data": "x"}, "/data"),
        ({"rawModeData": "x", "data": FIELDS}, "/rawModeData"),
        ({"dataMode": "novel", "data": "x"}, "/data"),
        (
            {"dataMode": "raw", "rawModeData": "x", "dataDisabled": False},
            "/rawModeData",
        ),
    ],
)
def test_a_raw_body_is_in_one_of_two_places(keys: build.Data, pointer: str) -> None:
    found = body(**keys)
    assert found is not None
    assert (found.mode, found.raw) == ("raw", keys.get("data", "x") and "x")
    assert found.pointer == f"/requests/0{pointer}"


def test_a_raw_body_keeps_its_language() -> None:
    options = {"raw": {"language": "json"}}
    found = body(dataMode="raw", rawModeData="{}", dataOptions=options)
    assert found is not None
    assert found.language == "json"


def test_a_raw_body_that_is_no_text_is_refused() -> None:
    found, told = reported(dataMode="raw", rawModeData={"a": 1})
    assert found.body is None
    assert told == [(Rule.WRONG_TYPE, "/requests/0/rawModeData")]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"data": [*FIELDS, *OFF]}, [("a", "1", True), ("a", "1", False)]),
        ({"data": "a=1&b=2"}, [("a", "1", True), ("b", "2", True)]),
        ({"data": {"a": "1"}}, [("a", "1", True)]),
        ({"rawModeData": FIELDS}, [("a", "1", True)]),
        ({"data": FIELDS, "rawModeData": [*FIELDS, *FIELDS]}, [("a", "1", True)]),
    ],
)
def test_an_urlencoded_body_has_fields(keys: build.Data, expected: build.Data) -> None:
    found = body(dataMode="urlencoded", **keys)
    assert found is not None
    assert (found.mode, brief(found.fields)) == ("urlencoded", expected)


@pytest.mark.parametrize(
    ("keys", "mode", "pointer"),
    [
        ({"dataMode": "params", "data": FIELDS}, "formdata", "/data"),
        ({"dataMode": "params", "rawModeData": FIELDS}, "formdata", "/rawModeData"),
        ({"data": FIELDS}, "formdata", "/data"),
        ({"dataMode": "binary", "rawModeData": "/a/b.png"}, "file", "/rawModeData"),
        ({"dataMode": "binary", "rawModeData": ""}, "file", "/rawModeData"),
        (
            {"dataMode": "graphql", "graphqlModeData": {"query": "q"}},
            "graphql",
            "/graphqlModeData",
        ),
        (
            {
                "dataMode": "graphql",
                "data": {"query": "q"},
                "dataOptions": {"graphql": {}},
            },
            "graphql",
            "/data",
        ),
        ({"graphqlModeData": {"query": "q"}}, "graphql", "/graphqlModeData"),
    ],
)
def test_other_bodies_keep_their_place(
    keys: build.Data, mode: str, pointer: str
) -> None:
    found = body(**keys)
    assert found is not None
    assert (found.mode, found.pointer) == (mode, f"/requests/0{pointer}")


def test_form_data_that_is_no_list_is_refused() -> None:
    found, told = reported(dataMode="params", data=5)
    assert found.body is None
    assert told == [(Rule.WRONG_TYPE, "/requests/0/data")]


# --- Auth -----------------------------------------------------------------------------------------------------------


BASIC = {"type": "basic", "basic": [{"key": "username", "value": "u"}]}


def auth(**keys: build.Data) -> Auth:
    found = request(**keys).auth
    assert found is not None
    return found


def test_auth_is_the_list_of_format_2() -> None:
    found = auth(auth=BASIC)
    assert (found.type, found.parameters) == ("basic", {"username": "u"})
    assert found.pointer == "/requests/0/auth"


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"auth": None},
        {"currentHelper": None},
        {"currentHelper": "normal", "helperAttributes": {}},
        {"currentHelper": "", "auth": BASIC},
        {"currentHelper": None, "auth": BASIC},
        {"currentHelper": "normal", "auth": BASIC},
    ],
)
def test_no_auth_of_its_own_inherits(keys: build.Data) -> None:
    assert request(**keys).auth is None


def test_a_helper_beats_auth_and_attributes_without_a_helper_do_not() -> None:
    old = {"helperAttributes": {"id": "bearer", "token": "t"}, "auth": BASIC}
    assert auth(currentHelper="bearerAuth", **old).parameters == {"token": "t"}
    assert auth(**old).parameters == {"username": "u"}


@pytest.mark.parametrize(
    ("helper", "kind"),
    [
        ("apikeyAuth", "apikey"),
        ("asapAuth", "asap"),
        ("awsSigV4", "awsv4"),
        ("basicAuth", "basic"),
        ("bearerAuth", "bearer"),
        ("digestAuth", "digest"),
        ("edgegridAuth", "edgegrid"),
        ("hawkAuth", "hawk"),
        ("jwtAuth", "jwt"),
        ("ntlmAuth", "ntlm"),
        ("oAuth1", "oauth1"),
        ("oAuth2", "oauth2"),
        ("magic", "magic"),
    ],
)
def test_every_helper_has_its_type(helper: str, kind: str) -> None:
    given = {"id": "x", "saveToRequest": True, "algorithm": "SHA", "on": True}
    found = auth(currentHelper=helper, helperAttributes=given)
    assert (found.type, found.parameters) == (kind, {"algorithm": "SHA", "on": "true"})
    assert found.pointer == "/requests/0/helperAttributes"


@pytest.mark.parametrize(
    ("helper", "given", "expected"),
    [
        (
            "oAuth1",
            {"header": True, "includeEmpty": False, "auto": True, "realm": "r"},
            {
                "addParamsToHeader": "true",
                "addEmptyParamsToSign": "false",
                "autoAddParam": "true",
                "realm": "r",
            },
        ),
        (
            "hawkAuth",
            {"hawk_id": "i", "hawk_key": "k", "ext": "e", "app": "a", "dlg": "d"},
            {
                "authId": "i",
                "authKey": "k",
                "extraData": "e",
                "app": "a",
                "delegation": "d",
            },
        ),
        ("jwtAuth", {"header": "{}"}, {"header": "{}"}),
    ],
)
def test_old_names_of_parameters(
    helper: str, given: build.Data, expected: build.Data
) -> None:
    found = auth(currentHelper=helper, helperAttributes=given)
    assert found.parameters == expected


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('{"id": "basic", "username": "u"}', {"username": "u"}),
        ("null", {}),
        ("", {}),
        (None, {}),
    ],
)
def test_attributes_may_be_json_as_text(
    attributes: build.Data, expected: build.Data
) -> None:
    found = auth(currentHelper="basicAuth", helperAttributes=attributes)
    assert (found.type, found.parameters) == ("basic", expected)


def test_attributes_that_are_no_json_are_reported_and_the_type_stays() -> None:
    found, told = reported(currentHelper="basicAuth", helperAttributes="{username")
    assert found.auth is not None
    assert (found.auth.type, found.auth.parameters) == ("basic", {})
    assert told == [(Rule.WRONG_TYPE, "/requests/0/helperAttributes")]


def test_collection_and_folders_have_auth_too() -> None:
    bearer = {"type": "bearer", "bearer": [{"key": "token", "value": "t"}]}
    data = shop(auth=BASIC, folders=[folder("f", auth=bearer)])
    parsed = build.sound(data)
    (inner,) = folders(parsed.root)
    assert parsed.root.auth is not None
    assert inner.auth is not None
    assert (parsed.root.auth.type, parsed.root.auth.pointer) == ("basic", "/auth")
    assert (inner.auth.type, inner.auth.pointer) == ("bearer", "/folders/0/auth")
