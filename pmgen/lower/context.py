"""What lowering one request may look at beside the request itself, and the values that tests use."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.lower import samples, settings
from pmgen.lower.secrets import is_secret

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pmgen import api
    from pmgen.lower.variables import Scope
    from pmgen.postman import Request


@dataclasses.dataclass(frozen=True, slots=True)
class Context:
    """What lowering one request may look at beside the request itself.

    ``originals`` are the requests of its examples, ``telling`` the query keys that tell it from its twins,
    ``auth_key`` the query key that the auth in force sets, "" for none.
    """

    scope: Scope
    settings: Mapping[str, api.Setting]
    originals: tuple[Request, ...]
    telling: frozenset[str]
    auth_key: str


def stand_in(name: str, context: Context) -> str:
    """The test's value for a variable: its setting's, its own, or a word made of its name."""
    setting = context.settings.get(settings.variable_key(name))
    return setting.sample if setting else samples.slug(name)


def seen_values(values: Iterable[str], name: str) -> tuple[str, ...]:
    """Distinct values for the documentation; none of a credential."""
    return () if is_secret(name) else tuple(dict.fromkeys(values))[:5]
