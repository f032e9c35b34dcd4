"""What a client is built with: arguments, else defaults of the collection, else the process environment."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Mapping

Credential: typing.TypeAlias = "str | Callable[[], str]"
"""A credential, or what gives it: called for each request, so that it may change."""


@dataclasses.dataclass(frozen=True, slots=True)
class Setting:
    """A constructor argument of the client; ``credential`` ones are not needed beside the user's own auth."""

    name: str
    environment: str
    default: str | None = None
    credential: bool = False


class SettingsError(ValueError):
    """Settings that are given nowhere."""

    def __init__(self, missing: list[Setting]) -> None:
        self.missing = [setting.name for setting in missing]
        lines = [
            f"{setting.name}: pass {setting.name}=… or set {setting.environment}"
            + (' (or pass "" to go without)' if setting.credential else "")
            for setting in missing
        ]
        super().__init__("The client needs " + "; ".join(lines))


def resolve(
    declared: tuple[Setting, ...],
    given: Mapping[str, Credential | None],
    environment: Mapping[str, str],
    *,
    own_auth: bool,
) -> dict[str, Credential]:
    """All settings by name. Raises SettingsError for those without any value."""
    found = {
        setting.name: _first(
            given[setting.name],
            setting.default,
            environment.get(setting.environment),
            "" if setting.credential and own_auth else None,
        )
        for setting in declared
    }
    missing = [setting for setting in declared if found[setting.name] is None]
    if missing:
        raise SettingsError(missing)
    return typing.cast("dict[str, Credential]", found)


def _first(*values: Credential | None) -> Credential | None:
    return next((value for value in values if value is not None), None)
