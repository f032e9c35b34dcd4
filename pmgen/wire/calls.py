"""A client's settings, methods and arguments: where each has its name, and what the collection itself gives it."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.lower.own import File
from pmgen.names.homes import chains
from pmgen.names.symbols import Thing

if typing.TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmgen.api import Api, Operation, Param
    from pmgen.lower.own import Call, Own, Value
    from pmgen.names import Names
    from pmgen.wire.files import Files

#: What methods call a body that is an argument of its own.
_BODY = "body"


@dataclasses.dataclass(frozen=True, slots=True)
class Calls:
    """One client, and what is put into it. ``upload`` is its class of files with a name and a type."""

    api: Api
    names: Names
    own: Own
    files: Files
    upload: Callable[[Path | bytes, str, str | None], object]

    def settings(self) -> dict[str, str]:
        """The arguments of ``Client``."""
        given = self.own.settings.items()
        return {str(self.names(Thing.SETTING, key)): value for key, value in given}

    def of(self, client: object) -> dict[str, Callable[[], object]]:
        """For an operation's pointer what calls its method. Calling raises what the method does, and OSError or ValueError
        for a file that cannot be made.
        """
        around = chains(self.api)
        operations = (o for group in self.api.root.walk() for o in group.operations)
        return {
            operation.pointer: self._call(client, around[operation.pointer], operation)
            for operation in operations
        }

    def _call(
        self, client: object, chain: tuple[str, ...], operation: Operation
    ) -> Callable[[], object]:
        steps = [self.names(Thing.GROUP, pointer) for pointer in chain[1:]]
        steps.append(self.names(Thing.OPERATION, operation.pointer))

        def call() -> object:
            found: typing.Any = client
            for step in steps:
                found = getattr(found, step)
            return found(**self._arguments(operation))

        return call

    def _arguments(self, operation: Operation) -> dict[str, object]:
        call = self.own.calls[operation.pointer]
        found = {
            str(self.names(Thing.PARAM, operation.pointer, param.key)): self._given(
                param, call
            )
            for param in operation.params
            if param.key in call.arguments
        }
        if operation.body is not None and operation.body.is_given:
            found[_BODY] = self._body(call.body)
        return found

    def _body(self, body: str | File | None) -> object:
        """The content of a file; nothing of one that is missing."""
        if isinstance(body, File):
            return self.files.find(body.source) if body.source else b""
        return body or ""

    def _given(self, param: Param, call: Call) -> object:
        given = [self._value(value) for value in call.arguments[param.key]]
        return given if param.repeated else given[0]

    def _value(self, value: Value) -> object:
        if not isinstance(value, File):
            return value
        if not value.source:
            return self.upload(b"", "", "")
        path = self.files.find(value.source)
        return self.upload(path, value.name, None) if value.name else path
