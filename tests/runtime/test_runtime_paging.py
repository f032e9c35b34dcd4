"""From page to page: links, cursors, numbers and offsets, where they end, and what makes them go round for ever."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
import typing

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmgen.runtime.api import UNSET, Bearer, Expect, Model, Operation, Request, connect
from pmgen.runtime.connection import Options
from pmgen.runtime.encode import FLAG
from pmgen.runtime.links import at, next_link
from pmgen.runtime.paging import (
    ByCursor,
    ByLink,
    ByOffset,
    ByPage,
    Pages,
    PagingError,
    asking,
    iterate,
    iterate_awaited,
)
from pmgen.runtime.requests import url_of
from pmgen.runtime.settings import Setting
from pmgen.runtime.transport import AsyncTransport, SyncTransport

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from pmgen.runtime.drift import Drift, Json
    from pmgen.runtime.paging import Way

Any = typing.Any


@dataclasses.dataclass(slots=True, kw_only=True)
class Page(Model):
    """A reply as generated code would read it, but for its checks."""

    rows: Any = None
    next: Any = UNSET
    more: Any = UNSET

    @classmethod
    def _parse(cls, data: dict[str, Json], drift: Drift) -> Page:
        del drift
        return cls(**data)


OPERATION = Operation(
    name="Rows",
    method="GET",
    server="{base}",
    path="/v1/rows",
    auth=Bearer("{token}"),
    replies={200: Expect(json=Page), 204: Expect(empty=True)},
)
SETTINGS = (
    Setting(name="base", environment="T_BASE", default="https://h.test"),
    Setting(name="token", environment="T_TOKEN", credential=True),
)
GIVEN = {"base": None, "token": "s3cret"}
ROWS = ("rows", "[]")


class Run:
    """One side of the runtime: the items of pages that a function of the request gives; ``asked``: its URLs."""

    def __init__(self, awaited: bool) -> None:
        self.awaited = awaited
        self.asked: list[str] = []

    def __call__(
        self,
        way: Way,
        page: Callable[[httpx2.Request], Json | httpx2.Response],
        query: typing.Sequence[tuple[str, Any]] = (),
        *,
        most: int = 50,
        items: tuple[str, ...] = ROWS,
    ) -> list[Any]:
        """At most so many items."""

        def handler(request: httpx2.Request) -> httpx2.Response:
            assert request.headers["Authorization"] == "Bearer s3cret"
            self.asked.append(str(request.url).removeprefix("https://h.test"))
            found = page(request)
            if isinstance(found, httpx2.Response):
                return found
            return httpx2.Response(200, json=found)

        connection = connect(SETTINGS, GIVEN, None, "log", Options(retries=0))
        request, pages = Request[Any](OPERATION, query=query), Pages[Any](items, way)
        mock = httpx2.MockTransport(handler)

        async def awaited() -> list[Any]:
            async with httpx2.AsyncClient(transport=mock) as http:
                found = []
                transport = AsyncTransport(connection, http)
                async for item in iterate_awaited(transport, request, pages):
                    found.append(item)
                    if len(found) == most:
                        break
                return found

        if self.awaited:
            return asyncio.run(awaited())
        with httpx2.Client(transport=mock) as http:
            found = iterate(SyncTransport(connection, http), request, pages)
            return list(itertools.islice(found, most))


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def run(request: pytest.FixtureRequest) -> Run:
    """Each side of the runtime."""
    return Run(request.param)


LINK = ByLink(next=("next",))
CURSOR = ByCursor(cursor=("next",), parameter="after")


def in_order(*pages: Json | httpx2.Response) -> Callable[[httpx2.Request], Any]:
    """Each reply once."""
    left = list(pages)
    return lambda _: left.pop(0)


def test_links_are_followed_to_the_end(run: Run) -> None:
    page = in_order(
        {"rows": [1, 2], "next": "https://h.test/v1/rows?after=b%2B+c&all"},
        {"rows": [], "next": "?after=d"},
        {"rows": [3], "next": "other/e"},
        {"rows": [4], "next": None},
    )
    assert run(LINK, page, [("limit", 2)]) == [1, 2, 3, 4]
    asked = ["rows?limit=2", "rows?after=b%2B%20c&all", "rows?after=d", "other/e"]
    assert run.asked == [f"/v1/{url}" for url in asked]


def test_a_link_in_a_header_is_followed(run: Run) -> None:
    link = '</v1/rows?page=1>; rel=first, </v1/rows?page=2>; rel="next"'
    first = httpx2.Response(200, json={"rows": [1]}, headers={"Link": link})
    assert run(ByLink(header="Link"), in_order(first, {"rows": [2]})) == [1, 2]
    assert run.asked == ["/v1/rows", "/v1/rows?page=2"]


def test_pages_are_asked_for_when_they_are_needed(run: Run) -> None:
    page = in_order({"rows": [1, 2], "next": "?2"}, {"rows": [3], "next": "?3"})
    assert run(LINK, page, most=3) == [1, 2, 3]
    assert run.asked == ["/v1/rows", "/v1/rows?2"]


@pytest.mark.parametrize("end", [None, "", 0, False])
def test_cursors_are_followed_to_the_end(run: Run, end: Json) -> None:
    page = in_order(
        {"rows": [1], "next": "a&b"},
        {"rows": [], "next": 7},
        {"rows": [2], "next": end},
    )
    assert run(CURSOR, page, [("after", None), ("q", "x")]) == [1, 2]
    asked = ["?q=x", "?after=a%26b&q=x", "?after=7&q=x"]
    assert run.asked == [f"/v1/rows{query}" for query in asked]


def test_without_a_cursor_there_is_one_page(run: Run) -> None:
    assert run(CURSOR, in_order({"rows": [1]})) == [1]


def numbered(request: httpx2.Request) -> Json:
    """Seven rows in pages of three, by number from 1 or by offset."""
    query = request.url.params
    start = int(query.get("offset", 3 * (int(query.get("page", 1)) - 1)))
    rows = list(range(7))[start : start + 3]
    return {"rows": rows, "more": start + 3 < 7, "next": 3}


@pytest.mark.parametrize(
    ("way", "query", "rows", "last"),
    [
        (ByPage("page"), [], 7, "?page=4"),
        (ByPage("page"), [("page", "2")], 4, "?page=4"),
        (ByPage("page", more=("more",)), [("page", 1)], 7, "?page=3"),
        (ByPage("page", pages=("next",)), [], 7, "?page=3"),
        (ByPage("page", start=2, pages=("next",)), [("page", 2)], 4, "?page=4"),
        (ByOffset("offset"), [], 7, "?offset=7"),
        (ByOffset("offset"), [("offset", 5)], 2, "?offset=7"),
        (ByOffset("offset", size="n"), [("n", 3)], 7, "?n=3&offset=6"),
        (ByOffset("offset", size="n"), [("n", None)], 7, "?offset=7"),
        (ByOffset("offset", size="n"), [("n", 5)], 7, "?n=5&offset=7"),
        (ByOffset("offset", more=("more",)), [], 7, "?offset=6"),
    ],
)
def test_counted_pages_end(
    run: Run, way: Way, query: list[tuple[str, Any]], rows: int, last: str
) -> None:
    assert run(way, numbered, query) == [*range(7)][7 - rows :]
    assert run.asked[-1] == f"/v1/rows{last}"


@pytest.mark.parametrize("way", [ByPage("page"), ByOffset("offset"), LINK, CURSOR])
def test_an_empty_first_page_is_the_last(run: Run, way: Way) -> None:
    assert run(way, in_order({"rows": []})) == []
    assert run(way, in_order({"rows": None})) == []
    assert run(way, in_order(httpx2.Response(204))) == []


ENDLESS: list[tuple[Way, str, Json]] = [
    (LINK, "was read before", {"rows": [1], "next": "/v1/rows?x"}),
    (LINK, "was read before", {"rows": [], "next": "https://h.test/v1/rows"}),
    (CURSOR, "was read before", {"rows": [1], "next": "x"}),
    (ByPage("page"), "another 'page' gives a page that was read", {"rows": [1]}),
    (ByOffset("skip"), "another 'skip' gives a page that was read", {"rows": [1]}),
]


@pytest.mark.parametrize(("way", "text", "page"), ENDLESS)
def test_what_goes_round_for_ever_is_refused(
    run: Run, way: Way, text: str, page: Json
) -> None:
    with pytest.raises(PagingError, match=text) as caught:
        run(way, lambda _: page)
    assert caught.value.operation == "Rows"
    assert len(run.asked) <= 2


@pytest.mark.parametrize(
    ("way", "told"),
    [
        (ByPage("page", pages=("next",)), {"next": 3}),
        (ByPage("page", more=("more",)), {"more": True}),
        (ByOffset("skip", more=("more",)), {"more": True}),
    ],
)
def test_pages_may_be_alike_where_the_reply_says_which_is_the_last(
    run: Run, way: Way, told: dict[str, Json]
) -> None:
    page = in_order(
        {"rows": [1], **told},
        {"rows": [1], **told},
        {"rows": [1], "next": 3, "more": False},
    )
    assert run(way, page) == [1, 1, 1]


def test_an_iteration_can_be_ended_before_its_end(run: Run) -> None:
    found = iterate(
        SyncTransport(connect(SETTINGS, GIVEN, None, "log"), None),
        Request[Any](OPERATION),
        Pages[Any](ROWS, LINK),
    )
    found.close()
    assert list(found) == []
    assert run(LINK, in_order({"rows": [1]}), most=1) == [1]


def test_pages_that_begin_anew_are_refused(run: Run) -> None:
    page = in_order(*({"rows": [n]} for n in (1, 2, 3, 1)))
    with pytest.raises(PagingError, match="another 'page'"):
        run(ByPage("page"), page)


FAR = [
    ("https://evil.test/v1/rows", "on https://evil.test, not on https://h.test;"),
    ("http://h.test/v1/rows", "on http://h.test, not"),
    ("https://h.test:8443/", "on https://h.test:8443, not"),
    ("//evil.test/", "on https://evil.test, not"),
    ("https://h.test@evil.test/", "on https://evil.test, not"),
    ("https://h.test\\@evil.test/", "on https://evil.test, not"),
    ("ftp://h.test/", "on ftp://h.test, not"),
    ("javascript:alert(1)", "it lies on javascript://, not"),
    ("https://[h.test", "Invalid IPv6"),
    ("https://h.test:x/", "Port could not be cast"),
    ("?a=%ff", "can't decode"),
]


@pytest.mark.parametrize(("target", "text"), FAR)
def test_another_host_is_not_asked(run: Run, target: str, text: str) -> None:
    with pytest.raises(PagingError) as caught:
        run(LINK, in_order({"rows": [], "next": target}))
    assert text in str(caught.value)
    assert run.asked == ["/v1/rows"]


def test_another_host_is_asked_where_it_may(run: Run) -> None:
    way = ByLink(next=("next",), other_hosts=True)
    page = in_order(
        {"rows": [1], "next": "http://b.test:81/x?y"}, {"rows": [2], "next": None}
    )
    assert run(way, page) == [1, 2]
    assert run.asked == ["/v1/rows", "http://b.test:81/x?y"]
    with pytest.raises(PagingError, match="none of http"):
        run(way, in_order({"rows": [], "next": "ftp://h.test/"}))


def test_the_same_host_is_known_by_any_spelling(run: Run) -> None:
    page = in_order(
        {"rows": [1], "next": "HTTPS://H.TEST:443/v2"}, {"rows": [2], "next": None}
    )
    assert run(LINK, page) == [1, 2]
    assert run.asked == ["/v1/rows", "/v2"]


@pytest.mark.parametrize(
    ("way", "page", "text"),
    [
        (LINK, {"rows": [], "next": 5}, "the reply's next is no URL"),
        (CURSOR, {"rows": [], "next": ["x"]}, "the reply's next is no cursor"),
        (ByPage("p", more=("more",)), {"rows": [1], "more": "no"}, "more is neither"),
        (ByPage("p", pages=("more",)), {"rows": [1], "more": "3"}, "more is no number"),
        (ByPage("p", pages=("more",)), {"rows": [1], "more": True}, "is no number"),
        (LINK, {"rows": {"a": 1}}, "the reply's rows is not what"),
        (LINK, {"rows": 1}, "the reply's rows is not what"),
        (LINK, [1], "the reply is not what"),
        (ByLink(next=("rows", "x")), {"rows": ["x"]}, "the reply's rows is not what"),
    ],
)
def test_replies_that_say_something_else_are_told(
    run: Run, way: Way, page: Json, text: str
) -> None:
    with pytest.raises(PagingError, match=text):
        run(way, lambda _: page)


@pytest.mark.parametrize(
    ("way", "key"),
    [
        (ByPage("page"), "page"),
        (ByOffset("page"), "page"),
        (ByOffset("o", size="n"), "n"),
    ],
)
def test_a_beginning_that_is_no_number_is_told_before_it_is_sent(
    run: Run, way: Way, key: str
) -> None:
    with pytest.raises(PagingError, match=f"{key}='x' is no number"):
        run(way, numbered, [(key, "x")])
    assert run.asked == []


def test_values_of_maps_and_items_of_lists_of_lists(run: Run) -> None:
    page = {"rows": {"a": [{"b": 1}, None], "c": None, "d": []}}
    way = ("rows", "{}", "[]")
    assert run(CURSOR, in_order(page), items=way) == [{"b": 1}, None]


def test_of_several_attributes_the_object_has_one(run: Run) -> None:
    way = ByCursor(cursor=("after|next",), parameter="after")
    page = in_order({"rows": [1], "next": "x"}, {"rows": [2]})
    assert run(way, page, items=("lines|rows", "[]")) == [1, 2]


HEADERS = [
    ('<a>; rel="next"', "a"),
    ("<a>; rel=next", "a"),
    ('<a>; REL="prev NEXT"', "a"),
    ('<a>; title="x, <y>; rel=next"; rel=prev, <b>;rel = "next" ;x', "b"),
    ("< a >;x;rel=next", "a"),
    ("<a>; rel=prev; rel=next", ""),
    ("<a>; rel=nextpage", ""),
    ("<a>", ""),
    ("a; rel=next", ""),
    ("", ""),
]


@pytest.mark.parametrize(("header", "url"), HEADERS)
def test_the_next_link_is_found(header: str, url: str) -> None:
    assert next_link(header) == url


@given(st.text(alphabet='<>;,="\\ arelnxt', max_size=60))
def test_any_header_is_read(header: str) -> None:
    assert next_link(header) in header


KEYS = st.text(alphabet="ab &=+%/?#é", min_size=1)
VALUES = st.text(alphabet="ab &=+%/?#é") | st.just(FLAG)


@given(st.lists(st.tuples(KEYS, VALUES), max_size=4))
def test_a_request_at_its_own_url_asks_the_same(query: list[tuple[str, Any]]) -> None:
    """Law: what a URL says survives being taken apart and put together."""
    settings = {"base": "https://h.test"}
    request = Request[Any](OPERATION, query=query)
    url = url_of(request, settings)
    again = at(request, url, url, other_hosts=False)
    assert [*again.query] == query
    assert url_of(again, settings) == url


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers()), max_size=5))
def test_asking_sets_one_parameter_and_no_other(query: list[tuple[str, int]]) -> None:
    asked = [*asking(Request[Any](OPERATION, query=query), "a", 99).query]
    assert [pair for pair in asked if pair[0] != "a"] == [
        p for p in query if p[0] != "a"
    ]
    assert [value for key, value in asked if key == "a"] == [99]
