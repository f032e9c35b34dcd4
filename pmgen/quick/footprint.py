"""Digests of what a run reads and writes, and of pmgen itself."""

from __future__ import annotations

import hashlib
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing

    Digests: typing.TypeAlias = dict[str, str]

NEVER = frozenset({".git", ".venv", "node_modules", "__pycache__"})
"""Folders that are no part of a source."""


def digests(paths: typing.Iterable[str]) -> Digests:
    """sha256 of each file; of a folder that of all that is in it; "" where nothing is. Raises OSError."""
    return {path: _digest(path) for path in paths}


def are_so(wanted: Digests) -> bool:
    """Whether everything is as it was, the first difference being the end."""
    try:
        return all(_digest(path) == digest for path, digest in wanted.items())
    except OSError:
        return False


def _digest(path: str) -> str:
    if os.path.isdir(path):
        whole = hashlib.sha256()
        for inner in _walk(path, {os.path.realpath(path)}):
            whole.update(
                f"{inner}\0{_of_file(inner)}\0".encode(errors="surrogateescape")
            )
        return whole.hexdigest()
    return _of_file(path) if os.path.lexists(path) else ""


def _of_file(path: str) -> str:
    with open(path, "rb", buffering=0) as file:
        return hashlib.sha256(file.read()).hexdigest()


def _walk(folder: str, seen: set[str]) -> typing.Iterator[str]:
    """Every file, links followed, each folder once."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if not entry.is_dir():
            yield entry.path
        elif entry.name not in NEVER:
            real = os.path.realpath(entry.path)
            if real not in seen:
                seen.add(real)
                yield from _walk(entry.path, seen)


def program() -> str:
    """What pmgen is made of, by size and time: its modules and templates, Python, and what else is installed."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    beside = os.path.join(os.path.dirname(here), "templates")
    marks = [sys.version]
    for folder in filter(os.path.isdir, (here, beside)):
        marks += _marks(folder)
    for path in sys.path:
        if path.endswith(("site-packages", "dist-packages")) and os.path.isdir(path):
            marks.append(f"{path} {os.stat(path).st_mtime_ns}")
    return hashlib.sha256("\n".join(marks).encode(errors="surrogateescape")).hexdigest()


def _marks(folder: str) -> typing.Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name not in NEVER:
                yield from _marks(entry.path)
        else:
            found = entry.stat()
            yield f"{entry.path} {found.st_size} {found.st_mtime_ns}"
