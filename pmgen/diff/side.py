"""Version -> Side: a collection as the users of its client meet it."""

from __future__ import annotations

import re
import typing

from pmgen.api import Kind
from pmgen.diff.model import Argument, Call, Class, Folder, Side
from pmgen.infer import Use, references
from pmgen.names import remember
from pmgen.names.symbols import Thing
from pmgen.python.classes import models
from pmgen.python.holes import format_of
from pmgen.python.methods import arguments
from pmgen.python.paging import iteration
from pmgen.python.places import Places, Reach
from pmgen.python.replies import expected, returns
from pmgen.python.spelling import annotation, members
from pmgen.runtime.statuses import NAMES

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmgen.api import Api, Operation, Param
    from pmgen.diff.model import Version
    from pmgen.infer import TypeTable
    from pmgen.names.homes import Chain
    from pmgen.pins import Override
    from pmgen.python.model import Arg
    from pmgen.python.replies import Expected

_MODULES = re.compile(r"\b_(?:rt|dt|m|up\d+)\.")
_LEFT_OUT = ("None", "_rt.UNSET")


def side(package: str, version: Version) -> Side:
    """All that a user meets, under the names of that version."""
    api, table = version.analysis.api, version.analysis.table
    places = Places.of(api, table, version.names)
    calls = _calls(places, version.overrides)
    return Side(
        package=package,
        api=api,
        table=table,
        calls={call.operation.pointer: call for call in calls},
        folders={folder.group.pointer: folder for folder in _folders(places)},
        classes=_classes(package, places),
        settings={
            s.key: (str(places.names(Thing.SETTING, s.key)), s) for s in api.settings
        },
        errors=_errors(api),
        kept=remember(api, table, version.names),
    )


def plain(spelled: str) -> str:
    """An annotation without the names that generated modules have for others."""
    return _MODULES.sub("", spelled)


def _folders(places: Places) -> Iterator[Folder]:
    for group in places.api.root.walk():
        yield Folder(group, places.path(places.chains[group.pointer]))


def _calls(places: Places, overrides: tuple[Override, ...]) -> Iterator[Call]:
    for group in places.api.root.walk():
        chain = places.chains[group.pointer]
        for operation in group.operations:
            trail = "/".join(operation.trail)
            wishes = tuple(wish for wish in overrides if wish.place.trail == trail)
            yield _call(operation, chain, places, wishes)


def _call(
    operation: Operation, chain: Chain, places: Places, wishes: tuple[Override, ...]
) -> Call:
    reach = Reach(places, chain, "_m")
    args = arguments(operation, places, reach)
    found = expected(operation, places)
    name = places.names(Thing.OPERATION, operation.pointer)
    owner = places.names(Thing.GROUP_CLASS, chain[-1])
    given = operation.body is not None and operation.body.is_given
    return Call(
        operation=operation,
        group=chain[-1],
        path=(*places.path(chain), name),
        arguments=_arguments(operation, args, places),
        body=(
            plain(next(a.annotation for a in args if a.name == "body")) if given else ""
        ),
        returns=plain(returns(found, reach)),
        expected={item.status: item for item in found},
        shown={item.status: _shown(item, reach) for item in found},
        iteration=iteration(operation, owner, args, places, reach),
        wishes=wishes,
    )


def _arguments(
    operation: Operation, args: tuple[Arg, ...], places: Places
) -> Mapping[str, Argument]:
    by_name = {arg.name: arg for arg in args}
    return {
        param.key: Argument(param, arg, _sent(param, arg, operation, places))
        for param in operation.params
        for arg in [by_name[places.names(Thing.PARAM, operation.pointer, param.key)]]
    }


def _sent(param: Param, arg: Arg, operation: Operation, places: Places) -> str | None:
    """What a call without the argument sends."""
    if arg.default is not None and arg.default not in _LEFT_OUT:
        return str(arg.default)
    if param.fallback is not None:
        return format_of(param.fallback, operation, places)
    return f"a new {param.dynamic}" if param.dynamic else None


_KINDS = ((Kind.TEXT, "str"), (Kind.BYTES, "bytes"), (Kind.EMPTY, "None"))


def _shown(item: Expected, reach: Reach) -> str:
    """The annotation of what comes with one status."""
    typed = () if item.type is None else members(item.type)
    found = [plain(annotation(member, reach)) for member in typed]
    found += [name for kind, name in _KINDS if kind in item.kinds]
    return " | ".join(dict.fromkeys(found)) or "Json"


def _classes(package: str, places: Places) -> tuple[Class, ...]:
    fields = _annotations(places)
    read, given = _reached(places.table, Use.REPLY), _reached(places.table, Use.REQUEST)
    return tuple(
        Class(
            record=record,
            home=home[-1],
            module=".".join((package, *places.path(home), "models")),
            name=str(places.names(Thing.RECORD, index)),
            names={
                f.wire: str(places.names(Thing.FIELD, index, f.wire))
                for f in record.fields
            },
            annotations=fields[places.names(Thing.RECORD, index)],
            read=index in read,
            given=index in given,
            pointer=record.origins[0].role.operation,
        )
        for index, (record, home) in enumerate(
            zip(places.table.records, places.homes, strict=True)
        )
    )


def _annotations(places: Places) -> Mapping[str, Mapping[str, str]]:
    """By class and wire name; names of classes are those of no other in the client."""
    return {
        found.name: {field.wire: plain(field.annotation) for field in found.fields}
        for group in places.api.root.walk()
        if (module := models(places.chains[group.pointer], places)) is not None
        for found in module.classes
    }


def _reached(table: TypeTable, use: Use) -> frozenset[int]:
    """The records that bodies, or replies, are made of."""
    roots = (root for role, root in table.roots.items() if role.use is use)
    todo = [record for root in roots for record in references(root)]
    found: set[int] = set()
    while todo:
        record = todo.pop()
        if record not in found:
            found.add(record)
            todo += (
                r for f in table.records[record].fields for r in references(f.type)
            )
    return frozenset(found)


def _errors(api: Api) -> tuple[str, ...]:
    """The error classes that the package exports for the statuses of its examples."""
    statuses = {
        e.status for g in api.root.walk() for o in g.operations for e in o.examples
    }
    return tuple(sorted(NAMES[status] for status in statuses if status in NAMES))
