"""One at a time: what several calls of a client must not do at once."""

from __future__ import annotations

import threading

import anyio
from anyio.lowlevel import RunVar


class Turns:
    """A lock for threads, and one for the tasks of each event loop: a lock of one loop is of no use in another."""

    def __init__(self) -> None:
        self.threads = threading.Lock()
        self._tasks: RunVar[anyio.Lock] = RunVar("turns")

    def tasks(self) -> anyio.Lock:
        """The running event loop's lock."""
        try:
            return self._tasks.get()
        except LookupError:
            lock = anyio.Lock()
            self._tasks.set(lock)
            return lock
