"""Request bodies: the argument of a body that the caller gives, and what makes a body of fields."""

from __future__ import annotations

import typing

from pmgen.api import Kind, Where
from pmgen.code import Code, code, joined
from pmgen.infer import Ref as TypeRef
from pmgen.infer import Role as TypeRole
from pmgen.infer import Use
from pmgen.python.holes import argument, format_of
from pmgen.python.literal import literal, string
from pmgen.python.model import Arg
from pmgen.python.spelling import annotation

if typing.TYPE_CHECKING:
    from pmgen.api import Operation, Param
    from pmgen.python.places import Places, Reach

IN_BODY = (Where.FIELD, Where.VARIABLE)


_VARIABLES = {
    "int": "int",
    "float": "float",
    "bool": "bool",
    "str": "str",
    "json": "_rt.Json",
}
"""The server knows the types of a query's variables, so that text stands for itself only."""


def fields(operation: Operation, places: Places) -> tuple[tuple[str, Code], ...]:
    """Name and argument of each field of a form, and of each variable of a query."""
    return tuple(
        (param.wire, argument(operation, param, places))
        for param in operation.params
        if param.where in IN_BODY
    )


def body_name(operation: Operation) -> Code:
    """What of the Request takes the argument `body`; "" for a body made of fields, and for none."""
    if operation.body is None or not operation.body.is_given:
        return Code("")
    return Code("file" if operation.body.kind is Kind.BYTES else "body")


def form(operation: Operation, places: Places) -> Code | None:
    """What makes a body of fields."""
    body = operation.body
    if body is None or body.is_given:
        return None
    if body.kind is Kind.GRAPHQL:
        named = [] if body.operation is None else [string(body.operation)]
        return code("_rt.GraphQL(", joined(", ", [string(body.text), *named]), ")")
    found = [param for param in operation.params if param.where is Where.FIELD]
    types = {p.wire: p.content_type for p in found if p.content_type}
    defaults = {
        p.wire: format_of(p.fallback, operation, places)
        for p in found
        if p.fallback is not None
    }
    given = [
        code(name, "=", literal(dict(values)))
        for name, values in (("types", types), ("defaults", defaults))
        if values
    ]
    name = "Form" if body.kind is Kind.FORM else "Parts"
    return code("_rt.", name, "(", joined(", ", given), ")")


def body(operation: Operation, places: Places, reach: Reach) -> Arg | None:
    if operation.body is None or not operation.body.is_given:
        return None
    if operation.body.kind is Kind.BYTES:
        return Arg(Code("body"), Code("_rt.File"), None, keyword=False)
    role = TypeRole(operation.pointer, Use.REQUEST)
    root = places.table.roots.get(role)
    typed = [] if root is None else [annotation(root, reach)]
    plain = Code("_rt.Content" if typed else "str | bytes")
    spelled = joined(" | ", [*typed, plain])
    return Arg(Code("body"), spelled, None, keyword=False)


def body_codec(operation: Operation, places: Places, reach: Reach) -> Code | None:
    """What prints a body that is no record."""
    role = TypeRole(operation.pointer, Use.REQUEST)
    root = places.table.roots.get(role)
    return (
        None if root is None or isinstance(root, TypeRef) else reach.reader(role, root)
    )


def variable(operation: Operation, param: Param, places: Places) -> Arg:
    """None is a value, so that a variable which is left out is UNSET."""
    spelled = _VARIABLES[param.kind]
    name = argument(operation, param, places)
    if param.required:
        return Arg(name, Code(spelled), None, keyword=True)
    none = "" if spelled == "_rt.Json" else " | None"
    return Arg(name, Code(f"{spelled}{none} | _rt.Unset"), Code("_rt.UNSET"), True)
