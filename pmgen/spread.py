"""``map`` over several processes: the work is inherited by forking, and only what came of it is sent back."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

T = typing.TypeVar("T")
R = typing.TypeVar("R")

FEWEST = 12
"""Items below which another process costs more than it saves."""

_work: tuple[Callable[[typing.Any], typing.Any], Sequence[typing.Any]] | None = None
"""What the children have been forked for; set while they are."""


def processors() -> int:
    """How many processes can be at work at once: the CPUs that this one may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spreading(jobs: int) -> Callable[[Callable[[T], R], Iterable[T]], Iterable[R]]:
    """A ``map`` with up to so many processes; in this one only where there is no fork."""
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return map

    def spread(function: Callable[[T], R], items: Iterable[T]) -> Iterable[R]:
        found = tuple(items)
        if len(found) < FEWEST:
            return map(function, found)
        return _forked(function, found, jobs)

    return spread


def _forked(function: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R]:
    """In the order of the items. What a child raises is raised here."""
    global _work
    _work = (function, items)
    gc.freeze()  # or collecting would copy the pages that the children share
    try:
        with multiprocessing.get_context("fork").Pool(jobs, _leave) as pool:
            yield from pool.imap(_one, range(len(items)), chunksize=1)
    finally:
        _work = None
        gc.unfreeze()


def _leave() -> None:
    """Ctrl-C is for the parent, which ends its children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _one(index: int) -> typing.Any:
    if _work is None:
        raise RuntimeError("this is no child of a spread")
    function, items = _work
    return function(items[index])
