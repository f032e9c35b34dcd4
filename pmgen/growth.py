"""Pausing Python's search for garbage while something grows that holds none."""

from __future__ import annotations

import functools
import gc
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Callable

P = typing.ParamSpec("P")
R = typing.TypeVar("R")


def growing(action: Callable[P, R]) -> Callable[P, R]:
    """For functions that build big values without cycles: looking for garbage takes a quarter of their time.

    The collector is the process's; it is as before when the function ends.
    """

    @functools.wraps(action)
    def paused(*args: P.args, **kwargs: P.kwargs) -> R:
        if not gc.isenabled():
            return action(*args, **kwargs)
        gc.disable()
        try:
            return action(*args, **kwargs)
        finally:
            gc.enable()

    return paused
