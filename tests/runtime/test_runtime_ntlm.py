"""NTLM against a server whose messages are pyspnego's, over real connections."""

# ruff: noqa: S106, S107 - passwords of a test server

from __future__ import annotations

import asyncio
import base64
import concurrent.futures
import http.server
import json
import threading
import typing

import httpx2
import pytest
import spnego
import spnego.exceptions

from pmgen.runtime.auth_ntlm import Ntlm
from pmgen.runtime.connection import Connection
from pmgen.runtime.errors import CredentialsError, ForbiddenError, UnauthorizedError
from pmgen.runtime.requests import Expect, Operation, Reply, Request
from pmgen.runtime.transport import AsyncTransport, SyncTransport

if typing.TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterator


class Handler(http.server.BaseHTTPRequestHandler):
    """Lets in whom NTLM knows, a connection at a time. ``/open`` is for all, ``/broken`` challenges with no message."""

    protocol_version = "HTTP/1.1"
    offers: typing.ClassVar[list[str]] = ["NTLM"]

    def setup(self) -> None:
        """A connection begins."""
        super().setup()
        self.context: typing.Any = None
        self.steps = 0

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def do_GET(self) -> None:
        scheme, _, message = self.headers.get("Authorization", "").partition(" ")
        if self.path == "/open" or (self.context and self.context.complete):
            self._let_in()
        elif scheme != "NTLM":
            self._refuse(*self.offers)
        elif self.path == "/broken":
            self._refuse("NTLM %%%")
        else:
            self._step(base64.b64decode(message))

    def _step(self, message: bytes) -> None:
        self.steps += 1
        if self.context is None:
            options = spnego.NegotiateOptions.use_ntlm
            self.context = spnego.server(protocol="ntlm", options=options)
        try:
            answer = self.context.step(message)
        except spnego.exceptions.SpnegoError:
            self.context = None
            self._refuse(*self.offers)
            return
        if self.context.complete:
            self._let_in()
        else:
            self._refuse(f"NTLM {base64.b64encode(answer).decode()}")

    def _let_in(self) -> None:
        who = self.context.client_principal if self.context else ""
        body = getattr(self, "body", b"").decode()
        self._answer(200, {"who": who, "body": body, "steps": self.steps})

    def _refuse(self, *offers: str) -> None:
        self._answer(403 if self.path == "/forbidden" else 401, {}, *offers)

    def _answer(self, status: int, told: object, *offers: str) -> None:
        text = json.dumps(told).encode()
        self.send_response(status)
        for offer in offers:
            self.send_header("WWW-Authenticate", offer)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture(autouse=True)
def _users(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whom the server knows."""
    file = tmp_path / "users"
    file.write_text("SEA:ann:s3cret\nSEA:bob:pässwörd\n", encoding="utf-8")
    monkeypatch.setenv("NTLM_USER_FILE", str(file))


@pytest.fixture
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


def request(server: str, path: str = "/", **more: typing.Any) -> Request[typing.Any]:
    auth = Ntlm("{user}", "{password}", "{domain}")
    method = "POST" if more else "GET"
    operation = Operation(
        "Dive", method, server, path, auth=auth, replies={200: Expect()}
    )
    return Request(operation, **more)


def settings(
    user: str = "ann", password: str = "s3cret", domain: str = "SEA"
) -> dict[str, str]:
    return {"user": user, "password": password, "domain": domain}


def sent(
    *requests: Request[typing.Any], given: dict[str, str], awaited: bool
) -> list[Reply[typing.Any]]:
    """By one client, one after the other."""
    connection = Connection(given, None, None)

    async def by_async() -> list[Reply[typing.Any]]:
        async with httpx2.AsyncClient() as own:
            transport = AsyncTransport(connection, own)
            return [await transport.send(each) for each in requests]

    if awaited:
        return asyncio.run(by_async())
    with httpx2.Client() as own:
        transport = SyncTransport(connection, own)
        return [transport.send(each) for each in requests]


BOTH = pytest.mark.parametrize("awaited", [False, True], ids=["sync", "async"])


@BOTH
@pytest.mark.parametrize(
    "given",
    [
        settings(),
        settings(r"SEA\ann", domain=""),
        settings("bob", "pässwörd"),
    ],
)
def test_who_knows_the_password_is_let_in(
    server: str, given: dict[str, str], awaited: bool
) -> None:
    (reply,) = sent(request(server), given=given, awaited=awaited)
    assert reply.value["who"].startswith("SEA\\")
    assert reply.value["steps"] == 2


@BOTH
@pytest.mark.parametrize(
    "given", [settings(password="wrong"), settings("eve"), settings(domain="LAND")]
)
def test_who_does_not_is_refused(
    server: str, given: dict[str, str], awaited: bool
) -> None:
    with pytest.raises(UnauthorizedError) as caught:
        sent(request(server), given=given, awaited=awaited)
    assert given["password"] not in str(caught.value)


@BOTH
def test_a_connection_stays_let_in(server: str, awaited: bool) -> None:
    first, second = sent(
        request(server), request(server), given=settings(), awaited=awaited
    )
    assert (first.value["steps"], second.value["steps"]) == (2, 2)


@BOTH
def test_a_body_is_sent_with_the_request_that_counts(
    server: str, awaited: bool
) -> None:
    (reply,) = sent(request(server, body="text"), given=settings(), awaited=awaited)
    assert reply.value["body"] == "text"


@BOTH
def test_without_a_challenge_nothing_is_answered(server: str, awaited: bool) -> None:
    (reply,) = sent(request(server, "/open"), given=settings(), awaited=awaited)
    assert reply.value["steps"] == 0


@BOTH
def test_without_a_user_there_is_no_answer(server: str, awaited: bool) -> None:
    with pytest.raises(UnauthorizedError):
        sent(request(server), given=settings(user=""), awaited=awaited)


@BOTH
def test_ntlm_is_taken_beside_others(
    server: str, awaited: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Handler, "offers", ["Negotiate", "NTLM", 'Basic realm="x"'])
    (reply,) = sent(request(server), given=settings(), awaited=awaited)
    assert reply.value["steps"] == 2


@BOTH
def test_a_server_that_does_not_offer_it_gets_none(
    server: str, awaited: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Handler, "offers", ["Negotiate"])
    with pytest.raises(UnauthorizedError):
        sent(request(server), given=settings(), awaited=awaited)


@BOTH
def test_a_challenge_that_is_none_is_an_error_of_the_call(
    server: str, awaited: bool
) -> None:
    with pytest.raises(CredentialsError, match="Dive: NTLM"):
        sent(request(server, "/broken"), given=settings(), awaited=awaited)


@BOTH
def test_a_challenge_may_come_with_403(server: str, awaited: bool) -> None:
    (reply,) = sent(request(server, "/forbidden"), given=settings(), awaited=awaited)
    assert reply.value["steps"] == 2
    with pytest.raises(ForbiddenError):
        sent(
            request(server, "/forbidden"),
            given=settings(password="wrong"),
            awaited=awaited,
        )


def test_threads_do_not_get_into_each_others_handshake(server: str) -> None:
    with httpx2.Client() as own:
        transport = SyncTransport(Connection(settings(), None, None), own)
        with concurrent.futures.ThreadPoolExecutor(8) as threads:
            replies = [
                *threads.map(lambda _: transport.send(request(server)), range(24))
            ]
    assert {reply.status for reply in replies} == {200}


def test_tasks_do_not_get_into_each_others_handshake(server: str) -> None:
    async def all_at_once() -> set[int]:
        async with httpx2.AsyncClient() as own:
            transport = AsyncTransport(Connection(settings(), None, None), own)
            calls = (transport.send(request(server)) for _ in range(24))
            return {reply.status for reply in await asyncio.gather(*calls)}

    assert asyncio.run(all_at_once()) == {200}
