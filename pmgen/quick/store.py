"""Where records of runs lie: in the user's cache, not in the project.

What lies in a project may come from anywhere, and would be believed; the user's own cache is theirs, as ``__pycache__`` is.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing

VARIABLE = "PMGEN_CACHE_DIR"
"""Names another folder; set and empty it switches the cache off."""

MOST = {"runs": 200, "black": 5000}
"""Kinds of records, a folder for each, and how many of them are kept; the oldest go first."""


def folder() -> str:
    """The folder of the records, "" for none: the system's place for caches (on Linux the XDG base directory)."""
    chosen = os.environ.get(VARIABLE)
    if chosen is not None:
        return chosen
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "pmgen") if os.path.isabs(base) else ""


def load(kind: str, name: str) -> typing.Any:
    """A record; None where there is none that can be read."""
    where = folder()
    if not where:
        return None
    try:
        with open(os.path.join(where, kind, name), "rb") as file:
            return marshal.load(file)  # noqa: S302 - the user's own file
    except (OSError, ValueError, EOFError, TypeError):
        return None


def save(kind: str, name: str, value: typing.Any) -> None:
    """Keep a record, whole or not at all. A cache that cannot be written is none: the next run does the work again."""
    if not folder():
        return
    where = os.path.join(folder(), kind)
    own = os.path.join(where, f".{name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        os.makedirs(where, mode=0o700, exist_ok=True)
        with open(own, "wb") as file:
            marshal.dump(value, file)
        os.replace(own, os.path.join(where, name))
        if hash(name) % 20 == 0:  # looking at all takes longer than writing one
            prune(where, MOST[kind])


def prune(where: str, most: int) -> None:
    """Leave only the youngest records of a folder."""
    entries = list(os.scandir(where))
    if len(entries) > most:
        entries.sort(key=lambda entry: entry.stat().st_mtime)
        for entry in entries[: len(entries) - most]:
            os.remove(entry.path)
