"""What a place has shown of no type (null only, an empty list) may be known from elsewhere in the same resource.

A request's body often has what its reply leaves null, and the other way round. They are never one record, since what must
be sent is not what comes; so only the type of single values is lent, and only if all that could lend it agree.
"""

from __future__ import annotations

import dataclasses
import typing

from pmgen.infer.kinds import NOTHING, compatible, is_known, is_plain

if typing.TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmgen.infer.partition import Partition
    from pmgen.infer.roles import Endpoint
    from pmgen.infer.shape import Shape
    from pmgen.infer.survey import Node
    from pmgen.infer.types import Origin

_SHARED = 3
"""Fewest keys of the same known type that make two records be about one thing."""
_LEAST = 0.5
"""Their least share of the smaller record's keys."""
_GATEWAY = 64
"""A resource with more records than this is none."""


@dataclasses.dataclass(frozen=True, slots=True)
class Lent:
    """All evidence that is lent for one key, and where the first of it is from."""

    lender: Origin
    shapes: tuple[Shape, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class _Record:
    """A class of objects, with the kinds of each key in all its places."""

    number: int
    nodes: tuple[Node, ...]
    kinds: Mapping[str, int]


def lend(
    classes: Partition, ends: Mapping[str, Endpoint]
) -> Mapping[int, Mapping[str, Lent]]:
    """For every key of which nothing is known in its class, what others about the resource know; by class and key."""
    found: dict[int, dict[str, Lent]] = {}
    for records in _by_resource(classes, ends).values():
        for record in records if len(records) <= _GATEWAY else ():
            unknown = [k for k, kinds in record.kinds.items() if not is_known(kinds)]
            others = [r for r in records if unknown and _is_about_same(r, record)]
            for key in unknown:
                lenders = [r for r in others if _has_plain(r, key)]
                one = len({lender.kinds[key] for lender in lenders}) == 1
                known = found.setdefault(record.number, {})
                if one and key not in known:
                    known[key] = _evidence(lenders, key)
    return found


def _by_resource(
    classes: Partition, ends: Mapping[str, Endpoint]
) -> Mapping[tuple[str, ...], list[_Record]]:
    found: dict[tuple[str, ...], list[_Record]] = {}
    for number, nodes in classes.members.items():
        if number in classes.maps or nodes[0].role.failed:
            continue
        operations = {node.role.operation for node in nodes}
        resources = {ends[o].resource for o in operations if o in ends}
        record = _Record(number, nodes, _kinds(nodes))
        for resource in resources:
            found.setdefault(resource, []).append(record)
    return dict(sorted(found.items()))


def _kinds(nodes: tuple[Node, ...]) -> Mapping[str, int]:
    forms = {node.form.number: node.form for node in nodes}
    if len(forms) == 1:
        return nodes[0].form.kinds
    found: dict[str, int] = {}
    for form in forms.values():
        for key, kinds in form.kinds.items():
            found[key] = found.get(key, NOTHING) | kinds
    return found


def _is_about_same(lender: _Record, borrower: _Record) -> bool:
    """Whether both are about one thing."""
    least = max(_SHARED, _LEAST * min(len(lender.kinds), len(borrower.kinds)))
    shared = lender.kinds.keys() & borrower.kinds.keys()
    if lender is borrower or len(shared) < least:
        return False
    both = [(lender.kinds[key], borrower.kinds[key]) for key in shared]
    equal = sum(bool(a & b) for a, b in both)
    return equal >= least and all(compatible(a, b) for a, b in both)


def _has_plain(record: _Record, key: str) -> bool:
    kinds = record.kinds.get(key, NOTHING)
    return is_known(kinds) and is_plain(kinds)


def _evidence(lenders: Sequence[_Record], key: str) -> Lent:
    nodes = [node for r in lenders for node in r.nodes if key in node.objects.fields]
    shapes = tuple(node.objects.fields[key] for node in nodes)
    return Lent(nodes[0].origin, shapes)
