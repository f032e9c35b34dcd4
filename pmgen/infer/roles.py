"""Roles: what JSON is for. All examples of one role are evidence for one type."""

from __future__ import annotations

import enum
import re
import typing

from pmgen.api import Kind

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.api import Api, Operation
    from pmgen.source import Json


_ERRORS = 400


class Use(enum.StrEnum):
    """The caller's body, or a reply."""

    REQUEST = "request"
    REPLY = "reply"


class Role(typing.NamedTuple):
    """An operation's request body, or its replies of one status. ``operation`` is its pointer."""

    operation: str
    use: Use
    status: int = 0

    @property
    def failed(self) -> bool:
        """Whether it is an error's reply."""
        return self.status >= _ERRORS


class Endpoint(typing.NamedTuple):
    """Where an operation sends to: ``path`` by segments, `{}` for what varies from call to call.

    Operations of one endpoint are the same call, saved under several names.
    """

    method: str
    path: tuple[str, ...]

    @property
    def resource(self) -> tuple[str, ...]:
        """The path up to its last name: `/pets` for `/pets/{}`, so that list and get are about one thing."""
        end = len(self.path)
        while end and self.path[end - 1] in ("{}", ""):
            end -= 1
        return self.path[:end]


def endpoints(api: Api) -> Mapping[str, Endpoint]:
    """The endpoint of each operation, by its pointer."""
    return {
        operation.pointer: Endpoint(operation.method, _path(operation))
        for group in api.root.walk()
        for operation in group.operations
    }


_VARIES = re.compile(
    r".*\{\}.*|\d+|(?i:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?=[a-f]*\d)[0-9a-f]{16,})"
)


def _path(operation: Operation) -> tuple[str, ...]:
    text = "".join(
        part if isinstance(part, str) else "{}"
        for part in (*operation.server, *operation.path)
    )
    return tuple(
        "{}" if _VARIES.fullmatch(segment) else segment for segment in text.split("/")
    )


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
