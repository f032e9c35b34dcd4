"""One call: what of the user's httpx2 client counts, and what errors say and hide."""

from __future__ import annotations

import enum
import pickle
import traceback
import typing

import httpx2
import pytest

from pmgen.runtime.auth import ApiKey
from pmgen.runtime.auth_jwt import Jwt
from pmgen.runtime.connection import Connection, Options, connect
from pmgen.runtime.drift import DriftError, Mismatch
from pmgen.runtime.errors import ApiError, CallError, CredentialsError, TransportError
from pmgen.runtime.requests import Operation, Reply, Request
from pmgen.runtime.settings import Setting, SettingsError, Values
from pmgen.runtime.transport import SyncTransport

if typing.TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "TOKEN-SECRET"  # noqa: S105 - none


class Network:
    """Answers with what came, or with an error."""

    def __init__(self, status: int = 200, error: Exception | None = None) -> None:
        self.status, self.error = status, error
        self.seen: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.seen.append(request)
        if self.error is not None:
            raise self.error
        told = f"{request.url} {dict(request.headers)} {request.content.decode()}"
        return httpx2.Response(self.status, text=told)


def send(
    request: Request[typing.Any],
    network: Callable[[httpx2.Request], httpx2.Response],
    settings: typing.Any = None,
    **client: typing.Any,
) -> Reply[typing.Any]:
    own = httpx2.Client(transport=httpx2.MockTransport(network), **client)
    secrets = tuple(v for v in (settings or {}).values() if isinstance(v, str))
    options = Options(retries=0)
    connection = Connection(settings or {}, None, None, options, secrets)
    return SyncTransport(connection, own).send(request)


def operation(path: str = "/x", **more: typing.Any) -> Operation:
    return Operation("Get it", "GET", "http://h", path, **more)


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ([], "k=v"),
        ([("a", "1"), ("b", "x y&")], "a=1&b=x%20y%26&k=v"),
        ([("k", "mine")], "k=mine"),
    ],
)
def test_parameters_of_the_users_client_come_beside_those_of_the_request(
    query: list[tuple[str, str]], sent: str
) -> None:
    network = Network()
    send(Request(operation(), query=query), network, params={"k": "v"})
    assert network.seen[0].url.query.decode() == sent


class State(str, enum.Enum):  # noqa: UP042 - as many have it
    OPEN = "open"


class Level(int, enum.Enum):
    HIGH = 3


def test_members_of_enums_are_sent_as_their_values() -> None:
    network = Network()
    request = Request[object](
        operation("/{n}"),
        values={"n": Level.HIGH},
        query=[("s", State.OPEN)],
        optional_headers=[("X-S", State.OPEN)],
    )
    send(request, network)
    assert str(network.seen[0].url) == "http://h/3?s=open"
    assert network.seen[0].headers["X-S"] == "open"


def locals_of(action: Callable[[], object]) -> str:
    """A traceback with the variables of every frame of the runtime, as error reports have it."""
    try:
        action()
    except CallError as error:
        found = traceback.TracebackException.from_exception(error, capture_locals=True)
        return "\n".join(
            str(frame.locals)
            for frame in found.stack
            if "pmgen/runtime/" in frame.filename
        )
    raise AssertionError("nothing was raised")


def quiet(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(500, text="no more", request=request)


def broken(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ConnectError("no", request=request)


@pytest.mark.parametrize("network", [quiet, broken])
def test_no_variable_of_the_runtime_shows_a_secret(network: typing.Any) -> None:
    request = Request[object](
        operation(auth=ApiKey("X-Key", "{token}")),
        headers={"X-Other": SECRET},
        values={"password": SECRET},
        fields=[("password", SECRET)],
    )
    assert SECRET not in repr(request)
    connection = Connection({"token": SECRET}, None, None, secrets=(SECRET,))
    assert SECRET not in repr(connection)
    assert SECRET not in locals_of(lambda: send(request, network, {"token": SECRET}))


@pytest.mark.parametrize("kind", ["setting", "function", "argument"])
def test_no_message_shows_a_secret(kind: str) -> None:
    settings: typing.Any = {"token": SECRET}
    request = Request[object](operation(auth=ApiKey("Odd", "{token}")))
    if kind == "function":
        settings = {"token": lambda: SECRET}
    if kind == "argument":
        request = Request[object](operation("/bot{token}/x"), values={"token": SECRET})
    for network in (Network(500), Network(error=httpx2.ConnectError(f"no {SECRET}"))):
        with pytest.raises((ApiError, TransportError)) as caught:
            send(request, network, settings)
        assert SECRET not in str(caught.value)
        assert str(caught.value).startswith("Get it: ")


def test_credentials_that_cannot_be_used_are_an_error_of_the_call() -> None:
    request = Request[object](
        operation(auth=Jwt("RS256", private_key="{token}", payload="{{}}"))
    )
    with pytest.raises(CredentialsError, match=r"^Get it: ") as caught:
        send(request, Network(), {"token": SECRET})
    assert isinstance(caught.value, CallError)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"headers": {"X": "bad\nvalue"}}, ValueError),
        ({"query": [("q", "\ud800")]}, UnicodeEncodeError),
        ({"body": {"a": object()}}, TypeError),
    ],
)
def test_arguments_that_cannot_be_sent_are_told_with_the_operation(
    more: dict[str, typing.Any], kind: type[Exception]
) -> None:
    with pytest.raises(kind) as caught:
        send(Request(operation(), **more), Network())
    assert caught.value.__notes__ == ["in the request of 'Get it'"]


def test_functions_are_called_where_they_are_needed_and_once() -> None:
    calls: list[str] = []

    def given(name: str) -> Callable[[], str]:
        def credential() -> str:
            calls.append(name)
            return f"{name}-value"

        return credential

    settings = {"token": given("token"), "other": given("other")}
    auth = ApiKey("{token}", "{token}")
    network = Network()
    send(Request(operation("/{token}", auth=auth)), network, settings)
    assert calls == ["token"]
    send(Request(operation()), network, settings)
    assert calls == ["token"]
    send(Request(operation(auth=auth)), network, settings)
    assert calls == ["token", "token"]


def test_values_are_a_mapping() -> None:
    values = Values({"a": "1", "b": lambda: "2"})
    assert (dict(values), len(values), values.called) == (
        {"a": "1", "b": "2"},
        2,
        ("2",),
    )


@pytest.mark.parametrize(
    "error",
    [
        DriftError("Get it", [Mismatch("$.a", "string", "integer")]),
        SettingsError([Setting("token", "X_TOKEN", credential=True)]),
    ],
)
def test_errors_cross_processes(error: Exception) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(again), str(again), vars(again)) == (
        type(error),
        str(error),
        vars(error),
    )


@pytest.mark.parametrize("wrong", ["rase", "", 5, None])
def test_on_drift_of_another_kind_is_told_at_once(wrong: typing.Any) -> None:
    with pytest.raises(ValueError, match="on_drift"):
        connect((), {}, None, wrong)


@pytest.mark.parametrize("wrong", ["5", [1], object()])
def test_a_timeout_of_another_kind_is_told_at_once(wrong: typing.Any) -> None:
    with pytest.raises(ValueError, match="timeout"):
        Options(timeout=wrong)
