"""What a caller gives: path, query and header parameters (DESIGN 4)."""

from __future__ import annotations

import typing

import build
import pytest

from pmgen.api import Param, Ref, Where
from pmgen.diagnostics import Rule

if typing.TYPE_CHECKING:
    from pmgen.api import Operation


def url(*path: build.Data, **more: build.Data) -> build.Data:
    return {"protocol": "https", "host": ["h", "test"], "path": [*path], **more}


def operation(
    form: build.Data, *responses: build.Data, **more: build.Data
) -> Operation:
    return build.operation(build.get(form), *responses, **more)


def params(found: Operation, where: Where) -> list[Param]:
    return [param for param in found.params if param.where is where]


def in_query(*rows: build.Data, **more: build.Data) -> list[Param]:
    return params(operation(url("x", query=[*rows]), **more), Where.QUERY)


def with_header(*rows: build.Data, **more: build.Data) -> Operation:
    return build.operation(build.get(url("x"), header=[*rows]), **more)


@pytest.mark.parametrize(
    ("segments", "template", "wires"),
    [
        (["a", "b"], ("/a/b",), []),
        ([], (), []),
        ([""], ("/",), []),
        (["a", ""], ("/a/",), []),
        ([":id"], ("/", Ref(":id")), ["id"]),
        (["u", ":id", "x"], ("/u/", Ref(":id"), "/x"), ["id"]),
        ([":id.json"], ("/", Ref(":id"), ".json"), ["id"]),
        ([":sp ace"], ("/", Ref(":sp ace")), ["sp ace"]),
        ([":a", ":b"], ("/", Ref(":a"), "/", Ref(":b")), ["a", "b"]),
        ([":a", ":a"], ("/", Ref(":a"), "/", Ref(":a")), ["a"]),
        ([":id:sub"], ("/:id:sub",), []),
        (["a:id"], ("/a:id",), []),
        ([":"], ("/:",), []),
        (["{id}"], ("/%7Bid%7D",), []),
        (["{{v}}"], ("/", Ref("{{v}}")), ["v"]),
        (["a-{{v}}.json"], ("/a-", Ref("{{v}}"), ".json"), ["v"]),
        (["{{v}}{{w}}"], ("/", Ref("{{v}}"), Ref("{{w}}")), ["v", "w"]),
        (["a b", "é", "%41"], ("/a%20b/%C3%A9/%41",), []),
        (["..", "."], ("/%2E%2E/%2E",), []),
    ],
)
def test_a_path_is_a_template_of_its_variables(
    segments: list[str], template: build.Data, wires: list[str]
) -> None:
    found = operation(url(*segments))
    assert found.path == template
    assert [param.wire for param in params(found, Where.PATH)] == wires


def test_a_path_variable_is_required_whatever_its_value() -> None:
    for value in ("7", "", None):
        rows = [{"key": "id", "value": value, "description": "Which."}]
        (found,) = operation(url(":id", variable=rows)).params
        assert (found.required, found.default) == (True, None)
        assert found.description == "Which."


def test_a_braced_path_variable_is_optional_where_the_collection_knows_it() -> None:
    (unknown,) = operation(url("{{v}}")).params
    assert (unknown.required, unknown.default) == (True, None)
    (known,) = operation(url("{{v}}"), variable=build.pairs(v="2")).params
    assert (known.required, known.default, known.kind) == (False, "2", "int")


def test_a_path_variable_learns_from_the_saved_requests() -> None:
    saved = [
        {"code": 200, "originalRequest": build.get(url("u", value))}
        for value in ("8", "9")
    ]
    rows = build.pairs(id="7")
    (found,) = operation(url("u", ":id", variable=rows), *saved).params
    assert (found.seen, found.kind) == (("7", "8", "9"), "int")


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1"], "int"),
        (["-1", "0"], "int"),
        (["1", "1.5"], "float"),
        (["true", "false"], "bool"),
        (["True"], "str"),
        (["007"], "str"),
        (["+1"], "str"),
        (["1e5"], "str"),
        (["1", "x"], "str"),
        (["1", "true"], "str"),
        (["9" * 20], "str"),
        (["²"], "str"),
        ([""], "str"),
        ([], "str"),
    ],
)
def test_the_kind_of_a_parameter_is_its_values_plainest_reading(
    values: list[str], kind: str
) -> None:
    first, *others = [{"key": "q", "value": value} for value in values] or [
        {"key": "q"}
    ]
    saved = [
        {"code": 200, "originalRequest": build.get(url("x", query=[row]))}
        for row in others
    ]
    (found,) = operation(url("x", query=[first]), *saved).params
    assert found.kind == kind


def test_one_key_is_one_parameter() -> None:
    found = in_query(*build.pairs(a="1"), *build.pairs(b="2"), *build.pairs(a="3"))
    assert [(p.wire, p.repeated, p.sample) for p in found] == [
        ("a", True, ("1", "3")),
        ("b", False, ("2",)),
    ]


def test_a_query_parameter_is_optional_and_not_sent_by_default() -> None:
    (found,) = in_query(*build.pairs(a="1"))
    assert (found.required, found.default, found.flag) == (False, None, False)
    assert found.seen == ("1",)


@pytest.mark.parametrize(
    ("row", "flag"),
    [
        ({"key": "wsdl"}, True),
        ({"key": "wsdl", "value": None}, True),
        ({"key": "wsdl", "value": ""}, False),
        ({"key": "wsdl", "value": None, "disabled": True}, False),
    ],
)
def test_a_key_without_a_value_is_a_flag(row: build.Data, flag: bool) -> None:
    (found,) = in_query(row)
    assert found.flag is flag


def test_a_disabled_parameter_is_an_argument_that_is_not_sent() -> None:
    (found,) = in_query({"key": "a", "value": "1", "disabled": True})
    assert (found.required, found.default, found.sample) == (False, None, ())
    assert (found.seen, found.kind) == (("1",), "int")


def test_disabled_and_enabled_rows_of_one_key_are_one_parameter() -> None:
    found = in_query(
        {"key": "a", "value": "1", "disabled": True}, {"key": "a", "value": "2"}
    )
    assert [(p.wire, p.sample, p.repeated) for p in found] == [("a", ("2",), False)]


@pytest.mark.parametrize(
    ("description", "required"),
    [
        ("(Required) The page.", True),
        ("(required)", True),
        ("(REQUIRED) x", True),
        ("Required. x", False),
        ("The page (Required)", False),
        ("", False),
    ],
)
def test_a_description_that_begins_with_required_makes_it_so(
    description: str, required: bool
) -> None:
    (found,) = in_query({"key": "a", "value": "1", "description": description})
    assert found.required is required
    assert found.description == description


@pytest.mark.parametrize(
    "row", [{"key": None, "value": "v"}, {"key": "", "value": "v"}, {"value": "v"}]
)
def test_a_nameless_parameter_is_left_out_and_reported(row: build.Data) -> None:
    data = build.collection(build.item(build.get(url("x", query=[row]))))
    found, said = build.lowered(data)
    assert build.operations(found)[0].params == ()
    assert [(d.rule.code, d.pointer) for d in said] == [
        ("PM044", "/item/0/request/url/query/0")
    ]


def test_values_and_keys_are_data_and_so_decoded() -> None:
    (found,) = operation("https://h.test/x?a%20b=c%20d%2Be").params
    assert (found.wire, found.seen, found.sample) == ("a b", ("c d+e",), ("c d+e",))


def test_a_credential_in_the_query_comes_from_the_settings() -> None:
    (found,) = in_query(*build.pairs(q="{{token}}"))
    assert found.fallback == (Ref("{{token}}"),)
    assert not found.required


def twins(*urls: build.Data, method: str = "GET") -> list[list[str | None]]:
    """The default of each query parameter of each request."""
    items = [build.item({"method": method, "url": form}) for form in urls]
    found, _ = build.lowered(build.collection(*items))
    return [
        [param.default for param in params(one, Where.QUERY)]
        for one in build.operations(found)
    ]


def test_what_tells_twins_apart_is_sent_by_default() -> None:
    assert twins(
        "https://h.test/x?sort=name&page=1", "https://h.test/x?sort=age&page=1"
    ) == [
        ["name", None],
        ["age", None],
    ]


def test_a_key_that_the_twin_lacks_tells_them_apart() -> None:
    assert twins("https://h.test/x?a=1", "https://h.test/x") == [["1"], []]


@pytest.mark.parametrize(
    "other",
    [
        "https://h.test/y?a=2",
        "https://i.test/x?a=2",
        "http://h.test/x?a=2",
        "h.test/x?a=2",
    ],
)
def test_requests_at_different_places_are_no_twins(other: str) -> None:
    assert twins("https://h.test/x?a=1", other) == [[None], [None]]


def test_equal_requests_are_not_told_apart() -> None:
    assert twins("https://h.test/x?a=1", "https://h.test/x?a=1") == [[None], [None]]


def test_a_method_tells_requests_apart_already() -> None:
    items = [
        build.item({"method": method, "url": f"https://h.test/x?a={method}"})
        for method in ("GET", "POST")
    ]
    found, _ = build.lowered(build.collection(*items))
    assert [o.params[0].default for o in build.operations(found)] == [None, None]


def test_disabled_rows_tell_nothing_apart() -> None:
    row = {"key": "a", "value": "1", "disabled": True}
    assert twins(url("x", query=[row]), url("x")) == [[None], []]


def test_a_literal_header_is_constant() -> None:
    found = with_header(*build.pairs(Accept="text/csv", Empty=""))
    assert found.headers == (("Accept", ("text/csv",)), ("Empty", ()))
    assert found.params == ()


def test_a_header_with_a_variable_is_an_argument() -> None:
    found = with_header(*build.pairs(Range="bytes={{from}}-"))
    assert found.headers == (("Range", ("bytes=", Ref("{{from}}"), "-")),)
    assert [(p.wire, p.where, p.required) for p in found.params] == [
        ("from", Where.HEADER, True)
    ]


def test_a_header_variable_that_the_collection_knows_has_its_default() -> None:
    (found,) = with_header(*build.pairs(A="{{v}}"), variable=build.pairs(v="1")).params
    assert (found.required, found.default) == (False, "1")


def test_a_disabled_header_is_an_optional_argument() -> None:
    row = {"key": "X-Trace", "value": "on", "disabled": True, "description": "Why."}
    found = with_header(row)
    assert found.headers == ()
    (param,) = found.params
    assert (param.wire, param.required, param.default) == ("X-Trace", False, None)
    assert (param.seen, param.description) == (("on",), "Why.")


def test_a_disabled_header_beside_an_enabled_one_is_no_argument() -> None:
    found = with_header(
        {"key": "a", "value": "1", "disabled": True}, {"key": "A", "value": "2"}
    )
    assert (found.headers, found.params) == ((("A", ("2",)),), ())


def test_disabled_headers_of_one_name_are_one_argument() -> None:
    rows = [{"key": key, "value": "1", "disabled": True} for key in ("A", "a", "B")]
    assert [param.wire for param in with_header(*rows).params] == ["A", "B"]


def test_a_nameless_header_is_left_out() -> None:
    found = with_header({"key": "", "value": "v"}, {"value": "v"})
    assert (found.headers, found.params) == ((), ())


def test_a_credential_header_is_a_setting_and_no_argument() -> None:
    found = with_header(*build.pairs(Authorization="Token {{t}}"))
    assert found.credentials == (("Authorization", ("Token ", Ref("{{t}}"))),)
    assert not found.headers
    assert not found.params


@pytest.mark.parametrize(
    "name", ["Content-Length", "connection", "Accept-Encoding", "X-{{unknown}}", "X é"]
)
def test_a_header_that_is_not_the_callers_to_send_is_left_out_and_reported(
    name: str,
) -> None:
    request = build.get(url("a"), header=build.pairs(**{name: "1", "A": "2"}))
    found, diagnostics = build.lowered(build.collection(build.item(request)))
    (lowered,) = found.root.operations
    assert [header for header, _ in lowered.headers] == ["A"]
    assert lowered.sent is not None
    assert lowered.sent.headers == (("A", "2"),)
    assert [d.rule for d in diagnostics] == [Rule.HEADER_SKIPPED]


def test_a_suffix_of_a_path_variable_may_hold_a_variable() -> None:
    found = build.operation(build.get(url(":num.{{format}}")))
    assert found.path == ("/", Ref(":num"), ".", Ref("{{format}}"))


def test_a_path_variable_and_a_variable_of_one_name_are_two_arguments() -> None:
    found = build.operation(build.get(url(":id", "b", "{{id}}")))
    assert found.path == ("/", Ref(":id"), "/b/", Ref("{{id}}"))


def test_parameters_come_in_the_order_path_query_header() -> None:
    request = build.get(
        url(":p", query=build.pairs(q="1")), header=build.pairs(H="{{h}}")
    )
    found = build.operation(request)
    assert [p.where for p in found.params] == [Where.PATH, Where.QUERY, Where.HEADER]


def test_a_variable_in_path_and_header_is_one_argument() -> None:
    request = build.get(url("{{v}}"), header=build.pairs(A="{{v}}"))
    found = build.operation(request)
    assert [(p.key, p.where) for p in found.params] == [("{{v}}", Where.PATH)]


@pytest.mark.parametrize(
    ("rows", "sent"),
    [
        (["X-B:1", "X-B:2", "x-b:3"], ["x-b:3"]),
        (["X-A:1", "x-a:2", "X-A:3"], ["x-a:2"]),
        (["X-A:1", "X-C:2", "X-A:3"], ["X-A:1", "X-C:2", "X-A:3"]),
        (["X-C:4", "x-c:5 off"], ["X-C:4"]),
    ],
)
def test_of_names_that_differ_in_case_the_last_new_one_is_sent(
    rows: list[str], sent: list[str]
) -> None:
    header: list[build.Data] = []
    for row in rows:
        name, _, value = row.partition(":")
        off = value.endswith(" off")
        header.append({"key": name, "value": value, "disabled": off})
    item = build.item(build.get("https://h.test/x", header=header))
    api, said = build.lowered(build.collection(item))
    (operation,) = build.operations(api)
    assert [f"{n}:{''.join(map(str, v))}" for n, v in operation.headers] == sent
    assert len(build.codes(said)) == sum(" off" not in r for r in rows) - len(sent)
    assert operation.sent is not None
    assert [f"{n}:{v}" for n, v in operation.sent.headers] == sent


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("Accept-Encoding", "gzip, deflate", True),
        ("Accept-Encoding", "gzip, br", False),
        ("Connection", "close", True),
        ("Connection", "upgrade", False),
        ("Content-Length", "3", False),
        ("Transfer-Encoding", "chunked", False),
    ],
)
def test_what_the_http_library_can_keep_to_is_sent(
    name: str, value: str, kept: bool
) -> None:
    header = build.pairs(**{name: value})
    found = build.operation(build.get("https://h.test/x", header=header))
    assert bool(found.headers) is kept
