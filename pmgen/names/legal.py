"""What a name from elsewhere (`.pmgen.json`, pmgen.toml) must be before it may stand in code."""

from __future__ import annotations

import typing
import unicodedata

from pmgen.names import reserved
from pmgen.names.symbols import Thing

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST = 200
"""As long as any name that pmgen itself gives (``scope.FULL``)."""


def _is_lower(name: str) -> bool:
    return name == name.lower()


def _is_capital(name: str) -> bool:
    return name[0].isupper()


def _is_upper(name: str) -> bool:
    return name == name.upper()


_LOWER = (_is_lower, "lower case")
_STYLES: Mapping[Thing, tuple[Callable[[str], bool], str]] = {
    Thing.GROUP: _LOWER,
    Thing.OPERATION: _LOWER,
    Thing.ITERATION: _LOWER,
    Thing.SETTING: _LOWER,
    Thing.PARAM: _LOWER,
    Thing.FIELD: _LOWER,
    Thing.RECORD: (_is_capital, "a capital at its start"),
    Thing.CODEC: (_is_upper, "upper case"),
}
"""Styles keep kinds apart: in a class body an attribute of a class's name would hide the class from annotations."""

_RESERVED: Mapping[Thing, frozenset[str]] = {
    Thing.GROUP: reserved.MODULES | reserved.MEMBERS,
    Thing.OPERATION: reserved.MEMBERS,
    Thing.ITERATION: reserved.MEMBERS,
    Thing.SETTING: reserved.SETTINGS,
    Thing.PARAM: reserved.PARAMS,
    Thing.FIELD: reserved.FIELDS,
    Thing.RECORD: reserved.CLASSES,
    Thing.CODEC: reserved.CLASSES,
}


def fault(thing: Thing, name: str) -> str:
    """Why the name can't be used; "" for a legal one. A reserved name is legal here: ``scope`` passes it over."""
    style, words = _STYLES[thing]
    if not name.isidentifier() or unicodedata.normalize("NFKC", name) != name:
        return "is no identifier"
    if name in reserved.KEYWORDS:
        return "is a keyword"
    if name.startswith("_"):
        return "begins with an underscore, as only names of pmgen's own do"
    if len(name) > LONGEST:
        return f"is longer than {LONGEST} letters"
    return "" if style(name) else f"must have {words}"


def is_reserved(thing: Thing, name: str) -> bool:
    """Whether the generated code needs the name for itself."""
    return name in _RESERVED[thing]
