"""Which requests use a setting; and how settings are found again in the next run."""

from __future__ import annotations

import typing

from pmgen.api import Role
from pmgen.names.homes import chains, spread
from pmgen.names.kept import MOST_PLACES

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pmgen.api import Api, Operation, Setting, Template


def uses(api: Api) -> Mapping[str, list[str]]:
    """Pointers of the requests that need a setting, by its key, in document order."""
    found: dict[str, list[str]] = {}
    for group in api.root.walk():
        for operation in group.operations:
            for key in dict.fromkeys(_keys(operation)):
                found.setdefault(key, []).append(operation.pointer)
    return found


def templates(operation: Operation) -> list[Template]:
    """What of a request its own builder fills in."""
    found = (*operation.headers, *operation.credentials)
    return [operation.path, *(template for _, template in found)]


def holes(found: Iterable[Template]) -> Iterator[str]:
    """The keys of what is filled in."""
    for template in found:
        for part in template:
            if not isinstance(part, str):
                yield part.key


def _keys(operation: Operation) -> Iterator[str]:
    yield from holes([operation.server, *templates(operation)])
    if operation.auth:
        yield from holes(template for _, template in operation.auth.fields)


def is_literal(setting: Setting) -> bool:
    """A credential that the collection spells out. Its key is told from others by a digest of it, which is nobody's."""
    return setting.role is Role.CREDENTIAL and not setting.key.startswith("{{")


def remembered(
    api: Api, names: Mapping[str, str], trails: Mapping[str, str]
) -> dict[str, str]:
    """``names`` by key; those of literal credentials by requests that have them. ``trails``: of requests."""
    users, around = uses(api), chains(api)
    found: dict[str, str] = {}
    for setting in api.settings:
        keys = [setting.key]
        if is_literal(setting):
            some = spread(users.get(setting.key, []), around, MOST_PLACES)
            keys = [_spoken(setting, trails[pointer]) for pointer in some]
        for key in keys:
            found.setdefault(key, names[setting.key])
    return found


def recalled(
    kept: Mapping[str, str], api: Api, calls: Mapping[str, str]
) -> dict[str, str]:
    """Names by key. ``calls``: what requests were called."""
    users = uses(api)
    found: dict[str, str] = {}
    for setting in api.settings:
        keys = [setting.key]
        if is_literal(setting):
            those = [u for u in users.get(setting.key, ()) if u in calls]
            keys = [_spoken(setting, calls[pointer]) for pointer in those]
        key = next((key for key in keys if key in kept), None)
        if key is not None:
            found[setting.key] = kept[key]
    return found


def _spoken(setting: Setting, trail: str) -> str:
    """`bearer:token of Folder/Request`."""
    return f"{setting.key.rpartition(':')[0]} of {trail}"
