"""What a client is built with: servers and credentials, found in the URLs, auths and headers of all requests.

A template refers to a setting by its key; the same variable has the same key wherever it stands.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import typing

from pmgen import api
from pmgen.api import Ref, Role, Setting
from pmgen.lower import samples, variables
from pmgen.lower.secrets import is_secret

if typing.TYPE_CHECKING:

    from pmgen.lower.variables import Scope
    from pmgen.postman import Pair, Url


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
        variable(name, Role.URL if whole else role, scope)
        for part, role in parts
        for name in variables.names(part)
    )
    return Server(template(text), settings)


def header(pair: Pair, scope: Scope) -> Credentials | None:
    """A header that carries a credential, its template under the name "value"; None for all others."""
    name, text = pair.key or "", pair.value or ""
    used = variables.names(text)
    if not text or not (is_secret(name) or any(map(is_secret, used))):
        return None
    template, settings = credential(text, f"header:{name.lower()}", name, scope)
    return Credentials(api.Auth("", (("value", template),)), settings, not used)


def query(pair: Pair, scope: Scope) -> tuple[Setting, ...]:
    """The settings of a value of a query or form whose variable is a credential."""
    used = variables.names(pair.value or "")
    return tuple(variable(n, Role.CREDENTIAL, scope) for n in used if is_secret(n))


def credential(
    text: str, origin: str, spelled: str, scope: Scope
) -> tuple[api.Template, tuple[Setting, ...]]:
    """Variables become settings; a literal credential becomes one too, and its value stays behind."""
    used = variables.names(text)
    if used:
        settings = tuple(variable(name, Role.CREDENTIAL, scope) for name in used)
        return template(text), settings
    # The key tells literal credentials apart without holding one.
    key = f"{origin}:{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:12]}"
    whole = origin.replace(":", " ")
    spellings = (whole, spelled) if text else (spelled, whole)
    sample = samples.setting(Role.CREDENTIAL, spelled)
    setting = Setting(key, Role.CREDENTIAL, spellings, spelled, None, sample)
    return (Ref(key),), (setting,)


@functools.lru_cache(maxsize=256)
def variable(name: str, role: Role, scope: Scope) -> Setting:
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


def template(text: str) -> api.Template:
    return variables.template(text, lambda name: Ref(variable_key(name)))
