"""Operations as methods: arguments, constant data, documentation."""

from __future__ import annotations

import typing

from pmgen.api import Param, Where
from pmgen.code import Code, code
from pmgen.names.symbols import Thing
from pmgen.python import auths, bodies, paging, replies
from pmgen.python.holes import argument, format_of, formats
from pmgen.python.literal import literal, string
from pmgen.python.model import Arg, Method

if typing.TYPE_CHECKING:
    from pmgen.api import Operation
    from pmgen.python.places import Places, Reach

_KINDS = {
    "int": "int | str",
    "float": "float | str",
    "bool": "bool | str",
    "str": "str",
    "file": "_rt.File",
    "json": "_rt.Json",
}

DYNAMIC, DYNAMIC_ALIAS = "dynamic", Code("_rt_dynamic")
"""The module of the runtime that makes values of dynamic variables, and what it is called in a requests module."""


def method(
    operation: Operation, owner: Code, places: Places, reach: Reach, data: Reach
) -> Method:
    """Everything that the templates print about one operation; ``owner`` is the class that has the method.

    ``reach`` spells what stands in signatures, ``data`` what only the requests module needs.
    """
    names = places.names
    found = replies.expected(operation, places)
    name = names(Thing.OPERATION, operation.pointer)
    query = [p for p in operation.params if p.where is Where.QUERY]
    args = arguments(operation, places, reach)
    return Method(
        name=name,
        constant=code("_", name.rstrip("_").upper()),
        returns=replies.returns(found, reach),
        args=args,
        title=operation.name,
        doc=_doc(operation, found, places),
        awaited_doc=f"As {owner}.{name}, awaited.",
        short=f"`{operation.method} {operation.display}`.",
        method=operation.method,
        server=format_of(operation.server, operation, places),
        path=format_of(operation.path, operation, places),
        headers=formats(operation.headers, operation, places),
        credentials=formats(operation.credentials, operation, places),
        defaults=tuple(
            (param.wire, format_of(param.fallback, operation, places))
            for param in query
            if param.fallback is not None
        ),
        auth=auths.auth(operation, places),
        follows_redirects=operation.follows_redirects,
        drops=operation.drops,
        replies=replies.replies(operation, found, data),
        body_codec=bodies.body_codec(operation, places, data),
        values=_values(operation, places),
        query=tuple((p.wire, _query_value(operation, p, places)) for p in query),
        optional_headers=_optional_headers(operation, places),
        body_name=bodies.body_name(operation),
        fields=bodies.fields(operation, places),
        form=bodies.form(operation, places),
        iteration=paging.iteration(operation, owner, args, places, reach),
    )


def _values(operation: Operation, places: Places) -> tuple[tuple[str, Code], ...]:
    """What fills path and headers: the name of the hole, and what is put there."""
    return tuple(
        (str(argument(operation, param, places)), _value(operation, param, places))
        for param in operation.params
        if param.where in (Where.PATH, Where.HEADER) and not is_optional_header(param)
    )


def _optional_headers(
    operation: Operation, places: Places
) -> tuple[tuple[str, Code], ...]:
    return tuple(
        (param.wire, argument(operation, param, places))
        for param in operation.params
        if is_optional_header(param)
    )


def _value(operation: Operation, param: Param, places: Places) -> Code:
    """The argument; what is dynamic gets a new value where it is not given."""
    name = argument(operation, param, places)
    if not param.dynamic:
        return name
    return code(DYNAMIC_ALIAS, ".given(", name, ", ", string(param.dynamic), ")")


def _query_value(operation: Operation, param: Param, places: Places) -> Code:
    name = argument(operation, param, places)
    return code("_rt.flag(", name, ")") if param.flag else name


def is_optional_header(param: Param) -> bool:
    """A header that is sent only if given; the others are holes of header templates."""
    return param.where is Where.HEADER and param.key.startswith("header:")


def uses_dynamic(operation: Operation) -> bool:
    """Whether the request is made with the runtime's dynamic variables."""
    return any(param.dynamic for param in operation.params)


def positional(operation: Operation) -> tuple[Param, ...]:
    """Path parameters that must be given; all other parameters are keywords."""
    return tuple(p for p in operation.params if p.where is Where.PATH and p.required)


def arguments(operation: Operation, places: Places, reach: Reach) -> tuple[Arg, ...]:
    """Path, then body, then keywords."""
    first = positional(operation)
    rest = [param for param in operation.params if param not in first]
    body = bodies.body(operation, places, reach)
    return (
        *(_arg(operation, param, places, keyword=False) for param in first),
        *([body] if body else []),
        *(_arg(operation, param, places, keyword=True) for param in rest),
        Arg(Code("headers"), Code("_rt.Headers | None"), Code("None"), keyword=True),
    )


def _arg(operation: Operation, param: Param, places: Places, *, keyword: bool) -> Arg:
    if param.where is Where.VARIABLE:
        return bodies.variable(operation, param, places)
    spelled = _KINDS[param.kind]
    if param.repeated:
        many = "_rt.Files" if param.kind == "file" else "_rt.Many"
        spelled = f"{many} | {spelled}"
    default = _default(param)
    if default == "None":
        spelled += " | None"
    elif param.flag:
        spelled = "bool | str"
    return Arg(argument(operation, param, places), Code(spelled), default, keyword)


def _default(param: Param) -> Code | None:
    if param.default is not None:
        return typed(param.default, param.kind)
    if param.flag:
        return Code("True")
    return None if param.required else Code("None")


def typed(text: str, kind: str) -> Code:
    """The text as what its kind says, if it is one; a stand-in is not."""
    if kind == "bool" and text in ("true", "false"):
        return literal(text == "true")
    if kind == "int" and text.lstrip("-").isdigit():
        return literal(int(text))
    return string(text)


def _doc(
    operation: Operation, found: tuple[replies.Expected, ...], places: Places
) -> str:
    """Description, request, arguments, errors."""
    parts = [
        operation.description or f"{operation.name or operation.method}.",
        f"`{operation.method} {operation.display}`",
    ]
    args = [line for p in operation.params for line in _arg_doc(operation, p, places)]
    if operation.body is not None and operation.body.is_given:
        what = "its model or plain data, sent as JSON" if operation.body.values else ""
        args.append(f"    body: The body: {what or 'text or bytes, sent as they are'}.")
    if args:
        parts.append("\n".join(["Args:", *args]))
    errors = replies.raises(found, places)
    if errors:
        parts.append("\n".join(["Raises:", *(f"    {line}" for line in errors)]))
    return "\n\n".join(parts)


_PLACES = {
    Where.PATH: "Part of the path",
    Where.QUERY: "Query parameter",
    Where.HEADER: "Header",
    Where.FIELD: "Field of the body",
    Where.VARIABLE: "Variable of the query",
}
_MADE = " A new value each time where none is given."


def _arg_doc(operation: Operation, param: Param, places: Places) -> list[str]:
    """The description, then what the parameter is and what values were seen."""
    name = argument(operation, param, places)
    wire = f" `{param.wire}`" if param.wire != name else ""
    shown = f", e.g. {_shown(param)}" if param.seen else ""
    note = f"{_PLACES[param.where]}{wire}{shown}.{_MADE if param.dynamic else ''}"
    lines = [line.rstrip() for line in param.description.splitlines() if line.strip()]
    if lines and lines[-1][-1] not in ".!?:":
        lines[-1] += "."
    first, *rest = [*lines, note] if len(lines) > 1 else [" ".join([*lines, note])]
    return [f"    {name}: {first}", *(f"        {line}" for line in rest)]


def _shown(param: Param) -> str:
    return param.seen[0] if param.kind != "str" else string(param.seen[0])
