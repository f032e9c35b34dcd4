"""Whole clients, compiled from inline collections: over a real socket, and over random replies."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import datetime
import http.server
import importlib
import json
import sys
import threading
import typing

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmgen import resources
from pmgen.options import Options
from pmgen.pipeline import File, Inputs, Resources, compile_source
from pmgen.runtime.testing import same_json
from pmgen.tools import tools as real_tools

if typing.TYPE_CHECKING:
    import pathlib
    import types
    from collections.abc import Iterator

    from pmgen.runtime.drift import Json

BOOK = {
    "id": 7,
    "title": "Näme",
    "printed": "2024-01-02",
    "tags": [{"name": "a"}, {"name": "b", "score": 1.5}],
    "left": None,
}
ERROR = {"error": {"code": "no_book"}}


def response(name: str, code: int, body: Json) -> Json:
    """A saved example."""
    return {
        "name": name,
        "code": code,
        "header": [{"key": "Content-Type", "value": "application/json"}],
        "body": json.dumps(body),
    }


COLLECTION: Json = {
    "info": {
        "name": "Library",
        "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    },
    "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}"}]},
    "item": [
        {
            "name": "Books",
            "item": [
                {
                    "name": "Get book",
                    "request": {
                        "method": "GET",
                        "url": {
                            "raw": "{{baseUrl}}/books/:id?lang=en&full=true&page=1",
                            "host": ["{{baseUrl}}"],
                            "path": ["books", ":id"],
                            "query": [
                                {"key": "lang", "value": "en"},
                                {"key": "full", "value": "true"},
                                {"key": "page", "value": "1"},
                            ],
                            "variable": [{"key": "id", "value": ""}],
                        },
                    },
                    "response": [
                        response("Found", 200, BOOK),
                        response("Missing", 404, ERROR),
                    ],
                },
                {
                    "name": "Add book",
                    "request": {
                        "method": "POST",
                        "header": [{"key": "Content-Type", "value": "application/json"}],
                        "url": "{{baseUrl}}/books",
                        "body": {"mode": "raw", "raw": json.dumps(BOOK)},
                    },
                    "response": [response("Made", 201, BOOK)],
                },
            ],
        }
    ],
}  # fmt: skip


@dataclasses.dataclass
class Server:
    """A server on the loopback interface: what it heard, and what it will say."""

    url: str
    heard: list[tuple[str, str, dict[str, str], bytes]]
    reply: tuple[int, bytes] = (200, b"")


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            found.heard.append(
                (self.command, self.path, headers, self.rfile.read(size))
            )
            status, content = found.reply
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = answer  # noqa: N815 - names of http.server

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as served:
        # A keep-alive connection that a failing test leaves open must not hold up the end.
        served.daemon_threads = True
        found = Server(f"http://127.0.0.1:{served.server_port}", [])
        thread = threading.Thread(target=served.serve_forever, args=(0.01,))
        thread.start()
        yield found
        served.shutdown()
        thread.join()


@contextlib.contextmanager
def installed(
    collection: Json, name: str, folder: pathlib.Path, *, formatted: bool = False
) -> Iterator[types.ModuleType]:
    """The client's package, imported, and forgotten afterwards."""
    tools = Resources(
        resources.templates(),
        resources.runtime(),
        real_tools().format if formatted else lambda _, source: source,
    )
    raw = json.dumps(collection).encode()
    result = compile_source(
        Inputs(File(f"{name}.json", raw)), Options(name=name), tools
    )
    assert result.clients, result.diagnostics
    for path, content in result.clients[0].tree.items():
        file = folder / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))
        for module in [m for m in sys.modules if m.partition(".")[0] == name]:
            del sys.modules[module]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[types.ModuleType]:
    with installed(
        COLLECTION, "loop_library", tmp_path_factory.mktemp("loop"), formatted=True
    ) as package:
        yield package


@dataclasses.dataclass
class Caller:
    """One side of a client: calls `books.<name>` of it."""

    package: typing.Any
    awaited: bool

    def __call__(
        self, server: Server, name: str, *args: typing.Any, **given: typing.Any
    ) -> typing.Any:
        token = given.pop("token", "t0ken")
        options = {"base_url": server.url, "token": token}

        async def awaited() -> typing.Any:
            async with self.package.AsyncClient(**options) as client:
                return await getattr(client.books, name)(*args, **given)

        if self.awaited:
            return asyncio.run(awaited())
        with self.package.Client(**options) as client:
            return getattr(client.books, name)(*args, **given)


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def call(request: pytest.FixtureRequest, library: types.ModuleType) -> Caller:
    return Caller(library, request.param)


def test_a_reply_becomes_a_model(server: Server, call: Caller) -> None:
    server.reply = 200, json.dumps(BOOK).encode()
    book = call(server, "get_book", "a/b ü")
    assert (book.id, book.title, book.left) == (7, "Näme", None)
    assert book.printed == datetime.date(2024, 1, 2)
    assert [tag.name for tag in book.tags] == ["a", "b"]
    assert same_json(book.to_json(), BOOK)
    ((method, path, headers, body),) = server.heard
    assert (method, path, body) == ("GET", "/books/a%2Fb%20%C3%BC", b"")
    assert headers["authorization"] == "Bearer t0ken"


def test_arguments_reach_the_query(server: Server, call: Caller) -> None:
    server.reply = 200, json.dumps(BOOK).encode()
    call(server, "get_book", 1, lang="d&e", page=2)
    assert server.heard[0][1] == "/books/1?lang=d%26e&page=2"


@pytest.mark.parametrize(("value", "sent"), [(True, "true"), (False, "false")])
def test_bool_arguments_reach_the_query(
    server: Server, call: Caller, value: bool, sent: str
) -> None:
    server.reply = 200, json.dumps(BOOK).encode()
    call(server, "get_book", 1, full=value)
    assert server.heard[0][1] == f"/books/1?full={sent}"


def test_a_model_becomes_a_body(server: Server, call: Caller) -> None:
    server.reply = 201, json.dumps(BOOK).encode()
    book = call(server, "add_book", BOOK)
    call(server, "add_book", book)
    for method, path, headers, body in server.heard:
        assert (method, path) == ("POST", "/books")
        assert headers["content-type"] == "application/json"
        assert same_json(json.loads(body), BOOK)


def test_an_error_is_raised(server: Server, call: Caller) -> None:
    server.reply = 404, json.dumps(ERROR).encode()
    with pytest.raises(Exception, match="404") as caught:
        call(server, "get_book", 1)
    error: typing.Any = caught.value
    assert type(error).__name__ == "NotFoundError"
    assert isinstance(error, call.package.ApiError)
    assert error.body.error.code == "no_book"
    assert "t0ken" not in f"{error}{error!r}"


@pytest.mark.parametrize("token", ["t0ken\n", "t0ken\r\nX-Evil: 1"])
def test_a_token_cannot_end_its_header(
    server: Server, call: Caller, token: str
) -> None:
    with pytest.raises(Exception, match=r".*"):
        call(server, "get_book", 1, token=token)
    assert server.heard == []


def test_a_bad_token_is_not_in_the_error(server: Server, call: Caller) -> None:
    # Read from a file with its line end, as tokens are.
    with pytest.raises(Exception, match=r".*") as caught:
        call(server, "get_book", 1, token="t0ken\n")  # noqa: S106 - made up
    assert "t0ken" not in str(caught.value)


def test_nobody_listening_is_an_error_with_the_operations_name(call: Caller) -> None:
    with pytest.raises(call.package._runtime.errors.TransportError) as caught:
        call(Server("http://127.0.0.1:1", []), "get_book", 1)
    assert str(caught.value).startswith("Get book: GET http://127.0.0.1:1/books/1: no")
    assert caught.value.tries == 3
    assert isinstance(caught.value.__cause__, httpx2.ConnectError)


# Names of keys as small as they may be: what counts here are the shapes.
JSON: st.SearchStrategy[Json] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.integers(min_value=2**64, max_value=2**80),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=5),
        st.sampled_from(
            ["2024-01-02", "2024-01-02T03:04:05Z", "2024-01-02T03:04:05.678+01:00"]
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(st.sampled_from(["a", "b", "1", "2", "class"]), st.text(max_size=3)),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(JSON, min_size=1, max_size=3))
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_clients_read_every_reply_they_were_made_from(
    tmp_path_factory: pytest.TempPathFactory, replies: list[Json]
) -> None:
    collection: Json = {
        "info": COLLECTION["info"],
        "item": [
            {
                "name": "Get it",
                "request": {"method": "GET", "url": "https://h.test/it"},
                "response": [response("One", 200, reply) for reply in replies],
            }
        ],
    }
    answer: list[Json] = [None]
    network = httpx2.MockTransport(lambda _: httpx2.Response(200, json=answer[0]))
    with installed(
        collection, "loop_random", tmp_path_factory.mktemp("random")
    ) as found:
        package: typing.Any = found
        requests = importlib.import_module("loop_random.requests")
        with httpx2.Client(transport=network) as client:
            strict = package.Client(http=client, on_drift="raise")
            for answer[0] in replies:
                reply = strict.send(requests.get_it())
                reader = requests._GET_IT.replies[200].json
                model = isinstance(reader, type)
                dumped = reply.value.to_json() if model else reader.to_json(reply.value)
                assert same_json(dumped, answer[0])
