"""Laws of the mock's matching, on drawn collections and requests."""

from __future__ import annotations

import typing
from urllib.parse import quote

import build
from hypothesis import assume, given
from hypothesis import strategies as st

from pmgen.mock import Call, Catalog, Found, catalog, choose
from pmgen.mock.reply import answer, refusal
from pmgen.mock.score import fit

if typing.TYPE_CHECKING:
    from pmgen.mock import Example, Refusal

PLAIN = st.sampled_from(["a", "b", "A", "12", "7", "é", "a b", "x.json", "0f3c9d12"])
HOLES = st.sampled_from(["{{x}}", ":y", "{{x}}.json", "v{{x}}", ":y.pdf", "{{known}}"])
PATHS = st.lists(PLAIN | HOLES, max_size=4)
QUERIES = st.lists(
    st.tuples(st.sampled_from("abA"), st.sampled_from(["1", "2", "{{x}}", None])),
    max_size=3,
)
STATUSES = st.sampled_from([200, 201, 404])


@st.composite
def saved(draw: st.DrawFn) -> build.Data:
    path, query = draw(PATHS), draw(QUERIES)
    parts = (key if value is None else f"{key}={value}" for key, value in query)
    url = "/".join(["h.test", *path]) + ("?" if query else "") + "&".join(parts)
    request = {"method": draw(st.sampled_from(["GET", "POST"])), "url": url}
    code = draw(STATUSES)
    return {"name": "n", "code": code, "body": "{{x}}", "originalRequest": request}


def served(examples: list[build.Data]) -> Catalog:
    data = build.collection(
        build.item(build.get("h.test/x"), *examples), variable=build.pairs(known="7")
    )
    return catalog(build.parse(data)[0])[0]


CATALOGS = st.lists(saved(), min_size=1, max_size=6).map(served)
TARGETS = st.text("ab/?&=%+:{}17.é\x00", max_size=20).map(lambda text: f"/{text}")


def own(example: Example, hole: str) -> Call:
    """A request as the example was saved, with a value in place of what is open."""
    segments = []
    for segment in example.asked.paths[0]:
        shape = segment.pattern.pattern if segment.pattern else ""
        filled = shape.replace("\\", "").replace("(.+)", hole)
        segments.append(filled if segment.text is None else segment.text)
    query = "&".join(
        quote(each.key) + ("" if each.value is None else f"={quote(each.value)}")
        for each in example.asked.query
    )
    path = "/".join(quote(segment, safe="") for segment in segments)
    return Call(example.asked.method, f"/{path}?{query}")


def chosen(call: Call, found: Catalog) -> Found:
    result = choose(call, found)
    assert isinstance(result, Found)
    return result


@given(CATALOGS, st.data())
def test_a_request_as_it_was_saved_is_answered(
    found: Catalog, data: st.DataObject
) -> None:
    """By an example of its method, and by none that fits less well than its own."""
    example = data.draw(st.sampled_from(found.examples))
    call = own(example, data.draw(st.sampled_from(["q", "99", "a-b"])))
    result = chosen(call, found).example
    mine = fit(call.path, call.query, example.asked)
    theirs = fit(call.path, call.query, result.asked)
    assert mine is not None
    assert theirs is not None
    assert result.asked.method == call.method
    assert theirs.score >= mine.score


@given(CATALOGS, TARGETS, st.sampled_from(["GET", "POST", "HEAD", "PUT"]))
def test_every_request_has_a_reply(found: Catalog, target: str, method: str) -> None:
    """With bytes for a body; a refusal says why, and names an example for each of at most three reasons."""
    call = Call(method, target, {"x-mock-match-request-body": "true"}, b"{}")
    result = choose(call, found)
    if isinstance(result, Found):
        assert isinstance(answer(result).body, bytes)
        return
    assert refusal(call, result).status == 404
    assert 1 <= len(result.nearest) <= 3
    assert all(near.why for near in result.nearest)


@given(CATALOGS, TARGETS, STATUSES)
def test_a_status_that_is_asked_for_is_what_comes(
    found: Catalog, target: str, status: int
) -> None:
    """And nothing that would come without the header is lost by it, if it has the status."""
    result = choose(Call("GET", target, {"x-mock-response-code": str(status)}), found)
    freely = choose(Call("GET", target), found)
    if isinstance(result, Found):
        assert result.example.status == status
        assert isinstance(freely, Found)
    elif isinstance(freely, Found):
        assert freely.example.status != status


@given(CATALOGS, st.data())
def test_more_examples_do_not_lose_a_better_one(
    found: Catalog, data: st.DataObject
) -> None:
    """Of any part of the catalog that has the answer, it is the answer again."""
    example = data.draw(st.sampled_from(found.examples))
    call = own(example, "q")
    best = chosen(call, found).example
    part = data.draw(st.lists(st.booleans(), min_size=6, max_size=6))
    left = tuple(
        each
        for each, keep in zip(found.examples, part, strict=False)
        if keep or each is best
    )
    assert chosen(call, Catalog(left)).example is best


@given(CATALOGS, st.data())
def test_what_is_just_the_same_goes_before_what_is_open(
    found: Catalog, data: st.DataObject
) -> None:
    """An example saved with the very path of a request is added: nothing with a wildcard answers it any more."""
    example = data.draw(st.sampled_from(found.examples))
    call = own(example, "q1")
    assume(example.asked.method == "GET" and not call.query)
    url = "h.test" + call.target.partition("?")[0]
    literal = {"name": "literal", "originalRequest": {"method": "GET", "url": url}}
    result = chosen(call, found + served([literal])).example
    best = fit(call.path, call.query, result.asked)
    assert best is not None
    assert (best.score, best.loose) == (110, 0)


def test_a_refusal_is_told_of_an_empty_catalog() -> None:
    result: Found | Refusal = choose(Call("GET", "/"), Catalog())
    assert not isinstance(result, Found)
    assert result.nearest == ()
