"""When a request is tried again; messages without secrets; bodies that are read while they are sent."""

from __future__ import annotations

import asyncio
import io
import pickle
import typing

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmgen.runtime import errors, retry
from pmgen.runtime.auth import Bearer
from pmgen.runtime.connection import DEFAULTS, Connection, Options
from pmgen.runtime.content import CHUNK, Awaited, ContentError, Stream
from pmgen.runtime.masking import MASK, masked, shown_url
from pmgen.runtime.requests import Expect, Operation, Request
from pmgen.runtime.transport import AsyncTransport, SyncTransport

if typing.TYPE_CHECKING:
    import pathlib
    from collections.abc import Callable

    Handler = Callable[[httpx2.Request], httpx2.Response]

NOW = 1_700_000_000.0
LATER = "Tue, 14 Nov 2023 22:13:30 GMT"  # ten seconds after NOW


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3", 3.0),
        (" 0.5 ", 0.5),
        ("0", 0.0),
        (LATER, 10.0),
        ("Tue, 14 Nov 2023 22:13:30 -0000", 10.0),
        ("Tue, 14 Nov 2022 22:13:30 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("٣", None),
        ("Tue, 14 Nov 99999 22:13:30 GMT", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry.retry_after(value, NOW) == seconds


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_pauses_grow_to_a_limit(tries: int, chance: float) -> None:
    pause = retry.backoff(tries, chance)
    assert 0 <= pause <= min(retry.LONGEST, retry.FIRST * 2.0 ** min(tries, 60))
    assert retry.backoff(tries + 1, chance) >= pause


def reply(status: int, **headers: str) -> httpx2.Response:
    return httpx2.Response(status, headers=headers)


@pytest.mark.parametrize(
    ("outcome", "pause"),
    [
        (reply(200), None),
        (reply(500), None),
        (reply(404), None),
        (reply(503), 0.25),
        (reply(429, **{"Retry-After": "7"}), 7.0),
        (reply(429, **{"Retry-After": "3600"}), None),
        (reply(200, **{"Retry-After": "7"}), None),
        (httpx2.ConnectError("x"), 0.25),
        (httpx2.ReadError("x"), 0.25),
        (httpx2.RemoteProtocolError("x"), 0.25),
        (httpx2.ConnectTimeout("x"), 0.25),
        (httpx2.ReadTimeout("x"), None),
        (httpx2.TooManyRedirects("x"), None),
        (ContentError("x"), None),
    ],
)
def test_what_is_tried_again(
    outcome: httpx2.Response | Exception, pause: float | None
) -> None:
    assert retry.pause(outcome, 1, chance=0.5, now=NOW) == pause


class Network:
    """Answers by a list, then with 200; an exception is raised."""

    def __init__(self, *outcomes: httpx2.Response | Exception) -> None:
        self.outcomes = [*outcomes]
        self.sent: list[bytes] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.sent.append(request.read())
        outcome = self.outcomes.pop(0) if self.outcomes else httpx2.Response(200)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def awaited(self, request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        return self(request)


SECRET = "s3cr3t/t0ken"  # noqa: S105 - what must not be shown


def operation(method: str) -> Operation:
    return Operation(
        name="Do it",
        method=method,
        server="https://h.test",
        path="/x",
        auth=Bearer("{token}"),
        replies={200: Expect(text=True)},
    )


class Side:
    """One of the two transports."""

    def __init__(self, *, is_async: bool) -> None:
        self.is_async = is_async

    def __call__(
        self,
        network: Network,
        request: Request[typing.Any],
        options: Options = DEFAULTS,
    ) -> typing.Any:
        connection = Connection({"token": SECRET}, None, None, options, (SECRET,))
        if not self.is_async:
            http = httpx2.Client(transport=httpx2.MockTransport(network))
            return SyncTransport(connection, http).send(request).value
        return asyncio.run(self._awaited(connection, network, request))

    async def _awaited(
        self, connection: Connection, network: Network, request: Request[typing.Any]
    ) -> typing.Any:
        mock = httpx2.MockTransport(network.awaited)
        async with httpx2.AsyncClient(transport=mock) as http:
            return (await AsyncTransport(connection, http).send(request)).value


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def send(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Side:
    monkeypatch.setattr(retry, "FIRST", 0.0)
    return Side(is_async=request.param)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_an_idempotent_call_is_tried_three_times(send: Side, method: str) -> None:
    network = Network(httpx2.ConnectError("x"), reply(503))
    send(network, Request(operation(method)))
    assert len(network.sent) == 3


@pytest.mark.parametrize("method", ["POST", "PATCH", "WHATEVER"])
def test_others_are_tried_once(send: Side, method: str) -> None:
    network = Network(reply(503))
    with pytest.raises(errors.ServiceUnavailableError):
        send(network, Request(operation(method)))
    assert len(network.sent) == 1


def test_the_last_try_is_the_outcome(send: Side) -> None:
    network = Network(*(reply(429, **{"Retry-After": "0"}) for _ in range(9)))
    with pytest.raises(errors.TooManyRequestsError):
        send(network, Request(operation("GET")), Options(retries=1))
    assert len(network.sent) == 2


def test_a_file_is_sent_again_from_where_it_stood(send: Side) -> None:
    file = io.BytesIO(b"skipped, sent")
    file.seek(9)
    network = Network(reply(502))
    send(network, Request(operation("PUT"), file=file))
    assert network.sent == [b"sent", b"sent"]


class Pipe(io.RawIOBase):
    """Can be read once."""

    def __init__(self) -> None:
        self.left = b"once"

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        del size
        found, self.left = self.left, b""
        return found


def test_what_can_be_read_once_is_sent_once(send: Side) -> None:
    network = Network(reply(502))
    pipe = typing.cast("typing.BinaryIO", Pipe())
    with pytest.raises(errors.BadGatewayError):
        send(network, Request(operation("PUT"), file=pipe))
    assert network.sent == [b"once"]


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (httpx2.ConnectError(f"for {SECRET}"), "no connection: for ***"),
        (httpx2.ReadTimeout(""), "no answer within the timeout"),
        (httpx2.LocalProtocolError(f"bad {SECRET}"), "HTTP cannot carry this request"),
        (httpx2.RemoteProtocolError("eof"), "the server broke off"),
        (httpx2.TooManyRedirects(""), "too many redirects"),
    ],
)
def test_an_error_names_the_operation_and_no_secret(
    send: Side, error: Exception, says: str
) -> None:
    network = Network(error, error, error)
    with pytest.raises(
        errors.TransportError, match=r"Do it: POST https://h\.test/x: "
    ) as caught:
        send(network, Request(operation("POST")))
    assert says.replace("***", MASK) in str(caught.value)
    assert SECRET not in str(caught.value)
    assert isinstance(caught.value, TimeoutError) is isinstance(
        error, httpx2.TimeoutException
    )


def test_an_error_reply_that_repeats_a_secret_is_masked(send: Side) -> None:
    network = Network(httpx2.Response(401, text=f"no such token: {SECRET}!"))
    with pytest.raises(errors.UnauthorizedError) as caught:
        send(network, Request(operation("GET")))
    assert str(caught.value) == f"Do it: HTTP 401: no such token: {MASK}!"
    assert SECRET in caught.value.response.text


def test_errors_can_be_pickled() -> None:
    error = errors.TransportError("Do it", "broke", 2)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (str(again), again.tries, type(again)) == (
        "Do it: broke (2 tries)",
        2,
        type(error),
    )


@pytest.mark.parametrize(
    "options", [{"timeout": 0}, {"timeout": -1.0}, {"retries": -1}]
)
def test_options_that_make_no_sense(options: dict[str, typing.Any]) -> None:
    with pytest.raises(ValueError, match="give"):
        Options(**options)


@given(st.text(min_size=4, max_size=12), st.text(max_size=8), st.text(max_size=8))
def test_a_masked_text_has_no_secret(secret: str, before: str, after: str) -> None:
    found = masked(before + secret + after, [secret])
    assert secret.strip() == "" or secret not in found.replace(MASK, "")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://u:p@h.test/a?key=1#x", "https://h.test/a"),
        ("https://h.test?x", "https://h.test"),
    ],
)
def test_a_url_is_shown_without_what_may_be_secret(url: str, shown: str) -> None:
    assert shown_url(url) == shown


# --- Streams.


def test_a_stream_is_its_parts(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"p" * (CHUNK + 1))
    stream = Stream.of(b"a", path, io.BytesIO(b"file"), b"")
    for _ in range(2):
        assert b"".join(stream) == b"a" + b"p" * (CHUNK + 1) + b"file"
    assert stream.length == CHUNK + 6
    assert stream.replayable


def test_a_stream_is_the_same_awaited() -> None:
    async def read() -> bytes:
        return b"".join(
            [part async for part in Awaited(Stream.of(b"a", io.BytesIO(b"b")))]
        )

    assert asyncio.run(read()) == b"ab"


def test_a_pipe_has_no_length_and_no_second_time() -> None:
    stream = Stream.of(typing.cast("typing.BinaryIO", Pipe()))
    assert (stream.length, stream.replayable) == (None, False)
    assert b"".join(stream) == b"once"
    with pytest.raises(ContentError, match="only once"):
        b"".join(stream)


def test_a_file_that_shrinks_is_told(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"1234")
    stream = Stream.of(path)
    path.write_bytes(b"12")
    with pytest.raises(ContentError, match="became shorter"):
        b"".join(stream)


def test_text_is_no_content() -> None:
    with pytest.raises(TypeError, match="rb"):
        Stream.of(typing.cast("typing.BinaryIO", io.StringIO("x")))
    with pytest.raises(TypeError, match="neither"):
        Stream.of(typing.cast("bytes", 5))
