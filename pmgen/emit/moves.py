"""A new client moved into its folder file by file, where the folder itself cannot be moved.

So it is with mount points, and with folders of a lower layer of overlayfs (what an image holds, in a container).
"""

from __future__ import annotations

import errno
import os
import shutil
import typing

from pmgen.emit.manifest import MANIFEST

if typing.TYPE_CHECKING:
    import contextlib
    from pathlib import Path

    from pmgen.emit.plan import Plan

UNMOVABLE = frozenset({errno.EXDEV, errno.EBUSY})
"""What the system says of such folders."""


def move_in(plan: Plan, place: Path, stage: Path, back: contextlib.ExitStack) -> None:
    """Move what the plan changes from ``stage/new``, what stood there to ``stage/old``; each step with its way back.

    Raises OSError. The manifest comes last: who is killed before leaves a client that the next run mends.
    """
    for path in sorted(
        (*plan.writes, *plan.removes), key=lambda path: path == MANIFEST
    ):
        new, old, at = stage / "new" / path, stage / "kept" / path, place / path
        make_folder(at.parent, back)
        existed = at.is_file()
        if existed:
            old.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(at, old)
        if path in plan.removes:
            at.unlink()
        else:
            os.replace(new, at)
        if existed:
            back.callback(os.replace, old, at)
        else:
            back.callback(at.unlink)


def make_folder(folder: Path, back: contextlib.ExitStack) -> None:
    """Make a folder and those above it, each with its way back."""
    if not folder.is_dir():
        make_folder(folder.parent, back)
        folder.mkdir()
        back.callback(folder.rmdir)


def drop_empty(plan: Plan, place: Path) -> None:
    """Remove folders that pruning emptied; Python's caches do not count as content."""
    for path in plan.removes:
        folder = (place / path).parent
        while folder != place and folder.is_dir():
            if any(entry.name != "__pycache__" for entry in folder.iterdir()):
                break
            shutil.rmtree(folder)
            folder = folder.parent
