"""One run at a time on a folder of clients."""

from __future__ import annotations

import contextlib
import os
import sys
import typing

if sys.platform != "win32":  # where nothing guards the folder
    import fcntl

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextlib.contextmanager
def locked(out: Path, waiting: Callable[[], None], *, shared: bool) -> Iterator[None]:
    """Hold the folder, or where it is missing the nearest one above; ``shared`` with others who only read.

    ``waiting`` is called if another run holds it. The lock is on the folder itself, so that no file stays behind, and
    the system lets it go when the process ends, however it ends.
    """
    if sys.platform == "win32":
        yield
        return
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    with contextlib.ExitStack() as held:
        folder = _nearest(out)
        while True:
            handle = os.open(folder, os.O_RDONLY)
            held.callback(os.close, handle)
            _acquire(handle, kind, waiting)
            if _nearest(out) == folder:  # else it was made, or removed, meanwhile
                break
            folder = _nearest(out)
        yield


def _acquire(handle: int, kind: int, waiting: Callable[[], None]) -> None:
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting()
        fcntl.flock(handle, kind)


def _nearest(folder: Path) -> Path:
    found = folder.resolve()
    return found if found.is_dir() else _nearest(found.parent)
