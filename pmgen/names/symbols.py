"""Symbols are handles: what a name belongs to. Names maps each to its identifier."""

from __future__ import annotations

import dataclasses
import enum
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.code import Code


class Thing(enum.StrEnum):
    """What has a name."""

    GROUP = "group"
    GROUP_CLASS = "group class"
    OPERATION = "operation"
    ITERATION = "iteration"
    SETTING = "setting"
    PARAM = "param"
    RECORD = "record"
    FIELD = "field"
    CODEC = "codec"
    TEST_MODULE = "test module"
    TEST_CLASS = "test class"
    EXAMPLE = "example"

    __hash__ = (
        str.__hash__
    )  # Enum's own is a Python function, and this is asked for every name


class Symbol(typing.NamedTuple):
    """``key`` identifies it among its kind: a pointer, a record's number, a wire name, with its owner's."""

    thing: Thing
    key: tuple[typing.Hashable, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Given:
    """Names from elsewhere. ``pinned`` by the user; ``kept`` from the last run; ``moved``: kept, but of another scope.

    All are identifiers in the style of their kind (``legal``).
    """

    pinned: Mapping[Symbol, str] = dataclasses.field(default_factory=dict)
    kept: Mapping[Symbol, str] = dataclasses.field(default_factory=dict)
    moved: frozenset[Symbol] = frozenset()


NOTHING_GIVEN = Given()


@dataclasses.dataclass(frozen=True, slots=True)
class Names:
    """A total, frozen map."""

    found: Mapping[Symbol, Code]

    def __call__(self, thing: Thing, *key: typing.Hashable) -> Code:
        """The name; KeyError if none was proposed, which is a defect of pmgen."""
        return self.found[Symbol(thing, key)]
