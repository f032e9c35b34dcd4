"""Replies that lead elsewhere: what goes along, and what a caller gets where nobody follows."""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import json
import pickle
import threading
import typing

import httpx2
import pytest

from pmgen.runtime.auth import ApiKey, Bearer
from pmgen.runtime.auth_tokens import OAuth2Grant
from pmgen.runtime.connection import Connection
from pmgen.runtime.errors import CredentialsError, RedirectError, TransportError
from pmgen.runtime.redirects import is_same_server
from pmgen.runtime.requests import Expect, Operation, Reply, Request
from pmgen.runtime.transport import AsyncTransport, SyncTransport

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = {"key": "KEY-SECRET", "token": "TOKEN-SECRET"}


class Handler(http.server.BaseHTTPRequestHandler):
    """``/to/STATUS/URL`` leads there; every other path tells the headers and the body that came."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.path == "/round":
            self._answer(302, b"", Location="/round")
            return
        if self.path.startswith("/to/"):
            status, _, target = self.path.removeprefix("/to/").partition("/")
            self._answer(int(status), b"<html>", Location=target)
            return
        told = {"method": self.command, "body": body, "headers": dict(self.headers)}
        self._answer(200, json.dumps(told).encode())

    do_POST = do_GET  # noqa: N815 - its name

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@contextlib.contextmanager
def served() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


@pytest.fixture(scope="module")
def here() -> Iterator[str]:
    with served() as found:
        yield found


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    with served() as found:
        yield found


def leading(
    server: str, target: str, status: int = 307, **more: typing.Any
) -> Operation:
    method = more.pop("method", "GET")
    return Operation("Move", method, server, f"/to/{status}/{target}", **more)


def sent(
    request: Request[typing.Any], settings: dict[str, str] | None = None
) -> Reply[typing.Any]:
    """By the sync and the async client, which must agree."""
    connection = Connection(SETTINGS if settings is None else settings, None, None)
    transport = SyncTransport(connection, None)
    with contextlib.closing(transport):
        found = transport.send(request)
    other = asyncio.run(awaited(connection, request))
    assert (other.status, other.value) == (found.status, found.value)
    return found


async def awaited(
    connection: Connection, request: Request[typing.Any]
) -> Reply[typing.Any]:
    transport = AsyncTransport(connection, None)
    try:
        return await transport.send(request)
    finally:
        await transport.close()


def headers(request: Request[typing.Any]) -> dict[str, str]:
    found: dict[str, str] = sent(request).value["headers"]
    return {name.lower(): value for name, value in found.items()}


OWN = {"X-My-Secret": "mine", "X-Trace": "7"}
AUTHS = [
    (ApiKey("X-Api-Key", "{key}"), "x-api-key"),
    (ApiKey("Weird", "{key}"), "weird"),
    (Bearer("{token}"), "authorization"),
]


@pytest.mark.parametrize(("auth", "name"), AUTHS)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_credentials_stay_behind_at_another_server(
    here: str, elsewhere: str, auth: typing.Any, name: str, status: int
) -> None:
    operation = leading(here, f"{elsewhere}/x", status, auth=auth)
    found = headers(Request(operation, headers=OWN))
    assert name not in found
    assert "x-my-secret" not in found
    assert found["x-trace"] == "7"


@pytest.mark.parametrize(("auth", "name"), AUTHS)
def test_credentials_go_along_at_the_same_server(
    here: str, auth: typing.Any, name: str
) -> None:
    found = headers(Request(leading(here, f"{here}/x", auth=auth), headers=OWN))
    assert "SECRET" in found[name]
    assert found["x-my-secret"] == "mine"


def test_credential_headers_of_the_collection_stay_behind(
    here: str, elsewhere: str
) -> None:
    operation = leading(here, f"{elsewhere}/x", credentials=[("Weird", "{key}")])
    assert "weird" not in headers(Request(operation))


def test_a_body_goes_along_with_307_and_not_with_303(here: str) -> None:
    def told(status: int) -> dict[str, typing.Any]:
        operation = leading(here, f"{here}/x", status, method="POST")
        found: dict[str, typing.Any] = sent(Request(operation, body="text")).value
        return found

    assert (told(307)["method"], told(307)["body"]) == ("POST", "text")
    assert (told(303)["method"], told(303)["body"]) == ("GET", "")


def test_going_round_in_circles_ends(here: str) -> None:
    operation = Operation("Round", "GET", here, "/round")
    with pytest.raises(TransportError, match="too many redirects") as caught:
        sent(Request(operation))
    assert caught.value.operation == "Round"


def test_what_leads_to_a_dead_server_names_that_server(here: str) -> None:
    operation = leading(here, "http://127.0.0.1:9/gone?key=KEY-SECRET")
    with pytest.raises(TransportError) as caught:
        sent(Request(operation))
    assert "http://127.0.0.1:9/gone" in str(caught.value)
    assert "SECRET" not in str(caught.value)


def test_a_token_is_not_asked_for_elsewhere(here: str, elsewhere: str) -> None:
    grant = OAuth2Grant("client_credentials", f"{here}/to/307/{elsewhere}/t", "me", "S")
    operation = Operation("Granted", "GET", here, "/x", auth=grant)
    with pytest.raises(CredentialsError, match="Granted: No OAuth 2 token") as caught:
        sent(Request(operation))
    assert "HTTP 307" in str(caught.value)


def unfollowed(request: Request[typing.Any]) -> Reply[typing.Any]:
    with httpx2.Client() as own:
        return SyncTransport(Connection(SETTINGS, None, None), own).send(request)


def test_where_nobody_follows_the_caller_is_told(here: str) -> None:
    operation = leading(here, "/new?token=TOKEN-SECRET", replies={200: Expect()})
    with pytest.raises(RedirectError) as caught:
        unfollowed(Request(operation))
    error = caught.value
    assert (error.status, error.operation) == (307, "Move")
    assert str(error) == (
        f"Move: HTTP 307 leads to {here}/new; make the httpx2 client with "
        "follow_redirects=True"
    )
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(again), str(again)) == (RedirectError, str(error))


def test_a_stream_that_leads_elsewhere_is_no_file(here: str) -> None:
    request = Request[object](leading(here, "/new"))
    with httpx2.Client() as own:
        transport = SyncTransport(Connection({}, None, None), own)
        with pytest.raises(RedirectError), transport.stream(request):
            raise AssertionError("there is nothing to read")


@pytest.mark.parametrize(
    "known", [{"replies": {307: Expect(text=True)}}, {"redirects": False}]
)
def test_what_the_collection_has_as_a_reply_is_one(
    here: str, known: dict[str, typing.Any]
) -> None:
    found = unfollowed(Request(leading(here, "/new", **known)))
    assert (found.status, found.value) == (307, "<html>")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://h/a", "http://h/b", True),
        ("http://h:80/", "http://h/", True),
        ("http://h/", "https://h/", True),
        ("https://h/", "http://h/", False),
        ("http://h/", "https://h:8443/", False),
        ("http://h:8080/", "http://h/", False),
        ("http://h/", "http://h.evil/", False),
        ("http://H/", "http://h/", True),
    ],
)
def test_servers_are_told_apart(one: str, other: str, same: bool) -> None:
    assert is_same_server(httpx2.URL(one), httpx2.URL(other)) is same
