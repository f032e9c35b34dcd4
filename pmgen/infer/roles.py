"""Roles: what JSON is for. All examples of one role are evidence for one type."""

from __future__ import annotations

import dataclasses
import enum
import typing

from pmgen.api import Kind

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.api import Api, Operation
    from pmgen.source import Json


class Use(enum.StrEnum):
    """The caller's body, or a reply."""

    REQUEST = "request"
    REPLY = "reply"


@dataclasses.dataclass(frozen=True, slots=True)
class Role:
    """An operation's request body, or its replies of one status. ``operation`` is its pointer."""

    operation: str
    use: Use
    status: int = 0


def roles(api: Api) -> Mapping[Role, tuple[Json, ...]]:
    """Every role with JSON examples, in document order."""
    found: dict[Role, list[Json]] = {}
    for group in api.root.walk():
        for operation in group.operations:
            for role, value in _values(operation):
                found.setdefault(role, []).append(value)
    return {role: tuple(values) for role, values in found.items()}


def _values(operation: Operation) -> list[tuple[Role, Json]]:
    body = operation.body.values if operation.body else ()
    request = Role(operation.pointer, Use.REQUEST)
    return [(request, value) for value in body] + [
        (Role(operation.pointer, Use.REPLY, example.status), example.value)
        for example in operation.examples
        if example.kind is Kind.JSON
    ]
