"""Replies that come in pages: what each page holds, and the request for the page after it. Only the loops send."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import AsyncGenerator, Generator, Mapping

from .encode import text
from .errors import CallError
from .links import at, next_link
from .models import Model, Unset
from .requests import Reply, Request, url_of

if typing.TYPE_CHECKING:
    from .encode import Argument
    from .transport import AsyncTransport, SyncTransport

Any = typing.Any
Item = typing.TypeVar("Item")

Steps: typing.TypeAlias = tuple[str, ...]
"""A way into a decoded reply: attributes (``a|b``: the one that the object has), ``[]`` for the items of a list, ``{}``
for the values of a map."""


class PagingError(CallError):
    """The next page can't be asked for: pages come again, or the reply does not say where the next one is."""


class Page(typing.NamedTuple):
    """A page that was read: its URL, how many items it has, and how many the first one had."""

    url: str
    size: int
    first: int


@dataclasses.dataclass(frozen=True, slots=True)
class ByLink:
    """The reply has the next page's URL, at ``next`` or in a ``header`` as RFC 8288 has it, with rel=next."""

    next: Steps = ()
    header: str = ""
    other_hosts: bool = False

    def begin(self, request: Request[Any]) -> None:
        """Any request will do."""

    def after(
        self, request: Request[Any], reply: Reply[Any], page: Page
    ) -> Request[Any] | None:
        """The same operation at the next URL."""
        if self.header:
            target = next_link(reply.headers.get(self.header, ""))
        else:
            target = _one(request, reply, self.next)
        if not target:
            return None
        if not isinstance(target, str):
            raise _error(request, f"{_shown(self.next)} is no URL")
        try:
            return at(request, target, page.url, other_hosts=self.other_hosts)
        except ValueError as error:
            raise _error(
                request, f"the next page can't be asked for: {error}"
            ) from None


@dataclasses.dataclass(frozen=True, slots=True)
class ByCursor:
    """The reply has what the query ``parameter`` asks for the next page with; nothing, "", 0 or false at the end."""

    cursor: Steps
    parameter: str
    more: Steps = ()

    def begin(self, request: Request[Any]) -> None:
        """Any request will do."""

    def after(
        self, request: Request[Any], reply: Reply[Any], page: Page
    ) -> Request[Any] | None:
        """The same request with the cursor."""
        del page
        cursor = _one(request, reply, self.cursor)
        if not cursor or not _goes_on(request, reply, self.more):
            return None
        if not isinstance(cursor, (str, int, float)):
            raise _error(request, f"{_shown(self.cursor)} is no cursor")
        return asking(request, self.parameter, cursor)


@dataclasses.dataclass(frozen=True, slots=True)
class ByPage:
    """Pages have numbers from ``start`` on; the last is empty, or has ``more`` false, or ``pages`` says its number."""

    parameter: str
    start: int = 1
    more: Steps = ()
    pages: Steps = ()

    @property
    def told(self) -> bool:
        """Whether the reply says which page is the last."""
        return bool(self.more or self.pages)

    def begin(self, request: Request[Any]) -> None:
        """Raises PagingError for a first page that is no number."""
        _number(request, self.parameter, self.start)

    def after(
        self, request: Request[Any], reply: Reply[Any], page: Page
    ) -> Request[Any] | None:
        """The same request with the number after this one."""
        number = _number(request, self.parameter, self.start)
        if not page.size or not _goes_on(request, reply, self.more):
            return None
        pages = _one(request, reply, self.pages) if self.pages else None
        if pages is not None and type(pages) is not int:
            raise _error(request, f"{_shown(self.pages)} is no number of pages")
        if pages is not None and number - self.start + 1 >= pages:
            return None
        return asking(request, self.parameter, number + 1)


@dataclasses.dataclass(frozen=True, slots=True)
class ByOffset:
    """``parameter`` counts the items to pass over; the last page is empty, or has fewer items than ``size`` asks for.

    That counts only where the first page had as many: a server may have a limit of its own.
    """

    parameter: str
    start: int = 0
    size: str = ""
    more: Steps = ()

    @property
    def told(self) -> bool:
        """Whether the reply says which page is the last."""
        return bool(self.more)

    def begin(self, request: Request[Any]) -> None:
        """Raises PagingError for an offset or a size that is no number."""
        _number(request, self.parameter, self.start)
        _number(request, self.size, 0)

    def after(
        self, request: Request[Any], reply: Reply[Any], page: Page
    ) -> Request[Any] | None:
        """The same request further on by what this page holds."""
        wanted = _number(request, self.size, 0)
        is_last = page.size < wanted <= page.first
        if not page.size or is_last or not _goes_on(request, reply, self.more):
            return None
        offset = _number(request, self.parameter, self.start)
        return asking(request, self.parameter, offset + page.size)


Way: typing.TypeAlias = "ByLink | ByCursor | ByPage | ByOffset"


@dataclasses.dataclass(frozen=True)
class Pages(typing.Generic[Item]):
    """Where an operation's replies hold their items, and the way from page to page."""

    items: Steps
    way: Way


class Walk(typing.Generic[Item]):
    """One way through the pages. ``request`` is the next one to be sent, None after the last page."""

    __slots__ = ("_before", "_first", "_pages", "_sent", "_settings", "request")

    def __init__(
        self, request: Request[Any], pages: Pages[Item], settings: Mapping[str, str]
    ) -> None:
        """Raises PagingError where the first page is none."""
        pages.way.begin(request)
        self._pages, self._settings = pages, settings
        self._first: list[Item] = []
        self._before: list[Item] = []
        self._sent: set[str] = set()
        self.request: Request[Any] | None = request

    def items(self, request: Request[Any], reply: Reply[Any]) -> list[Item]:
        """What the page holds. Raises PagingError for a page that was there before, or without a list.

        Pages that are counted never end where the server does not know the parameter. It then gives the same page
        again, or, where it counts round, the first one. Where the reply says which is the last, pages may be alike.
        """
        found: list[Item] = _reached(request, reply.value, self._pages.items)
        way = self._pages.way
        repeated = bool(found) and found in (self._first, self._before)
        if repeated and isinstance(way, (ByPage, ByOffset)) and not way.told:
            text = f"another {way.parameter!r} gives a page that was read before"
            raise _error(request, text)
        self._first, self._before = self._first or found, found
        return found

    def advance(self, request: Request[Any], reply: Reply[Any], count: int) -> None:
        """Make ``request`` the one after this. Raises PagingError for one that was sent before."""
        url = url_of(request, self._settings)
        self._sent.add(url)
        page = Page(url, count, len(self._first))
        self.request = self._pages.way.after(request, reply, page)
        if self.request and url_of(self.request, self._settings) in self._sent:
            raise _error(request, "the next page is one that was read before")


def iterate(
    transport: SyncTransport, request: Request[Any], pages: Pages[Item]
) -> Generator[Item, None, None]:
    """The items of all pages; each page is asked for when it is needed. Raises what sending does, and PagingError."""
    walk = Walk(request, pages, transport.settings)
    while (sent := walk.request) is not None:
        reply = transport.send(sent)
        found = walk.items(sent, reply)
        yield from found
        walk.advance(sent, reply, len(found))


async def iterate_awaited(
    transport: AsyncTransport, request: Request[Any], pages: Pages[Item]
) -> AsyncGenerator[Item, None]:
    """As iterate, awaited."""
    walk = Walk(request, pages, transport.settings)
    while (sent := walk.request) is not None:
        reply = await transport.send(sent)
        found = walk.items(sent, reply)
        for item in found:
            yield item
        walk.advance(sent, reply, len(found))


def asking(request: Request[Any], key: str, value: Argument) -> Request[Any]:
    """The request with another value of one query parameter, in its place if it has one."""
    asked = [pair for pair in request.query if pair[0] != key]
    place = next((n for n, p in enumerate(request.query) if p[0] == key), len(asked))
    asked.insert(place, (key, value))
    return dataclasses.replace(request, query=asked)


def _number(request: Request[Any], key: str, default: int) -> int:
    """The value of a counting parameter; the default where it is not sent."""
    given = (value for name, value in request.query if name == key)
    found = next((value for value in given if value is not None), default)
    try:
        return int(text(typing.cast("Argument", found)))
    except ValueError as error:
        raise _error(request, f"{key}={found!r} is no number") from error


def _goes_on(request: Request[Any], reply: Reply[Any], more: Steps) -> bool:
    """Whether the reply says so; True where it is not asked."""
    if not more:
        return True
    found = _one(request, reply, more)
    if found is not None and not isinstance(found, bool):
        raise _error(request, f"{_shown(more)} is neither true nor false")
    return bool(found)


def _one(request: Request[Any], reply: Reply[Any], steps: Steps) -> Any:
    """The value at the end, None where there is none."""
    found = _reached(request, reply.value, steps)
    return None if not found or isinstance(found[0], Unset) else found[0]


def _reached(request: Request[Any], value: Any, steps: Steps) -> list[Any]:
    found = [value]
    for number, step in enumerate(steps):
        inner = [_inside(outer, step) for outer in found]
        if None in inner:
            where = _shown(steps[:number])
            raise _error(request, f"{where} is not what the examples show")
        found = [value for values in inner for value in values or ()]
    return found


def _inside(value: Any, step: str) -> list[Any] | None:
    """What lies one step further: nothing in what is null or absent; None where the step leads nowhere."""
    if value is None or isinstance(value, Unset):
        return []
    if isinstance(value, list) and step == "[]":
        return value
    if isinstance(value, dict) and step == "{}":
        return [*value.values()]
    names = step.split("|") if isinstance(value, Model) else []
    found = [getattr(value, name) for name in names if hasattr(value, name)]
    return found[:1] or None


def _shown(steps: Steps) -> str:
    joined = "".join(s if s in ("[]", "{}") else f".{s}" for s in steps)
    return f"the reply's {joined.removeprefix('.')}" if steps else "the reply"


def _error(request: Request[Any], message: str) -> PagingError:
    return PagingError(request.operation.name, message)
