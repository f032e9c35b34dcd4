"""Format 1.0's flat lists -> a tree, by lists of ids (POSTMAN.md 1.2).

The lists may be broken in every way. Nothing is lost: each folder and each request has exactly one place.
"""

from __future__ import annotations

import collections
import dataclasses
import typing

from pmgen.diagnostics import Rule

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pmgen.postman.node import Node

SCHEMA = "v1"

#: The root's index: it stands behind all folders.
ROOT = -1


@dataclasses.dataclass(frozen=True, slots=True)
class Tree:
    """What each folder holds: ``children`` (indices of folders) and ``requests``, both by a folder's index."""

    folders: Sequence[Node]
    children: Sequence[Sequence[int]]
    requests: Sequence[Sequence[Node]]
    by_id: Mapping[str, Node]


def tree(node: Node) -> Tree:
    """The tree of a collection. What does not fit is reported and put where it fits best."""
    folders = objects(node.child("folders"), "folder", "a folder (an object)")
    requests = objects(node.child("requests"), "request", "a request (an object)")
    holders = [*folders, node.as_part("head", SCHEMA)]
    children = _shares(folders, holders, "folders_order")
    _open_circles(folders, children)
    held = [
        [requests[index] for index in share]
        for share in _shares(requests, holders, "order", anywhere=True)
    ]
    return Tree(folders, children, held, _first_by_id(requests))


def objects(node: Node, definition: str, expected: str) -> list[Node]:
    """The objects of a list as parts; null says nothing, and anything else is an error."""
    parts = [element.as_part(definition, SCHEMA) for element in node.elements()]
    for part in parts:
        if part.value is not None and not isinstance(part.value, dict):
            part.refuse(expected)
    return [part for part in parts if isinstance(part.value, dict)]


def _first_by_id(members: list[Node]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for member in members:
        name = member.child("id").text()
        if name is not None:
            found.setdefault(name, member)
    return found


_Waiting: typing.TypeAlias = "dict[str | None, collections.deque[int]]"


def _shares(
    members: list[Node], holders: list[Node], key: str, *, anywhere: bool = False
) -> list[list[int]]:
    """For each holder the indices of its members: those that its list mentions, then the homeless.

    A file without lists is normal; one with lists should mention all: ``anywhere`` if any holder has a list, else
    only if the one has, where the member comes to lie.
    """
    waiting: _Waiting = collections.defaultdict(collections.deque)
    for index, member in enumerate(members):
        waiting[member.child("id").text()].append(index)
    shares = [list(_claimed(holder.child(key), waiting)) for holder in holders]
    listed = [isinstance(holder.child(key).value, list) for holder in holders]
    homes = _homes(holders[:ROOT])
    for index in sorted(index for left in waiting.values() for index in left):
        home = homes.get(members[index].child("folder").text(), ROOT)
        shares[home].append(index)
        if listed[home] or (anywhere and any(listed)):
            text = f"No `{key}` has this id; it was put at the end of its folder"
            members[index].report(Rule.ORDER_BROKEN, text)
    return shares


def _claimed(order: Node, waiting: _Waiting) -> Iterator[int]:
    """What a list mentions. Of several with the same id each mention takes the next."""
    for mention in order.elements():
        name = mention.text()
        if name is None:
            continue
        if waiting.get(name):
            yield waiting[name].popleft()
        else:
            known = name in waiting
            fault = "is mentioned twice" if known else "leads to nothing"
            mention.report(Rule.ORDER_BROKEN, f"The id {name!r} {fault}")


def _homes(folders: list[Node]) -> dict[str | None, int]:
    """Indices by id; of several the first."""
    found: dict[str | None, int] = {}
    for index, folder in enumerate(folders):
        found.setdefault(folder.child("id").text(), index)
    found.pop(None, None)
    return found


def _open_circles(folders: list[Node], children: list[list[int]]) -> None:
    """Folders that hold each other hang in the air; one of each circle is put into the root."""
    root = len(folders)
    parents = {child: index for index, share in enumerate(children) for child in share}
    seen = _below(root, children)
    for start in range(root):
        if start in seen:
            continue
        passed: set[int] = set()
        cut = start
        while cut not in passed:
            passed.add(cut)
            cut = parents[cut]
        children[parents[cut]].remove(cut)
        children[ROOT].append(cut)
        text = "This folder would hold itself; it was put into the root"
        folders[cut].report(Rule.ORDER_BROKEN, text)
        seen |= _below(cut, children)


def _below(start: int, children: list[list[int]]) -> set[int]:
    """A folder and all that it holds, however deep. Must not start in a circle."""
    seen, todo = {start}, [start]
    while todo:
        found = children[todo.pop()]
        seen.update(found)
        todo += found
    return seen
