"""What pmgen.toml says of single places of a collection: names and types. Places are written as `.pmgen.json` has them.

    Bulk Write/Job Details 200 $.resource[].status

The request's trail, a status (or `request` for its body), and a path: `.key`, `["odd key"]`, `[]` for items of a list,
`{}` for values of a map. Of several records at one place `("text")` at the end tells which: the text that tells them apart.
"""

from __future__ import annotations

import dataclasses
import json
import re
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "pmgen.toml"
REQUEST = "request"
_STRING = r'"(?:[^"\\]|\\.)*"'
_STEP = rf"\.[\w-]+|\[\]|\{{\}}|\[{_STRING}\]"
# A path in quotes can't be taken for the place's own: after it comes the quote, which no path has in that position.
_PLACE = re.compile(
    rf"(?s)(?P<trail>.*) (?P<status>{REQUEST}|[1-5]\d\d) (?P<path>\$(?:{_STEP})*)(?:\((?P<case>{_STRING})\))?"
)
_PATH = re.compile(rf"\$(?:{_STEP})*")
_PLAIN = re.compile(r"[\w-]+")


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """``trail``: the names of folders and request, joined by `/`; ``status`` None: the request's body.

    ``path``: as ``infer.Origin`` has it. ``case``: of several records the one that this text tells.
    """

    trail: str
    status: int | None
    path: tuple[str, ...]
    case: str | None = None

    @classmethod
    def parse(cls, text: str) -> Place:
        """Raises ValueError for anything but a place."""
        found = _PLACE.fullmatch(text)
        if found is None:
            raise ValueError("a place is written `Folder/Request 200 $.key[].key`")
        status, case = found["status"], found["case"]
        return cls(
            found["trail"],
            None if status == REQUEST else int(status),
            _keys(found["path"]),
            None if case is None else _text(case),
        )

    def __str__(self) -> str:
        status = REQUEST if self.status is None else self.status
        case = "" if self.case is None else f"({_quoted(self.case)})"
        return f"{self.trail} {status} {spelled(self.path)}{case}"


def path(text: str) -> tuple[str, ...]:
    """What ``spelled`` writes. Raises ValueError for anything else."""
    if not _PATH.fullmatch(text):
        raise ValueError("a path is written `$.key[].key`")
    return _keys(text)


def spelled(path: tuple[str, ...]) -> str:
    """`$.resource[].status`."""
    return "$" + "".join(map(_step, path))


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """The ``name`` of a folder's module or of a request's method. A trail that ends in `/` can only be a folder's."""

    trail: str
    name: str


@dataclasses.dataclass(frozen=True, slots=True)
class Pin:
    """The ``name`` of the class at a place, or of the attribute."""

    place: Place
    name: str


@dataclasses.dataclass(frozen=True, slots=True)
class Pins:
    """Names that the user has chosen. ``collection``: the table of pmgen.toml that they stand in."""

    collection: str = ""
    names: tuple[Call, ...] = ()
    classes: tuple[Pin, ...] = ()
    fields: tuple[Pin, ...] = ()

    @property
    def table(self) -> str:
        """How messages begin that name one of its tables."""
        return f"collections.{self.collection}." if self.collection else ""


NO_PINS = Pins()


@dataclasses.dataclass(frozen=True, slots=True)
class Override:
    """The type at a place, as the user writes it: `string | null`."""

    place: Place
    spec: str


def pins(collection: str, tables: Mapping[str, Mapping[str, str]]) -> Pins:
    """From the tables `names`, `classes` and `fields`. Raises ValueError for a key that is no place."""
    return Pins(
        collection,
        tuple(Call(trail, name) for trail, name in tables.get("names", {}).items()),
        _pins(tables.get("classes", {})),
        _pins(tables.get("fields", {})),
    )


def overrides(table: Mapping[str, str]) -> tuple[Override, ...]:
    """From the table `types`. Raises ValueError for a key that is no place."""
    return tuple(Override(_place(text), spec) for text, spec in table.items())


def _pins(table: Mapping[str, str]) -> tuple[Pin, ...]:
    return tuple(Pin(_place(text), name) for text, name in table.items())


def _place(text: str) -> Place:
    try:
        return Place.parse(text)
    except ValueError as error:
        raise ValueError(f"`{text}` is no place: {error}") from error


def _keys(path: str) -> tuple[str, ...]:
    return tuple(map(_key, re.findall(_STEP, path)))


def _key(step: str) -> str:
    if step in ("[]", "{}"):
        return step
    return step[1:] if step.startswith(".") else _text(step[1:-1])


def _text(quoted: str) -> str:
    return typing.cast("str", json.loads(quoted))


def _step(key: str) -> str:
    if key in ("[]", "{}"):
        return key
    return f".{key}" if _PLAIN.fullmatch(key) else f"[{_quoted(key)}]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
