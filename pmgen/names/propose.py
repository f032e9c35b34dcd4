"""Api and TypeTable -> Names: proposals for every symbol, assigned scope by scope."""

from __future__ import annotations

import typing

from pmgen.infer import Ref as RecordRef
from pmgen.names import models, reserved
from pmgen.names.calls import calls
from pmgen.names.cases import cases
from pmgen.names.members import (
    examples,
    iterated,
    iterations,
    members,
    params,
    settings,
    tests,
)
from pmgen.names.scope import Proposal, assign
from pmgen.names.symbols import NOTHING_GIVEN, Names, Symbol, Thing
from pmgen.names.words import constant, pascal, snake, spelled, spelling, style, words

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.api import Api
    from pmgen.infer import Record, TypeTable
    from pmgen.names.members import Calls
    from pmgen.names.symbols import Given


def names_of(api: Api, table: TypeTable, given: Given = NOTHING_GIVEN) -> Names:
    """All names of a client. A pinned name is stronger than a kept one, and that than what pmgen would choose."""
    called = calls(api)
    found = assign(settings(api, called), given=given)
    for group in api.root.walk():
        found |= assign(members(group, called), iterated(group, given), given)
        found |= iterations(group, found, given)
        for operation in group.operations:
            found |= params(operation, found, given)
            found |= assign(examples(operation))
    found |= tests(api, found)
    # One scope for the whole client: a class that another folder comes to use moves up, and must not meet its like.
    found |= assign([*_records(table, called), *_codecs(table, called)], given=given)
    for index, record in enumerate(table.records):
        found |= assign(_fields(index, record), given=given)
    return Names(found)


def _records(table: TypeTable, called: Calls) -> Iterator[Proposal]:
    told = cases(table)
    spell = spelling(pascal, "Model")
    for index, record in enumerate(table.records):
        first = record.origins[0]
        operation = called[first.role.operation]
        texts = told.get(index, ())
        case = texts[0] if len(texts) == 1 else ""
        yield Proposal(
            Symbol(Thing.RECORD, (index,)),
            models.record(record.origins, case, operation),
            spell,
            reserved.CLASSES,
            (*models.marks(first.role, first.path, operation), spelled(case)),
        )


def _codecs(table: TypeTable, called: Calls) -> Iterator[Proposal]:
    spell = spelling(constant, "REPLY")
    for role, root in table.roots.items():
        if not isinstance(root, RecordRef):
            operation = called[role.operation]
            yield Proposal(
                Symbol(Thing.CODEC, (role,)),
                models.codec(role, operation),
                spell,
                reserved.CLASSES,
                models.marks(role, (), operation),
            )


def _fields(index: int, record: Record) -> Iterator[Proposal]:
    spell = spelling(snake, "field")
    for field in record.fields:
        # A key of signs and digits ("+1") reads better spelled out than as field_1.
        plain = [words(field.wire)] if any(map(str.isalpha, field.wire)) else []
        names = tuple(dict.fromkeys([*plain, spelled(field.wire)]))
        yield Proposal(
            Symbol(Thing.FIELD, (index, field.wire)),
            names,
            spell,
            reserved.FIELDS,
            marks=(style(field.wire),),
            natural=snake(names[0], "field") == field.wire,
        )
