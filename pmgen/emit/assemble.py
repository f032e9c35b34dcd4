"""A client's folder as it is to be, made beside it: what is new, and links to all that stays."""

from __future__ import annotations

import os
import shutil
import typing
from pathlib import Path

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.emit.plan import Plan

_CACHE = "__pycache__"


def assemble(plan: Plan, new: Path) -> None:
    """Make ``new``, which is not there yet. What pmgen did not write stays as it is. Raises OSError."""
    new.mkdir()
    if plan.folder.is_dir():
        shutil.copymode(plan.folder, new)
        gone = {*plan.writes, *plan.removes}
        _carry(plan.folder, new, "", gone)
    for path, content in plan.writes.items():
        place = new / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _carry(old: Path, new: Path, inside: str, gone: set[str]) -> bool:
    """Whether the folder has anything to keep: an own file, a folder that keeps something or was empty before."""
    entries = sorted(os.scandir(old), key=lambda entry: entry.name)
    kept = not entries
    for entry in entries:
        path = inside + entry.name
        place = new / entry.name
        if entry.is_dir(follow_symlinks=False):
            place.mkdir()
            shutil.copymode(entry.path, place)
            if _carry(Path(entry.path), place, f"{path}/", gone):
                kept = kept or entry.name != _CACHE
            else:
                place.rmdir()
        elif path not in gone and not _is_cached(path, gone):
            _link(entry, place)
            kept = True
    return kept


def _is_cached(path: str, gone: set[str]) -> bool:
    """Whether it is the bytecode of a module that changes, which Python knows by time and size only."""
    folder, _, name = path.rpartition("/")
    above, _, own = folder.rpartition("/")
    source = f"{above}/" if above else ""
    return own == _CACHE and f"{source}{name.partition('.')[0]}.py" in gone


def _link(entry: os.DirEntry[str], place: Path) -> None:
    """The same file at another place; a copy where the file system has no links."""
    if entry.is_symlink():
        place.symlink_to(os.readlink(entry.path))
        return
    try:
        os.link(entry.path, place)
    except OSError:
        shutil.copy2(entry.path, place)


def rescue(plan: Plan, old: Path) -> None:
    """Bring what came into the old folder while the new one was made. Raises OSError."""
    gone = {*plan.writes, *plan.removes}
    for path in _files(old, ""):
        kept, place = old / path, plan.folder / path
        if path in gone or _is_cached(path, gone) or _is_same(kept, place):
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(kept, place)


def _files(folder: Path, inside: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path), f"{inside}{entry.name}/")
        else:
            yield inside + entry.name


def _is_same(one: Path, other: Path) -> bool:
    """Linked, or copied and not written since."""
    if not os.path.lexists(other):
        return False
    first, second = one.lstat(), other.lstat()
    linked = (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)
    copied = (first.st_size, first.st_mtime_ns) == (second.st_size, second.st_mtime_ns)
    return linked or copied or one.is_symlink()
