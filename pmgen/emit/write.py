"""Carrying out a plan, all or nothing: everything is staged first, then moved; a failure moves all of it back."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import typing
from pathlib import Path

from pmgen.emit.manifest import MANIFEST

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.emit.plan import Plan


def write(plan: Plan) -> None:
    """Make the directory as planned. Raises OSError, the directory then being as it was.

    The manifest is moved last, so that what a crash leaves behind is mended by the next run.
    """
    if plan.is_empty:
        return
    plan.folder.parent.mkdir(parents=True, exist_ok=True)
    with _staging(plan.folder.parent) as stage:
        new, old = stage / "new", stage / "old"
        for path, content in plan.writes.items():
            _put(new / path, content)
        moved: list[str] = []
        try:
            for path in _order(plan):
                moved.append(path)
                _swap(plan.folder / path, new / path, old / path)
        except OSError:
            for path in reversed(moved):
                _undo(plan.folder / path, old / path)
            raise
    for path in plan.removes:
        _drop_empty(plan.folder, (plan.folder / path).parent)


def _order(plan: Plan) -> list[str]:
    paths = [path for path in (*plan.writes, *plan.removes) if path != MANIFEST]
    return paths + ([MANIFEST] if MANIFEST in plan.writes else [])


@contextlib.contextmanager
def _staging(parent: Path) -> Iterator[Path]:
    """A folder on the same file system, so that moving is renaming."""
    stage = Path(tempfile.mkdtemp(prefix=".pmgen-", dir=parent))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _swap(place: Path, new: Path, old: Path) -> None:
    """Move what stands at the place away, and the new file, if there is one, into it."""
    if place.is_file():
        old.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(place, old)
    if new.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(new, place)
    else:
        place.unlink()


def _undo(place: Path, old: Path) -> None:
    if old.exists():
        os.replace(old, place)
    else:
        place.unlink(missing_ok=True)


def _drop_empty(top: Path, folder: Path) -> None:
    """Remove folders that pruning emptied; Python's caches do not count as content."""
    while folder != top and folder.is_dir():
        if any(entry.name != "__pycache__" for entry in folder.iterdir()):
            return
        shutil.rmtree(folder)
        folder = folder.parent
