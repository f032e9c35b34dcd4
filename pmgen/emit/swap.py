"""One folder put in the place of another, in one step where the system has one."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
import typing

if typing.TYPE_CHECKING:
    from pathlib import Path

_HERE = -100
"""AT_FDCWD of <fcntl.h>: relative paths begin at the working directory."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2): both paths exist, and each gets the other's content at once."""
_NOT_KNOWN = {errno.ENOSYS, errno.EINVAL}
"""The kernel or the file system has no exchange."""


def swap(new: Path, place: Path, spare: Path) -> Path:
    """Put the folder ``new`` at ``place`` and say where the old one is now. Raises OSError, nothing being changed.

    Where there is no exchange the old folder moves to ``spare`` first; who is killed between the two steps leaves it
    there (see ``write.recover``).
    """
    if _exchanged(new, place):
        return new
    os.rename(place, spare)
    try:
        os.rename(new, place)
    except OSError:
        os.rename(spare, place)
        raise
    return spare


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the two have been exchanged; False where the system cannot. Raises OSError."""
    if not sys.platform.startswith("linux"):
        return False
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:  # a C library without it
        return False
    failed = function(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    code = ctypes.get_errno()
    if failed and code not in _NOT_KNOWN:
        raise OSError(code, os.strerror(code), str(other))
    return not failed
