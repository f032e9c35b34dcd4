"""What comes closest to a request that nothing answers, and why it does not."""

from __future__ import annotations

import dataclasses
import difflib
import heapq
import typing

from pmgen.mock.score import path_fit

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from pmgen.mock.catalog import Catalog, Example
    from pmgen.mock.route import Path, Segment

_SHOWN = 3
#: Characters; the time to compare grows with the square, and a long path would stop all other clients.
_COMPARED = 256


@dataclasses.dataclass(frozen=True, slots=True)
class Near:
    """An example, and why it did not match."""

    example: Example
    why: str


def nearest(
    method: str,
    path: tuple[str, ...],
    catalog: Catalog,
    reason: Callable[[Example], str],
) -> tuple[Near, ...]:
    """At most three examples, the closest first; of those of one path that are none for the same reason, the first.

    ``reason``: why one with such a path is none.
    """
    asked: dict[tuple[str, str, str], Example] = {}
    for example in catalog.examples:
        shown = example.asked.display.partition("?")[0]
        asked.setdefault((example.asked.method, shown, reason(example)), example)
    closest = heapq.nlargest(
        _SHOWN, asked.values(), key=lambda example: _likeness(method, path, example)
    )
    return tuple(
        Near(example, _why(method, path, example) or reason(example))
        for example in closest
    )


def _likeness(
    method: str, path: tuple[str, ...], example: Example
) -> tuple[float, bool]:
    """Paths first: a wrong method on the right path is nearer than the reverse."""
    like = max(_ratio(path, each) for each in example.asked.paths)
    return like, example.asked.method == method


def _ratio(given: tuple[str, ...], path: Path) -> float:
    """Without the wildcards, and what the request has in their places: nothing is alike because of them."""
    open_at = {number for number, segment in enumerate(path) if segment.pattern}
    sent, saved = (
        "/".join(text for number, text in enumerate(texts) if number not in open_at)
        for texts in (given[:_COMPARED], [segment.text or "" for segment in path])
    )
    return difflib.SequenceMatcher(
        None, sent[:_COMPARED], saved[:_COMPARED], False
    ).ratio()


def _why(method: str, path: tuple[str, ...], example: Example) -> str:
    asked = example.asked
    reasons = []
    if asked.method != method:
        reasons.append(f"its method is {asked.method}")
    if not any(path_fit(path, each) for each in asked.paths):
        best = max(asked.paths, key=lambda each: _ratio(path, each))
        reasons.append(_other_path(path, best))
    return "; ".join(reasons)


def _other_path(given: tuple[str, ...], path: Path) -> str:
    if len(given) != len(path):
        return f"its path has {len(path)} segments, not {len(given)}"
    differing = next(
        (text, segment)
        for text, segment in zip(given, path, strict=True)
        if not _is(text, segment)
    )
    return (
        f"its path has {_text(differing[1])!r} where the request has {differing[0]!r}"
    )


def _is(text: str, segment: Segment) -> bool:
    pattern = segment.pattern
    return text == segment.text or bool(pattern and pattern.fullmatch(text))


def _text(segment: Segment) -> str:
    if segment.pattern is not None:
        return "{" + ", ".join(segment.names) + "}"
    return segment.text or ""
