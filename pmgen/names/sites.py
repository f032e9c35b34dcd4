"""Places of records, in the table and as text."""

from __future__ import annotations

import typing

from pmgen.infer import Role, Use
from pmgen.names.cases import cases
from pmgen.pins import Place

if typing.TYPE_CHECKING:
    from pmgen.infer import Origin, TypeTable


class Sites:
    """Which records stand where. Of several at one place the text of their case tells which."""

    def __init__(self, table: TypeTable) -> None:
        self._cases = cases(table)
        self._found: dict[Role, dict[tuple[str, ...], list[int]]] = {}
        for index, record in enumerate(table.records):
            for origin in record.origins:
                paths = self._found.setdefault(origin.role, {})
                paths.setdefault(origin.path, []).append(index)

    def place(self, record: int, origin: Origin, trail: str) -> Place:
        """A record's place, with its case where it is not alone."""
        alone = set(self._found[origin.role][origin.path]) == {record}
        case = None if alone else next(iter(self._cases.get(record, ())), None)
        return Place(trail, origin.role.status or None, origin.path, case)

    def records(self, role: Role, place: Place) -> list[int]:
        """The records there; those of the case, if any is."""
        found = list(dict.fromkeys(self._found.get(role, {}).get(place.path, ())))
        told = [i for i in found if place.case in self._cases.get(i, ())]
        return told or found

    def texts(self, records: list[int]) -> list[str]:
        """What tells these records from each other."""
        return [text for i in records for text in self._cases.get(i, ())]

    def paths(self, role: Role) -> list[tuple[str, ...]]:
        """All places of a role that hold records."""
        return list(self._found.get(role, ()))

    def roles(self, operation: str) -> list[Role]:
        """The roles of a request that hold records."""
        return [role for role in self._found if role.operation == operation]


def role_of(operation: str, place: Place) -> Role:
    """The role that a place stands in, of the operation with that pointer."""
    use = Use.REQUEST if place.status is None else Use.REPLY
    return Role(operation, use, place.status or 0)
