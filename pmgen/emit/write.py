"""Carrying out plans, all or nothing: everything is staged first, then moved; a failure moves all of it back."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import tempfile
import typing
from pathlib import Path

from pmgen.emit.manifest import MANIFEST

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pmgen.emit.plan import Plan


class WriteError(Exception):
    """A folder that cannot be written; nothing was changed, in no folder."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder, self.reason = folder, reason
        super().__init__(f"{folder}: {reason}")


@dataclasses.dataclass(frozen=True, slots=True)
class _Move:
    """``new`` goes to ``place``, what stood there to ``old``; without ``new`` the place is emptied."""

    place: Path
    new: Path
    old: Path


def write(plans: Sequence[Plan]) -> None:
    """Make the directories as planned. Raises WriteError, all directories then being as they were.

    A manifest is moved after the files that it lists, so that the next run mends what a crash leaves behind.
    """
    stack = contextlib.ExitStack
    # They unwind from the right: files move back, then stages go, then folders made for them.
    with stack() as folders, stack() as stages, stack() as files:
        for plan in plans:
            try:
                for move in _staged(plan, folders, stages):
                    _carry_out(move, files)
            except OSError as error:
                raise WriteError(plan.folder, error.strerror or str(error)) from error
        folders.pop_all()
        files.pop_all()
    for plan in plans:
        for path in plan.removes:
            _drop_empty(plan.folder, (plan.folder / path).parent)


def _staged(
    plan: Plan, folders: contextlib.ExitStack, stages: contextlib.ExitStack
) -> list[_Move]:
    """All new files, written beside the folder, and the moves that bring them into it."""
    if plan.is_empty:
        return []
    _make_folder(plan.folder.parent, folders)
    stage = stages.enter_context(_staging(plan.folder.parent))
    for path, content in plan.writes.items():
        new = stage / "new" / path
        new.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(content)
    paths = sorted((*plan.writes, *plan.removes), key=lambda path: path == MANIFEST)
    return [
        _Move(plan.folder / path, stage / "new" / path, stage / "old" / path)
        for path in paths
    ]


@contextlib.contextmanager
def _staging(parent: Path) -> Iterator[Path]:
    """A folder on the same file system, so that moving is renaming."""
    stage = Path(tempfile.mkdtemp(prefix=".pmgen-", dir=parent))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _carry_out(move: _Move, undo: contextlib.ExitStack) -> None:
    """One move, with its way back on ``undo``."""
    _make_folder(move.place.parent, undo)
    existed = move.place.is_file()
    if existed:
        move.old.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(move.place, move.old)
    if move.new.exists():
        os.replace(move.new, move.place)
    else:
        move.place.unlink()
    if existed:
        undo.callback(os.replace, move.old, move.place)
    else:
        undo.callback(move.place.unlink)


def _make_folder(folder: Path, undo: contextlib.ExitStack) -> None:
    """Make a folder and those above it, each with its way back on ``undo``."""
    if folder.is_dir():
        return
    _make_folder(folder.parent, undo)
    folder.mkdir()
    undo.callback(folder.rmdir)


def _drop_empty(top: Path, folder: Path) -> None:
    """Remove folders that pruning emptied; Python's caches do not count as content."""
    while folder != top and folder.is_dir():
        if any(entry.name != "__pycache__" for entry in folder.iterdir()):
            return
        shutil.rmtree(folder)
        folder = folder.parent
