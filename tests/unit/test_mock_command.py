"""``pmgen mock`` as users run it: its address, its log, its options, and how it ends."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import typing
from pathlib import Path

import build
import pytest
from click.testing import CliRunner

from pmgen.cli import main

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

REPLY: build.Data = {"name": "ok", "code": 200, "body": '{"user": "{{who}}"}'}
SOUND: build.Data = build.collection(
    build.item(build.get("{{base}}/users"), REPLY, name="List")
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(data: build.Data, name: str = "shop.json") -> str:
    Path(name).write_text(json.dumps(data), encoding="utf-8")
    return name


@pytest.fixture
def started() -> Iterator[typing.Callable[..., subprocess.Popen[str]]]:
    """Starts the command; what it started is ended with the test."""
    running: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        found = subprocess.Popen(
            [sys.executable, "-m", "pmgen", "mock", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(found)
        return found

    yield start
    for process in running:
        process.kill()
        process.communicate()


def told(process: subprocess.Popen[str]) -> tuple[str, int]:
    """The first line, and the port in it."""
    assert process.stdout
    line = process.stdout.readline().rstrip("\n")
    return line, int(line.partition(" ")[0].rpartition(":")[2])


def ask(port: int, target: str, host: str = "127.0.0.1") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(host, port, timeout=20)
    connection.request("GET", target)
    reply = connection.getresponse()
    found = reply.status, reply.read()
    connection.close()
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_end(
    started: typing.Callable[..., subprocess.Popen[str]], number: signal.Signals
) -> None:
    """A connection that a client keeps does not keep it; the log goes to standard error, all else to standard output."""
    process = started(write(SOUND), "--port", "0")
    line, port = told(process)
    assert line == f"http://127.0.0.1:{port} answers with 1 example"
    with socket.create_connection(("127.0.0.1", port)):
        assert ask(port, "/users") == (200, b'{"user": "{{who}}"}')
        process.send_signal(number)
        rest, log = process.communicate(timeout=20)
    assert (process.returncode, rest, log) == (0, "", "GET /users -> 200 List / ok\n")


def test_the_port_is_as_asked_and_no_other_can_have_it(
    started: typing.Callable[..., subprocess.Popen[str]],
) -> None:
    _, port = told(started(write(SOUND), "--port", "0"))
    second = started("shop.json", "--port", str(port))
    output, log = second.communicate(timeout=20)
    assert (second.returncode, output) == (2, "")
    assert f"127.0.0.1, port {port}:" in log
    assert "--port" in log
    assert "Traceback" not in log


def test_variables_come_from_an_environment_and_from_globals(
    started: typing.Callable[..., subprocess.Popen[str]],
) -> None:
    """The environment goes before."""
    environment = {"name": "e", "values": build.pairs(base="https://h.test/v2")}
    globals_ = {"name": "g", "values": build.pairs(base="h.test/v1", who="Ann")}
    _, port = told(
        started(
            write(SOUND),
            *("--port", "0"),
            *("--environment", write(environment, "e.json")),
            *("--globals", write(globals_, "g.json")),
        )
    )
    assert ask(port, "/v2/users") == (200, b'{"user": "Ann"}')
    assert ask(port, "/v1/users")[0] == 404


def test_another_host_is_listened_on(
    started: typing.Callable[..., subprocess.Popen[str]],
) -> None:
    process = started(write(SOUND), "--port", "0", "--host", "localhost")
    line, port = told(process)
    assert line.startswith(("http://127.0.0.1:", "http://[::1]:"))
    assert ask(port, "/users", "localhost")[0] == 200


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--port", "65536"), "65536 is not in the range"),
        (("--port", "-1"), "-1 is not in the range"),
        (("--port", "http"), "'http' is not a valid"),
        (("--host", "no such host"), "Nothing can listen on no such host, port"),
        (("--host", "a" * 300), "Choose others with --host and --port."),
        (("--environment", "missing.json"), "missing.json"),
    ],
)
def test_options_that_can_not_be_are_refused(
    arguments: tuple[str, ...], said: str
) -> None:
    result = CliRunner().invoke(main, ["mock", write(SOUND), *arguments])
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("data", "said", "code"),
    [
        (
            build.collection(build.item(build.get("h.test/a"))),
            "There is no saved example to answer with",
            2,
        ),
        (
            build.collection(build.item(build.get("h.test/a"), {"code": 101})),
            "There is no saved example to answer with",
            2,
        ),
        ([1], "error", 2),
    ],
)
def test_a_source_that_nothing_can_be_served_from_is_refused(
    data: build.Data, said: str, code: int
) -> None:
    result = CliRunner().invoke(main, ["mock", write(data), "--port", "0"])
    assert result.exit_code == code
    assert said in result.stderr
    assert result.stdout == ""
