"""Ways to infer that the report compares, by name."""

from __future__ import annotations

import functools
import typing

from pmgen.infer import decide
from pmgen.infer.sameness import RULES

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pmgen.infer import Endpoint, Role, TypeTable
    from pmgen.source import Json

Decide: typing.TypeAlias = (
    "Callable[[Mapping[Role, tuple[Json, ...]], Mapping[str, Endpoint]], TypeTable]"
)
Rule = typing.TypeVar("Rule")
ALL = "all"


def variants() -> Mapping[str, Decide]:
    """``ALL`` is what `pmgen generate` does; `--rules` reports the others beside it.

    Workers look variants up by name, so that a variant need not be picklable.
    """
    rules = {rule.name: rule for rule in RULES}
    return by_rule(rules, lambda some: functools.partial(decide, rules=some))


def by_rule(
    rules: Mapping[str, Rule], infer: Callable[[tuple[Rule, ...]], Decide]
) -> Mapping[str, Decide]:
    """All rules, none, each left out, each alone. ``infer`` makes a `decide` of some rules, in their order."""
    found = {ALL: infer(tuple(rules.values())), "none": infer(())}
    for name in rules:
        others = tuple(rule for other, rule in rules.items() if other != name)
        found[f"without {name}"] = infer(others)
    for name, rule in rules.items():
        found[f"{name} alone"] = infer((rule,))
    return found
