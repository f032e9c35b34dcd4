"""What a client is built with: arguments, else the process environment, else defaults of the collection."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Iterator, Mapping

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
        self._declared = missing
        self.missing = [setting.name for setting in missing]
        lines = [
            f"{setting.name}: pass {setting.name}=… or set {setting.environment}"
            + (' (or pass "" to go without)' if setting.credential else "")
            for setting in missing
        ]
        super().__init__("The client needs " + "; ".join(lines))

    def __reduce__(self) -> tuple[type[SettingsError], tuple[list[Setting]]]:
        """For other processes: what it is made of is not what it says."""
        return type(self), (self._declared,)


class Values(Mapping[str, str]):
    """Settings as they are for one request: a credential that is a function is called if it is needed, and once."""

    __slots__ = ("_given", "_known")

    def __init__(self, given: Mapping[str, Credential]) -> None:
        self._given = given
        self._known: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        found = self._given[name]
        if isinstance(found, str):
            return found
        if name not in self._known:
            self._known[name] = found()
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    @property
    def called(self) -> tuple[str, ...]:
        """What functions have given: secrets, all of them."""
        return tuple(self._known.values())


def resolve(
    declared: tuple[Setting, ...],
    given: Mapping[str, Credential | None],
    environment: Mapping[str, str],
    *,
    own_auth: bool,
) -> dict[str, Credential]:
    """All settings by name; an empty variable of the environment is no credential. Raises SettingsError for those without a value."""
    found = {
        setting.name: _first(
            given[setting.name],
            environment.get(setting.environment) or None,
            setting.default,
            None if setting.credential else environment.get(setting.environment),
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
