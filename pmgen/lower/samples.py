"""Stand-ins: values for tests where the collection has none, or none that may be shown."""

from __future__ import annotations

import re
import typing
from urllib.parse import unquote_plus

from pmgen.api import Role
from pmgen.lower.secrets import is_secret

if typing.TYPE_CHECKING:
    from collections.abc import Iterable

_SENDABLE = re.compile(r"https?://[A-Za-z0-9._-]+(:[0-9]{1,5})?(/[^?#\s{}<>\\]*)?")
_NUMBER_KINDS = (
    ("int", re.compile(r"-?(0|[1-9][0-9]{0,14})")),
    ("float", re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")),
    ("bool", re.compile(r"true|false")),
)
_DELIMITERS = re.compile(r"[/?#%\\{}]|[^\x20-\x7e]")


def slug(name: str) -> str:
    """Letters, digits and hyphens of a name; never empty."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "sample"


def setting(role: Role, name: str) -> str:
    """A value for a setting, such that every URL made of it can be sent."""
    word = slug(name)
    return {
        Role.URL: f"https://{word}.test",
        Role.HOST: f"{word}.test",
        Role.SCHEME: "https",
        Role.PORT: "8080",
        Role.PATH: f"{word}/{word}",
        Role.CREDENTIAL: word,
        Role.OPTION: word,
    }[role]


def sendable(url: str) -> bool:
    """Whether every HTTP library takes the text for a base URL."""
    return _SENDABLE.fullmatch(url) is not None


def kind(values: Iterable[str]) -> str:
    """int, float or bool where each of the values is one in its plainest spelling, else str."""
    found = tuple(values)
    for name, pattern in _NUMBER_KINDS:
        if found and all(map(pattern.fullmatch, found)):
            return name
    return "str"


def in_path(value: str, name: str) -> str:
    """A path value that means the same as text and as data; else a stand-in."""
    return slug(name) if not value or _DELIMITERS.search(value) else value


def in_query(value: str, name: str) -> str:
    """A query value decoded, since arguments are data; a stand-in for a credential."""
    return slug(name) if is_secret(name) and value else unquote_plus(value)
