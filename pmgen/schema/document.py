"""One document for each collection: all schemas in ``$defs``, and which operation and status has which.

``operations`` is no keyword of JSON Schema, and only refers. What other files may refer to lies in ``$defs``, under the
names that the generated client has; a pointer into an unknown keyword is nothing that every validator follows.
"""

from __future__ import annotations

import dataclasses
import typing

from pmgen.infer import Ref, Role, Use
from pmgen.names.propose import names_of
from pmgen.names.symbols import NOTHING_GIVEN, Thing
from pmgen.schema import dates
from pmgen.schema.types import Schema, reached, record_schema, ref, schema_of, what

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pmgen.api import Api, Operation
    from pmgen.infer import Type, TypeTable
    from pmgen.names import Names
    from pmgen.names.symbols import Given
    from pmgen.pipeline import Analysis
    from pmgen.source import Json

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclasses.dataclass(frozen=True, slots=True)
class Catalogue:
    """A collection's types with their names. ``called``: how it calls its operations itself, by pointer."""

    api: Api
    table: TypeTable
    names: Names
    called: Mapping[str, str]

    @classmethod
    def of(cls, api: Api, table: TypeTable, given: Given = NOTHING_GIVEN) -> Catalogue:
        """Names are chosen as for the client."""
        called = {o.pointer: o.name for g in api.root.walk() for o in g.operations}
        return cls(api, table, names_of(api, table, given), called)

    def record(self, number: int) -> str:
        """Its entry in ``$defs``: no two classes of a client have one name."""
        return str(self.names(Thing.RECORD, number))

    def role(self, role: Role) -> str:
        """The entry of a role: a record's, or its own."""
        root = self.table.roots[role]
        if isinstance(root, Ref):
            return self.record(root.record)
        return str(self.names(Thing.CODEC, role))


def documents(analyses: Iterable[Analysis]) -> Json:
    """The document of a single collection; a list of them where there are more."""
    made: list[Json] = [
        document(Catalogue.of(found.api, found.table, found.given))
        for found in analyses
    ]
    return made[0] if len(made) == 1 else made


def document(found: Catalogue) -> Schema:
    """All of a collection."""
    roots = found.table.roots
    entries: Schema = {
        found.role(role): {**schema_of(root, found.record), **_about(role, found)}
        for role, root in roots.items()
        if not isinstance(root, Ref)
    }
    roles: dict[str, list[Role]] = {}
    for role in roots:
        roles.setdefault(role.operation, []).append(role)
    return {
        "$schema": DIALECT,
        "title": found.api.name,
        "operations": [
            _operation(operation, roles.get(operation.pointer, []), found)
            for group in found.api.root.walk()
            for operation in group.operations
        ],
        "$defs": {**entries, **_definitions(roots.values(), found)},
    }


def part(role: Role, found: Catalogue) -> Schema:
    """The schema of one role, with all that it refers to."""
    root = found.table.roots[role]
    definitions = _definitions([root], found)
    return {
        "$schema": DIALECT,
        **schema_of(root, found.record),
        **_about(role, found),
        **({"$defs": definitions} if definitions else {}),
    }


def _about(role: Role, found: Catalogue) -> Schema:
    text = what(role, found.called)
    return {"title": text[0].upper() + text[1:]}


def _definitions(roots: Iterable[Type], found: Catalogue) -> Schema:
    records, styles = reached(roots, found.table)
    classes = {
        found.record(i): record_schema(
            found.table.records[i], found.record, found.called
        )
        for i in records
    }
    return {
        **classes,
        **{dates.key(style): dates.schema(style) for style in styles},
    }


def _operation(operation: Operation, roles: list[Role], found: Catalogue) -> Schema:
    """What `inspect --json` says of an operation, with references to its schemas."""
    roles = sorted(roles, key=lambda role: role.status)
    replies: Schema = {label(role): ref(found.role(role)) for role in roles}
    request = replies.pop(Use.REQUEST, None)
    return {
        "trail": list(operation.trail),
        "pointer": operation.pointer,
        "name": str(found.names(Thing.OPERATION, operation.pointer)),
        "method": operation.method,
        "url": operation.display,
        **({"request": request} if request else {}),
        "replies": replies,
    }


def label(role: Role) -> str:
    """`request`, or the status."""
    return Use.REQUEST if role.use is Use.REQUEST else str(role.status)
