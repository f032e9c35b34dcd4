"""Trees: objects that hold objects of their own kind, which go on: they have the key that leads down as well.

Without that an inner object with the same few keys is more often a short reference ({id, name, type}) than a tree.
"""

from __future__ import annotations

import typing

from pmgen.infer.kinds import compatible

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pmgen.infer.survey import Node

_LEAST = 0.75
"""Similarity of keys, the one that leads down aside."""
_SHARED = 2


def trees(nodes: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """Each node with the nearest one around it that is of its kind."""
    for node in nodes:
        found = next(
            (outer for outer in _around(node, nodes) if _same_kind(outer, node)), None
        )
        if found is not None:
            yield found.number, node.number


def _around(node: Node, nodes: Sequence[Node]) -> Iterator[Node]:
    while node.holder is not None:
        node = nodes[node.holder]
        yield node


def _same_kind(outer: Node, inner: Node) -> bool:
    """``down``: the key of the outer one that the inner one lies under."""
    a, b, down = outer.form, inner.form, inner.path[len(outer.path)]
    if a.is_map or b.is_map or down not in b.kinds:
        return False
    shared = (a.kinds.keys() & b.kinds.keys()) - {down}
    both = len(a.kinds) + len(b.kinds) - 2 - len(shared)
    return (
        len(shared) >= _SHARED
        and len(shared) >= _LEAST * both
        and all(compatible(a.kinds[key], b.kinds[key]) for key in (*shared, down))
    )
