"""Examples -> TypeTable: the walk of type inference.

examples -> Shapes -> nodes -> pairs that are one thing -> classes -> drafts -> equal ones joined -> TypeTable
"""

from __future__ import annotations

import types
import typing

from pmgen.growth import growing
from pmgen.infer.draft import draft
from pmgen.infer.equal import table_of
from pmgen.infer.lending import lend
from pmgen.infer.partition import Closure, settled
from pmgen.infer.recursion import trees
from pmgen.infer.sameness import RULES, Rule, same
from pmgen.infer.shape import observe
from pmgen.infer.survey import survey
from pmgen.infer.wishes import Wishes

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.infer.roles import Endpoint, Role
    from pmgen.infer.types import TypeTable
    from pmgen.infer.wishes import Spot, Wish
    from pmgen.source import Json

NO_ENDPOINTS: Mapping[str, Endpoint] = types.MappingProxyType({})


NO_WISHES: Mapping[Spot, Wish] = types.MappingProxyType({})


@growing
def decide(
    roles: Mapping[Role, tuple[Json, ...]],
    endpoints: Mapping[str, Endpoint] = NO_ENDPOINTS,
    rules: tuple[Rule, ...] = RULES,
    wishes: Mapping[Spot, Wish] = NO_WISHES,
) -> TypeTable:
    """The types of all roles, in their order. ``endpoints`` tell which operations are about one thing.

    Raises WishError for wishes that can't be granted.
    """
    granted = Wishes(wishes)
    shapes = {role: observe(values) for role, values in roles.items()}
    found = survey(shapes, granted)
    first = (rule for rule in rules if not rule.settled)
    pairs = [pair for rule in first for pair in same(found.nodes, endpoints, rule)]
    closure = Closure(found)
    classes = closure.join([*pairs, *trees(found.nodes)])
    for rule in rules:
        if rule.settled:
            classes = closure.join(same(settled(classes), endpoints, rule))
    drafted = draft(shapes, found, classes, lend(classes, endpoints), granted)
    granted.check()
    return table_of(drafted)
