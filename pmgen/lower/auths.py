"""Auths as templates of settings, by the table of schemes."""

from __future__ import annotations

import dataclasses
import typing

from pmgen import api
from pmgen.api import Role
from pmgen.lower import settings, variables
from pmgen.lower.schemes import GRANT, GRANTS, SCHEMES
from pmgen.lower.settings import Credentials

if typing.TYPE_CHECKING:
    from pmgen.api import Setting
    from pmgen.lower.schemes import Scheme
    from pmgen.lower.variables import Scope
    from pmgen.postman import Auth

_Field: typing.TypeAlias = "tuple[str, api.Template]"


def credentials(auth: Auth | None, scope: Scope) -> Credentials:
    """``auth`` of the result is None for what is no type of Postman's, for noauth, and for a key without a name."""
    scheme = SCHEMES.get(auth.type) if auth else None
    if auth is None or scheme is None:
        return Credentials(None, ())
    key = variables.substitute(auth.parameters.get("key", ""), scope.values)
    if auth.type == "apikey" and not key:
        return Credentials(None, ())
    if auth.type == "oauth2" and _is_fetched(auth):
        return _grant(auth, scope)
    return _Found(auth, scheme, scope, key).credentials(auth.type)


def _is_fetched(auth: Auth) -> bool:
    """Whether the collection says how a token is had, without a browser."""
    given = auth.parameters
    return given.get("grant_type") in GRANTS and bool(given.get("accessTokenUrl"))


def _grant(auth: Auth, scope: Scope) -> Credentials:
    """A token that the client fetches, unless it is given one."""
    found = _Found(auth, GRANT, scope, "")
    found.fields.append(("grant", (GRANTS[auth.parameters["grant_type"]],)))
    before = len(found.settings)
    if auth.parameters.get("accessToken"):
        found.credential("accessToken", is_asked=False)
    tokens = [dataclasses.replace(s, default="") for s in found.settings[before:]]
    found.settings[before:] = tokens
    return found.credentials("oauth2-grant")


class _Found:
    """What an auth's parameters come to. ``key`` is the name of an API key."""

    def __init__(self, auth: Auth, scheme: Scheme, scope: Scope, key: str) -> None:
        self._auth, self._scope, self._key = auth, scope, key
        self.fields: list[_Field] = []
        self.settings: list[Setting] = []
        self.removed = False
        if key and auth.type == "apikey":
            self._plain("key", key)
        some = any(auth.parameters.get(name) for name in scheme.needed)
        for name in scheme.needed:
            self.credential(name, is_asked=not some)
        for name in scheme.given:
            self.credential(name, is_asked=False)
        for name in scheme.plain:
            if name in auth.parameters:
                self._plain(name, auth.parameters[name])
        for name in scheme.flags:
            if auth.parameters.get(name) == "true":
                self.fields.append((name, ("true",)))

    def credential(self, name: str, *, is_asked: bool) -> None:
        """One that the collection leaves empty is asked for where it leaves all of them empty."""
        text = self._auth.parameters.get(name, "")
        if not text and not is_asked:
            self.fields.append((name, ()))
            return
        spelled = self._key if self._auth.type == "apikey" else name
        origin = f"{self._auth.type}:{spelled}"
        template, found = settings.credential(text, origin, spelled, self._scope)
        self.fields.append((name, template))
        self.settings += found
        self.removed = self.removed or bool(text and not variables.names(text))

    def credentials(self, kind: str) -> Credentials:
        """All of it."""
        auth = api.Auth(kind, tuple(self.fields))
        return Credentials(auth, tuple(self.settings), self.removed)

    def _plain(self, name: str, text: str) -> None:
        """Configuration; its variables become settings that may have defaults."""
        self.fields.append((name, settings.template(text)))
        self.settings += (
            settings.variable(used, Role.OPTION, self._scope)
            for used in variables.names(text)
        )
