"""How much a collection holds, before anything is left out."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.postman.model import Folder

if typing.TYPE_CHECKING:
    from pmgen.postman.model import Collection, Item


@dataclasses.dataclass(frozen=True, slots=True)
class Census:
    """``items`` are requests, also those that can't be sent; ``saved_responses`` their examples, and orphans."""

    folders: int = 0
    items: int = 0
    saved_responses: int = 0

    def __add__(self, other: Census) -> Census:
        return Census(
            self.folders + other.folders,
            self.items + other.items,
            self.saved_responses + other.saved_responses,
        )


def census(collection: Collection) -> Census:
    """Count the canonical form."""
    orphans = Census(saved_responses=len(collection.orphans))
    return sum(map(_member, collection.root.members), orphans)


def _member(member: Folder | Item) -> Census:
    if isinstance(member, Folder):
        return sum(map(_member, member.members), Census(folders=1))
    return Census(items=1, saved_responses=len(member.responses))
