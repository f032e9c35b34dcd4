"""The two thin transports that carry requests, sync and async. They only send, wait and read."""

from __future__ import annotations

import contextlib
import time
import typing
from collections.abc import AsyncIterator, Iterator, Mapping

import httpx2

from .call import FAILURES, Call
from .connection import TIMEOUT, Connection, Timeout
from .download import AsyncDownload, Download
from .errors import AuthError
from .requests import Reply, Request

T = typing.TypeVar("T")
Any = typing.Any


class SyncTransport:
    """Carries requests through an httpx2.Client; closes it only if it is its own."""

    def __init__(self, connection: Connection, http: httpx2.Client | None) -> None:
        self._connection, self._owned = connection, http is None
        if http is None:
            http = httpx2.Client(follow_redirects=True, timeout=TIMEOUT)
        self._http = http

    @property
    def settings(self) -> Mapping[str, str]:
        """Those of the client, as they are now."""
        return self._connection.values()

    def with_options(self, timeout: Timeout, retries: int | None) -> SyncTransport:
        """Another one on the same connections, which it does not close."""
        return SyncTransport(self._connection.changed(timeout, retries), self._http)

    def send(self, request: Request[T]) -> Reply[T]:
        """Send one request. Raises TransportError, ApiError, DriftError."""
        call = Call(self._connection, request)
        response = self._sent(call, stream=False)
        return self._connection.receive(request, response, call.secrets)

    @contextlib.contextmanager
    def stream(self, request: Request[Any]) -> Iterator[Download]:
        """Send one request, whose reply is read by the caller. Raises TransportError, ApiError."""
        call = Call(self._connection, request)
        response = self._sent(call, stream=True)
        try:
            if response.status_code >= 400:
                self._read(call, response)
                raise self._connection.refused(request, response, call.secrets)
            self._connection.check_redirect(request, response)
            yield Download(response, call.failed)
        finally:
            response.close()

    def _sent(self, call: Call, *, stream: bool) -> httpx2.Response:
        while True:
            try:
                built, auth = call.build(self._http)
                response = self._through(call, built, auth, stream=stream)
            except AuthError as error:
                raise call.unauthorized(error) from None
            except FAILURES as error:
                seconds = call.pause(error)
                if seconds is None:
                    failure = call.failed(error)
                    raise failure from failure.__cause__
            else:
                seconds = call.pause(response)
                if seconds is None:
                    return response
                response.close()
            time.sleep(seconds)

    def _through(
        self, call: Call, request: httpx2.Request, auth: typing.Any, *, stream: bool
    ) -> httpx2.Response:
        """Send it, and go where the reply leads if that is wanted: httpx2 would take credentials along."""
        passed: list[httpx2.Response] = []
        while True:
            response = self._http.send(
                request, auth=auth, stream=stream, follow_redirects=False
            )
            onward = call.onward(response, self._http, len(passed))
            if onward is None:
                if passed:
                    response.history = passed
                return response
            response.read()
            passed.append(response)
            request, auth = onward, call.auth_onward(response, onward, auth)

    def _read(self, call: Call, response: httpx2.Response) -> None:
        try:
            response.read()
        except FAILURES as error:
            failure = call.failed(error)
            raise failure from failure.__cause__

    def close(self) -> None:
        """Close the connections of an own httpx2 client."""
        if self._owned:
            self._http.close()


class AsyncTransport:
    """Carries requests through an httpx2.AsyncClient; closes it only if it is its own."""

    def __init__(self, connection: Connection, http: httpx2.AsyncClient | None) -> None:
        self._connection, self._owned = connection, http is None
        if http is None:
            http = httpx2.AsyncClient(follow_redirects=True, timeout=TIMEOUT)
        self._http = http

    @property
    def settings(self) -> Mapping[str, str]:
        """Those of the client, as they are now."""
        return self._connection.values()

    def with_options(self, timeout: Timeout, retries: int | None) -> AsyncTransport:
        """Another one on the same connections, which it does not close."""
        return AsyncTransport(self._connection.changed(timeout, retries), self._http)

    async def send(self, request: Request[T]) -> Reply[T]:
        """Send one request. Raises TransportError, ApiError, DriftError."""
        call = Call(self._connection, request)
        response = await self._sent(call, stream=False)
        return self._connection.receive(request, response, call.secrets)

    @contextlib.asynccontextmanager
    async def stream(self, request: Request[Any]) -> AsyncIterator[AsyncDownload]:
        """Send one request, whose reply is read by the caller. Raises TransportError, ApiError."""
        call = Call(self._connection, request)
        response = await self._sent(call, stream=True)
        try:
            if response.status_code >= 400:
                await self._read(call, response)
                raise self._connection.refused(request, response, call.secrets)
            self._connection.check_redirect(request, response)
            yield AsyncDownload(response, call.failed)
        finally:
            await response.aclose()

    async def _sent(self, call: Call, *, stream: bool) -> httpx2.Response:
        while True:
            try:
                built, auth = call.build(self._http)
                response = await self._through(call, built, auth, stream=stream)
            except AuthError as error:
                raise call.unauthorized(error) from None
            except FAILURES as error:
                seconds = call.pause(error)
                if seconds is None:
                    failure = call.failed(error)
                    raise failure from failure.__cause__
            else:
                seconds = call.pause(response)
                if seconds is None:
                    return response
                await response.aclose()
            await _sleep(seconds)

    async def _through(
        self, call: Call, request: httpx2.Request, auth: typing.Any, *, stream: bool
    ) -> httpx2.Response:
        """Send it, and go where the reply leads if that is wanted: httpx2 would take credentials along."""
        passed: list[httpx2.Response] = []
        while True:
            response = await self._http.send(
                request, auth=auth, stream=stream, follow_redirects=False
            )
            onward = call.onward(response, self._http, len(passed))
            if onward is None:
                if passed:
                    response.history = passed
                return response
            await response.aread()
            passed.append(response)
            request, auth = onward, call.auth_onward(response, onward, auth)

    async def _read(self, call: Call, response: httpx2.Response) -> None:
        try:
            await response.aread()
        except FAILURES as error:
            failure = call.failed(error)
            raise failure from failure.__cause__

    async def close(self) -> None:
        """Close the connections of an own httpx2 client."""
        if self._owned:
            await self._http.aclose()


async def _sleep(seconds: float) -> None:
    import anyio  # httpx2 loads it for async clients only; asyncio is not the only loop

    await anyio.sleep(seconds)
