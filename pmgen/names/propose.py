"""Api and TypeTable -> Names: candidates for every symbol, assigned scope by scope in document order."""

from __future__ import annotations

import typing

from pmgen.infer import Ref as RecordRef
from pmgen.infer import Role, Use
from pmgen.names import models, reserved
from pmgen.names.homes import chains, homes
from pmgen.names.scope import assign
from pmgen.names.symbols import Names, Symbol, Thing
from pmgen.names.words import constant, pascal, snake, spelled, words

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pmgen.api import Api, Group, Operation
    from pmgen.code import Code
    from pmgen.infer import Record, TypeTable
    from pmgen.names.models import Words

Proposal: typing.TypeAlias = "tuple[Symbol, tuple[str, ...]]"


def names_of(api: Api, table: TypeTable) -> Names:
    """All names of a client."""
    found: dict[Symbol, Code] = {}
    found.update(assign(_settings(api), reserved.SETTINGS))
    for group in api.root.walk():
        found.update(_members(group))
        found.update(assign([_group_class(group)], reserved.CLASSES))
        found.update(assign(_test_classes(group), reserved.CLASSES))
        for operation in group.operations:
            found.update(_params(operation, found))
            found.update(assign(_examples(operation), reserved.KEYWORDS))
    found.update(assign(_test_modules(api), frozenset()))
    found.update(_models(api, table))
    return Names(found)


def _settings(api: Api) -> Iterator[Proposal]:
    for setting in api.settings:
        symbol = Symbol(Thing.SETTING, (setting.key,))
        yield symbol, _snakes(map(words, setting.spellings), "setting")


def _members(group: Group) -> Mapping[Symbol, Code]:
    """Subgroups are modules and attributes, operations are attributes: they share one scope."""
    groups = assign(
        (
            (Symbol(Thing.GROUP, (g.pointer,)), _snakes([words(g.name)], "folder"))
            for g in group.groups
        ),
        reserved.MODULES | reserved.MEMBERS,
    )
    operations = assign(
        (
            (
                Symbol(Thing.OPERATION, (o.pointer,)),
                _snakes([_called(o), (*_called(o), o.method.lower())], "call"),
            )
            for o in group.operations
        ),
        reserved.MEMBERS,
        groups.values(),
    )
    return {**groups, **operations}


def _called(operation: Operation) -> Words:
    """An operation without a readable name is called by its method and path."""
    return words(operation.name) or words(f"{operation.method} {_path(operation)}")


def _path(operation: Operation) -> str:
    return " ".join(part for part in operation.path if isinstance(part, str))


def _group_class(group: Group) -> Proposal:
    return Symbol(Thing.GROUP_CLASS, (group.pointer,)), (
        pascal(words(group.name), "Folder"),
    )


def _params(
    operation: Operation, known: Mapping[Symbol, Code]
) -> Mapping[Symbol, Code]:
    """Arguments; the settings that the same templates use keep their names."""
    holes = {
        part.key
        for template in (
            operation.path,
            *(v for _, v in (*operation.headers, *operation.credentials)),
        )
        for part in template
        if not isinstance(part, str)
    }
    settings = {
        str(known[symbol])
        for key in holes
        if (symbol := Symbol(Thing.SETTING, (key,))) in known
    }
    proposals = (
        (
            Symbol(Thing.PARAM, (operation.pointer, param.key)),
            _snakes(
                [
                    words(param.wire),
                    (param.where, *words(param.wire)),
                    spelled(param.wire),
                ],
                "value",
            ),
        )
        for param in operation.params
    )
    return assign(proposals, reserved.PARAMS, settings)


def _examples(operation: Operation) -> Iterator[Proposal]:
    for example in operation.examples:
        status = models.phrase(example.status)
        name = words(example.name)
        yield (
            Symbol(Thing.EXAMPLE, (example.pointer,)),
            _snakes([name or status, (*name, *status)], "example"),
        )


def _test_modules(api: Api) -> Iterator[Proposal]:
    for group in api.root.walk():
        parts = tuple(word for name in group.trail for word in words(name))
        name = parts if group.trail else ("client",)
        yield Symbol(Thing.TEST_MODULE, (group.pointer,)), _snakes([name], "folder")


def _test_classes(group: Group) -> Iterator[Proposal]:
    for operation in group.operations:
        name = pascal(_called(operation), "Call")
        yield Symbol(Thing.TEST_CLASS, (operation.pointer,)), (f"Test{name}",)


def _models(api: Api, table: TypeTable) -> Mapping[Symbol, Code]:
    """Classes and codecs, one scope for each module of models; fields, one scope for each class."""
    found: dict[Symbol, Code] = {}
    called = {
        operation.pointer: _called(operation)
        for group in api.root.walk()
        for operation in group.operations
    }
    around = chains(api)
    where = homes(around, table)
    for group in api.root.walk():
        mine = [i for i, home in enumerate(where) if home[-1] == group.pointer]
        codecs = [
            role
            for role, root in table.roots.items()
            if not isinstance(root, RecordRef)
            and around[role.operation][-1] == group.pointer
        ]
        proposals = [
            *(_record(i, table.records[i], called) for i in mine),
            *(_codec(role, called[role.operation]) for role in codecs),
        ]
        found.update(assign(proposals, reserved.CLASSES))
    for index, record in enumerate(table.records):
        found.update(assign(_fields(index, record), reserved.FIELDS))
    return found


def _record(index: int, record: Record, called: Mapping[str, Words]) -> Proposal:
    found = models.record(record.origins, called[record.origins[0].role.operation])
    return Symbol(Thing.RECORD, (index,)), _unique(pascal(p, "Model") for p in found)


def _codec(role: Role, operation: Words) -> Proposal:
    candidates = [operation, (*operation, "reply"), (*operation, str(role.status))]
    if role.use is Use.REQUEST:
        candidates = [(*operation, "body")]
    elif role.status >= 400:
        candidates = [(*operation, *models.phrase(role.status))]
    return Symbol(Thing.CODEC, (role,)), _unique(
        constant(c, "REPLY") for c in candidates
    )


def _fields(index: int, record: Record) -> Iterator[Proposal]:
    for field in record.fields:
        # A key of signs and digits ("+1") reads better spelled out than as field_1.
        plain = [words(field.wire)] if any(map(str.isalpha, field.wire)) else []
        symbol = Symbol(Thing.FIELD, (index, field.wire))
        yield symbol, _snakes([*plain, spelled(field.wire)], "field")


def _snakes(candidates: Iterable[Words], fallback: str) -> tuple[str, ...]:
    return _unique(snake(candidate, fallback) for candidate in candidates)


def _unique(candidates: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(candidates))
