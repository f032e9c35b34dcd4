"""The commands as users run them: in an empty project, into a pipe or on a terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import typing
from pathlib import Path

import build
import pytest
from click.testing import CliRunner

from pmgen.cli import main

if typing.TYPE_CHECKING:
    from click.testing import Result

REQUEST: build.Data = build.get("https://h.test/users/:id?page=1")
REPLY: build.Data = {"name": "ok", "code": 200, "body": '{"id": 1, "name": "Ann"}'}
SOUND: build.Data = build.collection(
    build.folder("Users", build.item(REQUEST, REPLY, name="Get user"))
)
#: Two warnings: an item that can't be called, and its example.
WARNED: build.Data = build.collection(
    build.item(REQUEST, REPLY, name="Get user"),
    build.item(None, REPLY, name="No request"),
)
#: A request of format 3.
PING = b"$kind: http-request\nname: ping\nmethod: GET\nurl: https://h.test/ping\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project, which is where commands run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: str, data: build.Data) -> None:
    """A file with this JSON, or these bytes."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    Path(path).write_bytes(raw)


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    """A command in this process; whatever it did not catch fails the test."""
    result = CliRunner().invoke(main, arguments, input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def written(folder: str = "generated") -> dict[str, bytes]:
    """The files below a folder, by path."""
    return {
        path.as_posix(): path.read_bytes()
        for path in Path(folder).rglob("*")
        if path.is_file()
    }


def packages(folder: str = "generated") -> list[str]:
    """The names of the clients in the folder."""
    return sorted(path.parent.name for path in Path(folder).glob("*/.pmgen.json"))


def one_refusal(result: Result, code: str, *words: str) -> None:
    """Exit 2, nothing on stdout, and exactly one error, which says the words."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    errors = [line for line in result.stderr.splitlines() if " error PM" in line]
    assert len(errors) == 1, result.stderr
    assert f" error {code} " in errors[0]
    for word in words:
        assert word in errors[0]


def found_by(source: str, *options: str) -> list[tuple[str, str, str]]:
    """Code, file and pointer of everything that `inspect --json` reports."""
    result = run("inspect", "--json", source, *options)
    return [
        (found["code"], found["file"], found["pointer"])
        for found in json.loads(result.stdout)["diagnostics"]
    ]


def process(
    *arguments: str, stdin: bytes = b"", encoding: str = "ascii:strict"
) -> subprocess.CompletedProcess[bytes]:
    """The command as a user runs it, without a UTF-8 terminal."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C"}
    return subprocess.run(
        [sys.executable, "-m", "pmgen", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env=environment,
    )


class Seen(typing.NamedTuple):
    """What a command wrote to each of its streams."""

    code: int
    stdout: str
    stderr: str


def terminal(
    *arguments: str,
    stdout: bool = True,
    stderr: bool = True,
    encoding: str = "utf-8",
) -> Seen:
    """The command with a terminal of 200 columns for one or both of its streams."""
    ends = [
        pty.openpty() if is_terminal else os.pipe() for is_terminal in (stdout, stderr)
    ]
    other = {"NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"}
    environment = {
        **{key: value for key, value in os.environ.items() if key not in other},
        "TERM": "xterm-256color",
        "COLUMNS": "200",
        "PYTHONIOENCODING": encoding,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "pmgen", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=ends[0][1],
        stderr=ends[1][1],
        env=environment,
    ) as running:
        for _, theirs in ends:
            os.close(theirs)
        raw = _drained([ours for ours, _ in ends])
        texts = [text.decode(encoding).replace("\r\n", "\n") for text in raw]
        return Seen(running.wait(60), *texts)


def _drained(ours: list[int]) -> list[bytes]:
    """All of both streams at once, so that neither can block the other."""
    texts = dict.fromkeys(ours, b"")
    is_open = set(ours)
    while is_open:
        for end in select.select([*is_open], [], [], 60)[0]:
            chunk = _chunk(end)
            texts[end] += chunk
            if not chunk:
                is_open.discard(end)
                os.close(end)
    return [*texts.values()]


def _chunk(end: int) -> bytes:
    """A terminal's end is an error."""
    try:
        return os.read(end, 65536)
    except OSError:
        return b""


def plain(text: str) -> str:
    """The text without its colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
