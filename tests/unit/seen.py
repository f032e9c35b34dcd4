"""Samples for inference, and questions about what is decided from them."""

from __future__ import annotations

import json
import typing

from printed import executed

from pmgen import resources
from pmgen.infer import Endpoint, Origin, Record, Role, Type, TypeTable, Use
from pmgen.names import names_of
from pmgen.pipeline import Resources
from pmgen.standalone import flat_api, standalone

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.source import Json

    Samples = Mapping[Role, tuple[Json, ...]]

TOOLS = Resources(resources.templates(), resources.runtime(), lambda _, text: text)
"""Without black, whose work is not looked at."""


def reply(operation: str = "a", status: int = 200) -> Role:
    """The replies of an operation."""
    return Role(operation, Use.REPLY, status)


def body(operation: str = "a") -> Role:
    """The request body of an operation."""
    return Role(operation, Use.REQUEST)


def at(*path: str, method: str = "GET") -> Endpoint:
    """An endpoint."""
    return Endpoint(method, ("", *path))


def record_at(table: TypeTable, role: Role, *path: str) -> int:
    """The number of the one record found there."""
    (found,) = (
        number
        for number, record in enumerate(table.records)
        if any((o.role, o.path) == (role, path) for o in record.origins)
    )
    return found


def origin(role: Role, *path: str, count: int = 1) -> Origin:
    """A place, in short."""
    return Origin(role, path, count)


def types(record: Record) -> dict[str, Type]:
    """The types of a record's fields by key."""
    return {field.wire: field.type for field in record.fields}


def needed(record: Record) -> set[str]:
    """The keys of the required fields."""
    return {field.wire for field in record.fields if field.required}


def keys(first: int, beyond: int) -> dict[str, Json]:
    """An object with the keys k1, k2 and so on."""
    return {f"k{n}": n for n in range(first, beyond)}


class Reader:
    """The generated code of a table, run."""

    def __init__(self, table: TypeTable) -> None:
        api = flat_api({role.operation: role.operation for role in table.roots})
        found = standalone(table, names_of(api, table), TOOLS)
        self.module: typing.Any = executed(found.text)
        self._names = found.readers

    def read(self, role: Role, value: Json) -> typing.Any:
        """What strict parsing makes of the value. Raises the module's DriftError."""
        return getattr(self.module, self._names[role]).from_json(value)

    def printed(self, role: Role, value: Json) -> str:
        """The value read and printed again, as text, in which 1 and 1.0 and True differ."""
        found = self.read(role, value)
        reader = getattr(self.module, self._names[role])
        plain = reader.to_json(found) if hasattr(reader, "kinds") else found.to_json()
        return json.dumps(plain, sort_keys=True)

    def complaint(self, role: Role, value: Json) -> str:
        """The mismatches of a value that is refused, "" where it isn't."""
        try:
            self.read(role, value)
        except self.module.DriftError as refused:
            return "; ".join(map(str, refused.mismatches))
        return ""


def comes_back(table: TypeTable, samples: Samples) -> None:
    """Assert that generated code reads every sample and prints it back."""
    reader = Reader(table)
    for role, values in samples.items():
        for value in values:
            assert reader.printed(role, value) == json.dumps(value, sort_keys=True)
