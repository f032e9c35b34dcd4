"""A call of a generated client beside the same call of bare httpx2, over one loopback connection each, in one run.

    python bench/calls.py [CALLS]

What is asked: at most 1.2 times the bare call, sync and async. A bare call sends the same request and decodes the
reply's JSON; the client also reads it into its model. Batches of the two alternate and their quickest ones are
compared, so that what else the machine does is in neither.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib
import json
import multiprocessing
import socket
import sys
import tempfile
import time
import typing
from pathlib import Path

import httpx2

from pmgen import resources
from pmgen.options import Options
from pmgen.pipeline import File, Inputs, Resources, compile_source

if typing.TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

BATCH = 100
LIMIT = 1.2
BOOK = {
    "id": 7,
    "title": "Name",
    "printed": "2024-01-02",
    "tags": [{"name": "a", "score": 2.5}, {"name": "b", "score": 1.5}],
    "left": None,
}
TEXT = json.dumps(BOOK)
NAME = "bench_library"
SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
JSON_TYPE = {"key": "Content-Type", "value": "application/json"}
COLLECTION = {
    "info": {"name": "Library", "schema": SCHEMA},
    "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}"}]},
    "item": [
        {
            "name": "Get book",
            "request": {
                "method": "GET",
                "header": [{"key": "Accept", "value": "application/json"}],
                "url": "{{baseUrl}}/books/:id?lang=en&full=true",
            },
            "response": [
                {"name": "Found", "code": 200, "header": [JSON_TYPE], "body": TEXT}
            ],
        }
    ],
}
REPLY = (
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    f"Content-Length: {len(TEXT)}\r\n\r\n{TEXT}"
).encode()
HEADERS = {"Accept": "application/json", "Authorization": "Bearer t0ken"}


class _Answers(asyncio.Protocol):
    """One reply for whatever ends with an empty line."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = typing.cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if data.endswith(b"\r\n\r\n"):
            self._transport.write(REPLY)


def serve(listener: socket.socket) -> None:
    """Answer for ever."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(_Answers, sock=listener)
        await server.serve_forever()

    asyncio.run(run())


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Its URL; it runs in a process of its own, so that its time is not that of the calls."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        process = multiprocessing.Process(target=serve, args=(listener,), daemon=True)
        process.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            process.terminate()
            process.join()


def client_package(folder: Path) -> typing.Any:
    """The compiled client."""
    tools = Resources(
        resources.templates(), resources.runtime(), lambda _, source: source
    )
    source = File(f"{NAME}.json", json.dumps(COLLECTION).encode())
    result = compile_source(Inputs(source), Options(name=NAME), tools)
    for path, content in result.clients[0].tree.items():
        file = folder / NAME / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    sys.path.insert(0, str(folder))
    return importlib.import_module(NAME)


def quickest(
    batches: int, bare: Callable[[], float], ours: Callable[[], float]
) -> tuple[float, float]:
    """Seconds for a call, of the quickest batch each."""
    found = [(bare(), ours()) for _ in range(batches)]
    return min(b for b, _ in found) / BATCH, min(o for _, o in found) / BATCH


def timed(call: Callable[[], object]) -> float:
    """Seconds for a batch."""
    start = time.perf_counter()
    for _ in range(BATCH):
        call()
    return time.perf_counter() - start


async def timed_async(call: Callable[[], Awaitable[object]]) -> float:
    """Seconds for a batch, one call after the other."""
    start = time.perf_counter()
    for _ in range(BATCH):
        await call()
    return time.perf_counter() - start


def sync_calls(package: typing.Any, url: str, batches: int) -> tuple[float, float]:
    """Bare and ours."""
    asked = f"{url}/books/7?lang=en&full=true"
    with (
        httpx2.Client() as bare,
        package.Client(base_url=url, token="t0ken") as client,  # noqa: S106 - none
    ):
        return quickest(
            batches,
            lambda: timed(lambda: json.loads(bare.get(asked, headers=HEADERS).content)),
            lambda: timed(lambda: client.get_book(7, lang="en", full=True)),
        )


async def async_calls(
    package: typing.Any, url: str, batches: int
) -> tuple[float, float]:
    """Bare and ours."""
    asked = f"{url}/books/7?lang=en&full=true"
    found = []
    async with (
        httpx2.AsyncClient() as bare,
        package.AsyncClient(base_url=url, token="t0ken") as client,  # noqa: S106
    ):

        async def plain() -> object:
            return json.loads((await bare.get(asked, headers=HEADERS)).content)

        for _ in range(batches):
            first = await timed_async(plain)
            second = await timed_async(lambda: client.get_book(7, lang="en", full=True))
            found.append((first, second))
    return min(b for b, _ in found) / BATCH, min(o for _, o in found) / BATCH


def main() -> None:
    """Measure and print; exit 1 above the limit."""
    batches = (int(sys.argv[1]) if len(sys.argv) > 1 else 5000) // BATCH
    with tempfile.TemporaryDirectory() as folder, server() as url:
        package = client_package(Path(folder))
        gc.freeze()
        found = {
            "sync": sync_calls(package, url, batches),
            "async": asyncio.run(async_calls(package, url, batches)),
        }
    for name, (bare, ours) in found.items():
        print(
            f"{name}: httpx2 {bare * 1e6:.0f} µs, the client {ours * 1e6:.0f} µs = {ours / bare:.2f} (limit {LIMIT})"
        )
    if any(ours > LIMIT * bare for bare, ours in found.values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
