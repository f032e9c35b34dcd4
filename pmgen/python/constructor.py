"""The client's constructor: its settings and their documentation."""

from __future__ import annotations

import typing

from pmgen.api import Role
from pmgen.names.symbols import Thing
from pmgen.python.model import SettingArg

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen import api
    from pmgen.code import Code
    from pmgen.python.places import Places


def client_doc(found: api.Api, settings: tuple[SettingArg, ...]) -> str:
    """The documentation of the client's constructor."""
    args = [f"    {setting.name}: {setting.doc}" for setting in settings]
    return "\n".join(
        [
            f"{found.name}.",
            "",
            *([found.description, ""] if found.description else []),
            "Args:",
            *args,
            "    auth: Any httpx2.Auth instead of the collection's credentials, with every request.",
            '    on_drift: "log" warns once for each operation and path where a reply differs '
            'from the examples; "raise" refuses such a reply; or a function of operation '
            "and mismatches.",
            "    timeout: Seconds for each of connecting (10 unless given), sending and receiving (30), or "
            "an httpx2.Timeout; None waits for ever.",
            "    retries: How often a request is tried again after a lost connection or a status of 429, "
            "502, 503 or 504, if its method is idempotent.",
            "    http: Your own httpx2 client, for proxies, certificates or tests. Its timeouts hold "
            "unless given here, it follows redirects if it is told to, and it is not closed with this one.",
            "",
            "Raises:",
            "    SettingsError: for a setting that is given nowhere.",
            "    ValueError: for a timeout that is not above 0, less than no retries, or an on_drift that is neither.",
        ]
    )


def settings_of(package: Code, places: Places) -> Iterator[SettingArg]:
    for setting in places.api.settings:
        name = places.names(Thing.SETTING, setting.key)
        yield SettingArg(
            name=name,
            environment=environment(package, name),
            default=setting.default,
            credential=is_credential(setting.role),
            source=setting.source,
            doc=_setting_doc(setting),
        )


_WHAT = {
    Role.URL: "The server",
    Role.HOST: "The server's host, or part of it",
    Role.SCHEME: "The server's scheme",
    Role.PORT: "The server's port",
    Role.PATH: "Part of the paths",
    Role.CREDENTIAL: "A credential, or a function that gives it",
    Role.OPTION: "An option of the auth",
}


def _setting_doc(setting: api.Setting) -> str:
    """The collection's description, or what the setting is for."""
    if setting.description:
        return setting.description.rstrip(".") + "."
    source = f", `{setting.source}` of the collection" if setting.source else ""
    return f"{_WHAT[setting.role]}{source}."


def environment(package: str, name: Code) -> str:
    """The variable of the process environment that a setting falls back to."""
    return f"{package}_{name.rstrip('_')}".upper()


def is_credential(role: Role) -> bool:
    """Whether the user's own auth can stand in for the setting."""
    return role in (Role.CREDENTIAL, Role.OPTION)
