"""One call and its tries. What the transports do is decided here; they only send, wait and read."""

from __future__ import annotations

import random
import re
import time
import typing
from urllib.parse import urlencode

import httpx2

from . import retry
from .content import Awaited, ContentError, Stream
from .encode import text
from .errors import AuthError, CredentialsError, TimedOutError, TransportError
from .masking import PRIVATE, masked, shown_url
from .redirects import is_same_server, onward

if typing.TYPE_CHECKING:
    from .connection import Connection
    from .requests import Prepared, Request

FAILURES = (httpx2.RequestError, httpx2.InvalidURL, ContentError)
"""What sending may raise for which there is no reply."""

_SHOWN = 200
"""Characters of another's message in ours."""

#: In words, the more special first; a message of httpx2 or of its parts follows where ``True``.
_WORDS: list[tuple[type[Exception], str, bool]] = [
    (httpx2.ConnectTimeout, "no connection within the timeout", False),
    (httpx2.PoolTimeout, "no connection was free within the timeout", False),
    (httpx2.WriteTimeout, "the server did not take the request in time", False),
    (httpx2.ReadTimeout, "no answer within the timeout; it can be longer", False),
    (httpx2.ConnectError, "no connection", True),
    (httpx2.NetworkError, "the connection broke", True),
    (httpx2.RemoteProtocolError, "the server broke off or did not speak HTTP", True),
    # What h11 says of our own headers has their values.
    (httpx2.LocalProtocolError, "HTTP cannot carry this request", False),
    (httpx2.ProxyError, "the proxy refused", True),
    (httpx2.DecodingError, "the reply cannot be unpacked", True),
    (httpx2.TooManyRedirects, "too many redirects", False),
    (httpx2.UnsupportedProtocol, "the server's URL begins with no http://", False),
    (httpx2.InvalidURL, "not a URL", True),
    (ContentError, "the body cannot be sent", True),
    (Exception, "the request failed", True),
]


class Call:
    """A request on its way: prepared anew for each try, since signatures hold times."""

    __slots__ = ("_connection", "_out", "_request", "_tries", "_values")

    def __init__(self, connection: Connection, request: Request[typing.Any]) -> None:
        self._connection, self._request = connection, request
        self._tries = 0
        self._values = connection.values()
        self._out: Prepared | None = None

    def build(
        self, http: httpx2.Client | httpx2.AsyncClient
    ) -> tuple[httpx2.Request, typing.Any]:
        """The next try, and httpx2's ``auth`` for it.

        Raises CredentialsError; InvalidURL; what arguments that cannot be sent raise, with a note of the operation.
        """
        self._tries += 1
        self._values = self._connection.values()
        try:
            out = self._out = self._connection.prepare(self._request, self._values)
            headers = wire(_framed(out))
        except AuthError as error:
            raise self.unauthorized(error) from None
        except (ValueError, TypeError, OSError) as error:
            error.add_note(f"in the request of {self._request.operation.name!r}")
            raise
        built = http.build_request(
            out.method,
            out.url,
            headers=headers,
            content=_content(out, isinstance(http, httpx2.AsyncClient)),
            timeout=self._connection.http_timeout,
        )
        if http.params:  # httpx2 has put these in the place of all others
            built.url = _with_params(out.url, http.params)
        for name in out.drops:
            built.headers.pop(name, None)
        return built, self._connection.http_auth(out)

    def onward(
        self,
        response: httpx2.Response,
        http: httpx2.Client | httpx2.AsyncClient,
        hops: int,
    ) -> httpx2.Request | None:
        """The request that follows a reply which leads elsewhere; None where it is the reply. Raises TooManyRedirects."""
        out = self._out
        if response.next_request is None or out is None:
            return None
        if not (out.redirects and http.follow_redirects):
            return None
        return onward(response, out.private, hops=hops, most=http.max_redirects)

    def auth_onward(
        self, response: httpx2.Response, request: httpx2.Request, auth: typing.Any
    ) -> typing.Any:
        """httpx2's ``auth`` for that: none at another server."""
        stays = is_same_server(response.request.url, request.url)
        return auth if stays else httpx2.Auth()

    def secrets(self) -> set[str]:
        """What no message may show: the client's, those that functions gave, arguments that are called like one."""
        named = (
            text(value)
            for name, value in self._request.values.items()
            if PRIVATE.search(name) and value is not None
        )
        return {*self._connection.secrets, *self._values.called, *named} - {""}

    def pause(self, outcome: httpx2.Response | Exception) -> float | None:
        """Seconds until the next try; None: there is none."""
        out = self._out
        if out is None or self._tries > self._connection.options.retries:
            return None
        if not may_repeat(out):
            return None
        seconds = retry.pause(
            outcome,
            self._tries,
            chance=random.random(),  # noqa: S311 - spreads load, keeps no secret
            now=time.time(),
        )
        if seconds is not None and isinstance(out.content, Stream):
            out.content.rewind()
        return seconds

    def unauthorized(self, error: AuthError) -> CredentialsError:
        """The exception for credentials that cannot be used."""
        text = masked(str(error), self.secrets())
        return CredentialsError(self._request.operation.name, text)

    def failed(self, error: Exception) -> TransportError:
        """The exception for the caller, with its cause unless that may show secrets."""
        secrets = self.secrets()
        words, more = next(
            (words, more) for kind, words, more in _WORDS if isinstance(error, kind)
        )
        detail = masked(str(error), secrets)[:_SHOWN]
        message = masked(f"{self._where(error)}: {words}", secrets)
        message += f": {detail}" if more and detail else ""
        late = isinstance(error, httpx2.TimeoutException)
        kind = TimedOutError if late else TransportError
        found = kind(self._request.operation.name, message, self._tries)
        if not isinstance(error, httpx2.LocalProtocolError):
            found.__cause__ = error
        return found

    def _where(self, error: Exception) -> str:
        """What was asked for when it failed: a token's server, or where a reply led, may be others than the API's."""
        asked = getattr(
            error, "_request", None
        )  # the property raises where none is set
        if isinstance(asked, httpx2.Request):
            return f"{asked.method} {shown_url(str(asked.url))}"
        out = self._out
        return f"{out.method} {shown_url(out.url)}" if out else "the request"


def _with_params(url: str, params: httpx2.QueryParams) -> httpx2.URL:
    """The URL with the parameters of the user's own httpx2 client that it does not have."""
    found = httpx2.URL(url)
    more = [(k, v) for k, v in params.multi_items() if k not in found.params]
    if not more:
        return found
    query = [found.query, urlencode(more).encode()]
    return found.copy_with(query=b"&".join(filter(None, query)))


def may_repeat(out: Prepared) -> bool:
    """Whether the request can do no harm, and can be made, a second time."""
    replayable = not isinstance(out.content, Stream) or out.content.replayable
    return out.method in retry.METHODS and replayable


def _content(out: Prepared, awaited: bool) -> typing.Any:
    if awaited and isinstance(out.content, Stream):
        return Awaited(out.content)
    return out.content


_UNSENDABLE = re.compile(r"[^\t\x20-\x7e\x80-\xff]")
_FRAMING = {"content-length", "transfer-encoding"}


def _framed(out: Prepared) -> list[tuple[str, str]]:
    """A stream's length, if it has one and the caller did not say it; httpx2 sends it in chunks otherwise."""
    if not isinstance(out.content, Stream) or out.content.length is None:
        return out.headers
    if any(name.lower() in _FRAMING for name, _ in out.headers):
        return out.headers
    return [*out.headers, ("Content-Length", str(out.content.length))]


def wire(headers: list[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    """Headers as bytes; HTTP carries Latin-1, and blanks around a value mean nothing.

    Raises ValueError, which never shows a value: it may be a secret.
    """
    for name, value in headers:
        if _UNSENDABLE.search(value) or not name.isascii():
            raise ValueError(
                f"The header {name!a} has a character that HTTP cannot carry"
            )
    return [
        (name.encode("ascii"), value.strip(" \t").encode("latin-1"))
        for name, value in headers
    ]
