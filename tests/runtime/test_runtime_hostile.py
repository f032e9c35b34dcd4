"""Servers that misbehave, over real sockets: a clear error or the right retry, sync and async."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
import typing

import pytest

from pmgen.runtime import codecs, errors, retry
from pmgen.runtime.connection import Connection, Options
from pmgen.runtime.requests import Expect, Operation, Request
from pmgen.runtime.transport import AsyncTransport, SyncTransport

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

JSON = b"Content-Type: application/json\r\n"
OK = b"HTTP/1.1 200 OK\r\n"
GOOD = OK + JSON + b"Content-Length: 3\r\n\r\n[1]"
RESET, STALL = b"reset", b"stall"


class Server:
    """Answers each connection with the next of its replies, then closes it; the last one goes on."""

    def __init__(self, replies: list[bytes]) -> None:
        self._replies = replies
        self.calls = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        with contextlib.suppress(OSError):  # the test is over
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._serve, args=(connection,)).start()

    def _serve(self, connection: socket.socket) -> None:
        reply = self._replies[min(self.calls, len(self._replies) - 1)]
        self.calls += 1
        with connection, contextlib.suppress(OSError):  # the client may leave first
            connection.recv(65_536)
            if reply == RESET:
                linger = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            elif reply == STALL:
                connection.recv(1)
            else:
                connection.sendall(reply)

    def close(self) -> None:
        self._socket.close()


class Side:
    """One of the two transports."""

    def __init__(self, *, is_async: bool) -> None:
        self._is_async = is_async

    def __call__(self, server: Server, method: str = "GET") -> typing.Any:
        options = Options(timeout=0.5)
        connection = Connection({}, None, lambda *_: None, options)
        operation = Operation(
            name="Do it",
            method=method,
            server=server.address,
            path="/x",
            replies={200: Expect(json=codecs.ListOf(codecs.INTEGER))},
        )
        request: Request[typing.Any] = Request(operation)
        if self._is_async:
            return asyncio.run(self._awaited(connection, request))
        transport = SyncTransport(connection, None)
        try:
            return transport.send(request).value
        finally:
            transport.close()

    async def _awaited(
        self, connection: Connection, request: Request[typing.Any]
    ) -> typing.Any:
        transport = AsyncTransport(connection, None)
        try:
            return (await transport.send(request)).value
        finally:
            await transport.close()


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def send(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Side:
    monkeypatch.setattr(retry, "FIRST", 0.0)
    return Side(is_async=request.param)


@contextlib.contextmanager
def serving(*replies: bytes) -> Iterator[Server]:
    server = Server([*replies])
    try:
        yield server
    finally:
        server.close()


BROKEN = {
    "dies before a word": b"",
    "dies in the head": b"HTTP/1.1 200 OK\r\nContent-Ty",
    "dies in the body": OK + b"Content-Length: 100\r\n\r\n[1",
    "resets": RESET,
    "speaks no HTTP": b"SSH-2.0-OpenSSH\r\n\r\n",
    "chunks are none": OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n[1]\r\n",
    "ten megabytes of headers": OK + (b"X-A: " + b"a" * 1000 + b"\r\n") * 10_000,
}


@pytest.mark.parametrize("reply", BROKEN.values(), ids=BROKEN)
def test_a_broken_reply_is_asked_for_again(send: Side, reply: bytes) -> None:
    with serving(reply, GOOD) as server:
        assert send(server) == [1]
        assert server.calls == 2


@pytest.mark.parametrize("reply", BROKEN.values(), ids=BROKEN)
def test_a_broken_reply_to_a_post_is_an_error(send: Side, reply: bytes) -> None:
    with serving(reply, GOOD) as server:
        with pytest.raises(
            errors.TransportError, match=r"^Do it: POST http://127"
        ) as e:
            send(server, "POST")
        assert (server.calls, e.value.tries) == (1, 1)
        assert len(str(e.value)) < 400


def test_a_stall_ends_with_the_timeout(send: Side) -> None:
    with serving(STALL) as server, pytest.raises(errors.TimedOutError, match="timeout"):
        send(server)


def test_what_cannot_be_unpacked_is_an_error(send: Side) -> None:
    reply = OK + JSON + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\n[1]"
    with serving(reply) as server:
        with pytest.raises(errors.TransportError, match="cannot be unpacked"):
            send(server)
        assert server.calls == 1


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        (OK + JSON + b"Content-Length: 2\r\n\r\n[1", "[1"),
        (OK + b"Content-Length: 0\r\n\r\n", None),
        (OK + b"Content-Type: application/json; charset=hex\r\nContent-Length: 3\r\n\r\n[1]", [1]),
        (OK + b"Content-Type: text/x; charset=idna\r\nContent-Length: 3\r\n\r\nabc", "abc"),
        (OK + JSON + b"Content-Length: 3\r\n\r\n[1]garbage", [1]),
    ],
)  # fmt: skip
def test_a_strange_reply_is_kept_as_it_came(
    send: Side, reply: bytes, value: object
) -> None:
    with serving(reply) as server:
        assert send(server) == value


def test_429_is_asked_again_when_the_server_says(send: Side) -> None:
    later = b"HTTP/1.1 429 x\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    with serving(later, later, GOOD) as server:
        assert send(server) == [1]
        assert server.calls == 3
