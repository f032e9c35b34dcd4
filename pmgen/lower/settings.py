"""What a client is built with: servers and credentials, found in the URLs, auths and headers of all requests.

A template refers to a setting by its key; the same variable has the same key wherever it stands.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import re
import typing

from pmgen import api
from pmgen.api import Ref, Role, Setting
from pmgen.lower import samples, variables
from pmgen.lower.secrets import is_secret

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pmgen.lower.variables import Scope
    from pmgen.postman import Auth, Pair, Request, Url


@dataclasses.dataclass(frozen=True, slots=True)
class Server:
    """The base of a URL as a template of settings."""

    template: api.Template
    settings: tuple[Setting, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Credentials:
    """An auth (or credential headers) as templates of settings."""

    auth: api.Auth | None
    settings: tuple[Setting, ...]
    removed: bool = False


def variable_key(name: str) -> str:
    """The key of the setting for ``{{name}}``."""
    return f"{{{{{name}}}}}"


def collect(
    requests: Iterable[tuple[Request, Auth | None]], scope: Scope
) -> Mapping[str, Setting]:
    """All settings by key, in the order of the collection."""
    found: dict[str, Setting] = {}
    for request, auth in requests:
        for setting in _of_request(request, auth, scope):
            known = found.setdefault(setting.key, setting)
            if known.role is Role.URL and setting.role is not Role.URL:
                found[setting.key] = setting
    return found


def server(url: Url, scope: Scope) -> Server:
    """``scheme://host:port``: one literal setting, or one setting for each variable in it."""
    return _server(url.protocol, url.host, url.port, scope)


@functools.lru_cache(maxsize=64)
def _server(protocol: str, host: str, port: str, scope: Scope) -> Server:
    """A collection has few servers and many requests, each of which asks thrice."""
    if not host:
        return _fixed("", "", "server")
    parts = [
        (f"{protocol}://" if protocol else "", Role.SCHEME),
        (host, Role.HOST),
        (f":{port}" if port else "", Role.PORT),
    ]
    text = "".join(part for part, _ in parts)
    if not variables.names(text):
        base = text if protocol else f"http://{text}"
        return _fixed(base.lower(), base, host)
    whole = text == f"{{{{{variables.names(text)[0]}}}}}"
    settings = tuple(
        _variable(name, Role.URL if whole else role, scope)
        for part, role in parts
        for name in variables.names(part)
    )
    return Server(_template(text), settings)


_SEGMENTS = re.compile(r"[/%]")

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "bearer": ("token",),
    "basic": ("username", "password"),
    "apikey": ("value",),
}


def credentials(auth: Auth | None, scope: Scope) -> Credentials:
    """The supported auths; ``auth`` of the result is None for the others and for noauth."""
    if auth is None or auth.type not in _FIELDS:
        return Credentials(None, ())
    key = variables.substitute(auth.parameters.get("key", ""), scope.values)
    if auth.type == "apikey" and not key:
        return Credentials(None, ())
    fields: list[tuple[str, api.Template]] = []
    settings: list[Setting] = []
    removed = False
    for name in _FIELDS[auth.type]:
        text = auth.parameters.get(name, "")
        if not text and any(auth.parameters.get(n) for n in _FIELDS[auth.type]):
            fields.append((name, ()))
            continue
        spelled = key if auth.type == "apikey" else name
        template, found = _credential(text, f"{auth.type}:{spelled}", spelled, scope)
        fields.append((name, template))
        settings += found
        removed = removed or bool(text and not variables.names(text))
    if auth.type == "apikey":
        settings += [_variable(n, Role.CREDENTIAL, scope) for n in variables.names(key)]
        fields.insert(0, ("key", _template(key)))
    kind = _api_kind(auth)
    return Credentials(api.Auth(kind, tuple(fields)), tuple(settings), removed)


def header(pair: Pair, scope: Scope) -> Credentials | None:
    """A header that carries a credential, its template under the name "value"; None for all others."""
    name, text = pair.key or "", pair.value or ""
    used = variables.names(text)
    if not text or not (is_secret(name) or any(map(is_secret, used))):
        return None
    template, settings = _credential(text, f"header:{name.lower()}", name, scope)
    return Credentials(api.Auth("", (("value", template),)), settings, not used)


def query(pair: Pair, scope: Scope) -> tuple[Setting, ...]:
    """The settings of a query value whose variable is a credential."""
    used = variables.names(pair.value or "")
    return tuple(_variable(n, Role.CREDENTIAL, scope) for n in used if is_secret(n))


def _of_request(request: Request, auth: Auth | None, scope: Scope) -> Iterable[Setting]:
    yield from server(request.url, scope).settings
    yield from _in_path(request.url, scope)
    yield from credentials(auth, scope).settings
    for pair in request.headers:
        found = None if pair.disabled else header(pair, scope)
        if found:
            yield from found.settings
    for pair in request.url.query:
        if not pair.disabled:
            yield from query(pair, scope)


def _in_path(url: Url, scope: Scope) -> Iterable[Setting]:
    """Variables that bring several segments, such as a base path: configuration, and no argument of a call."""
    for segment in url.path or ():
        for name in variables.names(segment):
            if _SEGMENTS.search(scope.default(name) or ""):
                yield _variable(name, Role.PATH, scope)


def _api_kind(auth: Auth) -> str:
    if auth.type != "apikey":
        return auth.type
    return "apikey-query" if auth.parameters.get("in") == "query" else "apikey-header"


def _credential(
    text: str, origin: str, spelled: str, scope: Scope
) -> tuple[api.Template, tuple[Setting, ...]]:
    """Variables become settings; a literal credential becomes one too, and its value stays behind."""
    used = variables.names(text)
    if used:
        settings = tuple(_variable(name, Role.CREDENTIAL, scope) for name in used)
        return _template(text), settings
    # The key tells literal credentials apart without holding one.
    key = f"{origin}:{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:12]}"
    whole = origin.replace(":", " ")
    spellings = (whole, spelled) if text else (spelled, whole)
    sample = samples.setting(Role.CREDENTIAL, spelled)
    setting = Setting(key, Role.CREDENTIAL, spellings, spelled, None, sample)
    return (Ref(key),), (setting,)


@functools.lru_cache(maxsize=256)
def _variable(name: str, role: Role, scope: Scope) -> Setting:
    return Setting(
        key=variable_key(name),
        role=role,
        spellings=(name,),
        source=variable_key(name),
        default=None if role is Role.CREDENTIAL else scope.default(name),
        sample=samples.setting(role, name),
        description=scope.descriptions.get(name, ""),
    )


def _fixed(key: str, base: str, host: str) -> Server:
    """A server that the collection spells out; the first is called base_url."""
    sample = base if samples.sendable(base) else samples.setting(Role.URL, host)
    setting = Setting(
        key=f"server:{key}",
        role=Role.URL,
        spellings=("base url", f"{host} url"),
        source=base,
        default=base or None,
        sample=sample,
    )
    return Server((Ref(setting.key),), (setting,))


def _template(text: str) -> api.Template:
    return variables.template(text, lambda name: Ref(variable_key(name)))
