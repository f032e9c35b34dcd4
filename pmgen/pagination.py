"""What pmgen.toml says of requests that give their items page by page. What it names is checked elsewhere (``paging``).

[collections.NAME.pagination."Folder/Request"]
style = "cursor"
items = "$.resource[]"
cursor = "$.meta.cursor"
parameter = "cursor"
"""

from __future__ import annotations

import dataclasses
import re
import typing

from pmgen.pins import path

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Path: typing.TypeAlias = "tuple[str, ...]"
"""Keys, with ``[]`` for items and ``{}`` for values of a map."""


@dataclasses.dataclass(frozen=True, slots=True)
class Pagination:
    """``trail``: the request's. ``parameter`` and ``size``: wire names of query parameters. () and "" for what is not said.

    ``start``: the first page's number, or the first offset; None for what is usual.
    """

    trail: str
    style: str
    items: Path
    next: Path = ()
    header: str = ""
    cursor: Path = ()
    parameter: str = ""
    size: str = ""
    more: Path = ()
    pages: Path = ()
    start: int | None = None
    other_hosts: bool = False


#: Style -> the keys that it needs, one of each group, and those that it may have.
_STYLES: Mapping[str, tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]] = {
    "next": ((("next", "header"),), ("other_hosts",)),
    "cursor": ((("cursor",), ("parameter",)), ("more",)),
    "page": ((("parameter",),), ("start", "more", "pages")),
    "offset": ((("parameter",),), ("start", "size", "more")),
}


def paginations(tables: object) -> tuple[Pagination, ...]:
    """From the table `pagination`. Raises ValueError for what is none."""
    if not isinstance(tables, dict):
        raise ValueError("no table of requests")
    return tuple(_pagination(trail, table) for trail, table in tables.items())


def _pagination(trail: str, table: object) -> Pagination:
    if not isinstance(table, dict):
        raise ValueError(f'`"{trail}"` is no table')
    style = table.get("style")
    if not isinstance(style, str) or style not in _STYLES:
        known = ", ".join(_STYLES)
        raise ValueError(f'`"{trail}".style` is none of {known}')
    _check_keys(trail, table, style)
    found = {key: _read(trail, key, value) for key, value in table.items()}
    return Pagination(trail, **found)


def _check_keys(trail: str, table: Mapping[str, object], style: str) -> None:
    needed, allowed = _STYLES[style]
    groups = (("items",), *needed)
    for group in groups:
        if sum(key in table for key in group) != 1:
            names = " or ".join(f"`{key}`" for key in group)
            raise ValueError(f'`"{trail}"` needs {names} for the style {style}')
    known = {"style", *allowed, *(key for group in groups for key in group)}
    for key in sorted(set(table) - known):
        names = ", ".join(sorted(known))
        raise ValueError(f'`"{trail}".{key}`: the style {style} has only {names}')


def _read(trail: str, key: str, value: object) -> typing.Any:
    try:
        return _READERS[key](value)
    except ValueError as error:
        raise ValueError(f'`"{trail}".{key}` {error}') from error


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("is no text")
    return value


_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def _header(value: object) -> str:
    if not _HEADER.fullmatch(_text(value)):
        raise ValueError("is no name of a header")
    return _text(value)


def _number(value: object) -> int:
    if type(value) is not int:
        raise ValueError("is no whole number")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("is neither true nor false")
    return value


_MANY = ("[]", "{}")


def _items(value: object) -> Path:
    found = path(_text(value))
    if found[-1:] not in [(key,) for key in _MANY]:
        raise ValueError("ends with [] for the items of a list, {} for those of a map")
    return found


def _one(value: object) -> Path:
    found = path(_text(value))
    if not found or set(found) & set(_MANY):
        raise ValueError("is to lead to one value: `$.key.key`")
    return found


_READERS: Mapping[str, Callable[[object], typing.Any]] = {
    "style": _text,
    "items": _items,
    "next": _one,
    "header": _header,
    "cursor": _one,
    "more": _one,
    "pages": _one,
    "parameter": _text,
    "size": _text,
    "start": _number,
    "other_hosts": _truth,
}
