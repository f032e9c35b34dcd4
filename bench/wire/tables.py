"""The tables that `make wire` prints."""

from __future__ import annotations

import collections
import typing

from wire.reasons import REASONS

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wire.measure import Item, Measured


def self_test(found: Measured) -> bool:
    """Print why items of the self-test differ; whether one differs without a reason, or does not although it has one."""
    print(f"self-test: {found.problem or _counts(found)}")
    differing = {item for _, item in (*found.differing, *found.loose)}
    for item in sorted(differing | REASONS.keys()):
        reason = REASONS.get((item[0], item[-1]), "NO REASON IS KNOWN")
        told = reason if item in differing else f"IS THE SAME, but is said: {reason}"
        print(f"  {' / '.join(item)}: {told}")
    return bool(found.problem) or differing != REASONS.keys()


def each(every: Iterable[Measured]) -> None:
    """Print a line for each collection that sends something."""
    print()
    for found in every:
        if found.problem or found.sent:
            print(f"{found.name}: {found.problem or _counts(found)}")


def _counts(found: Measured) -> str:
    return f"{found.semantic} semantically and {found.exact} exactly of {found.sent} sent"  # fmt: skip


def categories(
    title: str, found: Iterable[Sequence[tuple[str, Item]]], show: int
) -> None:
    """Print how often each category occurs, the most frequent first, with examples."""
    items: dict[str, list[str]] = collections.defaultdict(list)
    for pairs in found:
        for category, item in pairs:
            items[category[:60]].append(" / ".join(item))
    print(f"\n{title}")
    for category, names in sorted(items.items(), key=lambda pair: -len(pair[1])):
        print(f"  {category:12} {len(names):5}   {'; '.join(names[:show])}")
