"""The request of a test: the body that is given, and what must hold of the one that was sent."""

from __future__ import annotations

import json
import typing

from pmgen.api import Kind, Where
from pmgen.code import Code, code, joined
from pmgen.names.symbols import Thing
from pmgen.python.literal import literal, string

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pmgen.api import Operation, Part, RequestBody
    from pmgen.python.places import Places
    from pmgen.source import Json


def _query(operation: Operation, body: RequestBody) -> Json:
    """A GraphQL request with the variables of the collection."""
    found: dict[str, Json] = {"query": body.text}
    if body.operation is not None:
        found["operationName"] = body.operation
    given = {
        param.wire: json.loads(param.sample[0])
        for param in operation.params
        if param.where is Where.VARIABLE and param.sample
    }
    return {**found, "variables": given} if given else found


SAVED: Mapping[Kind, Callable[[Operation, RequestBody], Json]] = {
    Kind.JSON: lambda _, body: body.values[0],
    Kind.TEXT: lambda _, body: body.text,
    Kind.GRAPHQL: _query,
}
"""The bodies that are kept with the examples."""


def key(operation: Operation, places: Places, name: str) -> str:
    """What a request or an example of an operation is called in the file of examples."""
    return f"{places.names(Thing.OPERATION, operation.pointer)}.{name}"


def body(operation: Operation, places: Places) -> Code:
    """The argument `body`; "" for an operation without one."""
    if operation.body is None or not operation.body.is_given:
        return Code("")
    if operation.body.kind is Kind.BYTES:
        return Code('b"a file"')
    return code("_EXAMPLES[", string(key(operation, places, "request")), "]")


def checks(operation: Operation, places: Places) -> tuple[Code, ...]:
    """Statements about the body that was sent; ``body`` is the argument, if there is one."""
    if operation.body is None or operation.sent is None:
        return (Code('assert sent.content == b""'),)
    kind = operation.body.kind
    if kind in (Kind.JSON, Kind.GRAPHQL):
        saved = code("_EXAMPLES[", string(key(operation, places, "request")), "]")
        expected = Code("body") if kind is Kind.JSON else saved
        same = code("testing.same_json(testing.body_of(sent), ", expected, ")")
        return (code("assert ", same),)
    if kind is Kind.PARTS:
        parts = joined(", ", map(_part, operation.sent.parts))
        return (code("testing.check_parts(sent, [", parts, "])"),)
    text = code(string(operation.sent.form), ".encode()")
    expected = text if kind is Kind.FORM else _PLAIN[kind]
    return (code("assert sent.content == ", expected),)


_PLAIN = {Kind.TEXT: Code("body.encode()"), Kind.BYTES: Code("body")}


def _part(part: Part) -> Code:
    given = (part.name, part.file, part.content_type, part.content)
    return code("(", joined(", ", map(literal, given)), ")")
