"""What a record may be called, from short to qualified."""

from __future__ import annotations

import http
import typing

from pmgen.infer import Use
from pmgen.names.english import noun, singular
from pmgen.names.words import spelled, words

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.infer import Origin

_CONTAINERS = frozenset(
    (word,)
    for word in (
        "content",
        "data",
        "element",
        "entry",
        "item",
        "list",
        "object",
        "payload",
        "record",
        "response",
        "result",
        "row",
        "value",
    )
)
"""Keys, in the singular, that say nothing about what they hold; the operation's name does."""

Words: typing.TypeAlias = "tuple[str, ...]"


def record(origins: tuple[Origin, ...], operation: Words) -> Iterator[Words]:
    """`resource[].module` of "Job Details": module, resource module, job details resource module."""
    origin = origins[0]
    shared = len({found.role.status for found in origins}) > 1
    keys = _keys(origin.path)
    if not keys:
        yield from root(origin, operation, shared=shared)
        return
    if len(keys) == 1 and keys[0] in _CONTAINERS:
        yield singular(noun(operation)) if origin.path[-1] == "[]" else noun(operation)
    for length in range(1, len(keys) + 1):
        yield _flat(keys[-length:])
    yield (*next(root(origin, operation, shared=shared)), *_flat(keys))
    yield (*operation, *_flat(keys))
    yield (*operation, origin.role.use, *_flat(keys))


def root(origin: Origin, operation: Words, *, shared: bool) -> Iterator[Words]:
    """A body, or an item of one that is a list. ``shared``: it comes with several statuses."""
    about = singular(noun(operation)) if origin.path else noun(operation)
    status = origin.role.status
    if origin.role.use is Use.REQUEST:
        yield (*about, "body")
        yield (*operation, "body")
    elif status >= 400:
        yield ("error", "reply")
        if not shared:
            yield (*phrase(status), "reply")
        yield (*about, "error")
        yield (*operation, "error")
        yield (*operation, *phrase(status), "error")
    else:
        yield about
        yield operation
        yield (*operation, "reply")
        yield (*operation, *phrase(status), "reply")


def phrase(status: int) -> Words:
    """404 -> not, found; the number for a status without a name."""
    try:
        return words(http.HTTPStatus(status).phrase)
    except ValueError:
        return ("status", str(status))


def _keys(path: tuple[str, ...]) -> list[Words]:
    """The path's keys as words, a list's in the singular."""
    found: list[Words] = []
    for step in path:
        if step not in ("[]", "{}"):
            found.append(words(step) or spelled(step))
        elif found:
            found[-1] = singular(found[-1])
    return found


def _flat(keys: list[Words]) -> Words:
    return tuple(word for key in keys for word in key)
