"""The transports, sync and async over one table of cases, on httpx2's own mock of a network."""

from __future__ import annotations

import asyncio
import logging
import typing

import httpx2
import pytest

from pmgen.runtime import codecs, errors, statuses
from pmgen.runtime.auth import Bearer
from pmgen.runtime.connection import Options, connect
from pmgen.runtime.drift import DriftError, Mismatch, OnDrift
from pmgen.runtime.requests import Expect, Operation, Reply, Request
from pmgen.runtime.settings import Setting, SettingsError
from pmgen.runtime.transport import AsyncTransport, SyncTransport

if typing.TYPE_CHECKING:
    from collections.abc import Callable

Handler = typing.Callable[[httpx2.Request], httpx2.Response]
Any = typing.Any

NUMBERS = Expect(json=codecs.ListOf(codecs.INTEGER))
OPERATION = Operation(
    name="Numbers",
    method="POST",
    server="{base}",
    path="/n",
    auth=Bearer("{token}"),
    replies={200: NUMBERS, 204: Expect(empty=True), 404: NUMBERS, 418: NUMBERS},
)
HEAD = Operation(
    name="Head", method="HEAD", server="{base}", path="/n", replies={200: NUMBERS}
)
SETTINGS = (
    Setting(name="base", environment="T_BASE", default="https://h.test"),
    Setting(name="token", environment="T_TOKEN", credential=True),
)


class Run:
    """One side of the runtime: sends a request through a network made of a function."""

    def __init__(self, awaited: bool) -> None:
        self.awaited = awaited

    def __call__(
        self,
        handler: Handler,
        request: Request[Any],
        *,
        on_drift: OnDrift = "log",
        auth: httpx2.Auth | None = None,
        http_auth: httpx2.Auth | None = None,
        times: int = 1,
        **client: Any,
    ) -> Reply[Any]:
        """The last of so many replies."""
        connection = connect(
            SETTINGS,
            {"base": None, "token": "s3cret"},
            auth,
            on_drift,
            Options(retries=0),
        )
        client |= {"transport": httpx2.MockTransport(handler), "auth": http_auth}

        async def awaited() -> Reply[Any]:
            async with httpx2.AsyncClient(**client) as http:
                transport = AsyncTransport(connection, http)
                return [await transport.send(request) for _ in range(times)][-1]

        if self.awaited:
            return asyncio.run(awaited())
        with httpx2.Client(**client) as http:
            transport = SyncTransport(connection, http)
            return [transport.send(request) for _ in range(times)][-1]


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def run(request: pytest.FixtureRequest) -> Run:
    return Run(request.param)


def answers(
    status: int, content: bytes = b"", seen: list[httpx2.Request] | None = None
) -> Handler:
    """A network with one reply."""

    def handler(request: httpx2.Request) -> httpx2.Response:
        if seen is not None:
            seen.append(request)
        return httpx2.Response(status, content=content, headers={"X-Id": "7"})

    return handler


SUCCESSES = [(200, b"[1,2]", [1, 2]), (204, b"", None), (201, b"[3]", [3])]


@pytest.mark.parametrize(("status", "content", "value"), SUCCESSES)
def test_success(run: Run, status: int, content: bytes, value: object) -> None:
    reply = run(answers(status, content), Request(OPERATION))
    assert (reply.value, reply.status, reply.drift) == (value, status, [])
    assert reply.headers["x-id"] == "7"


def test_the_request_as_sent(run: Run) -> None:
    seen: list[httpx2.Request] = []
    request: Request[Any] = Request(
        OPERATION, query=[("q", "a b")], headers={"X-Own": "1"}, body={"a": "é"}
    )
    run(answers(204, seen=seen), request)
    (sent,) = seen
    assert (sent.method, str(sent.url)) == ("POST", "https://h.test/n?q=a%20b")
    assert sent.headers["authorization"] == "Bearer s3cret"
    assert sent.headers["x-own"] == "1"
    assert sent.content == '{"a":"é"}'.encode()


def test_headers_go_out_as_latin_1(run: Run) -> None:
    seen: list[httpx2.Request] = []
    run(answers(204, seen=seen), Request(OPERATION, headers={"X-Own": "é"}))
    assert (b"X-Own", b"\xe9") in seen[0].headers.raw


@pytest.mark.parametrize("status", [*statuses.NAMES, 402, 418, 451, 499, 511, 599])
def test_errors_by_status(run: Run, status: int) -> None:
    with pytest.raises(errors.ApiError) as caught:
        run(answers(status, b'{"why":1}'), Request(OPERATION))
    error = caught.value
    assert type(error).__name__ == statuses.error_name(status)
    assert (error.status, error.operation) == (status, "Numbers")
    assert error.body == {"why": 1}
    assert error.response.headers["x-id"] == "7"
    assert str(status) in str(error)
    assert "Numbers" in str(error)
    assert "s3cret" not in f"{error} {error!r}"


def test_bodies_of_errors_are_typed_and_drift(run: Run) -> None:
    with pytest.raises(errors.NotFoundError) as caught:
        run(answers(404, b'["1"]'), Request(OPERATION), on_drift="raise")
    # The error itself is what the caller must see, even if the client is strict.
    assert caught.value.body == ["1"]
    assert list(map(str, caught.value.drift)) == [
        "$[0]: expected integer, received string"
    ]


@pytest.mark.parametrize("status", [200, 299, 304, 399])
def test_below_400_nothing_is_raised(run: Run, status: int) -> None:
    assert run(answers(status, b"[]"), Request(OPERATION)).status == status


DRIFTING = b'[1,"2",null]'
MISMATCHES = [
    "$[1]: expected integer, received string",
    "$[2]: expected integer, received null",
]


def test_drift_is_logged_once_and_kept(
    run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    reply = run(answers(200, DRIFTING), Request(OPERATION), times=3)
    assert reply.value == [1, "2", None]
    assert list(map(str, reply.drift)) == MISMATCHES
    warnings = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert warnings == [
        f"Numbers: {MISMATCHES[0]}"
    ]  # the two paths differ in index only


def test_drift_is_raised_by_strict_clients(run: Run) -> None:
    with pytest.raises(DriftError) as caught:
        run(answers(200, DRIFTING), Request(OPERATION), on_drift="raise")
    assert list(map(str, caught.value.mismatches)) == MISMATCHES
    assert "Numbers" in str(caught.value)


def test_drift_goes_to_the_callers_function(
    run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[tuple[str, list[Mismatch]]] = []
    run(
        answers(200, DRIFTING),
        Request(OPERATION),
        on_drift=lambda name, found: told.append((name, found)),
        times=2,
    )
    assert [(name, list(map(str, found))) for name, found in told] == [
        ("Numbers", MISMATCHES)
    ] * 2
    assert not [r for r in caplog.records if r.levelno == logging.WARNING]


def test_no_drift_tells_nobody(run: Run) -> None:
    told: list[str] = []
    run(
        answers(200, b"[]"),
        Request(OPERATION),
        on_drift=lambda name, _: told.append(name),
    )
    assert told == []


def test_head_has_no_body_and_no_drift(run: Run) -> None:
    reply = run(answers(200), Request(HEAD), on_drift="raise")
    assert (reply.value, reply.drift) == (None, [])


class Own(httpx2.Auth):
    """A user's own way to authenticate."""

    def auth_flow(
        self, request: httpx2.Request
    ) -> typing.Generator[httpx2.Request, httpx2.Response, None]:
        assert "authorization" not in request.headers
        request.headers["X-Own"] = "mine"
        yield request


def test_own_auth_replaces_the_collections(run: Run) -> None:
    seen: list[httpx2.Request] = []
    run(answers(204, seen=seen), Request(OPERATION), auth=Own())
    assert seen[0].headers["x-own"] == "mine"
    assert "authorization" not in seen[0].headers


def test_the_http_clients_auth_is_kept(run: Run) -> None:
    seen: list[httpx2.Request] = []
    open_operation = Operation("Open", "GET", "{base}", "/")
    run(answers(200, seen=seen), Request(open_operation), http_auth=Own())
    assert seen[0].headers["x-own"] == "mine"


def test_defaults_of_the_http_client_are_kept(run: Run) -> None:
    seen: list[httpx2.Request] = []
    run(answers(204, seen=seen), Request(OPERATION), headers={"X-Default": "1"})
    assert seen[0].headers["x-default"] == "1"


def connection() -> Any:
    """Any connection."""
    return connect(SETTINGS, {"base": None, "token": ""}, None, "log")


def test_a_given_http_client_is_not_closed() -> None:
    http = httpx2.Client(transport=httpx2.MockTransport(answers(204)))
    SyncTransport(connection(), http).close()
    assert not http.is_closed
    http.close()


def test_an_own_http_client_is_closed() -> None:
    transport = SyncTransport(connection(), None)
    transport.close()
    with pytest.raises(RuntimeError, match="closed"):
        transport.send(Request(OPERATION))


def test_the_same_for_async_clients() -> None:
    async def check() -> None:
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(answers(204)))
        await AsyncTransport(connection(), http).close()
        assert not http.is_closed
        await http.aclose()
        transport = AsyncTransport(connection(), None)
        await transport.close()
        with pytest.raises(RuntimeError, match="closed"):
            await transport.send(Request(OPERATION))

    asyncio.run(check())


def test_settings_come_from_the_process_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: dict[str, str | None] = {"base": None, "token": None}
    monkeypatch.delenv("T_TOKEN", raising=False)
    with pytest.raises(SettingsError, match="T_TOKEN"):
        connect(SETTINGS, given, None, "log")
    assert connect(SETTINGS, given, Own(), "log").settings["token"] == ""
    monkeypatch.setenv("T_TOKEN", "from outside")
    monkeypatch.setenv("T_BASE", "from outside")
    assert connect(SETTINGS, given, None, "log").settings == {
        "base": "from outside",
        "token": "from outside",
    }


def test_every_named_status_has_its_class_and_no_other() -> None:
    assert {s: c.__name__ for s, c in errors.BY_STATUS.items()} == statuses.NAMES
    assert all(issubclass(c, errors.ApiError) for c in errors.BY_STATUS.values())
    assert len(set(errors.BY_STATUS.values())) == len(statuses.NAMES)
    classes = {
        c.__name__
        for c in vars(errors).values()
        if isinstance(c, type) and issubclass(c, errors.ApiError)
    }
    assert classes == {*statuses.NAMES.values(), "ApiError"}


@pytest.mark.parametrize("status", statuses.NAMES)
def test_every_class_says_its_status(status: int) -> None:
    assert errors.BY_STATUS[status].__doc__ == f"{status}."
    assert f"{statuses.NAMES[status]} {status}" in (errors.__doc__ or "")


LONG: list[Callable[[], bytes]] = [lambda: b"x" * 10_000, lambda: "é".encode() * 9_000]


@pytest.mark.parametrize("content", LONG)
def test_error_texts_stay_short(run: Run, content: Callable[[], bytes]) -> None:
    with pytest.raises(errors.InternalServerError) as caught:
        run(answers(500, content()), Request(OPERATION))
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("awaited", [False, True])
def test_a_credential_may_be_a_function_called_for_each_request(awaited: bool) -> None:
    tokens = iter(["one", "two"])
    given: dict[str, Any] = {"base": None, "token": lambda: next(tokens)}
    connection = connect(SETTINGS, given, None, "log")
    seen: list[str] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.headers["authorization"])
        return httpx2.Response(204)

    async def run() -> None:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(handler)) as http:
            transport = AsyncTransport(connection, http)
            await transport.send(Request(OPERATION))
            await transport.send(Request(OPERATION))

    if awaited:
        asyncio.run(run())
    else:
        with httpx2.Client(transport=httpx2.MockTransport(handler)) as http:
            for _ in range(2):
                SyncTransport(connection, http).send(Request(OPERATION))
    assert seen == ["Bearer one", "Bearer two"]
