"""The client as a whole on both sides: its constructor, its folders, what its package exports."""

from __future__ import annotations

import typing

from pmgen.diff.both import Subject
from pmgen.python.constructor import is_credential

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.api import Setting
    from pmgen.diff.both import Both
    from pmgen.diff.model import Change, Folder

_CLIENT = Subject("Client(...)")


def client(both: Both) -> Iterator[Change]:
    """All changes of settings, error classes and folders."""
    yield from _docs(both)
    yield from _settings(both)
    yield from _errors(both)
    for pointer, before in both.link.folders.items():
        if pointer != both.new.api.root.pointer:
            old, new = both.old.folders[before], both.new.folders[pointer]
            yield from _folder(old, new, both)


def _docs(both: Both) -> Iterator[Change]:
    for what in ("name", "description"):
        was, now = getattr(both.old.api, what), getattr(both.new.api, what)
        if was != now:
            yield Subject(both.new.package).told("client-docs", what, was, now)


def _settings(both: Both) -> Iterator[Change]:
    found = set(both.link.settings.values())
    for key, (name, _) in both.old.settings.items():
        if key not in found:
            yield _CLIENT.told("setting-removed", what=name)
    for key, (name, setting) in both.new.settings.items():
        before = both.link.settings.get(key)
        if before is not None:
            _, old = both.old.settings[before]
            yield from _setting(old, setting, name)
        elif setting.default is None:
            yield _CLIENT.told("setting-added-required", what=name)
        else:
            now = setting.default
            yield _CLIENT.told("setting-added", what=name, now=now)


def _setting(old: Setting, new: Setting, name: str) -> Iterator[Change]:
    kind, was, now = _default(old.default, new.default)
    if kind:
        yield _CLIENT.told(kind, what=name, was=was, now=now)
    types = [_type(setting) for setting in (old, new)]
    if types[0] != types[1]:
        kind = "setting-wider" if is_credential(new.role) else "setting-narrower"
        yield _CLIENT.told(kind, what=name, was=types[0], now=types[1])
    if old.description != new.description:
        texts = old.description, new.description
        yield _CLIENT.told("setting-docs", name, *texts)


def _default(was: str | None, now: str | None) -> tuple[str, str, str]:
    """The kind of change, "" for none, and both."""
    if was == now:
        return "", "", ""
    if now is None:
        return "setting-required", was or "", ""
    return ("setting-optional" if was is None else "setting-default"), was or "", now


def _type(setting: Setting) -> str:
    return "Credential" if is_credential(setting.role) else "str"


def _errors(both: Both) -> Iterator[Change]:
    old, new = both.old.errors, both.new.errors
    for name in sorted({*old, *new}):
        if (name in old) != (name in new):
            kind = "error-class-added" if name in new else "error-class-removed"
            yield Subject(both.new.package).told(kind, name)


def _folder(old: Folder, new: Folder, both: Both) -> Iterator[Change]:
    known = Subject(_path(old), old.group.pointer, new.group.pointer)
    if old.path != new.path and not _follows(old, new, both):
        yield known.told("folder-moved", was=_path(old), now=_path(new))
    for what in ("name", "description"):
        was, now = getattr(old.group, what), getattr(new.group, what)
        if was != now:
            yield known.told("folder-docs", what, was, now)


def _path(folder: Folder) -> str:
    return ".".join(("client", *folder.path))


def _follows(old: Folder, new: Folder, both: Both) -> bool:
    """Whether it has only gone with the folder around it."""
    around = [
        next(p for p, f in side.folders.items() if found.group in f.group.groups)
        for side, found in ((both.old, old), (both.new, new))
    ]
    return (
        old.path[-1] == new.path[-1] and both.link.folders.get(around[1]) == around[0]
    )
