"""What a client was built with, and what it makes of requests and replies by it. Nothing here sends."""

from __future__ import annotations

import copy
import dataclasses
import functools
import os
import typing
from collections.abc import Callable, Iterable, Mapping

import httpx2

from .drift import Drift, DriftError, Json, LogDrift, Mismatch, OnDrift
from .errors import BY_STATUS, ApiError, RedirectError
from .models import UNSET, Unset
from .requests import Prepared, Reply, Request, prepare
from .retry import MOST
from .settings import Credential, Setting, Values, resolve

T = typing.TypeVar("T")
C = typing.TypeVar("C")

Timeout: typing.TypeAlias = "float | httpx2.Timeout | Unset | None"
"""Seconds for each of connecting, sending, receiving and waiting for a connection; None waits for ever."""

TIMEOUT = httpx2.Timeout(30.0, connect=10.0, pool=None)
"""That of an own httpx2 client. A call that waits behind others is not late, so waiting for a connection has no end."""


@dataclasses.dataclass(frozen=True, slots=True)
class Options:
    """How requests are sent. No timeout: that of the httpx2 client.

    Raises ValueError for a timeout that is not above 0, and for less than no retries.
    """

    timeout: Timeout = UNSET
    retries: int = MOST

    def __post_init__(self) -> None:
        given: object = self.timeout  # of any type, where nobody checks types
        if not isinstance(given, (int, float, httpx2.Timeout, Unset, type(None))):
            kind = type(given).__name__
            raise ValueError(
                f"timeout is a {kind}: give seconds, an httpx2.Timeout or None"
            )
        if isinstance(self.timeout, (int, float)) and not self.timeout > 0:
            raise ValueError(
                f"timeout={self.timeout}: give seconds above 0, or None to wait for ever"
            )
        if self.retries < 0:
            raise ValueError(f"retries={self.retries}: give 0 or more")

    def changed(self, timeout: Timeout, retries: int | None) -> Options:
        """With another timeout unless it is UNSET, other retries unless they are None."""
        return Options(
            self.timeout if isinstance(timeout, Unset) else timeout,
            self.retries if retries is None else retries,
        )


DEFAULTS = Options()


@dataclasses.dataclass(frozen=True, slots=True)
class Connection:
    """``auth`` is the user's own; it replaces the collection's. ``secrets`` are in no message, and in no ``repr``."""

    settings: Mapping[str, Credential] = dataclasses.field(repr=False)
    auth: httpx2.Auth | None
    on_drift: typing.Callable[[str, list[Mismatch]], None] | None
    options: Options = DEFAULTS
    secrets: tuple[str, ...] = dataclasses.field(default=(), repr=False)

    def changed(self, timeout: Timeout, retries: int | None) -> Connection:
        """The same with other options."""
        options = self.options.changed(timeout, retries)
        return dataclasses.replace(self, options=options)

    @property
    def http_timeout(self) -> typing.Any:
        """For httpx2."""
        chosen = self.options.timeout
        return httpx2.USE_CLIENT_DEFAULT if isinstance(chosen, Unset) else chosen

    def http_auth(self, out: Prepared) -> typing.Any:
        """For httpx2: the user's own auth, else the collection's, else that of the user's httpx2 client."""
        return self.auth or out.auth or httpx2.USE_CLIENT_DEFAULT

    def prepare(self, request: Request[T], values: Values) -> Prepared:
        """The request as it goes out with these settings."""
        return prepare(request, values, auth=self.auth is None)

    def values(self) -> Values:
        """The settings for one request."""
        return Values(self.settings)

    def receive(
        self,
        request: Request[T],
        response: httpx2.Response,
        secrets: Callable[[], Iterable[str]] = tuple,
    ) -> Reply[T]:
        """The typed reply. Raises ApiError from status 400 on, RedirectError, DriftError if the client is strict.

        ``secrets`` gives those of this call.
        """
        operation, status = request.operation, response.status_code
        value, mismatches = self._decoded(request, response)
        if status >= 400:
            raise self._refused(request, response, value, mismatches, secrets)
        self.check_redirect(request, response)
        if mismatches and self.on_drift is None:
            raise DriftError(operation.name, mismatches)
        return Reply(value, status, response.headers, mismatches)

    def check_redirect(
        self, request: Request[typing.Any], response: httpx2.Response
    ) -> None:
        """Raises RedirectError for a reply that leads elsewhere, unless the collection has it as a reply."""
        operation, status = request.operation, response.status_code
        if status < 300 or status in operation.replies or not operation.redirects:
            return
        if response.has_redirect_location:
            raise RedirectError(operation.name, response)

    def refused(
        self,
        request: Request[T],
        response: httpx2.Response,
        secrets: Callable[[], Iterable[str]] = tuple,
    ) -> ApiError:
        """The error for a reply of status 400 or above."""
        value, mismatches = self._decoded(request, response)
        return self._refused(request, response, value, mismatches, secrets)

    def _decoded(
        self, request: Request[typing.Any], response: httpx2.Response
    ) -> tuple[Json, list[Mismatch]]:
        """The value; mismatches are told to ``on_drift``."""
        operation = request.operation
        mend_charset(response)
        root: list[Json] = [None]
        drift = Drift(root)
        value = operation.expect(response.status_code).decode(response, drift, root)
        mismatches = [] if operation.method == "HEAD" else drift.mismatches()
        if mismatches and self.on_drift is not None:
            self.on_drift(operation.name, mismatches)
        return value, mismatches

    def _refused(
        self,
        request: Request[T],
        response: httpx2.Response,
        value: Json,
        mismatches: list[Mismatch],
        secrets: Callable[[], Iterable[str]],
    ) -> ApiError:
        kind = BY_STATUS.get(response.status_code, ApiError)
        name = request.operation.name
        return kind(name, response, value, mismatches, (*self.secrets, *secrets()))


def connect(
    declared: tuple[Setting, ...],
    given: Mapping[str, Credential | None],
    auth: httpx2.Auth | None,
    on_drift: OnDrift,
    options: Options = DEFAULTS,
) -> Connection:
    """Resolve a client's arguments. Raises SettingsError where one has no value."""
    settings = resolve(declared, given, os.environ, own_auth=auth is not None)
    known = (settings[found.name] for found in declared if found.credential)
    secrets = tuple(secret for secret in known if isinstance(secret, str))
    if on_drift not in ("log", "raise") and not callable(on_drift):
        raise ValueError(f'on_drift={on_drift!r}: give "log", "raise" or a function')
    if on_drift == "log":
        return Connection(settings, auth, LogDrift(), options, secrets)
    listener = None if on_drift == "raise" else on_drift
    return Connection(settings, auth, listener, options, secrets)


def rebound(client: C, transport: object) -> C:
    """A copy of a client that sends through another transport; its groups are made anew when they are used."""
    found, kind = copy.copy(client), type(client)
    for name in [*vars(found)]:
        if isinstance(getattr(kind, name, None), functools.cached_property):
            del vars(found)[name]
    vars(found)["_transport"] = transport
    return found


def mend_charset(response: httpx2.Response) -> None:
    """Read a reply as UTF-8 if it names a charset that does not decode text.

    Python knows codecs by names that are none of text (``hex``, ``idna``), and httpx2 takes what Python knows.
    """
    if "charset" not in response.headers.get("Content-Type", "").lower():
        return  # asking httpx2 takes a fiftieth of a whole call
    charset = response.charset_encoding
    if charset is None or charset.lower() in ("utf-8", "utf8"):
        return
    try:
        response.content.decode(charset, "replace")
    except (LookupError, ValueError):
        response.encoding = "utf-8"
