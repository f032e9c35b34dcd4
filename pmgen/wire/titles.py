"""An item's names as the source spells them. The front end puts a name on one line; Postman leaves it as it is."""

from __future__ import annotations

import itertools
import typing

from pmgen.postman.node import javascript_text
from pmgen.source.locate import unescape

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen import source
    from pmgen.source import Json


def path(
    document: source.Document | None, pointer: str, trail: tuple[str, ...]
) -> list[str]:
    """The names of the folders and of the item at the pointer; the trail, where the format does not nest them so."""
    names = [] if document is None else list(_names(document.data, pointer))
    return names if len(names) == len(trail) else list(trail)


def _names(value: Json, pointer: str) -> Iterator[str]:
    parts = pointer.split("/")
    for before, part in itertools.pairwise(parts):
        value = _step(value, part)
        if before in ("item", "items"):
            yield _name(value)


def _step(value: Json, part: str) -> Json:
    """What a pointer's part leads to; null where it leads nowhere, as from one item that stands for a list."""
    if isinstance(value, dict):
        return value.get(unescape(part))
    if isinstance(value, list) and part.isdecimal() and int(part) < len(value):
        return value[int(part)]
    return None


def _name(value: Json) -> str:
    name = value.get("name") if isinstance(value, dict) else None
    return "" if name is None else javascript_text(name)
