"""How much a change matters to the users of a client, and what that depends on."""

from __future__ import annotations

import dataclasses
import enum


class Level(enum.StrEnum):
    """The heaviest first."""

    BREAKING = "breaking"
    INFERENCE = "inference"
    ADDITIVE = "additive"
    DOCS = "docs"


LEVELS = tuple(Level)

BREAKING, INFERENCE, ADDITIVE, DOCS = LEVELS


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One kind of change.

    ``level`` holds for what is read, and wherever there is no difference; ``inferred`` where the request is declared as
    it was and only examples changed; ``given`` for what the caller gives. None: as ``level``. ``text`` may have
    ``{what}``, ``{was}`` and ``{now}``; ``why``: the reason of the level. ``joins``: comes for many things at once
    where the cause is one, so that it may be told once.
    """

    level: Level
    text: str
    why: str
    inferred: Level | None = None
    given: Level | None = None
    joins: bool = False


def wider(text: str, why: str, *, joins: bool = False) -> Row:
    """What is read has more cases; what is given may have them."""
    return Row(BREAKING, text, why, INFERENCE, ADDITIVE, joins)


def narrower(text: str, why: str, *, joins: bool = False) -> Row:
    """What is read has fewer cases; what is given must not have the others."""
    return Row(ADDITIVE, text, why, INFERENCE, BREAKING, joins)


@dataclasses.dataclass(frozen=True, slots=True)
class Uses:
    """How a thing is used, and whether ``inferred``: only examples have changed what is known of it."""

    read: bool = True
    given: bool = False
    inferred: bool = False


READ = Uses()
