"""Which objects of different places are one thing. Each rule says where to look and how alike two must be.

Never by the name of a key alone: `address` of a user and `address` of a webhook have nothing in common but the name.
What each rule earns is measured by leave-one-out (`make holdout`).
"""

from __future__ import annotations

import collections
import dataclasses
import itertools
import typing

from pmgen.infer.kinds import NOTHING, compatible, is_known
from pmgen.infer.roles import Use
from pmgen.infer.similar import similar_pairs, similarity

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from pmgen.infer.forms import Form
    from pmgen.infer.roles import Endpoint, Role
    from pmgen.infer.survey import Node

    Ends = Mapping[str, Endpoint]
    Pair = tuple[int, int]

_GATEWAY = 64
"""An endpoint with more different replies than this answers with anything (JSON-RPC, GraphQL): it is no one thing."""
_CROWD = 256
"""Forms that share nothing rarer than this are not compared, or time would grow with their square."""

_NO_ENVELOPE = 0.2
_STEP = 0.05
_DRIFT = 0.2
"""How much less alike than two of them a whole group may be."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """Nodes that share a ``bucket`` are the same if they are alike. None as bucket: not this rule's.

    ``keys`` and ``deep`` are the least similarities of their keys and of all paths below; ``shared`` the fewest keys in
    common; ``known`` the fewest of those with a type in both. ``contains``: measured by the smaller of the two, not
    by both. ``settled``: compares what the other rules made one, so that a short reference ({id, name, type}) that is
    equal everywhere does not drag together what it refers to. The types of common keys agree always.
    """

    name: str
    bucket: Callable[[Node, Ends], Hashable | None]
    keys: float
    deep: float
    shared: int
    known: int
    contains: bool = False
    settled: bool = False


def _endpoint(node: Node, ends: Ends) -> Hashable | None:
    """The top of what one endpoint takes or gives: the same call, saved as several requests."""
    if node.path not in ((), ("[]",)):
        return None
    role = node.role
    end = ends.get(role.operation)
    return end and (end, role.use, role.status, node.path, node.tag)


def _place(node: Node, ends: Ends) -> Hashable | None:
    """The same path in the successful replies of any operation."""
    del ends
    return (node.path, node.tag) if _succeeded(node.role) else None


def _error(node: Node, ends: Ends) -> Hashable | None:
    """The same path in the errors of any operation and status: most APIs have one form of error."""
    del ends
    failed = node.role.use is Use.REPLY and not _succeeded(node.role)
    return (node.path, node.tag) if failed else None


def _resource(node: Node, ends: Ends) -> Hashable | None:
    """Any place in the successful replies about one resource: the items of a list, and one by itself."""
    end = ends.get(node.role.operation)
    return end.resource if end and _succeeded(node.role) else None


def _anywhere(node: Node, ends: Ends) -> Hashable | None:
    """Bodies, replies and errors are three things."""
    del ends
    return node.role.use, _succeeded(node.role)


def _succeeded(role: Role) -> bool:
    return role.use is Use.REPLY and not role.failed


RULES = (
    # An endpoint's reply often has either of two parts, so the smaller is measured.
    Rule("endpoint", _endpoint, keys=0, deep=0.5, shared=1, known=0, contains=True),
    Rule("error", _error, keys=0.5, deep=0.4, shared=2, known=0),
    Rule("place", _place, keys=0.8, deep=0.8, shared=2, known=0),
    Rule("resource", _resource, keys=0.7, deep=0.56, shared=4, known=0),
    # Equal but for nulls, empty lists, or a key deep inside.
    Rule("equal", _anywhere, keys=1, deep=0.9, shared=3, known=3, settled=True),
)


def same(nodes: Iterable[Node], ends: Ends, rule: Rule) -> Iterator[Pair]:
    """The pairs of nodes that a rule makes one."""
    buckets: dict[Hashable, list[Node]] = collections.defaultdict(list)
    for node in nodes:
        where = None if node.form.is_map else rule.bucket(node, ends)
        if where is not None:
            buckets[where].append(node)
    for found in buckets.values():
        if len(found) > 1:
            yield from _in_bucket(found, rule)


def _in_bucket(nodes: list[Node], rule: Rule) -> Iterator[Pair]:
    by_form: dict[int, list[Node]] = {}
    for node in nodes:
        by_form.setdefault(node.form.number, []).append(node)
    groups = list(by_form.values())
    for group in groups:
        if _is_enough(group[0].form, rule):
            yield from ((a.number, b.number) for a, b in itertools.pairwise(group))
    if len(groups) > 1:
        yield from _across(groups, rule)


def _across(groups: list[list[Node]], rule: Rule) -> Iterator[Pair]:
    """Pairs of different forms."""
    edges = [
        _Edge(a, b, similarity(a.form.deep, b.form.deep))
        for i, j in _candidates([group[0].form for group in groups], rule)
        if _alike((a := groups[i][0]).form, (b := groups[j][0]).form, rule)
    ]
    yield from ((e.a.number, e.b.number) for e in _cohesive(edges, rule))


def _is_enough(form: Form, rule: Rule) -> bool:
    """Whether a form that is met twice says enough to be one thing; likeness aside, as ``_alike``."""
    if len(form.kinds) < rule.shared:
        return False
    return not rule.known or sum(map(is_known, form.kinds.values())) >= rule.known


def _candidates(forms: list[Form], rule: Rule) -> Iterable[Pair]:
    if not rule.contains:
        return similar_pairs([form.deep for form in forms], rule.deep, _CROWD)
    if len(forms) > _GATEWAY:
        return ()
    return itertools.combinations(range(len(forms)), 2)


def _alike(a: Form, b: Form, rule: Rule) -> bool:
    """Whether two forms satisfy a rule, their deep similarity aside where candidates have it."""
    shared = a.keys & b.keys
    if len(shared) < rule.shared:
        return False
    if len(shared) < rule.keys * (len(a.kinds) + len(b.kinds) - len(shared)):
        return False
    if rule.contains and not _contained(a, b, rule.deep):
        return False
    both = [(a.kinds[key], b.kinds[key]) for key in shared]
    if rule.known and sum(is_known(x) and is_known(y) for x, y in both) < rule.known:
        return False
    return rule.contains or all(compatible(x, y) for x, y in both)


def _contained(a: Form, b: Form, least: float) -> bool:
    """Most of the smaller lies in the larger, and is no mere envelope of it."""
    smaller = min(len(a.deep), len(b.deep))
    enough = len(a.deep & b.deep) >= least * smaller > 0
    return enough and similarity(a.deep, b.deep) >= _NO_ENVELOPE


@dataclasses.dataclass(frozen=True, slots=True)
class _Edge:
    """Two nodes that are alike, and how much."""

    a: Node
    b: Node
    likeness: float


def _cohesive(edges: list[_Edge], rule: Rule) -> Iterator[_Edge]:
    """Edges without those that chain up things which are not alike: a is like b, b like c, and c nothing like a.

    Where a connected part is not of one piece, its weakest edges go until its parts are.
    """
    for part in _components(edges):
        if _is_cohesive(part, rule):
            yield from part
        else:
            least = min(edge.likeness for edge in part) + _STEP
            yield from _cohesive([e for e in part if e.likeness >= least], rule)


def _is_cohesive(edges: list[_Edge], rule: Rule) -> bool:
    """Each is like all together, and the types of a key agree: null could be text here and a number there."""
    nodes = (node for edge in edges for node in (edge.a, edge.b))
    forms = list({node.form.number: node.form for node in nodes}.values())
    paths = frozenset[int]().union(*(form.deep for form in forms))
    keys = {key for form in forms for key in form.kinds}
    least = _NO_ENVELOPE if rule.contains else rule.deep - _DRIFT
    return (
        all(len(form.deep) >= least * len(paths) for form in forms)
        and all(len(form.kinds) >= (rule.keys - _DRIFT) * len(keys) for form in forms)
        and (rule.contains or _agree(forms))
    )


def _components(edges: list[_Edge]) -> Iterator[list[_Edge]]:
    """The edges of each connected part."""
    into: dict[int, int] = {}

    def find(number: int) -> int:
        while into.setdefault(number, number) != number:
            number = into[number]
        return number

    for edge in edges:
        into[find(edge.b.number)] = find(edge.a.number)
    parts: dict[int, list[_Edge]] = {}
    for edge in edges:
        parts.setdefault(find(edge.a.number), []).append(edge)
    yield from parts.values()


def _agree(forms: list[Form]) -> bool:
    """Whether the types of each key may be one, over all forms."""
    known: dict[str, int] = {}
    for form in forms:
        for key, kinds in form.kinds.items():
            before = known.get(key, NOTHING)
            if not compatible(kinds, before):
                return False
            known[key] = kinds | before
    return True
