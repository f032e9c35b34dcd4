"""All settings of a collection: what its requests' URLs, auths, headers and bodies are made of."""

from __future__ import annotations

import re
import typing

from pmgen.api import Role, Setting
from pmgen.lower import auths, settings, variables

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pmgen.lower.variables import Scope
    from pmgen.postman import Auth, Request, Url


def collect(
    requests: Iterable[tuple[Request, Auth | None]], scope: Scope
) -> Mapping[str, Setting]:
    """All settings by key, in the order of the collection."""
    found: dict[str, Setting] = {}
    for request, auth in requests:
        for setting in _of_request(request, auth, scope):
            known = found.setdefault(setting.key, setting)
            if _is_stronger(setting.role, known.role):
                found[setting.key] = setting
    return found


def _is_stronger(new: Role, old: Role) -> bool:
    """A whole URL may be a part of one; and a credential is one wherever else it stands."""
    is_secret = new is Role.CREDENTIAL and old is Role.OPTION
    return is_secret or (old is Role.URL and new is not Role.URL)


_SEGMENTS = re.compile(r"[/%]")


def _of_request(request: Request, auth: Auth | None, scope: Scope) -> Iterable[Setting]:
    yield from settings.server(request.url, scope).settings
    yield from _in_path(request.url, scope)
    yield from auths.credentials(auth, scope).settings
    for pair in request.headers:
        found = None if pair.disabled else settings.header(pair, scope)
        if found:
            yield from found.settings
    for pair in (*request.url.query, *(request.body.fields if request.body else ())):
        if not pair.disabled:
            yield from settings.query(pair, scope)


def _in_path(url: Url, scope: Scope) -> Iterable[Setting]:
    """Variables that bring several segments, such as a base path: configuration, and no argument of a call."""
    for segment in url.path or ():
        for name in variables.names(segment):
            if _SEGMENTS.search(scope.default(name) or ""):
                yield settings.variable(name, Role.PATH, scope)
