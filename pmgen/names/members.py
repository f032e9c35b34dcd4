"""Names around the models: settings, folders, requests with their arguments, examples, tests."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.names import models, reserved
from pmgen.names.scope import FULL, Proposal, assign
from pmgen.names.symbols import Symbol, Thing
from pmgen.names.uses import holes, is_literal, templates, uses
from pmgen.names.words import (
    LONGEST,
    fits,
    pascal,
    snake,
    spelled,
    spelling,
    style,
    words,
)

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pmgen.api import Api, Group, Operation
    from pmgen.code import Code
    from pmgen.names.calls import Called, Words
    from pmgen.names.symbols import Given

Known: typing.TypeAlias = "Mapping[Symbol, Code]"
Calls: typing.TypeAlias = "Mapping[str, Called]"

_LONGEST_FILE = 60
"""Of names that become names of files, which may have 255 bytes: a letter can take four."""


def settings(api: Api, calls: Calls) -> Iterator[Proposal]:
    """One scope: the arguments of the client."""
    users = uses(api)
    for setting in api.settings:
        first = setting.spellings[0]
        signs = [] if is_literal(setting) else [spelled(first)]
        names = dict.fromkeys([*map(words, setting.spellings), *signs])
        yield Proposal(
            Symbol(Thing.SETTING, (setting.key,)),
            tuple(names),
            spelling(snake, "setting"),
            reserved.SETTINGS,
            (
                style(first),
                calls[users[setting.key][0]].trail if setting.key in users else (),
            ),
        )


def members(group: Group, calls: Calls) -> list[Proposal]:
    """One scope: subgroups are modules and attributes, operations are attributes."""
    return [
        *_folders(group, calls),
        *(_operation(o, calls[o.pointer]) for o in group.operations),
    ]


def _folders(group: Group, calls: Calls) -> Iterator[Proposal]:
    """A folder is told from another of its name by the method of its requests, or by a request that only it has."""
    twins: dict[Words, list[Group]] = {}
    for inner in group.groups:
        twins.setdefault(words(inner.name), []).append(inner)
    for inner in group.groups:
        alike = twins[words(inner.name)]
        yield Proposal(
            Symbol(Thing.GROUP, (inner.pointer,)),
            (words(inner.name),),
            spelling(snake, "folder"),
            reserved.MODULES | reserved.MEMBERS,
            (
                *(_telling(inner, alike, calls) if len(alike) > 1 else _NO_MARKS),
                spelled(inner.name),
                style(inner.name),
            ),
            longest=_LONGEST_FILE,
        )


_NO_MARKS: tuple[Words, Words, Words] = ((), (), ())


def _telling(
    folder: Group, alike: list[Group], calls: Calls
) -> tuple[Words, Words, Words]:
    """The one method of its requests; the first name, and the first request, that only it has."""
    mine = _held(folder, calls)
    others = [c for g in alike if g is not folder for c in _held(g, calls)]
    names, known = {call.name for call in others}, set(others)
    methods = {call.marks[0] for call in mine}
    odd = next((call for call in mine if call not in known), None)
    return (
        methods.pop() if len(methods) == 1 else (),
        next((call.name for call in mine if call.name not in names), ()),
        _flat((odd.name, *odd.marks)) if odd else (),
    )


def _held(group: Group, calls: Calls) -> list[Called]:
    """The requests below a folder, without their own folders."""
    found = (calls[o.pointer] for inner in group.walk() for o in inner.operations)
    return [dataclasses.replace(call, folders=()) for call in found]


def _operation(operation: Operation, called: Called) -> Proposal:
    return Proposal(
        Symbol(Thing.OPERATION, (operation.pointer,)),
        (called.name,),
        spelling(snake, "call"),
        reserved.MEMBERS,
        (*called.marks, style(operation.name)),
    )


def iterations(group: Group, known: Known, given: Given) -> Known:
    """Methods beside those of a group, called after them, so that they take no name from one."""
    paged = [o for o in group.operations if o.paging]
    proposals = [_iteration(o, known) for o in paged]
    return assign(proposals, {known[s] for s in _symbols(group)}, given)


def _iteration(operation: Operation, known: Known) -> Proposal:
    """Never cut: the method's name is long enough to be told from the others."""
    name = words(known[Symbol(Thing.OPERATION, (operation.pointer,))])
    return Proposal(
        Symbol(Thing.ITERATION, (operation.pointer,)),
        (("iterate", *name), ("iterate", "pages", "of", *name)),
        lambda parts, _: snake(parts, "call", FULL + LONGEST),
        reserved.MEMBERS,
    )


def iterated(group: Group, given: Given) -> set[str]:
    """Names of the group that such methods had in the last run, and that no pin wants."""
    symbols = (Symbol(Thing.ITERATION, (o.pointer,)) for o in group.operations)
    kept = {given.kept[s] for s in symbols if s in given.kept and s not in given.moved}
    return kept - {given.pinned.get(symbol) for symbol in _symbols(group)}


def _symbols(group: Group) -> list[Symbol]:
    return [
        *(Symbol(Thing.GROUP, (inner.pointer,)) for inner in group.groups),
        *(Symbol(Thing.OPERATION, (o.pointer,)) for o in group.operations),
    ]


def params(operation: Operation, known: Known, given: Given) -> Known:
    """Arguments; the settings that the same templates use keep their names."""
    proposals = (
        Proposal(
            Symbol(Thing.PARAM, (operation.pointer, param.key)),
            tuple(
                dict.fromkeys(
                    [
                        words(param.wire),
                        (param.where, *words(param.wire)),
                        spelled(param.wire),
                    ]
                )
            ),
            spelling(snake, "value"),
            reserved.PARAMS,
            ((str(param.where),), style(param.wire)),
            natural=snake(words(param.wire), "value") == param.wire,
        )
        for param in operation.params
    )
    used = (Symbol(Thing.SETTING, (key,)) for key in holes(templates(operation)))
    return assign(proposals, {known[hole] for hole in used if hole in known}, given)


def examples(operation: Operation) -> Iterator[Proposal]:
    """One scope: the tests of an operation."""
    for example in operation.examples:
        yield Proposal(
            Symbol(Thing.EXAMPLE, (example.pointer,)),
            (words(example.name) or models.phrase(example.status),),
            spelling(snake, "example"),
            reserved.KEYWORDS,
            (
                models.phrase(example.status),
                (str(example.status),),
                spelled(example.name),
                style(example.name),
            ),
        )


def tests(api: Api, known: Known) -> Known:
    """Classes of groups and of tests, and modules of tests: they are called as what they are for."""
    found: dict[Symbol, Code] = {}
    modules: list[Proposal] = []
    todo: list[tuple[Group, tuple[str, ...]]] = [(api.root, ())]
    for group, path in todo:
        modules.append(_test_module(group, path))
        found |= assign([_group_class(group, path)])
        found |= assign(_test_class(o, known) for o in group.operations)
        for inner in group.groups:
            name = known[Symbol(Thing.GROUP, (inner.pointer,))]
            todo.append((inner, (*path, str(name))))
    return found | assign(modules)


def _group_class(group: Group, path: tuple[str, ...]) -> Proposal:
    symbol = Symbol(Thing.GROUP_CLASS, (group.pointer,))
    name = words(path[-1] if path else "")
    return Proposal(symbol, (name,), spelling(pascal, "Folder"), reserved.CLASSES)


def _test_class(operation: Operation, known: Known) -> Proposal:
    """Never cut: the method's name is long enough to be told from the others."""
    name = words(known[Symbol(Thing.OPERATION, (operation.pointer,))])
    symbol = Symbol(Thing.TEST_CLASS, (operation.pointer,))
    return Proposal(symbol, (("test", *name),), _spell_whole, frozenset())


def _spell_whole(parts: Words, _: int) -> str:
    return pascal(parts, "Test", FULL + LONGEST)


def _test_module(group: Group, path: tuple[str, ...]) -> Proposal:
    """The names of all folders; where that is too long, of the last ones; then of the first and the last."""
    *outer, last = map(words, path or ("client",))
    parts = [*outer, last]
    while len(parts) > 1 and not fits(_flat(parts), _LONGEST_FILE):
        parts = parts[1:]
    first = list(_flat(outer))
    while first and not fits((*first, *last), _LONGEST_FILE):
        first.pop()
    names = dict.fromkeys([_flat(parts), (*first, *last)])
    return Proposal(
        Symbol(Thing.TEST_MODULE, (group.pointer,)),
        tuple(names),
        _spell_file,
        frozenset(),
    )


def _spell_file(parts: Words, _: int) -> str:
    return snake(parts, "folder", _LONGEST_FILE)


def _flat(parts: Iterable[Words]) -> Words:
    return tuple(word for part in parts for word in part)
