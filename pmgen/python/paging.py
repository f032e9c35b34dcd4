"""How a request's pages are gone through: the method beside its own, and the constant that says the way."""

from __future__ import annotations

import typing

from pmgen.code import Code, code, joined
from pmgen.infer.follow import follow, records, successes
from pmgen.names.symbols import Thing
from pmgen.python.literal import string
from pmgen.python.model import Iteration
from pmgen.python.spelling import annotation

if typing.TYPE_CHECKING:
    from pmgen.api import Operation
    from pmgen.infer import Type
    from pmgen.infer.follow import Types
    from pmgen.pagination import Pagination
    from pmgen.python.model import Arg
    from pmgen.python.places import Places, Reach

MODULE, ALIAS = "paging", "_rt_paging"


def iteration(
    operation: Operation,
    owner: Code,
    args: tuple[Arg, ...],
    places: Places,
    reach: Reach,
) -> Iteration | None:
    """None where the user says nothing of pages. ``args``: the method's."""
    paging = operation.paging
    if paging is None:
        return None
    name = places.names(Thing.ITERATION, operation.pointer)
    roots = successes(places.table, operation.pointer)
    *_, items = follow(places.table, roots, paging.items)
    method = places.names(Thing.OPERATION, operation.pointer)
    return Iteration(
        name=name,
        args=args,
        item=_annotation(items, reach),
        constant=code("_", name.rstrip("_").upper()),
        items=_steps(paging.items, roots, places),
        way=_way(paging, roots, places),
        doc=_doc(operation, paging, method, places),
        awaited_doc=f"As {owner}.{name}, awaited: `async for`.",
    )


def _annotation(items: Types, reach: Reach) -> Code:
    options = [annotation(item, reach) for item in items]
    if Code("_rt.Json") in options:
        return Code("_rt.Json")
    distinct = dict.fromkeys(options)
    return joined(" | ", sorted(distinct, key=lambda option: option == "None"))


_WAYS = {"next": "ByLink", "cursor": "ByCursor", "page": "ByPage", "offset": "ByOffset"}
_PATHS = ("next", "cursor", "more", "pages")
_TEXTS = ("header", "parameter", "size")


def _way(paging: Pagination, roots: list[Type], places: Places) -> Code:
    """The runtime's Way; what the user does not say is left to its defaults."""
    given: list[Code] = []
    for name in _PATHS:
        path: tuple[str, ...] = getattr(paging, name)
        if path:
            given.append(code(name, "=", _steps(path, roots, places)))
    for name in _TEXTS:
        text: str = getattr(paging, name)
        if text:
            given.append(code(name, "=", string(text)))
    if paging.start is not None:
        given.append(Code(f"start={paging.start}"))
    if paging.other_hosts:
        given.append(Code("other_hosts=True"))
    return code(ALIAS, ".", _WAYS[paging.style], "(", joined(", ", given), ")")


def _steps(path: tuple[str, ...], roots: list[Type], places: Places) -> Code:
    """Attributes in place of keys; several where records that may stand there call the key differently."""
    stations = follow(places.table, roots, path)
    spelled = [
        string(key if key in ("[]", "{}") else _attributes(key, before, places))
        for key, before in zip(path, stations, strict=False)
    ]
    return code("(", joined(", ", spelled), "," if len(spelled) == 1 else "", ")")


def _attributes(key: str, before: Types, places: Places) -> str:
    names = {
        places.names(Thing.FIELD, record, key): None
        for record in records(before)
        if any(field.wire == key for field in places.table.records[record].fields)
    }
    return "|".join(names)


def _doc(operation: Operation, paging: Pagination, method: Code, places: Places) -> str:
    first = [
        places.names(Thing.PARAM, operation.pointer, param.key)
        for param in operation.params
        if paging.parameter and param.wire == paging.parameter
    ]
    begin = f" `{first[0]}` says where to begin." if first else ""
    return (
        f"The items of all pages of `{method}`, read as they are needed.\n\n"
        f"Arguments and errors are those of `{method}`.{begin}\n\n"
        "Raises:\n    PagingError: where pages come again, or the next one can't be told."
    )
