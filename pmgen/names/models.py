"""What a record or a codec may be called, from short to qualified."""

from __future__ import annotations

import http
import typing

from pmgen.infer import Use
from pmgen.names.english import noun, singular
from pmgen.names.words import spelled, words

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pmgen.infer import Origin, Role
    from pmgen.names.calls import Called, Words

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


def record(
    origins: tuple[Origin, ...], case: str, operation: Called
) -> tuple[Words, ...]:
    """`resource[].module` of "Job Details": module, resource module, job details resource module.

    ``case``: the text that tells the record from others of its place, "" for none.
    """
    shared = len({found.role.status for found in origins}) > 1
    found = _names(origins[0], words(case), operation, shared=shared)
    return tuple(dict.fromkeys(found))


def _names(
    origin: Origin, case: Words, operation: Called, *, shared: bool
) -> Iterator[Words]:
    keys = _keys(origin.path)
    about = list(root(origin.role, operation, items=bool(origin.path), shared=shared))
    if not keys:
        yield from ((*case, *name) for name in about)
        return
    if len(keys) == 1 and keys[0] in _CONTAINERS:
        name = noun(operation.name)
        yield (*case, *(singular(name) if origin.path[-1] == "[]" else name))
    for length in range(1, len(keys) + 1):
        yield (*case, *_flat(keys[-length:]))
    yield (*about[0], *case, *_flat(keys))
    yield (*operation.name, *case, *_flat(keys))
    for outer in _folders(operation):
        yield (*outer, *operation.name, *case, *_flat(keys))


def root(
    role: Role, operation: Called, *, items: bool, shared: bool
) -> Iterator[Words]:
    """A body, or with ``items`` one of its items. ``shared``: it comes with several statuses."""
    name = operation.name
    about = singular(noun(name)) if items else noun(name)
    status = phrase(role.status)
    if role.use is Use.REQUEST:
        yield (*about, "body")
        last: tuple[Words, ...] = ((*name, "body"),)
    elif role.status >= 400:
        yield ("error", "reply")
        if not shared:
            yield (*status, "reply")
        yield (*about, "error")
        last = ((*name, "error"), (*name, *status, "error"))
    else:
        yield about
        yield name
        if role.status != 200:
            yield (*name, *status, "reply")
        last = ((*name, "reply"),)
    yield from last
    for outer in _folders(operation):
        yield (*outer, *last[-1])


def codec(role: Role, operation: Called) -> tuple[Words, ...]:
    """A reply or body that is no record is called by its operation."""
    name = operation.name
    if role.use is Use.REQUEST:
        found = [(*name, "body")]
    elif role.status >= 400:
        found = [(*name, *phrase(role.status))]
    else:
        found = [name, (*name, "reply"), (*name, *phrase(role.status), "reply")]
    found += [(*outer, *found[-1]) for outer in _folders(operation)]
    return tuple(dict.fromkeys(found))


def marks(role: Role, path: tuple[str, ...], operation: Called) -> tuple[Words, ...]:
    """Everything else that a reader sees of a place."""
    steps = [_STEPS.get(step) or spelled(step) for step in path]
    status = (str(role.status),) if role.status else ()
    return (*operation.marks, phrase(role.status), (role.use, *status), _flat(steps))


_STEPS = {"[]": ("item",), "{}": ("value",)}


def phrase(status: int) -> Words:
    """404 -> not, found; the number for a status without a name."""
    try:
        return words(http.HTTPStatus(status).phrase)
    except ValueError:
        return ("status", str(status)) if status else ()


def _folders(operation: Called) -> Iterator[Words]:
    """The innermost folder, then ever more around it."""
    for length in range(1, len(operation.folders) + 1):
        yield _flat(operation.folders[-length:])


def _keys(path: tuple[str, ...]) -> list[Words]:
    """The path's keys as words, a list's in the singular."""
    found: list[Words] = []
    for step in path:
        if step not in ("[]", "{}"):
            found.append(words(step) or spelled(step))
        elif found:
            found[-1] = singular(found[-1])
    return found


def _flat(keys: Iterable[Words]) -> Words:
    return tuple(word for key in keys for word in key)
