"""Requests that pmgen.toml says to be paged, found in the API, and checked against the types of their replies."""

from __future__ import annotations

import dataclasses
import difflib
import typing

from pmgen.api import Where
from pmgen.infer import Array, Choice, Map, Ref, Scalar, Timestamp
from pmgen.infer.follow import PathError, follow, successes
from pmgen.names.pinned import Fault
from pmgen.overrides import calls_of, no_request
from pmgen.pins import spelled

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmgen.api import Api, Group, Operation
    from pmgen.infer import Type, TypeTable
    from pmgen.pagination import Pagination


def paged(
    api: Api, table: TypeTable, wanted: tuple[Pagination, ...]
) -> tuple[Api, tuple[Fault, ...]]:
    """The API with what is wanted of each request; and what can't be had, without which the API is as it was."""
    calls, faults = calls_of(api), list[Fault]()
    found: dict[str, Pagination] = {}
    for pagination in wanted:
        pointers = calls.get(pagination.trail, [])
        if len(pointers) != 1:
            text = no_request(pagination.trail, calls, len(pointers))
            faults.append(Fault(_key(pagination), text, missing=not pointers))
            continue
        found[pointers[0]] = pagination
    for group in api.root.walk() if found else ():
        for operation in group.operations:
            if operation.pointer in found:
                faults += _faults(operation, found[operation.pointer], table)
    if faults or not found:
        return api, tuple(faults)
    return dataclasses.replace(api, root=_with(api.root, found)), ()


def _with(group: Group, found: Mapping[str, Pagination]) -> Group:
    operations = tuple(
        dataclasses.replace(o, paging=found[o.pointer]) if o.pointer in found else o
        for o in group.operations
    )
    groups = tuple(_with(inner, found) for inner in group.groups)
    return dataclasses.replace(group, groups=groups, operations=operations)


def _key(wanted: Pagination) -> str:
    return f'pagination."{wanted.trail}"'


def _faults(
    operation: Operation, wanted: Pagination, table: TypeTable
) -> Iterator[Fault]:
    roots = successes(table, operation.pointer)
    if not roots:
        yield Fault(_key(wanted), "No reply of status 2xx with JSON is saved")
        return
    for name in ("items", *_KINDS):
        path: tuple[str, ...] = getattr(wanted, name)
        text = _path_fault(table, roots, path, _KINDS.get(name, ())) if path else ""
        if text:
            yield Fault(f"{_key(wanted)}.{name}", text)
    for name in ("parameter", "size"):
        wire: str = getattr(wanted, name)
        text = _parameter_fault(operation, wire) if wire else ""
        if text:
            yield Fault(f"{_key(wanted)}.{name}", text)


#: The paths that lead to one value -> the kinds of it. Null and what was never seen say nothing against any.
_KINDS: Mapping[str, tuple[str, ...]] = {
    "next": ("string",),
    "cursor": ("string", "integer", "number"),
    "more": ("boolean",),
    "pages": ("integer",),
}
_UNSEEN = ("null", "anything")


def _path_fault(
    table: TypeTable, roots: list[Type], path: tuple[str, ...], kinds: tuple[str, ...]
) -> str:
    """Why a path can't be had; "" for a good one."""
    try:
        *_, found = follow(table, roots, path)
    except PathError as error:
        return _nowhere(error, path)
    wrong = [
        _named(t)
        for t in found
        if kinds and (not isinstance(t, Scalar) or t.kind not in (*kinds, *_UNSEEN))
    ]
    if not wrong:
        return ""
    hint = ""
    if "a date" in wrong and "string" in kinds:
        hint = "; give it the type `string` in `types`"
    return (
        f"{spelled(path)} is {' or '.join(wrong)}, and not {' or '.join(kinds)}{hint}"
    )


def _nowhere(error: PathError, path: tuple[str, ...]) -> str:
    wrong, before = spelled(path[: error.number + 1]), path[: error.number]
    if not error.known:
        types = " or ".join(map(_named, error.types))
        return f"Nothing stands at {wrong}: {spelled(before)} is {types}"
    near = difflib.get_close_matches(path[error.number], error.known, n=3, cutoff=0.5)
    shown = [spelled((*before, key)) for key in near or error.known[:5]]
    return f"Nothing stands at {wrong}; there is {', '.join(shown)}"


_NAMES = {
    Array: "a list",
    Map: "a map",
    Ref: "an object",
    Choice: "an object",
    Timestamp: "a date",
}


def _named(found: Type) -> str:
    if isinstance(found, Scalar):
        return "unknown" if found.kind == "anything" else found.kind
    return _NAMES[type(found)]


def _parameter_fault(operation: Operation, wire: str) -> str:
    """Why a query parameter can't be counted with; "" for a good one."""
    known = {p.wire: p for p in operation.params if p.where is Where.QUERY}
    if wire not in known:
        near = difflib.get_close_matches(wire, known, n=3, cutoff=0.5) or [*known][:5]
        hint = f"; there is {', '.join(map(repr, near))}" if near else ""
        return f"The request has no query parameter {wire!r}{hint}"
    if known[wire].repeated or known[wire].flag:
        return f"The query parameter {wire!r} has not one value"
    if known[wire].fallback is not None:
        return f"The query parameter {wire!r} is made of settings of the client"
    return ""
