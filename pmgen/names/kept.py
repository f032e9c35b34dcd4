"""Names of the last run, as `.pmgen.json` keeps them, with what finds their owners again. JSON -> Kept -> JSON."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.names import legal
from pmgen.names.symbols import Thing
from pmgen.pins import Place

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.source import Json


MOST_PLACES = 3
"""By which a class, or a credential without a name of its own, is known: few enough to read."""


class KeptError(ValueError):
    """A section that is not as pmgen writes it."""


@dataclasses.dataclass(frozen=True, slots=True)
class KeptFolder:
    """``trail``: names joined by `/`; several folders may have one. ``folder``: the key of the one around it, or ""."""

    trail: str
    name: str
    folder: str = ""
    id: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class KeptCall:
    """A request. ``digests``: of request and examples. ``params``: by key, where the name is not the wire name.

    ``folder``: the key of its folder, "" for the collection itself. ``iterate``: the name of the method that goes
    through its pages, "" for none.
    """

    trail: str
    name: str
    folder: str = ""
    id: str = ""
    digests: tuple[str, str] = ("", "")
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)
    iterate: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class KeptClass:
    """``at``: a few of its places, whose trails are keys of ``calls``. ``fields``: by wire name, where the name is another."""

    name: str
    at: tuple[Place, ...]
    fields: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """All that a user's code may say. Keys of folders and calls are trails, numbered where several have one."""

    settings: Mapping[str, str] = dataclasses.field(default_factory=dict)
    folders: Mapping[str, KeptFolder] = dataclasses.field(default_factory=dict)
    calls: Mapping[str, KeptCall] = dataclasses.field(default_factory=dict)
    classes: tuple[KeptClass, ...] = ()
    codecs: tuple[KeptClass, ...] = ()


NOTHING_KEPT = Kept()


def numbered(trail: str, taken: Mapping[str, object]) -> str:
    """A key for a trail that may be there already; "" stands for the collection itself."""
    key, number = trail or "#1", 2
    while key in taken:
        key, number = f"{trail} #{number}", number + 1
    return key


def parent(trail: str, folders: Mapping[str, object]) -> str:
    """The key of the folder that a trail most likely lies in. Names may hold slashes, so the longest that fits."""
    end = len(trail)
    while (end := trail.rfind("/", 0, end)) >= 0:
        if trail[:end] in folders:
            return trail[:end]
    return ""


def dump(kept: Kept) -> dict[str, Json]:
    """As the manifest has it; what is empty or follows from the rest is left out."""
    return _filled(
        settings=dict(kept.settings),
        folders={
            key: _found(key, found, kept, name=found.name, id=found.id)
            for key, found in kept.folders.items()
        },
        requests={key: _dumped(key, c, kept) for key, c in kept.calls.items()},
        classes={found.name: _class(found) for found in kept.classes},
        codecs={found.name: str(found.at[0]) for found in kept.codecs},
    )


def _dumped(key: str, call: KeptCall, kept: Kept) -> Json:
    return _found(
        key,
        call,
        kept,
        name=call.name,
        id=call.id,
        digest=".".join(call.digests),
        params=dict(call.params),
        iterate=call.iterate,
    )


def _found(
    key: str, of: KeptFolder | KeptCall, kept: Kept, **values: Json
) -> dict[str, Json]:
    """With trail and folder where the key does not tell them."""
    found = _filled(**values)
    if of.trail != key:
        found["trail"] = of.trail
    if of.folder != parent(of.trail, kept.folders):
        found["folder"] = of.folder
    return found


def _class(found: KeptClass) -> Json:
    return _filled(at=[str(place) for place in found.at], fields=dict(found.fields))


def _filled(**values: Json) -> dict[str, Json]:
    return {key: value for key, value in values.items() if value}


def load(section: object) -> Kept:
    """Raises KeptError. Whatever it returns may stand in code: every name is an identifier in the style of its kind."""
    found = _Reader(section)
    found.only("settings", "folders", "requests", "classes", "codecs")
    members = dict(found.members("folders"))
    folders = {key: _folder(key, r, members) for key, r in members.items()}
    calls = {key: _call(key, r, folders) for key, r in found.members("requests")}
    around = [f.folder for f in folders.values()] + [c.folder for c in calls.values()]
    for key in around:
        if key and key not in folders:
            raise KeptError(f"`names` has no folder {key!r}")
    return Kept(
        settings=found.names("settings", Thing.SETTING),
        folders=folders,
        calls=calls,
        classes=tuple(_kept_class(k, r) for k, r in found.members("classes")),
        codecs=tuple(
            KeptClass(_legal(Thing.CODEC, name), (_place(place),))
            for name, place in found.texts("codecs").items()
        ),
    )


def _folder(key: str, found: _Reader, folders: Mapping[str, object]) -> KeptFolder:
    found.only("name", "id", "trail", "folder")
    trail = found.text("trail", key)
    return KeptFolder(
        trail=trail,
        name=_legal(Thing.GROUP, found.text("name")),
        folder=found.text("folder", parent(trail, folders)),
        id=found.text("id"),
    )


def _call(key: str, found: _Reader, folders: Mapping[str, object]) -> KeptCall:
    found.only("name", "id", "digest", "trail", "folder", "params", "iterate")
    iterate = found.text("iterate")
    request, _, examples = found.text("digest").partition(".")
    trail = found.text("trail", key)
    return KeptCall(
        trail=trail,
        name=_legal(Thing.OPERATION, found.text("name")),
        folder=found.text("folder", parent(trail, folders)),
        id=found.text("id"),
        digests=(request, examples),
        params=found.names("params", Thing.PARAM),
        iterate=iterate and _legal(Thing.ITERATION, iterate),
    )


def _kept_class(name: str, found: _Reader) -> KeptClass:
    found.only("at", "fields")
    places = tuple(map(_place, found.several("at")))
    return KeptClass(
        _legal(Thing.RECORD, name), places, found.names("fields", Thing.FIELD)
    )


def _place(text: str) -> Place:
    try:
        return Place.parse(text)
    except ValueError as error:
        raise KeptError(f"`names`: {text!r} is no place") from error


def _legal(thing: Thing, name: str) -> str:
    fault = legal.fault(thing, name)
    if fault:
        raise KeptError(f"`names`: {name!r}, the name of a {thing}, {fault}")
    return name


class _Reader:
    """An object of the section, read by what is expected of it."""

    def __init__(self, value: object) -> None:
        self._value = _object(value)

    def only(self, *keys: str) -> None:
        """Refuse all other keys."""
        for key in self._value:
            if key not in keys:
                raise KeptError(f"`names` has the unknown key {key!r}")

    def text(self, key: str, default: str = "") -> str:
        """A text; the default where there is none."""
        return _text(self._value.get(key, default))

    def several(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        found = self._value.get(key, [])
        if not isinstance(found, list):
            raise _misplaced(found)
        return tuple(map(_text, found))

    def texts(self, key: str) -> dict[str, str]:
        """A map of texts."""
        found = _object(self._value.get(key, {}))
        return {key: _text(value) for key, value in found.items()}

    def names(self, key: str, thing: Thing) -> dict[str, str]:
        """A map to names."""
        return {k: _legal(thing, name) for k, name in self.texts(key).items()}

    def members(self, key: str) -> list[tuple[str, _Reader]]:
        """A map of objects."""
        found = _object(self._value.get(key, {}))
        return [(key, _Reader(value)) for key, value in found.items()]


def _object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _misplaced(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _misplaced(value)
    return value


def _misplaced(value: object) -> KeptError:
    return KeptError(f"`names` holds {str(value)[:40]!r} in the wrong place")
