"""Large bodies over a real socket take little memory; many calls at once lose nothing."""

from __future__ import annotations

import asyncio
import concurrent.futures
import http.server
import json
import subprocess
import sys
import threading
import typing

import pytest

from pmgen.runtime.connection import Connection
from pmgen.runtime.requests import Expect, Operation, Request
from pmgen.runtime.transport import AsyncTransport, SyncTransport

if typing.TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterator

SIZE = 200 * 2**20
PIECE = b"x" * 2**20
LIMIT = 64 * 2**20


class Handler(http.server.BaseHTTPRequestHandler):
    """Takes what is sent and says how long it was; gives 200 MB; repeats the end of the path."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        left = length = int(self.headers["Content-Length"])
        while left:
            left -= len(self.rfile.read(min(left, len(PIECE))))
        self._answer(json.dumps(length).encode())

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        if name != "large":
            self._answer(json.dumps(name).encode())
            return
        self.send_response(200)
        self.send_header("Content-Length", str(SIZE))
        self.end_headers()
        for _ in range(SIZE // len(PIECE)):
            self.wfile.write(PIECE)

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


class Server(http.server.ThreadingHTTPServer):
    """Many at once."""

    request_queue_size = 1024
    daemon_threads = True


@pytest.fixture
def address() -> Iterator[str]:
    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def operation(address: str, method: str) -> Operation:
    return Operation(
        name="Do it",
        method=method,
        server=address,
        path="/{id}",
        replies={200: Expect()},
    )


CLIENT = """
import asyncio, pathlib, resource, sys
from pmgen.runtime.connection import Connection
from pmgen.runtime.requests import Expect, Operation, Request
from pmgen.runtime.transport import AsyncTransport, SyncTransport

address, source, target, side = sys.argv[1:]

def request(method, **more):
    made = Operation(name="x", method=method, server=address, path="/large", replies={200: Expect()})
    return Request(made, **more)

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

connection = Connection({}, None, None)

def sync():
    transport = SyncTransport(connection, None)
    transport.send(request("PUT", file=b"small"))
    before = peak()
    sent = transport.send(request("PUT", file=pathlib.Path(source))).value
    with transport.stream(request("GET")) as reply:
        saved = reply.save(target)
    return sent, saved, peak() - before

async def awaited():
    transport = AsyncTransport(connection, None)
    await transport.send(request("PUT", file=b"small"))
    before = peak()
    sent = (await transport.send(request("PUT", file=pathlib.Path(source)))).value
    async with transport.stream(request("GET")) as reply:
        saved = await reply.save(target)
    await transport.close()
    return sent, saved, peak() - before

print(*(sync() if side == "sync" else asyncio.run(awaited())))
"""


@pytest.mark.parametrize("side", ["sync", "async"])
def test_200_megabytes_take_little_memory(
    address: str, side: str, tmp_path: pathlib.Path
) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    with source.open("wb") as file:
        file.truncate(SIZE)
    asked = [sys.executable, "-c", CLIENT, address, str(source), str(target), side]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    sent, saved, added = map(int, done.stdout.split())
    assert (sent, saved, target.stat().st_size) == (SIZE, SIZE, SIZE)
    assert added < LIMIT


def test_many_threads_share_a_client(address: str) -> None:
    transport = SyncTransport(Connection({}, None, None), None)
    get = operation(address, "GET")

    def call(number: int) -> object:
        return transport.send(Request(get, values={"id": number})).value

    with concurrent.futures.ThreadPoolExecutor(32) as threads:
        found = [*threads.map(call, range(640))]
    transport.close()
    assert found == [str(number) for number in range(640)]


def test_a_thousand_tasks_share_a_client(address: str) -> None:
    get = operation(address, "GET")

    async def run() -> list[object]:
        transport = AsyncTransport(Connection({}, None, None), None)

        async def call(number: int) -> object:
            return (await transport.send(Request(get, values={"id": number}))).value

        found = await asyncio.gather(*map(call, range(1000)))
        await transport.close()
        return found

    assert asyncio.run(run()) == [str(number) for number in range(1000)]


def test_a_cancelled_call_leaves_the_client_usable(address: str) -> None:
    get = operation(address, "GET")

    async def run() -> object:
        transport = AsyncTransport(Connection({}, None, None), None)
        first: Request[object] = Request(get, values={"id": "large"})
        after: Request[object] = Request(get, values={"id": "next"})
        task = asyncio.create_task(transport.send(first))
        await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        value = (await transport.send(after)).value
        await transport.close()
        return value

    assert asyncio.run(run()) == "next"
