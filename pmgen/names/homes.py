"""Which folder's models a record belongs to: the nearest one that holds all its places. Imports only go up."""

from __future__ import annotations

import itertools
import typing

from pmgen.infer import references

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.api import Api, Group
    from pmgen.infer import TypeTable

Chain: typing.TypeAlias = "tuple[str, ...]"
"""Pointers of groups, outermost first."""


def chains(api: Api) -> Mapping[str, Chain]:
    """For the pointer of each group the chain that ends in it; for each operation's the chain around it."""
    found: dict[str, Chain] = {}
    todo: list[tuple[Group, Chain]] = [(api.root, (api.root.pointer,))]
    while todo:
        group, chain = todo.pop()
        found[group.pointer] = chain
        found.update({operation.pointer: chain for operation in group.operations})
        todo += [(inner, (*chain, inner.pointer)) for inner in group.groups]
    return found


def homes(around: Mapping[str, Chain], table: TypeTable) -> tuple[Chain, ...]:
    """For each record the chain that ends in its home group; ``around`` is what ``chains`` found."""
    found = [
        _common([around[origin.role.operation] for origin in record.origins])
        for record in table.records
    ]
    todo = list(range(len(found)))
    while todo:
        holder = todo.pop()
        for field in table.records[holder].fields:
            # A record of several folders may hold one that only one of them has shown.
            for inner in references(field.type):
                shared = _common([found[holder], found[inner]])
                if shared != found[inner]:
                    found[inner] = shared
                    todo.append(inner)
    return tuple(found)


def spread(pointers: list[str], around: Mapping[str, Chain], most: int) -> list[str]:
    """A few requests as far from each other as can be: whatever one folder is left out, one of them is left."""
    if not pointers:
        return []
    first, *others = pointers
    found = [first]
    while others and len(found) < most:
        near = {
            p: max(len(_common([around[p], around[f]])) for f in found) for p in others
        }
        found.append(min(others, key=near.__getitem__))
        others.remove(found[-1])
    return found


def _common(found: list[Chain]) -> Chain:
    levels = itertools.takewhile(
        lambda level: len(set(level)) == 1, zip(*found, strict=False)
    )
    return tuple(level[0] for level in levels)
