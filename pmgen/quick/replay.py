"""Runs of ``generate`` and ``check``: kept when they end well, and told again where nothing has changed."""

from __future__ import annotations

import hashlib
import os
import sys

from pmgen.quick import footprint, store

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing

    Told: typing.TypeAlias = tuple[bool, str, bool]
    """Whether it goes to standard error; the line; whether a terminal gets something nicer."""

COMMANDS = ("generate", "check")
ALWAYS = frozenset({"--no-cache", "--force", "-"})
"""Arguments of runs that are never told again; `-` is standard input."""


class Recorder:
    """One run of the command. ``arguments`` are those of the command line."""

    def __init__(self, arguments: typing.Sequence[str]) -> None:
        self._kept = bool(arguments) and arguments[0] in COMMANDS
        self._kept = self._kept and ALWAYS.isdisjoint(arguments)
        self._name = _name(arguments) if self._kept else ""
        self._read: dict[str, str] = {}

    def reads(self, paths: typing.Iterable[str]) -> None:
        """What the run is going to read: files and folders, which may be missing."""
        if self._kept:
            try:
                self._read |= footprint.digests(paths)
            except OSError:  # the run itself says what is wrong
                self._kept = False

    def ended(
        self,
        written: typing.Iterable[str],
        told: typing.Sequence[Told],
        code: int,
    ) -> None:
        """Keep it: the files that are as the run wants them, and what it would tell again."""
        if self._kept:
            try:
                files = footprint.digests(written)
            except OSError:
                return
            store.save("runs", self._name, (self._read, files, list(told), code))


def replayed(arguments: typing.Sequence[str]) -> int | None:
    """Tell again what the last such run told, and its exit code; None where anything is another than it was."""
    if not arguments or arguments[0] not in COMMANDS or ALWAYS & {*arguments}:
        return None
    found = store.load("runs", _name(arguments))
    if found is None:
        return None
    read, written, told, code = found
    if sys.stderr.isatty() and any(line[2] for line in told):
        return None
    if not (footprint.are_so(read) and footprint.are_so(written)):
        return None
    return _tell(told, code)


def _tell(told: typing.Sequence[Told], code: int) -> int:
    try:
        for is_error, text, _ in told:
            print(text, file=sys.stderr if is_error else sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:  # as click does
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # it is flushed again
        return 1
    return code


def _name(arguments: typing.Sequence[str]) -> str:
    """One for each command line, folder and version of pmgen."""
    parts = (footprint.program(), os.getcwd(), *arguments)
    whole = "\0".join(parts).encode(errors="surrogateescape")
    return hashlib.sha256(whole).hexdigest()
