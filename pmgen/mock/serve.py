"""A Catalog on a socket: HTTP/1.1, a thread for each connection, one line of log for each request."""

from __future__ import annotations

import contextlib
import email.utils
import functools
import http.server
import queue
import re
import signal
import socket
import socketserver
import sys
import threading
import typing

from pmgen.diagnostics import printable
from pmgen.mock.match import Call, Refusal, allowed, choose
from pmgen.mock.receive import BadBodyError, body_of
from pmgen.mock.reply import BODILESS, Answer, answer, options, refusal

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pmgen.mock.catalog import Catalog

    Log: typing.TypeAlias = Callable[[str], None]

    class Echo(typing.Protocol):
        """``click.echo``, as far as it is used here."""

        def __call__(self, message: str, *, err: bool) -> None: ...


LOOPBACK = "127.0.0.1"
#: Seconds after which a connection on which nothing comes is closed.
_IDLE = 60
_SERVER = re.compile(r"(?i)https?://[^/?#]*")


class MockError(Exception):
    """Nothing can be served: there is nothing, or no place for it. The text says what to do."""


def run(catalog: Catalog, host: str, port: int, echo: Echo) -> None:
    """Serve until SIGINT (Ctrl-C) or SIGTERM. The address goes to standard output, the log to standard error.

    Only the main thread may. Raises MockError.
    """
    if not catalog.examples:
        raise MockError(
            "There is no saved example to answer with; save one in Postman."
        )
    log = functools.partial(echo, err=True)
    with _stopping() as wait, serving(catalog, host, port, log) as address:
        echo(f"{address} answers with {_counted(catalog)}", err=False)
        wait()


def _counted(catalog: Catalog) -> str:
    number = len(catalog.examples)
    return "1 example" if number == 1 else f"{number} examples"


@contextlib.contextmanager
def serving(
    catalog: Catalog, host: str = LOOPBACK, port: int = 0, log: Log = lambda _: None
) -> Iterator[str]:
    """Serve until the block is left. Gives the address, as ``http://127.0.0.1:8080``; port 0 is a free one.

    ``log`` gets a line for each request, in the thread of its connection. Raises MockError.
    """
    server = _server(catalog, host, port, log)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def _stopping() -> Iterator[Callable[[], None]]:
    """Gives what waits for the signals, which are caught from here on."""
    signals: queue.SimpleQueue[int] = queue.SimpleQueue()  # an Event may deadlock here

    def wait() -> None:
        while True:
            with contextlib.suppress(queue.Empty):
                signals.get(timeout=1)  # Windows tells of signals only between waits
                return

    before = {
        number: signal.signal(number, lambda number, _: signals.put(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield wait
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _server(catalog: Catalog, host: str, port: int, log: Log) -> _Server:
    try:
        family, _, _, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return _Server(catalog, family, place[:2], log)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        text = f"Nothing can listen on {host}, port {port}: {reason}. Choose others with --host and --port."
        raise MockError(text) from error


class _Server(http.server.ThreadingHTTPServer):
    """``address`` is where clients find it."""

    daemon_threads = True  # a client that keeps its connection must not keep us
    request_queue_size = 512  # of the usual 5, a test suite that starts makes lost ones

    def __init__(
        self,
        catalog: Catalog,
        family: int,
        place: tuple[typing.Any, ...],
        log: Log,
    ) -> None:
        self.catalog, self.log = catalog, log
        self.address_family = family
        super().__init__((str(place[0]), int(place[1])), _Handler)

    def server_bind(self) -> None:
        """HTTPServer would ask the network for our name here, which may take long."""
        socketserver.TCPServer.server_bind(self)
        host, self.server_port = self.socket.getsockname()[:2]
        self.server_name = f"[{host}]" if ":" in host else host
        self.address = f"http://{self.server_name}:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error of ours; anything else is, and is shown as one."""
        error = sys.exception()
        if isinstance(error, OSError):
            self.log(f"A connection was lost: {error.strerror or error}")
        else:
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.0"  # what names none gets a head, too
    server_version, sys_version = "pmgen", ""
    timeout = _IDLE
    disable_nagle_algorithm = True  # the end of a long reply would wait for the client
    error_content_type = "text/plain; charset=utf-8"
    error_message_format = "%(code)d %(message)s\n"

    @property
    def _mock(self) -> _Server:
        """The server, as what it is."""
        return typing.cast("_Server", self.server)

    def __getattr__(self, name: str) -> typing.Any:
        """``do_GET`` and its like: an example may have any method."""
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def log_message(self, format: str, *args: object) -> None:
        """The standard library's log is not kept: requests are logged with what answers them."""

    def send_error(
        self, code: int, message: str | None = None, explain: str | None = None
    ) -> None:
        """What is no request, as found here or by the standard library, is answered and logged."""
        self._mock.log(printable(f"No request: {message or ''} -> {code}"))
        super().send_error(code, message, explain)

    def _answer(self) -> None:
        try:
            body = body_of(self.headers, self.rfile)
        except BadBodyError as error:
            self.send_error(error.status, str(error))  # closes: what follows is unknown
            return
        headers = _headers(self.headers.items())
        call = Call(self.command, _target(self.path), headers, body)
        reply, said = _replied(call, self._mock.catalog)
        self._mock.log(
            printable(f"{call.method} {call.target} -> {reply.status} {said}")
        )
        self._send(reply)

    def _send(self, reply: Answer) -> None:
        """Head and body in one write, so that no client waits between them."""
        self.send_response_only(reply.status)
        for name, value in reply.headers:
            self.send_header(name, _wired(value))
        self.send_header("Date", email.utils.formatdate(usegmt=True))
        has_body = reply.status not in BODILESS
        if has_body:
            self.send_header("Content-Length", str(len(reply.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        elif self.request_version == "HTTP/1.0":
            self.send_header("Connection", "keep-alive")
        self._headers_buffer.append(b"\r\n")
        if has_body and self.command != "HEAD":
            self._headers_buffer.append(reply.body)
        self.flush_headers()


def _replied(call: Call, catalog: Catalog) -> tuple[Answer, str]:
    """The reply, and what the log says of it."""
    found = choose(call, catalog)
    if not isinstance(found, Refusal):
        return answer(found), found.example.title
    methods = allowed(call, catalog) if call.method == "OPTIONS" else ()
    if methods:
        return options(methods), f"allows {', '.join(methods)}"
    return refusal(call, found), found.text


def _target(path: str) -> str:
    """A proxy's client writes the whole URL; the server's name does not count (RFC 9112, 3.2.2)."""
    server = _SERVER.match(path)
    target = path[server.end() :] if server else path
    return _read(target if target[:1] in ("/", "*") else f"/{target}")


def _headers(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """By name in lower case; the values of one that comes again are a list (RFC 9110, 5.3)."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name.lower(), []).append(_read(value))
    return {name: ", ".join(values) for name, values in found.items()}


def _read(text: str) -> str:
    """As the client meant it, who wrote UTF-8 or, as old ones do, Latin-1; http.server reads all as Latin-1."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def _wired(value: str) -> str:
    """The text whose Latin-1 bytes, which http.server writes, are the value's UTF-8."""
    return value.encode(errors="replace").decode("latin-1")
