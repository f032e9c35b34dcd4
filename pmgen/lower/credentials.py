"""Which variables are credentials by their use: what auths, credential headers and URLs' users are made of."""

from __future__ import annotations

import typing

from pmgen.lower.schemes import SCHEMES
from pmgen.lower.secrets import is_secret
from pmgen.lower.variables import is_nested, names
from pmgen.postman import Folder

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.postman import Auth, Item


def names_used(folder: Folder) -> frozenset[str]:
    """The names of all variables that are credentials somewhere in the folder, or below it.

    In ``{{token_{{stage}}}}`` the credential is what comes of it, and the stage is none.
    """
    found = (text for text in _texts(folder) if not is_nested(text))
    return frozenset(name for text in found for name in names(text))


def _texts(folder: Folder) -> Iterator[str]:
    yield from _of_auth(folder.auth)
    for member in folder.members:
        yield from _texts(member) if isinstance(member, Folder) else _of_item(member)


def _of_item(item: Item) -> Iterator[str]:
    request = item.request
    if request is None:
        return
    yield from _of_auth(request.auth)
    yield request.url.user
    for pair in request.headers:
        if is_secret(pair.key or ""):
            yield pair.value or ""


def _of_auth(auth: Auth | None) -> Iterator[str]:
    scheme = SCHEMES.get(auth.type) if auth else None
    if auth is not None and scheme is not None:
        for parameter in scheme.credentials:
            yield auth.parameters.get(parameter, "")
