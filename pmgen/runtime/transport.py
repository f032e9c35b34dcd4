"""The two thin transports that carry requests, sync and async. They only send."""

from __future__ import annotations

import dataclasses
import os
import re
import typing
from collections.abc import Mapping

import httpx2

from .drift import Drift, DriftError, Json, LogDrift, Mismatch, OnDrift
from .errors import BY_STATUS, ApiError
from .requests import Prepared, Reply, Request, prepare
from .settings import Setting, resolve

T = typing.TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class Connection:
    """What a client was built with. ``auth`` is the user's own; it replaces the collection's."""

    settings: Mapping[str, str]
    auth: httpx2.Auth | None
    on_drift: typing.Callable[[str, list[Mismatch]], None] | None

    def http_auth(self, out: Prepared) -> typing.Any:
        """For httpx2: the user's own auth, else the collection's, else that of the user's httpx2 client."""
        return self.auth or out.auth or httpx2.USE_CLIENT_DEFAULT

    def prepare(self, request: Request[T]) -> Prepared:
        """The request as it goes out."""
        return prepare(request, self.settings, auth=self.auth is None)

    def receive(self, request: Request[T], response: httpx2.Response) -> Reply[T]:
        """The typed reply. Raises ApiError from status 400 on, DriftError if the client is strict."""
        operation, status = request.operation, response.status_code
        root: list[Json] = [None]
        drift = Drift(root)
        value = operation.expect(status).decode(response, drift, root)
        mismatches = [] if operation.method == "HEAD" else drift.mismatches()
        if mismatches and self.on_drift is not None:
            self.on_drift(operation.name, mismatches)
        if status >= 400:
            error = BY_STATUS.get(status, ApiError)
            raise error(operation.name, response, value, mismatches)
        if mismatches and self.on_drift is None:
            raise DriftError(operation.name, mismatches)
        return Reply(value, status, response.headers, mismatches)


def connect(
    declared: tuple[Setting, ...],
    given: Mapping[str, str | None],
    auth: httpx2.Auth | None,
    on_drift: OnDrift,
) -> Connection:
    """Resolve a client's arguments. Raises SettingsError where one has no value."""
    settings = resolve(declared, given, os.environ, own_auth=auth is not None)
    if on_drift == "log":
        return Connection(settings, auth, LogDrift())
    return Connection(settings, auth, None if on_drift == "raise" else on_drift)


_UNSENDABLE = re.compile(r"[^\t\x20-\x7e\x80-\xff]")


def _wire(headers: list[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
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


class SyncTransport:
    """Carries requests through an httpx2.Client; closes it only if it is its own."""

    def __init__(self, connection: Connection, http: httpx2.Client | None) -> None:
        self._connection, self._owned = connection, http is None
        self._http = httpx2.Client(follow_redirects=True) if http is None else http

    def send(self, request: Request[T]) -> Reply[T]:
        """Send one request."""
        out = self._connection.prepare(request)
        built = self._http.build_request(
            out.method, out.url, headers=_wire(out.headers), content=out.content
        )
        response = self._http.send(built, auth=self._connection.http_auth(out))
        return self._connection.receive(request, response)

    def close(self) -> None:
        """Close the connections of an own httpx2 client."""
        if self._owned:
            self._http.close()


class AsyncTransport:
    """Carries requests through an httpx2.AsyncClient; closes it only if it is its own."""

    def __init__(self, connection: Connection, http: httpx2.AsyncClient | None) -> None:
        self._connection, self._owned = connection, http is None
        self._http = httpx2.AsyncClient(follow_redirects=True) if http is None else http

    async def send(self, request: Request[T]) -> Reply[T]:
        """Send one request."""
        out = self._connection.prepare(request)
        built = self._http.build_request(
            out.method, out.url, headers=_wire(out.headers), content=out.content
        )
        response = await self._http.send(built, auth=self._connection.http_auth(out))
        return self._connection.receive(request, response)

    async def close(self) -> None:
        """Close the connections of an own httpx2 client."""
        if self._owned:
            await self._http.aclose()
