"""Tokens of OAuth 2 that the client fetches itself, keeps while they are good, and fetches again.

The request for a token goes through the user's own httpx2 client, as part of the call that needs it.
"""

from __future__ import annotations

import dataclasses
import functools
import typing
from collections.abc import AsyncGenerator, Generator, Mapping
from time import monotonic

import httpx2

from .auth_grant import Grant, Kind, Token, read, with_query
from .auth_oauth2 import OAuth2, authorization
from .auth_shared import AuthError, answered
from .auth_turns import Turns

if typing.TYPE_CHECKING:
    from .draft import Draft

#: A token is fetched anew so many seconds before it ends: it must not end on its way.
MARGIN = 30

Asking: typing.TypeAlias = Generator[httpx2.Request, httpx2.Response, None]


class Source:
    """The token of a grant, and its turns: of calls that need one at once, one fetches it."""

    def __init__(self, grant: Grant) -> None:
        self.turns = Turns()
        self._grant, self._refresh = grant, ""
        # A pair, which threads see whole.
        self._kept = (grant.access_token, float("inf"))

    @property
    def last(self) -> str:
        """The token that was fetched last, good or not."""
        return self._kept[0]

    def good(self, refused: str) -> bool:
        """Whether the token may be used: it has not ended, and is not the refused one."""
        token, end = self._kept
        return token not in ("", refused) and monotonic() < end

    def fetch(self, near: httpx2.Request) -> Asking:
        """Ask, with the time limits of a request; where a refresh token is refused, ask as if there was none.

        Raises AuthError if there is no token to be had.
        """
        if self._refresh:
            response = yield self._ask(self._refresh, near)
            if response.status_code < 400:
                self._keep(read(response))
                return
            self._refresh = ""
        self._keep(read((yield self._ask("", near))))

    def _ask(self, refresh: str, near: httpx2.Request) -> httpx2.Request:
        request = self._grant.request(refresh)
        request.extensions = near.extensions
        return request

    def _keep(self, token: Token) -> None:
        self._refresh = token.refresh or self._refresh
        # A short life is used to its half.
        life = max(token.life - MARGIN, token.life / 2)
        self._kept = (token.text, monotonic() + life)


@functools.lru_cache(maxsize=256)
def _source(grant: Grant) -> Source:
    """One for all calls with the same grant, whichever client makes them."""
    return Source(grant)


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where a token goes."""

    prefix: str
    query: bool

    def put(self, request: httpx2.Request, token: str) -> None:
        """Set it; an older one goes."""
        if self.query:
            request.url = with_query(request.url, [("access_token", token)])
        else:
            request.headers["Authorization"] = authorization(self.prefix, token)


class TokenFlow(httpx2.Auth):
    """Sends a request with a token, and once more with a new one if it is refused."""

    def __init__(self, source: Source, place: Place) -> None:
        self._source, self._place = source, place

    def sync_auth_flow(self, request: httpx2.Request) -> Asking:
        """What is sent: requests for a token where one is needed, and the request."""
        source, refused = self._source, ""
        for _ in range(2):
            if not source.good(refused):
                with source.turns.threads:
                    asking = None if source.good(refused) else source.fetch(request)
                    sent = None if asking is None else next(asking)
                    while sent is not None and asking is not None:
                        response = yield sent
                        response.read()
                        sent = _next(asking, response)
            refused = source.last
            self._place.put(request, refused)
            response = yield request
            if response.status_code != 401:
                return

    async def async_auth_flow(
        self, request: httpx2.Request
    ) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        """What is sent: requests for a token where one is needed, and the request."""
        source, refused = self._source, ""
        for _ in range(2):
            if not source.good(refused):
                async with source.turns.tasks():
                    asking = None if source.good(refused) else source.fetch(request)
                    sent = None if asking is None else next(asking)
                    while sent is not None and asking is not None:
                        response = yield sent
                        await response.aread()
                        sent = _next(asking, response)
            refused = source.last
            self._place.put(request, refused)
            response = yield request
            if response.status_code != 401:
                return


def _next(asking: Asking, response: httpx2.Response) -> httpx2.Request | None:
    try:
        return asking.send(response)
    except StopIteration:
        return None


@dataclasses.dataclass(frozen=True, slots=True)
class OAuth2Grant:
    """A token that is fetched from ``token_url`` when it is needed, and again when it has ended or is refused (401).

    An ``access_token`` that is given is used first. Without a token URL it is the only one; without a client id nothing
    is fetched.
    """

    grant: Kind
    token_url: str
    client_id: str
    client_secret: str = ""
    scope: str = ""
    username: str = ""
    password: str = ""
    refresh_token: str = ""
    refresh_url: str = ""
    in_body: bool = False
    extra: tuple[tuple[str, str, str], ...] = ()
    access_token: str = ""
    prefix: str = "Bearer"
    query: bool = False

    def apply(self, draft: Draft, values: Mapping[str, str]) -> None:
        """Set the flow that puts the token on the request. Raises AuthError for a token URL that is none."""
        grant = self._filled(values)
        if not grant.url or not grant.client_id:
            OAuth2(self.access_token, self.prefix, self.query).apply(draft, values)
        elif self.query or not answered(draft):
            for url in filter(None, (grant.url, grant.refresh_url)):
                _check(url)
            place = Place(self.prefix.format_map(values), self.query)
            draft.flow = TokenFlow(_source(grant), place)

    def _filled(self, values: Mapping[str, str]) -> Grant:
        return Grant(
            self.grant,
            self.token_url.format_map(values),
            self.client_id.format_map(values),
            self.client_secret.format_map(values),
            self.scope.format_map(values),
            self.username.format_map(values),
            self.password.format_map(values),
            self.refresh_token.format_map(values),
            self.refresh_url.format_map(values),
            self.in_body,
            tuple(
                (where, name.format_map(values), value.format_map(values))
                for where, name, value in self.extra
            ),
            self.access_token.format_map(values),
        )


def _check(url: str) -> None:
    try:
        usable = httpx2.URL(url).scheme in ("http", "https")
    except httpx2.InvalidURL:
        usable = False
    if not usable:
        raise AuthError(f"OAuth 2: the token URL must begin with https://: {url!a}")
