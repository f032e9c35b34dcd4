"""Carrying out plans, all or nothing: each client is made whole beside its folder, then takes its place in one step."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import typing

from pmgen.emit.assemble import assemble, rescue
from pmgen.emit.moves import UNMOVABLE, drop_empty, make_folder, move_in
from pmgen.emit.swap import swap

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pmgen.emit.plan import Plan

_STAGE = ".pmgen-"
"""What the name of a folder begins with that is a client's while it is written; the client's name follows."""


class WriteError(Exception):
    """A folder that cannot be written; nothing was changed, in no folder."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder, self.reason = folder, reason
        super().__init__(f"{folder}: {reason}")


def write(plans: Sequence[Plan]) -> None:
    """Make the folders as planned. Raises WriteError, all folders then being as they were.

    Who is killed leaves each client as it was or as it is to be; ``recover`` takes away what else stays.
    """
    plans = [plan for plan in plans if not plan.is_empty]
    # They unwind from the right: clients go back, then stages go, then folders made for them.
    with contextlib.ExitStack() as made, contextlib.ExitStack() as stages:
        with contextlib.ExitStack() as back:
            staged = [(plan, _staged(plan, made, stages)) for plan in plans]
            replaced = [(plan, _put(plan, stage, back)) for plan, stage in staged]
            back.pop_all()
            made.pop_all()
        for plan, old in replaced:
            with _told(plan):
                drop_empty(plan, _place(plan))
                if old is not None:
                    rescue(plan, old)


def recover(out: Path) -> None:
    """Take away what a killed run left in a folder of clients, and put back a client that it had moved. Raises OSError."""
    if not out.is_dir():
        return
    for stage in sorted(out.glob(f"{_STAGE}*/")):
        old, place = stage / "old", out / stage.name.removeprefix(_STAGE)
        if old.is_dir() and not place.exists():
            os.rename(old, place)
        shutil.rmtree(stage)


def _staged(
    plan: Plan, made: contextlib.ExitStack, stages: contextlib.ExitStack
) -> Path:
    """A folder on the same file system with the new client in it."""
    with _told(plan):
        parent = _place(plan).parent
        make_folder(parent, made)
        stage = stages.enter_context(_stage(parent / f"{_STAGE}{plan.folder.name}"))
        assemble(plan, stage / "new")
    return stage


@contextlib.contextmanager
def _stage(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put(plan: Plan, stage: Path, back: contextlib.ExitStack) -> Path | None:
    """Put the new client into its place, with its way back; where the old one is now, if there was one."""
    new, place = stage / "new", _place(plan)
    with _told(plan):
        if not place.exists():
            os.rename(new, place)
            back.callback(os.rename, place, new)
            return None
        if not place.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        try:
            old = swap(new, place, stage / "old")
        except OSError as error:
            if error.errno not in UNMOVABLE:
                raise
            move_in(plan, place, stage, back)
            return None
    back.callback(swap, old, place, stage / "undone")
    return old


def _place(plan: Plan) -> Path:
    """Where the folder really is: a link to it stays a link."""
    return plan.folder.resolve()


@contextlib.contextmanager
def _told(plan: Plan) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WriteError(plan.folder, error.strerror or str(error)) from error
