"""Which saved example a mock answers with: one table for each rule that Postman documents, and for each of ours."""

from __future__ import annotations

import typing

import build
import pytest

from pmgen.lower.variables import Values
from pmgen.mock import Call, Catalog, Found, Refusal, catalog, choose
from pmgen.mock.match import allowed
from pmgen.mock.score import fit
from pmgen.postman import Variable

if typing.TYPE_CHECKING:
    from pmgen.mock.score import Fit

NOT_LIKE = "(none)"


def example(
    name: str, url: str | build.Data = "", code: int | None = 200, **asked: build.Data
) -> build.Data:
    """An example with a request of its own; keywords are the request's other keys."""
    request = {"method": "GET", "url": url, **asked}
    return {"name": name, "code": code, "body": name, "originalRequest": request}


def served(*examples: build.Data, **more: build.Data) -> Catalog:
    """The examples as those of one request."""
    data = build.collection(build.item(build.get("h.test/x"), *examples), **more)
    found, said = catalog(build.sound(data))
    assert said == ()
    return found


def answer(call: Call, *examples: build.Data, **more: build.Data) -> str:
    """The name of the example that answers."""
    found = choose(call, served(*examples, **more))
    return found.example.name if isinstance(found, Found) else NOT_LIKE


def fitted(target: str, url: str, **more: build.Data) -> Fit | None:
    (only,) = served(example("", url), **more).examples
    call = Call("GET", target)
    return fit(call.path, call.query, only.asked)


def score(target: str, url: str, **more: build.Data) -> float:
    found = fitted(target, url, **more)
    return found.score if found else 0


# 2. The method.


def test_only_examples_of_the_method_answer() -> None:
    both = example("got", "h.test/a"), example("made", "h.test/a", method="POST")
    assert answer(Call("GET", "/a"), *both) == "got"
    assert answer(Call("POST", "/a"), *both) == "made"
    assert answer(Call("PUT", "/a"), *both) == NOT_LIKE


def test_head_is_answered_as_get_would_be_unless_it_was_saved() -> None:
    got = example("got", "h.test/a")
    assert answer(Call("HEAD", "/a"), got) == "got"
    assert answer(Call("HEAD", "/a"), got, example("h", "h.test/a", method="HEAD")) == (
        "h"
    )


def test_a_refused_head_is_explained_as_get_would_be() -> None:
    found = choose(Call("HEAD", "/b"), served(example("got", "h.test/a")))
    assert isinstance(found, Refusal)
    assert "method" not in found.nearest[0].why


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/a", ("GET", "HEAD", "OPTIONS", "PUT")),
        ("/b", ("DELETE", "OPTIONS")),
        ("/c", ()),
    ],
)
def test_allowed_methods_are_those_of_the_path(
    target: str, expected: tuple[str, ...]
) -> None:
    found = served(
        example("1", "h.test/a"),
        example("2", "h.test/a", method="PUT"),
        example("3", "h.test/b", method="DELETE"),
    )
    assert allowed(Call("OPTIONS", target), found) == expected


# 3. The headers that name an example.

NAMED = (
    {**example("one", "h.test/a"), "id": "i-9"},
    {**example("two", "h.test/a", 404), "id": "i-5", "uid": "77-i-5"},
    {**example("two", "h.test/b", 404), "id": "i-3"},
    {**example("Été  à la plage", "h.test/a", 201), "id": "i-7"},
)


@pytest.mark.parametrize(
    ("target", "headers", "expected"),
    [
        ("/a", {}, "i-9"),
        ("/a", {"code": "404"}, "i-5"),
        ("/a", {"code": " 404 "}, "i-5"),
        ("/b", {"code": "404"}, "i-3"),
        ("/a", {"code": "500"}, NOT_LIKE),
        ("/a", {"code": "teapot"}, NOT_LIKE),
        ("/a", {"id": "i-5"}, "i-5"),
        ("/a", {"id": "77-i-5"}, "i-5"),
        ("/a", {"id": "123-i-7"}, "i-7"),
        ("/a", {"id": "abc-i-7"}, NOT_LIKE),
        ("/a", {"id": "/item/0/response/1"}, "i-5"),
        ("/a", {"id": "i-"}, NOT_LIKE),
        ("/elsewhere", {"id": "i-7"}, "i-7"),
        ("/a", {"name": "two"}, "i-5"),
        ("/b", {"name": "two"}, "i-3"),
        ("/elsewhere", {"name": "two"}, "i-3"),  # the first by id
        ("/a", {"name": "Two"}, NOT_LIKE),
        ("/a", {"name": "Été à la plage"}, "i-7"),
        ("/a", {"name": "Été  à la  plage "}, "i-7"),
        ("/a", {"name": ""}, NOT_LIKE),
        ("/a", {"code": "404", "name": "one"}, NOT_LIKE),
        ("/a", {"id": "i-9", "name": "two"}, NOT_LIKE),
    ],
)
def test_headers_name_an_example(
    target: str, headers: dict[str, str], expected: str
) -> None:
    sent = {f"x-mock-response-{key}": value for key, value in headers.items()}
    data = build.collection(build.item(build.get("h.test/a"), *NAMED))
    found, _ = catalog(build.sound(data), ids=lambda p: by_pointer[p])
    by = {e.ids[0]: e for e in found.examples}
    assert len(by) == len(NAMED)
    result = choose(Call("GET", target, sent), found)
    got = result.example.ids[0] if isinstance(result, Found) else NOT_LIKE
    assert got == expected


by_pointer = {
    f"/item/0/response/{number}": tuple(
        each[key] for key in ("id", "uid") if key in each
    )
    for number, each in enumerate(NAMED)
}


@pytest.mark.parametrize("header", ["x-mock-response-id", "x-mock-response-name"])
def test_what_is_named_answers_whatever_its_headers_and_body(header: str) -> None:
    """Step 3 returns it, and step 6 is not reached."""
    value = {"x-mock-response-id": "/item/0/response/0"}.get(header, "one")
    sent = {
        header: value,
        "x-mock-match-request-body": "true",
        "x-mock-match-request-headers": "x-a",
        "x-a": "1",
    }
    body = {"mode": "raw", "raw": "{}"}
    one = example("one", "h.test/a", header=build.pairs(**{"X-A": "2"}), body=body)
    assert answer(Call("GET", "/a", sent, b"[]"), one) == "one"


# 4. The URL.


@pytest.mark.parametrize(
    ("target", "url", "cost"),
    [
        ("/a/b", "h.test/a/b", 0),
        ("/a/b/", "h.test/a/b", 5),
        ("/a/b", "h.test/a/b/", 5),
        ("/A/b", "h.test/a/B", 10),
        ("/A/b/", "h.test/a/b", 15),
        ("/a/b", "h.test/a/{{x}}", 20),
        ("/a/b", "h.test/a/:x", 20),
        ("/a/12", "h.test/a/34", 21),
        ("/a/0f3c9d12-77aa", "h.test/a/9b1d0c44-12ab", 21),
        ("/a/12/", "h.test/a/34", 25),
        ("/a/b/", "h.test/a/{{x}}", 25),
        ("/A/b", "h.test/a/{{x}}", 30),
        ("/", "h.test", 0),
        ("/", "h.test/", 0),
        ("/caf%C3%A9", "h.test/café", 0),
        ("/caf%c3%a9", "h.test/caf%C3%A9", 0),
        ("/a%2Fb", "h.test/a%2Fb", 0),
        ("/a%20b", "h.test/a b", 0),
        ("/a+b", "h.test/a+b", 0),
    ],
)
def test_what_a_path_costs(target: str, url: str, cost: int) -> None:
    """100 less the cost; the query, which is on neither side, adds ten."""
    assert score(target, url) == 110 - cost


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("/a/c", "h.test/a/b"),
        ("/test", "h.test/about"),
        ("/a/b/c", "h.test/a/{{x}}"),
        ("/a", "h.test/a/{{x}}"),
        ("/a/", "h.test/a/{{x}}"),
        ("/a/b", "h.test/a%2Fb"),
        ("/a/abc", "h.test/a/def"),
        ("/a/12", "h.test/a/list"),
        ("/a/v1", "h.test/a/v2"),
        ("/a/page-v2", "h.test/a/page-v1"),
        ("/a/7.pdf", "h.test/a/{{x}}.txt"),
        ("/a/7.pdf", "h.test/a/:x.txt"),
        ("/a/7xpdf", "h.test/a/:x.pdf"),
    ],
)
def test_other_paths_do_not_fit(target: str, url: str) -> None:
    assert fitted(target, url) is None


@pytest.mark.parametrize(
    ("url", "target", "captured"),
    [
        ("h.test/{{a}}/x/{{b}}", "/1/x/2", {"a": "1", "b": "2"}),
        ("h.test/:a/x", "/caf%C3%A9/x", {"a": "café"}),
        ("h.test/{{a}}.json", "/1.2.json", {"a": "1.2"}),
        ("h.test/:a.json", "/1.json", {"a": "1"}),
        ("h.test/v{{a}}-{{b}}", "/v1-2", {"a": "1", "b": "2"}),
    ],
)
def test_variables_of_the_path_are_captured(
    url: str, target: str, captured: dict[str, str]
) -> None:
    found = fitted(target, url)
    assert found is not None
    assert dict(found.captured) == captured


def test_the_servers_name_and_port_do_not_count() -> None:
    urls = "https://a.test/x", "http://b.test:81/x", "{{unknown}}/x", "b.test/x"
    assert {score("/x", url) for url in urls} == {110}


def test_a_base_with_a_path_is_there_with_it_and_without() -> None:
    base = build.pairs(base="https://h.test/v1")
    expected = {"/v1/a": 110, "/a": 110, "/v2/a": 0}
    found = {target: score(target, "{{base}}/a", variable=base) for target in expected}
    assert found == expected


def test_a_variable_with_a_value_fits_its_value_best() -> None:
    known = build.pairs(id="7")
    assert score("/a/7", "h.test/a/{{id}}", variable=known) == 110
    assert score("/a/8", "h.test/a/{{id}}", variable=known) == 90


def test_a_value_may_bring_segments_and_a_name_may_hold_a_variable() -> None:
    known = build.pairs(p="a/b", kind="cat", id_cat="7", id_dog="8")
    assert score("/a/b/c", "h.test/{{p}}/c", variable=known) == 110
    assert score("/x/7", "h.test/x/{{id_{{kind}}}}", variable=known) == 110
    found = fitted("/x/7", "h.test/x/{{no_{{kind}}}}", variable=known)
    assert found is not None
    assert found.captured == (("no_cat", "7"),)


def test_a_query_may_stand_in_a_segment() -> None:
    url = {"host": ["h", "test"], "path": ["x?a=1"], "query": build.pairs(b="2")}
    only = served(example("one", url)).examples[0]
    assert [(each.key, each.value) for each in only.asked.query] == [
        ("a", "1"),
        ("b", "2"),
    ]


def test_values_come_from_beside_the_collection_too() -> None:
    one = example("one", "h.test/{{kind}}")
    parsed = build.sound(build.collection(build.item(build.get("h.test/x"), one)))
    found, _ = catalog(parsed, Values(environment=(Variable("kind", "cat", ""),)))
    call = Call("GET", "/cat")
    fitting = fit(call.path, call.query, found.examples[0].asked)
    assert fitting is not None
    assert fitting.score == 110


# 5. The parameters.


@pytest.mark.parametrize(
    ("sent", "saved", "adjusted"),
    [
        ("a=1", "a=1", 10),
        ("a=1&b=2", "b=2&a=1", 10),
        ("a=x", "a=X", 5),
        ("A=x", "a=X", 5),
        ("a=1", "b=2", -10),
        ("a=1", "", -10),
        ("", "a=1", -10),
        ("a=1", "a=2", -5),
        ("a=1&b=2", "a=1", 0),
        ("a=1&a=2", "a=2&a=1", 10),
        ("a=1&a=1", "a=1", 0),
        ("a=1", "a={{x}}", 10),
        ("a=1&a=2", "a={{x}}&a=1", 10),
        ("a", "a", 10),
        ("a=", "a=", 10),
        ("a=b%20c", "a=b c", 10),
        ("a=b+c", "a=b%20c", 10),
        ("a=1&&", "a=1", 10),
    ],
)
def test_what_parameters_add(sent: str, saved: str, adjusted: int) -> None:
    assert score(f"/x?{sent}", f"h.test/x?{saved}") == 100 + adjusted


def test_a_disabled_parameter_is_not_asked_for() -> None:
    off = {"key": "b", "value": "2", "disabled": True}
    query = [{"key": "a", "value": "1"}, off]
    url = {"host": ["h", "test"], "path": ["x"], "query": query}
    only = served(example("one", url)).examples[0]
    assert [each.key for each in only.asked.query] == ["a"]


def test_a_better_path_outweighs_a_better_query() -> None:
    near = example("near", "h.test/a/{{x}}?q=1")
    exact = example("exact", "h.test/a/b?q=2&r=3")
    assert answer(Call("GET", "/a/b?q=1"), near, exact) == "exact"


# 6. Headers and body.

HEADERS = (
    example("none", "h.test/a"),
    example("eins", "h.test/a", header=build.pairs(**{"X-A": "1"})),
    example("Zwei", "h.test/a", header=build.pairs(**{"x-a": "Two", "X-B": "b"})),
)


@pytest.mark.parametrize(
    ("names", "headers", "expected"),
    [
        ("x-a", {"x-a": "1"}, "eins"),
        ("X-A", {"x-a": "two"}, "Zwei"),
        ("x-a", {}, "none"),
        ("x-a", {"x-a": "3"}, NOT_LIKE),
        (" x-a , X-B ", {"x-a": "two", "x-b": "b"}, "Zwei"),
        ("x-a,x-b", {"x-a": "two", "x-b": "c"}, NOT_LIKE),
        ("", {"x-a": "3"}, "none"),
        ("x-c", {"x-a": "3"}, "none"),
    ],
)
def test_headers_that_count_must_be_the_same(
    names: str, headers: dict[str, str], expected: str
) -> None:
    sent = {"x-mock-match-request-headers": names, **headers}
    assert answer(Call("GET", "/a", sent), *HEADERS) == expected


def test_a_saved_header_that_comes_twice_is_a_list() -> None:
    twice = [{"key": "X-A", "value": "1"}, {"key": "x-a", "value": "2"}]
    sent = {"x-mock-match-request-headers": "x-a", "x-a": "1, 2"}
    one = example("one", "h.test/a", header=twice)
    assert answer(Call("GET", "/a", sent), one) == "one"


RAW = {"mode": "raw", "raw": '{"a": 1, "b": [null]}'}
TEXT = {"mode": "raw", "raw": "plain text\n"}
OFF = {"key": "off", "value": "1", "disabled": True}
FORM = {"mode": "urlencoded", "urlencoded": [*build.pairs(a="b c", d="é", e=""), OFF]}
QUERY = {"mode": "graphql", "graphql": {"query": "{ a }", "variables": '{"x": 1}'}}
PARTS = {"mode": "formdata", "formdata": build.pairs(a="b")}


@pytest.mark.parametrize(
    ("saved", "sent", "same"),
    [
        (RAW, b'{"b":[null],"a":1}', True),
        (RAW, b'{"b":[null],"a":2}', False),
        (RAW, b"", False),
        (RAW, b"\xff\xfe", False),
        (RAW, b"[" * 100_000, False),
        (TEXT, b" plain text", True),
        (TEXT, b"Plain text", False),
        (FORM, b"d=%C3%A9&a=b+c&e=", True),
        (FORM, b"e&a=b%20c&d=%C3%A9", True),
        (FORM, b"d=%C3%A9&a=b+c", False),
        (FORM, b"d=%C3%A9&a=b+c&e=&off=1", False),
        (QUERY, b'{"query": "{ a }", "variables": {"x": 1}}', True),
        (QUERY, b'{"query": "{ a }"}', False),
        (QUERY, b'{"query": "{ b }", "variables": {"x": 1}}', False),
        (QUERY, b"{ a }", False),
        (QUERY, b"[]", False),
        (PARTS, b"a=b", False),
        (None, b"", True),
        (None, b"{}", False),
    ],
)
def test_a_body_that_counts_must_be_the_same(
    saved: build.Data, sent: bytes, same: bool
) -> None:
    one = example("one", "h.test/a", method="POST", body=saved)
    for value, expected in ("true", same), (" True", same), ("false", True), ("", True):
        headers = {"x-mock-match-request-body": value}
        found = choose(Call("POST", "/a", headers, sent), served(one))
        assert isinstance(found, Found) is expected, value


def test_variables_of_a_saved_body_have_their_values() -> None:
    raw = {"mode": "raw", "raw": '{"a": {{n}}}'}
    one = example("one", "h.test/a", method="POST", body=raw)
    headers = {"x-mock-match-request-body": "true"}
    call = Call("POST", "/a", headers, b'{"a":5}')
    assert answer(call, one, variable=build.pairs(n="5")) == "one"


# 7. The highest score, and what decides between equals.


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((404, 200, 201), 1),
        ((404, 500), 0),
        ((201, 200, 200), 1),
        ((404, 404, 200, *[404] * 7, 200), 2),  # pointers are no ids: 10 is after 2
    ],
)
def test_of_equals_200_comes_first_then_the_order_of_the_file(
    codes: tuple[int, ...], expected: int
) -> None:
    found = [
        example(str(number), "h.test/a", code) for number, code in enumerate(codes)
    ]
    assert answer(Call("GET", "/a"), *found) == str(expected)


def test_of_equals_with_ids_the_first_id_answers() -> None:
    pair = [example("late", "h.test/a"), example("early", "h.test/a")]
    data = build.collection(build.item(build.get("h.test/a"), *pair))
    ids = {"/item/0/response/0": ("b",), "/item/0/response/1": ("a",)}
    found, _ = catalog(build.sound(data), ids=lambda pointer: ids[pointer])
    result = choose(Call("GET", "/a"), found)
    assert isinstance(result, Found)
    assert result.example.name == "early"


@pytest.mark.parametrize(
    ("first", "second", "target"),
    [
        ("h.test/:id", "h.test/:id.pdf", "/1.pdf"),
        ("h.test/:a/:b", "h.test/:a/list", "/1/list"),
        ("h.test/a?q={{x}}", "h.test/a?q=1", "/a?q=1"),
    ],
)
def test_of_equals_the_one_with_less_left_open_answers(
    first: str, second: str, target: str
) -> None:
    call = Call("GET", target)
    one, other = example("first", first), example("second", second)
    assert answer(call, one, other) == answer(call, other, one) == "second"


def test_an_example_without_a_request_is_asked_for_by_its_items() -> None:
    data = build.collection(
        build.item(build.get("h.test/own"), {"name": "n", "body": "b"})
    )
    found, _ = catalog(build.sound(data))
    result = choose(Call("GET", "/own"), found)
    assert isinstance(result, Found)
    assert result.example.status == 200


# What nothing answers.


def nearest(call: Call, *examples: build.Data) -> list[tuple[str, str]]:
    found = choose(call, served(*examples))
    assert isinstance(found, Refusal)
    return [(near.example.name, near.why) for near in found.nearest]


@pytest.mark.parametrize(
    ("call", "name", "why"),
    [
        (
            Call("GET", "/v1/pest"),
            "pets",
            "its path has 'pets' where the request has 'pest'",
        ),
        (Call("GET", "/v1/pets/1/2/3"), "pet", "its path has 3 segments, not 5"),
        (Call("POST", "/v1/pets"), "pets", "its method is GET"),
        (
            Call("POST", "/v1/owner/1"),
            "owner",
            "its method is GET; its path has 'owners' where the request has 'owner'",
        ),
        (
            Call("GET", "/v1/pets", {"x-mock-response-code": "418"}),
            "pets",
            "its status is 200",
        ),
        (
            Call("GET", "/v1/pets", {"x-mock-response-name": "dogs"}),
            "pets",
            "its name is 'pets'",
        ),
        (
            Call("GET", "/v1/pets", {"x-mock-response-id": "7"}),
            "pets",
            "its id is /item/0/response/0",
        ),
        (
            Call(
                "GET", "/v1/pets", {"x-mock-match-request-headers": "x-a", "x-a": "1"}
            ),
            "pets",
            "its header x-a is another one",
        ),
        (
            Call("GET", "/v1/pets", {"x-mock-match-request-body": "true"}, b"{}"),
            "pets",
            "its request has no body",
        ),
    ],
)
def test_the_closest_comes_first_and_says_why(call: Call, name: str, why: str) -> None:
    found = nearest(
        call,
        example("pets", "h.test/v1/pets"),
        example("pet", "h.test/v1/pets/:id"),
        example("owner", "h.test/v1/owners/:id"),
    )
    assert found[0] == (name, why)


def test_what_a_wildcard_would_take_makes_nothing_alike() -> None:
    """`/v1/nada` is no more like `/cafe/:id` than `/v1` is like `/cafe`; nor does a long value make it less alike."""
    near = nearest(
        Call("GET", "/v1/nada"),
        example("cafe", "h.test/cafe/:id"),
        example("v1", "h.test/v1/dyn"),
    )
    assert near[0][0] == "v1"
    near = nearest(
        Call("GET", "/pest/aaaaaaaaaa"),
        example("other", "h.test/zzzzaaaaaa"),
        example("pet", "h.test/pets/:id"),
    )
    assert near[0][0] == "pet"


def test_of_equally_close_paths_the_method_decides() -> None:
    near = nearest(
        Call("PUT", "/pest"),
        example("got", "h.test/pets"),
        example("made", "h.test/pets", method="PUT"),
    )
    assert [name for name, _ in near] == ["made", "got"]


def test_all_names_of_a_path_are_told() -> None:
    found = nearest(
        Call("GET", "/a", {"x-mock-response-name": "thee"}),
        example("other", "h.test/b"),
        example("one", "h.test/a"),
        example("two", "h.test/a"),
        example("three", "h.test/a"),
    )
    assert found == [
        (name, f"its name is {name!r}") for name in ("one", "two", "three")
    ]


def test_three_are_told_and_of_one_reason_one() -> None:
    many = [example(str(n), f"h.test/a{n % 5}") for n in range(10)]
    found = nearest(Call("GET", "/b"), *many)
    assert len({name for name, _ in found}) == len(found) == 3


def test_of_long_paths_only_the_beginning_is_compared() -> None:
    """Comparing takes the square of the length: a minute of everyone's time for one such request."""
    long = "a" * 300
    near = nearest(
        Call("GET", f"/{long}bb"),
        example("first", f"h.test/{long}cc"),
        example("second", f"h.test/{long}b"),
    )
    assert [name for name, _ in near] == ["first", "second"]
