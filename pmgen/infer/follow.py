"""A way into a type, key by key, as users write it."""

from __future__ import annotations

import typing

from pmgen.infer.roles import Use
from pmgen.infer.types import Array, Choice, Map, Ref, Type, Union

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pmgen.infer.types import TypeTable

Types: typing.TypeAlias = "tuple[Type, ...]"
"""What may stand at one place; no unions."""


class PathError(ValueError):
    """No key ``number`` of a path; ``known``: those that are there. ``types``: what stands before it."""

    def __init__(self, number: int, types: Types, known: tuple[str, ...]) -> None:
        self.number, self.types, self.known = number, types, known
        super().__init__(f"no key {number}")


def successes(table: TypeTable, operation: str) -> list[Type]:
    """The types of an operation's replies of status 2xx; ``operation`` is its pointer."""
    return [
        root
        for role, root in table.roots.items()
        if (role.operation, role.use) == (operation, Use.REPLY)
        and role.status in range(200, 300)
    ]


def follow(
    table: TypeTable, roots: Iterable[Type], path: tuple[str, ...]
) -> tuple[Types, ...]:
    """What stands before each key of the path, and at its end. Raises PathError."""
    here: Types = tuple(dict.fromkeys(m for root in roots for m in _members(root)))
    found = [here]
    for number, key in enumerate(path):
        inner = [
            member
            for known, held in _held(table, here)
            if known == key
            for member in _members(held)
        ]
        if not inner:
            keys = dict.fromkeys(known for known, _ in _held(table, here))
            raise PathError(number, here, tuple(keys))
        here = tuple(dict.fromkeys(inner))
        found.append(here)
    return tuple(found)


def records(types: Types) -> tuple[int, ...]:
    """The records among them."""
    found: dict[int, None] = {}
    for item in types:
        if isinstance(item, Ref):
            found[item.record] = None
        elif isinstance(item, Choice):
            found |= dict.fromkeys(ref.record for _, ref in item.cases)
    return tuple(found)


def _held(table: TypeTable, types: Types) -> Iterator[tuple[str, Type]]:
    """Each key that leads on, with the type there."""
    for item in types:
        if isinstance(item, Array):
            yield "[]", item.item
        elif isinstance(item, Map):
            yield "{}", item.value
    for record in records(types):
        for field in table.records[record].fields:
            yield field.wire, field.type


def _members(found: Type) -> Types:
    return found.members if isinstance(found, Union) else (found,)
