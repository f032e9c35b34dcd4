"""What a collection says of how requests are sent, on the wire."""

from __future__ import annotations

import asyncio
import dataclasses
import http.server
import threading
import typing

import pytest

from pmgen.runtime.connection import Connection
from pmgen.runtime.forms import Parts
from pmgen.runtime.requests import Expect, Operation, Reply, Request
from pmgen.runtime.transport import AsyncTransport, SyncTransport

if typing.TYPE_CHECKING:
    from collections.abc import Iterator


class Handler(http.server.BaseHTTPRequestHandler):
    """Sends ``/old`` to ``/new``, where it says which headers came."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def do_GET(self) -> None:
        moved = self.path == "/old"
        names = "" if moved else " ".join(sorted(map(str.lower, self.headers)))
        self.send_response(302 if moved else 200)
        self.send_header("Location", "/new")
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(names)))
        self.end_headers()
        self.wfile.write(names.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


def operation(server: str, path: str, **more: typing.Any) -> Operation:
    return Operation(
        "Op", "GET", server, path, replies={200: Expect(text=True)}, **more
    )


def sent(request: Request[str]) -> Reply[str]:
    """By the sync and the async client, which must agree."""
    connection = Connection({}, None, None)
    transport = SyncTransport(connection, None)
    try:
        found = transport.send(request)
    finally:
        transport.close()
    other = asyncio.run(awaited(connection, request))
    assert (other.status, other.value) == (found.status, found.value)
    return found


async def awaited(connection: Connection, request: Request[str]) -> Reply[str]:
    transport = AsyncTransport(connection, None)
    try:
        return await transport.send(request)
    finally:
        await transport.close()


def test_a_redirect_is_the_reply_where_the_collection_has_it_so(server: str) -> None:
    found = sent(Request(operation(server, "/old", redirects=False)))
    assert (found.status, found.headers["Location"]) == (302, "/new")


def test_redirects_are_followed_otherwise(server: str) -> None:
    assert sent(Request(operation(server, "/old"))).status == 200


def names(request: Request[str]) -> list[str]:
    return sent(request).value.split()


def test_headers_that_the_library_would_add_stay_away(server: str) -> None:
    usual = names(Request(operation(server, "/new")))
    assert usual == ["accept", "accept-encoding", "connection", "host", "user-agent"]
    drops = {"accept", "accept-encoding", "connection", "user-agent"}
    assert names(Request(operation(server, "/new", drops=drops))) == ["host"]


def test_what_the_collection_or_the_caller_says_is_sent_all_the_same(
    server: str,
) -> None:
    drops = {"accept", "user-agent"}
    said = operation(server, "/new", drops=drops, headers=[("Accept", "text/*")])
    found = names(Request(said, headers={"User-Agent": "mine"}))
    assert {"accept", "user-agent"} <= {*found}


def test_the_type_of_a_form_can_stay_away(server: str) -> None:
    replies = {200: Expect(text=True)}
    usual = Operation("Op", "POST", server, "/new", form=Parts(), replies=replies)
    assert "content-type" in names(Request(usual, fields=[("a", "1")]))
    dropped = dataclasses.replace(usual, drops={"content-type"})
    assert "content-type" not in names(Request(dropped, fields=[("a", "1")]))
