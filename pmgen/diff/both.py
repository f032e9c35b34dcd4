"""Both sides at once: what stands for what, in types and in templates, and how changes are told."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.diff.kinds import level
from pmgen.diff.levels import READ, Uses
from pmgen.diff.model import Change
from pmgen.diff.types import Form, Relation, form, relation

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pmgen.api import Ref, Template
    from pmgen.diff.model import Call, Link, Side
    from pmgen.infer import Type


@dataclasses.dataclass(frozen=True, slots=True)
class Both:
    """The sides of one client and what links them."""

    old: Side
    new: Side
    link: Link

    def before(self, found: Type) -> Form:
        """A type of the old side, in the new side's classes."""
        return form(found, lambda n: self.link.records.get(n, ("gone", n)))

    def after(self, found: Type) -> Form:
        """A type of the new side."""
        return form(found, lambda n: n)

    def was(self, template: Template) -> tuple[str, ...]:
        """A template of the old side; settings by key, arguments without their names."""
        return tuple(_part(part, self.old, str) for part in template)

    def now(self, template: Template) -> tuple[str, ...]:
        """A template of the new side; settings by the key that they had."""
        keys = self.link.settings
        return tuple(
            _part(part, self.new, lambda key: keys.get(key, f"new {key}"))
            for part in template
        )


def _part(part: str | Ref, side: Side, key: Callable[[str], str]) -> str:
    if isinstance(part, str):
        return part
    return f"{{{{{key(part.key)}}}}}" if part.key in side.settings else "{}"


def spelled(template: Template, call: Call, side: Side) -> str:
    """For people: settings and arguments by name."""
    return "".join(
        part if isinstance(part, str) else f"{{{_name(part.key, call, side)}}}"
        for part in template
    )


def _name(key: str, call: Call, side: Side) -> str:
    if key in side.settings:
        return side.settings[key][0]
    return str(call.arguments[key].arg.name)


@dataclasses.dataclass(frozen=True, slots=True)
class Subject:
    """What a change is about: its name for users, its pointers, and how it is used."""

    name: str
    old: str | None = None
    new: str | None = None
    uses: Uses = READ

    def told(self, kind: str, what: str = "", was: str = "", now: str = "") -> Change:
        """A change, with the level that its kind has where the subject is used so."""
        found = level(kind, self.uses)
        return Change(kind, found, self.name, what, was, now, self.old, self.new)

    def related(
        self, kinds: str, before: Form, after: Form, what: str, was: str, now: str
    ) -> Iterator[Change]:
        """The change ``<kinds>-wider``, ``-narrower`` or ``-changed``; none where both forms are the same."""
        found = relation(before, after)
        if found is not Relation.SAME:
            yield self.told(f"{kinds}-{found}", what, was, now)
