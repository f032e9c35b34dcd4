"""A collection's own values: what Postman itself would put in for every setting and every argument.

Credentials are among them. So they never stand in the Api, which code is made of, but beside it, for `wire` alone.
"""

from __future__ import annotations

import dataclasses
import hashlib
import typing
from urllib.parse import unquote, unquote_plus

from pmgen.api import Where
from pmgen.lower import credentials, dynamic, nesting, own_body, variables
from pmgen.lower.variables import NOTHING_BESIDE, Scope
from pmgen.postman import Folder
from pmgen.postman.fields import lookup
from pmgen.postman.model import Field
from pmgen.source import JsonError, parse_json

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pmgen.api import Api, Operation, Param, Setting
    from pmgen.lower.variables import Values
    from pmgen.postman import Auth, Body, Collection, Item, Request
    from pmgen.source import Json

#: For a dynamic variable: any text would do, and digits are changed by no encoding.
_ANY = "1"


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """A file that a body names: its path as declared, "" where none was chosen, and the name that it is sent under, ""
    for that of the path.
    """

    source: str
    name: str = ""


Value: typing.TypeAlias = "Json | File"


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """Values of one operation's arguments by ``Param.key``: several for one that is repeated.

    What Postman does not send has no value. ``body``: that of an operation which takes one as an argument.
    """

    arguments: Mapping[str, tuple[Value, ...]]
    body: str | File | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Own:
    """``settings`` by ``Setting.key``; ``calls`` by pointer. ``items``: pointer and trail of every item of the
    collection in its order, also of those that are no operation and have no call.
    """

    settings: Mapping[str, str]
    items: tuple[tuple[str, tuple[str, ...]], ...]
    calls: Mapping[str, Call]


def own_values(
    collection: Collection, api: Api, beside: Values = NOTHING_BESIDE
) -> Own:
    """The values for a lowered collection; ``beside`` as it was lowered with."""
    values = _values(collection, beside)
    hidden = credentials.names_used(collection.root)
    scope = Scope.of(collection.variables, beside, hidden)
    root = nesting.unnested(collection.root, scope)
    known = {digest(text): text for text in _literals(root)}
    operations = {o.pointer: o for g in api.root.walk() for o in g.operations}
    items = tuple(_items(root))
    return Own(
        {s.key: _setting(s, known, values) for s in api.settings},
        tuple((item.pointer, item.trail) for item in items),
        {
            item.pointer: _call(operations[item.pointer], item.request, values)
            for item in items
            if item.request is not None and item.pointer in operations
        },
    )


def digest(text: str) -> str:
    """What the key of a literal credential's setting ends with; it holds nothing of the text."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:12]


def _values(collection: Collection, beside: Values) -> Mapping[str, str]:
    """Every variable's text by precedence, secret or not."""
    every = (*beside.globals, *collection.variables, *beside.environment)
    found = dict.fromkeys(dynamic.NAMES, _ANY)
    return found | {variable.key: variable.value for variable in every}


def _items(folder: Folder) -> Iterator[Item]:
    for member in folder.members:
        if isinstance(member, Folder):
            yield from _items(member)
        else:
            yield member


def _literals(folder: Folder) -> Iterator[str]:
    """Every text that lowering may have taken for a credential."""
    yield from _of_auth(folder.auth)
    for member in folder.members:
        if isinstance(member, Folder):
            yield from _literals(member)
        elif member.request is not None:
            yield from _of_request(member.request)


def _of_request(request: Request) -> Iterator[str]:
    yield from _of_auth(request.auth)
    yield from map(unquote, request.url.user.partition(":"))
    body = request.body.fields if request.body else ()
    for pair in (*request.headers, *request.url.query, *body):
        yield pair.value or ""


def _of_auth(auth: Auth | None) -> Iterator[str]:
    yield ""  # a credential that is missing
    yield from auth.parameters.values() if auth else ()


def _setting(
    setting: Setting, known: Mapping[str, str], values: Mapping[str, str]
) -> str:
    """A variable's value, a literal server, or the literal credential of this digest."""
    if setting.key == setting.source:
        return variables.substitute(setting.key, values)
    if setting.key.startswith("server:"):
        return setting.default or ""
    return known[setting.key.rpartition(":")[2]]


def _call(operation: Operation, request: Request, values: Mapping[str, str]) -> Call:
    found = {p.key: _GIVEN[p.where](p, request, values) for p in operation.params}
    sent = {key: given for key, given in found.items() if given}
    return Call(sent, _body(request, values) if operation.body else None)


def _variable(param: Param, values: Mapping[str, str]) -> str:
    return variables.substitute(param.key, values)


def _in_path(
    param: Param, request: Request, values: Mapping[str, str]
) -> tuple[Value, ...]:
    """Postman puts in what is encoded already, an argument is data. `:id` without a value is sent as it is."""
    if param.key != f":{param.wire}":
        return (unquote(_variable(param, values)),)
    pair = lookup(request.url.variables).get(param.wire)
    text = variables.substitute((pair and pair.value) or "", values)
    return (unquote(text or param.key),)


def _in_query(
    param: Param, request: Request, values: Mapping[str, str]
) -> tuple[Value, ...]:
    """The enabled ones, decoded. What is made of settings, or has no value, the client sends by itself."""
    pairs = [pair for pair in request.url.query if f"?{pair.key}" == param.key]
    enabled = [pair for pair in pairs if not pair.disabled]
    if param.fallback or param.flag:
        return ()
    if param.required and not enabled:  # Postman sends none, but the client needs one
        enabled = pairs
    texts = [variables.substitute(pair.value or "", values) for pair in enabled]
    return tuple(map(unquote_plus, texts))


def _in_header(
    param: Param, _: Request, values: Mapping[str, str]
) -> tuple[Value, ...]:
    """The variables of enabled headers; disabled headers are not sent."""
    return () if param.key[:2] != "{{" else (_variable(param, values),)


def _in_form(
    param: Param, request: Request, values: Mapping[str, str]
) -> tuple[Value, ...]:
    """Postman calls a field without a name null."""
    if param.fallback or request.body is None:
        return ()
    fields = request.body.fields
    pairs = [p for p in fields if param.key == f"={'null' if p.key is None else p.key}"]
    enabled = [pair for pair in pairs if not pair.disabled]
    if param.required and not enabled:
        enabled = pairs
    found: list[Value] = []
    for pair in enabled:
        if isinstance(pair, Field) and pair.sources is not None:
            found += _files(pair, values)
        else:
            found.append(variables.substitute(pair.value or "", values))
    return tuple(found)


def _files(field: Field, values: Mapping[str, str]) -> list[File]:
    """Where none was chosen Postman sends an empty one without a name."""
    paths = [variables.substitute(path, values) for path in field.sources or ("",)]
    return [File(path, field.file_name) for path in paths]


def _in_graphql(
    param: Param, request: Request, values: Mapping[str, str]
) -> tuple[Value, ...]:
    if request.body is None:
        return ()
    given = _graphql(request.body, values)
    return (given[param.wire],) if param.wire in given else ()


def _graphql(body: Body, values: Mapping[str, str]) -> Mapping[str, Json]:
    """The values of a query's variables; text that is no JSON gives none, and what is sent then differs."""
    try:
        found = parse_json(variables.substitute(body.variables, values) or "{}")
    except JsonError:
        return {}
    return found if isinstance(found, dict) else {}


_GIVEN: Mapping[
    Where, Callable[[Param, Request, Mapping[str, str]], tuple[Value, ...]]
] = {
    Where.PATH: _in_path,
    Where.QUERY: _in_query,
    Where.HEADER: _in_header,
    Where.FIELD: _in_form,
    Where.VARIABLE: _in_graphql,
}


def _body(request: Request, values: Mapping[str, str]) -> str | File | None:
    """Text, or the first of the files; None for a body that is made of arguments."""
    body = request.body
    if body is None or body.mode not in ("raw", "file"):
        return None
    if body.mode == "raw":
        return own_body.raw(body, request, values)
    fields = (field for field in body.fields if isinstance(field, Field))
    return next(file for field in fields for file in _files(field, values))
