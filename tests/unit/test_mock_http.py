"""The mock server as bytes on a socket: what is sent whatever was saved, and what becomes of requests that are none."""

from __future__ import annotations

import concurrent.futures
import contextlib
import email.message
import functools
import http.client
import io
import json
import queue
import socket
import sys
import typing

import build
import pytest

from pmgen.diagnostics import Rule, printable
from pmgen.mock import catalog, receive, serve, serving
from pmgen.runtime import dynamic

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.mock import Catalog

HUGE = "é" * 5_000_000


def example(url: str, **more: build.Data) -> build.Data:
    reply = {"name": "n", "code": 200, "body": "body", **more}
    return build.item(build.get(f"{{{{base}}}}/{url}"), reply)


HEADERS = [
    {"key": "Set-Cookie", "value": "a=1"},
    {"key": "Set-Cookie", "value": "b=2"},
    {"key": "X-Kind", "value": "été {{base}}"},
    {"key": "Content-Encoding", "value": "gzip"},
    {"key": "content-length", "value": "999"},
    {"key": "Transfer-Encoding", "value": "chunked"},
    {"key": "Connection", "value": "close"},
    {"key": "Date", "value": "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"key": "X Bad", "value": "1"},
    {"key": "X-Line", "value": "a\r\nX-Made: 1"},
    {"key": "X-Off", "value": "1", "disabled": True},
]
ITEMS = [
    example("headers", header=HEADERS),
    example("kept"),
    example("huge", body=HUGE),
    example("of/{{version}}", name="versioned", body="{{version}}"),
    *(example(f"n{code}", code=code) for code in (204, 205, 304, 404, 599)),
    example("bare", body=None, code=None),
    example("caf%C3%A9/:id", body='{"id": "{{id}}"}', header=build.pairs(X="{{id}}")),
    example("html/:id", body="<b>{{id}}</b>", _postman_previewlanguage="html"),
    example(
        "latin",
        body="é",
        header=build.pairs(**{"Content-Type": "text/plain; charset=iso-8859-1"}),
    ),
    example(
        "cyrillic",
        body="ж",
        header=build.pairs(**{"Content-Type": 'text/x;charset="latin1"; a=b'}),
    ),
    example(
        "unknown",
        body="é",
        header=build.pairs(**{"Content-Type": "text/x; charset=klingon"}),
    ),
    *(
        example(f"as/{kind}", body=body, _postman_previewlanguage=kind)
        for kind, body in (("json", "{}"), ("xml", "<a/>"), ("none", "[1]"), ("", "1"))
    ),
    build.item(
        {
            "method": "POST",
            "url": "{{base}}/post",
            "body": {"mode": "raw", "raw": '{"a": [1]}'},
        },
        {"name": "made", "code": 201, "body": "made"},
    ),
    build.item({"method": "PROPFIND", "url": "{{base}}/dav"}, {"name": "dav"}),
    example(
        "dynamic", body='{"a": "{{$guid}}", "b": "{{$guid}}", "c": "{{$nothing}}"}'
    ),
]


def served(*items: build.Data) -> Catalog:
    values = build.pairs(base="https://h.test/v1", version="7")
    data = build.collection(*items, variable=values)
    parsed, _ = build.parse(data)
    found, said = catalog(parsed)
    assert said == ()
    return found


class Mock(typing.NamedTuple):
    """A server, and the lines of its log."""

    address: str
    log: queue.SimpleQueue[str]

    @property
    def place(self) -> tuple[str, int]:
        host, _, port = self.address.removeprefix("http://").rpartition(":")
        return host, int(port)


@pytest.fixture(scope="module")
def everything() -> Catalog:
    return served(*ITEMS)


@pytest.fixture
def mock(everything: Catalog) -> Iterator[Mock]:
    log: queue.SimpleQueue[str] = queue.SimpleQueue()
    with serving(everything, log=log.put) as address:
        yield Mock(address, log)


class Reply(typing.NamedTuple):
    """A reply as http.client reads it, which is strict about lengths."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@contextlib.contextmanager
def connection(mock: Mock) -> Iterator[http.client.HTTPConnection]:
    found = http.client.HTTPConnection(*mock.place, timeout=20)
    with contextlib.closing(found):
        yield found


def ask(
    open_: http.client.HTTPConnection,
    target: str,
    method: str = "GET",
    **more: typing.Any,
) -> Reply:
    open_.request(method, target, **more)
    reply = open_.getresponse()
    return Reply(reply.status, reply.msg, reply.read())


def get(mock: Mock, target: str, method: str = "GET", **more: typing.Any) -> Reply:
    with connection(mock) as open_:
        return ask(open_, target, method, **more)


def raw(mock: Mock, sent: bytes) -> bytes:
    """All that comes for these bytes until the server closes; the client sends no more."""
    with socket.create_connection(mock.place, timeout=20) as client:
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: client.recv(65536), b""))


# What was saved about the message is not sent; what it said is.


def test_headers_that_break_a_reply_are_not_sent_and_others_are(mock: Mock) -> None:
    reply = get(mock, "/headers")
    assert reply.body == b"body"
    names = sorted(name.lower() for name in reply.headers)
    expected = ["content-length", "content-type", "date"]
    assert names == [*expected, "set-cookie", "set-cookie", "x-kind"]
    assert reply.headers.get_all("Set-Cookie") == ["a=1", "b=2"]
    assert reply.headers["Content-Length"] == "4"
    assert not reply.headers["Date"].startswith("Thu, 01 Jan 1970")
    value = reply.headers["X-Kind"].encode("latin-1").decode()
    assert value == "été https://h.test/v1"


@pytest.mark.parametrize(
    ("status", "length", "body"),
    [
        (204, None, b""),
        (205, "0", b""),
        (304, None, b""),
        (404, "4", b"body"),
        (599, "4", b"body"),
    ],
)
def test_statuses_without_a_body_have_none(
    mock: Mock, status: int, length: str | None, body: bytes
) -> None:
    reply = get(mock, f"/n{status}")
    assert (reply.status, reply.headers["Content-Length"]) == (status, length)
    found = raw(mock, f"GET /n{status} HTTP/1.1\r\n\r\n".encode())
    assert found.partition(b"\r\n\r\n")[2] == body  # whatever the head says


@pytest.mark.parametrize("status", [100, 101, 103])
def test_a_status_that_ends_no_reply_is_left_out_and_reported(status: int) -> None:
    parsed = build.sound(build.collection(example("a", code=status), example("b")))
    found, said = catalog(parsed)
    assert [each.trail for each in found.examples] == [("one",)]
    (only,) = said
    assert (only.rule, only.pointer) == (Rule.EXAMPLE_SKIPPED, "/item/0/response/0")
    assert str(status) in only.text


def test_an_example_with_nothing_is_an_empty_200(mock: Mock) -> None:
    reply = get(mock, "/bare")
    assert (reply.status, reply.body) == (200, b"")
    assert reply.headers["Content-Type"] is None


def test_head_has_the_headers_of_get_and_no_body(mock: Mock) -> None:
    assert get(mock, "/kept", "HEAD").headers["Content-Length"] == "4"
    for target in "/kept", "/nothing":
        found = raw(mock, f"HEAD {target} HTTP/1.1\r\n\r\n".encode())
        assert found.partition(b"\r\n\r\n")[1:] == (b"\r\n\r\n", b"")


@pytest.mark.parametrize(
    ("target", "content_type", "body"),
    [
        ("/latin", "text/plain; charset=iso-8859-1", b"\xe9"),
        ("/cyrillic", "text/x; charset=utf-8; a=b", "ж".encode()),
        ("/unknown", "text/x; charset=utf-8", "é".encode()),
        ("/as/json", "application/json", b"{}"),
        ("/as/xml", "application/xml", b"<a/>"),
        ("/as/none", "application/json", b"[1]"),
        ("/as/", "text/plain; charset=utf-8", b"1"),
    ],
)
def test_the_bytes_are_what_the_type_says(
    mock: Mock, target: str, content_type: str, body: bytes
) -> None:
    reply = get(mock, target)
    assert (reply.headers["Content-Type"], reply.body) == (content_type, body)


def test_a_large_body_comes_whole(mock: Mock) -> None:
    assert get(mock, "/huge").body == HUGE.encode()


@pytest.mark.parametrize(
    ("target", "body"),
    [
        ("/caf%C3%A9/7", b'{"id": "7"}'),
        ("/caf%C3%A9/a%22b", rb'{"id": "a\"b"}'),
        ("/html/%3Ci%3E", b"<b>&lt;i&gt;</b>"),
    ],
)
def test_the_path_fills_the_body_as_text(mock: Mock, target: str, body: bytes) -> None:
    assert get(mock, target).body == body


def test_the_path_fills_headers_on_their_line(mock: Mock) -> None:
    assert get(mock, "/caf%C3%A9/7").headers["X"] == "7"
    assert "X" not in get(mock, "/caf%C3%A9/7%0D%0AX-Made:1").headers


def test_a_body_asked_for_by_name_has_the_variables_own_value(mock: Mock) -> None:
    """No path says what it has become."""
    named = {"x-mock-response-name": "versioned"}
    assert get(mock, "/elsewhere", headers=named).body == b"7"
    assert get(mock, "/of/8", headers=named).body == b"8"


def test_a_dynamic_variable_is_another_value_at_each_place(mock: Mock) -> None:
    found = json.loads(get(mock, "/dynamic").body)
    assert len(found["a"]) == len(found["b"]) == 36
    assert found["a"] != found["b"]
    assert found["c"] == "{{$nothing}}"


def test_a_value_that_needs_a_library_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "faker", None)
    dynamic._loaded.cache_clear()  # another test may have loaded it
    mail = served(example("mail", body="{{$randomEmail}}"))
    with serving(mail) as address:
        reply = get(Mock(address, queue.SimpleQueue()), "/mail")
    assert reply.status == 500
    assert "pip install" in json.loads(reply.body)["error"]


# Requests as clients write them.


@pytest.mark.parametrize(
    "target",
    [
        "/v1/caf%C3%A9/1",
        "/v1/caf%c3%a9/1",
        "/caf\xc3\xa9/1",
        "/caf\xe9/1",
        "http://h.test/v1/caf%C3%A9/1",
        "HTTPS://h.test:8443/v1/caf%C3%A9/1",
        "//v1/caf%C3%A9/1",
    ],
)
def test_a_target_is_read_as_it_was_meant(mock: Mock, target: str) -> None:
    head = f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode("latin-1")
    assert raw(mock, head).startswith(b"HTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize("target", ["http://h.test", "?a=1", "*"])
def test_a_target_without_a_path_is_refused(mock: Mock, target: str) -> None:
    reply = raw(mock, f"GET {target} HTTP/1.1\r\n\r\n".encode())
    assert reply.startswith(b"HTTP/1.1 404 Not Found\r\n")


@pytest.mark.parametrize("name", ["été".encode(), "été".encode("latin-1")])
def test_a_header_is_read_in_utf_8_and_in_latin_1(name: bytes) -> None:
    one = served(example("a"), example("a", name="été", body="summer"))
    with serving(one) as address:
        head = b"GET /a HTTP/1.1\r\nx-mock-response-name: " + name + b"\r\n\r\n"
        assert raw(Mock(address, queue.SimpleQueue()), head).endswith(b"summer")


def test_a_header_that_comes_twice_is_a_list(mock: Mock) -> None:
    twice = b"x-mock-match-request-headers: a\r\nx-mock-match-request-headers: x-b\r\n"
    head = b"GET /kept HTTP/1.1\r\n" + twice + b"A: 1\r\n\r\n"
    assert b"its header a is" in raw(mock, head)


def test_other_methods_are_answered(mock: Mock) -> None:
    assert get(mock, "/dav", "PROPFIND").status == 200


@pytest.mark.parametrize(
    ("target", "status", "allow"),
    [
        ("/post", 204, "OPTIONS, POST"),
        ("/kept", 204, "GET, HEAD, OPTIONS"),
        ("/nothing", 404, None),
    ],
)
def test_options_tell_what_is_there(
    mock: Mock, target: str, status: int, allow: str | None
) -> None:
    reply = get(mock, target, "OPTIONS")
    assert (reply.status, reply.headers["Allow"]) == (status, allow)


POST = b"POST /post HTTP/1.1\r\nx-mock-match-request-body: true\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        b'Content-Length: 9\r\n\r\n{"a":[1]}',
        b'Transfer-Encoding: chunked\r\n\r\n4\r\n{"a"\r\n5;x=y\r\n:[1]}\r\n0\r\n\r\n',
        b'Transfer-Encoding: Chunked\r\n\r\n9\r\n{"a":[1]}\r\n0\r\nT: 1\r\n\r\n',
        b'Expect: 100-continue\r\nContent-Length: 9\r\n\r\n{"a":[1]}',
    ],
)
def test_bodies_are_read_however_they_come(mock: Mock, sent: bytes) -> None:
    """What comes behind the body is the next request."""
    found = raw(mock, POST + sent + b"GET /kept HTTP/1.1\r\n\r\n")
    found = found.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    assert found.startswith(b"HTTP/1.1 201 Created\r\n")
    assert found.count(b"HTTP/1.1 ") == 2
    assert found.endswith(b"\r\n\r\nbody")


def test_who_asks_before_sending_a_body_is_told_to_go_on(mock: Mock) -> None:
    with socket.create_connection(mock.place, timeout=20) as client:
        client.sendall(POST + b"Expect: 100-continue\r\nContent-Length: 9\r\n\r\n")
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b'{"a":[1]}')
        assert client.recv(100).startswith(b"HTTP/1.1 201 Created\r\n")


# Requests that are none.


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        (b"nonsense\r\n\r\n", 400, b"nonsense"),
        (b"\x16\x03\x01\x02\x00\r\n\r\n", 400, b""),
        (b"GET / HTTP/9.9\r\n\r\n", 505, b"9.9"),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", 414, b""),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", 431, b"headers"),
        (POST + b"Content-Length: -4\r\n\r\n", 400, b"Content-Length"),
        (POST + b"Content-Length: many\r\n\r\n", 400, b"Content-Length"),
        (POST + b"Content-Length: 9\r\n\r\nshort", 400, b"shorter"),
        (POST + b"Content-Length: 999999999999\r\n\r\n", 413, b"more than"),
        (POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", 413, b"more than"),
        (POST + b"Transfer-Encoding: gzip\r\n\r\n", 501, b"chunked"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400, b"length"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n", 400, b"length"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n\r\n", 400, b"length"),
        (
            POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcXX0\r\n\r\n",
            400,
            b"longer",
        ),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n", 413, b"more than"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab", 400, b"shorter"),
    ],
)
def test_a_request_that_is_none_is_told_and_logged(
    mock: Mock, sent: bytes, status: int, said: bytes
) -> None:
    reply = raw(mock, sent)
    assert reply.startswith(b"HTTP/1.1 %d " % status)
    assert b"Connection: close" in reply
    assert said in reply.partition(b"\r\n\r\n")[2]
    assert mock.log.get(timeout=5).endswith(f" -> {status}")
    assert mock.log.empty()


@pytest.mark.parametrize(
    ("head", "connection"),
    [
        (b"GET /kept\r\n\r\n", b"close"),
        (b"GET /kept HTTP/1.0\r\n\r\n", b"close"),
        (b"GET /kept HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", b"keep-alive"),
        (b"GET /kept HTTP/1.1\r\nConnection: close\r\n\r\n", b"close"),
    ],
)
def test_old_clients_are_told_whether_the_connection_stays(
    mock: Mock, head: bytes, connection: bytes
) -> None:
    reply = raw(mock, head)
    assert reply.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"\r\nConnection: " + connection + b"\r\n" in reply
    assert reply.endswith(b"\r\n\r\nbody")


def test_a_client_that_goes_away_is_no_error(
    mock: Mock, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection(mock.place) as client:
        # Reset, not closed: what is read or written next there fails.
        linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        client.sendall(b"GET /huge HTTP/1.1\r\n\r\n")
    assert mock.log.get(timeout=10) == "GET /huge -> 200 one / n"
    assert mock.log.get(timeout=10).startswith("A connection was lost: ")
    assert get(mock, "/kept").status == 200
    assert capfd.readouterr().err == ""


# The log, and many clients.


def test_each_request_is_a_line_of_the_log(mock: Mock) -> None:
    get(mock, "/kept")
    raw(mock, b"GET /nothing?a=\x1b[2J HTTP/1.1\r\n\r\n")
    get(mock, "/post", "OPTIONS")
    lines = [mock.log.get(timeout=5) for _ in range(3)]
    assert lines == [
        "GET /kept -> 200 one / n",
        printable("GET /nothing?a=\x1b[2J -> 404 No saved example matches the request"),
        "OPTIONS /post -> 204 allows OPTIONS, POST",
    ]
    assert lines[1].isprintable()


def test_a_connection_serves_many_requests(mock: Mock) -> None:
    with connection(mock) as open_:
        open_.connect()
        kept = open_.sock
        assert {ask(open_, "/kept").body for _ in range(20)} == {b"body"}
        assert open_.sock is kept


def test_clients_wait_in_line_for_a_server_that_is_busy(everything: Catalog) -> None:
    """More than the five of the standard library: test suites open all connections at once."""
    number = 100
    server = serve._server(everything, "127.0.0.1", 0, lambda _: None)
    with contextlib.closing(server.socket), contextlib.ExitStack() as stack:
        place = ("127.0.0.1", server.server_port)
        for _ in range(number):
            client = socket.create_connection(place, timeout=5)
            stack.enter_context(contextlib.closing(client))


def test_all_chunks_together_are_not_more_than_one_body_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(receive, "MOST", 5)
    head = email.message.Message()
    head["Transfer-Encoding"] = "chunked"
    text = b"3\r\nabc\r\n%d\r\nde\r\n0\r\n\r\n"
    assert receive.body_of(head, io.BytesIO(text % 2)) == b"abcde"
    with pytest.raises(receive.BadBodyError) as caught:
        receive.body_of(head, io.BytesIO(text % 3))
    assert caught.value.status == 413


def test_many_clients_at_once(mock: Mock) -> None:
    """All connections are opened before the first is used; those which the system turns away would fail."""
    number = 150
    with (
        contextlib.ExitStack() as stack,
        concurrent.futures.ThreadPoolExecutor(number) as pool,
    ):
        clients = [stack.enter_context(connection(mock)) for _ in range(number)]
        list(pool.map(http.client.HTTPConnection.connect, clients))
        replies = list(pool.map(functools.partial(ask, target="/kept"), clients))
    assert [reply.body for reply in replies] == [b"body"] * number


def test_the_server_is_gone_when_the_block_is_left(everything: Catalog) -> None:
    with serving(everything) as address:
        mock = Mock(address, queue.SimpleQueue())
        idle = socket.create_connection(mock.place)
        assert get(mock, "/kept").status == 200
    with contextlib.closing(idle), pytest.raises(ConnectionError):
        get(mock, "/kept")
