"""Drift: where a reply differs from the examples.

Parsing goes on past a mismatch and keeps the value as received. Paths are found afterwards, by the identity of the
containers in the document, so that a clean parse pays nothing for them.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import re
import typing
from collections.abc import Callable

Json: typing.TypeAlias = typing.Any

_NAMES = {
    dict: "object",
    list: "array",
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
}
_LONGEST_SHOWN = 40
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_INDEX = re.compile(r'("(?:[^"\\]|\\.)*")|\[\d+\]')


@dataclasses.dataclass(frozen=True, slots=True)
class Mismatch:
    """One difference: the path (`$.a[0].b`), and JSON type names, `nothing` for what is missing."""

    path: str
    expected: str
    received: str

    def __str__(self) -> str:
        return f"{self.path}: expected {self.expected}, received {self.received}"


class DriftError(ValueError):
    """A value that does not have the shape of the examples; lists every mismatch."""

    def __init__(self, where: str, mismatches: list[Mismatch]) -> None:
        self._where, self.mismatches = where, mismatches
        super().__init__(f"{where} does not match: " + "; ".join(map(str, mismatches)))

    def __reduce__(self) -> tuple[type[DriftError], tuple[str, list[Mismatch]]]:
        """For other processes: what it is made of is not what it says."""
        return type(self), (self._where, self.mismatches)


class Drift:
    """Collects mismatches during one parse. ``root`` is a list of one item, the document."""

    __slots__ = ("_found", "_root")

    def __init__(self, root: list[Json]) -> None:
        self._root = root
        self._found: list[tuple[Json, str | int, str, bool]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def at(
        self, owner: Json, key: str | int, expected: str, *, shown: bool = False
    ) -> Json:
        """Record a mismatch at ``owner[key]``; what was received, None where that is nothing.

        ``shown``: what text was received matters, not only that it was text.
        """
        self._found.append((owner, key, expected, shown))
        return owner[key] if isinstance(key, int) else owner.get(key)

    def mismatches(self) -> list[Mismatch]:
        """Everything recorded, with its path."""
        if not self._found:
            return []
        paths = dict(_paths(self._root))
        return [
            Mismatch(
                _join(paths[id(owner)], key), expected, _received(owner, key, shown)
            )
            for owner, key, expected, shown in self._found
        ]


def _received(owner: Json, key: str | int, shown: bool) -> str:
    if type(owner) is dict and key not in owner:
        return "nothing"
    kind = type(owner[key])
    if shown and kind is str and len(owner[key]) <= _LONGEST_SHOWN:
        return json.dumps(owner[key])
    return _NAMES.get(kind, kind.__name__)


def _join(path: str, key: str | int) -> str:
    if not path:
        return "$"
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if _PLAIN.fullmatch(key) else f"{path}[{json.dumps(key)}]"


def _paths(root: list[Json]) -> typing.Iterator[tuple[int, str]]:
    """The identity and path of each container of the document; the root's own path is empty."""
    todo: list[tuple[Json, str]] = [(root, "")]
    while todo:
        node, path = todo.pop()
        if type(node) is dict:
            yield id(node), path
            todo += [(value, _join(path, key)) for key, value in node.items()]
        elif type(node) is list:
            yield id(node), path
            todo += [(value, _join(path, i)) for i, value in enumerate(node)]


class LogDrift:
    """The default of ``Client(on_drift=…)``: one warning for each operation and path."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()

    def __call__(self, operation: str, mismatches: list[Mismatch]) -> None:
        """Log what was not logged before; places in a list count as one path."""
        for mismatch in mismatches:
            path = _INDEX.sub(lambda found: found[1] or "[]", mismatch.path)
            if (operation, path) not in self._seen:
                self._seen.add((operation, path))
                logging.getLogger(__name__).warning("%s: %s", operation, mismatch)


OnDrift: typing.TypeAlias = (
    "typing.Literal['log', 'raise'] | Callable[[str, list[Mismatch]], None]"
)
