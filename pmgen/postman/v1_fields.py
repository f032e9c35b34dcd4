"""The parts of a request of format 1.0: pairs, URL, auth, scripts (POSTMAN.md 1.2).

What differs from format 2 is spelled as format 2 spells it, in its place, and read by the reader of that.
"""

from __future__ import annotations

import dataclasses
import typing
from urllib.parse import unquote

from pmgen.diagnostics import Rule
from pmgen.postman import fields, v2
from pmgen.postman.model import Auth, Pair, Script, Url
from pmgen.source import JsonError, parse_json

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pmgen.postman.node import Node
    from pmgen.source import Json


def decoded(node: Node) -> Node:
    """JSON that stands as text, decoded in its place. Text that is none is an error, and counts as null."""
    if not isinstance(node.value, str):
        return node
    value: Json = None
    if node.value.strip():
        try:
            value = parse_json(node.value)
        except JsonError as error:
            text = f"Expected JSON as text; it is left out: {error}"
            node.report(Rule.WRONG_TYPE, text)
    return node.with_value(value)


def url(node: Node) -> Url:
    """A request's URL: its text, with what the lists beside it say about query and path variables."""
    child = node.child("url")
    found = fields.url(child) if node.has("url") else Url(node.pointer)
    return dataclasses.replace(
        found,
        query=_query(node, found.query),
        variables=_path_variables(node, found.variables),
    )


def headers(node: Node) -> tuple[Pair, ...]:
    """``headerData``, and those of ``headers`` that it lacks."""
    listed = fields.headers(respelled(node.child("headerData")))
    written = fields.headers(respelled(node.child("headers")))
    return _merged(map(_uncommented, listed), map(_uncommented, written))


def auth(node: Node) -> Auth | None:
    """The auth of a request, a folder or a collection; None inherits. A key ``currentHelper`` beats ``auth``."""
    if not node.has("currentHelper"):
        return fields.auth(node.child("auth"))
    helper = node.child("currentHelper").text()
    if not helper or helper == "normal":
        return None
    kind = _HELPERS.get(helper, helper)
    attributes = decoded(node.child("helperAttributes"))
    renamed = _RENAMED.get(kind, {})
    found = {
        renamed.get(name, name): value
        for name, value in fields.parameters(attributes)
        if name not in _NO_PARAMETERS
    }
    return Auth(kind, found, attributes.pointer)


def scripts(node: Node) -> tuple[Script, ...]:
    """The old texts; ``events`` count where there are none."""
    found = tuple(_script_texts(node))
    return found or tuple(v2.scripts(node.child("events")))


#: ``jwtAuth`` and ``asapAuth`` are not in POSTMAN.md; Postman's converter knows them.
_HELPERS: Mapping[str, str] = {
    "apikeyAuth": "apikey",
    "asapAuth": "asap",
    "awsSigV4": "awsv4",
    "basicAuth": "basic",
    "bearerAuth": "bearer",
    "digestAuth": "digest",
    "edgegridAuth": "edgegrid",
    "hawkAuth": "hawk",
    "jwtAuth": "jwt",
    "ntlmAuth": "ntlm",
    "oAuth1": "oauth1",
    "oAuth2": "oauth2",
}

_RENAMED: Mapping[str, Mapping[str, str]] = {
    "hawk": {
        "hawk_id": "authId",
        "hawk_key": "authKey",
        "ext": "extraData",
        "dlg": "delegation",
    },
    "oauth1": {
        "auto": "autoAddParam",
        "header": "addParamsToHeader",
        "includeEmpty": "addEmptyParamsToSign",
    },
}

#: The helper's own name and a tick box of the app.
_NO_PARAMETERS = frozenset({"id", "saveToRequest"})


def _script_texts(node: Node) -> Iterator[Script]:
    for key, before in (("preRequestScript", True), ("tests", False)):
        child = node.child(key)
        text = v2.code(child)
        if text.strip():
            yield Script(before, text, child.pointer)


def _query(node: Node, written: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """``queryParams``, then the names that stand in the URL only: nothing but the list says what is switched off."""
    child = node.child("queryParams")
    read = fields.pairs if isinstance(child.value, dict) else fields.query
    listed = read(respelled(child, _query_parameter))
    if not listed:
        return written
    known = {"", *(unquote(pair.key or "") for pair in listed)}
    return (*listed, *(p for p in written if unquote(p.key or "") not in known))


def _path_variables(node: Node, written: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """The list with descriptions, and what only the map has (or the URL, in files that are half of format 2)."""
    listed = fields.path_variables(respelled(node.child("pathVariableData")))
    mapped = fields.pairs(decoded(node.child("pathVariables")))
    return _merged(_merged(listed, mapped), written)


def _merged(
    first: typing.Iterable[Pair], second: typing.Iterable[Pair]
) -> tuple[Pair, ...]:
    """The first ones, and those of the second whose key they lack."""
    first = tuple(first)
    known = {pair.key for pair in first}
    return (*first, *(pair for pair in second if pair.key not in known))


def _uncommented(pair: Pair) -> Pair:
    """``//Name`` is how a header is switched off."""
    key = pair.key or ""
    if not key.startswith("//"):
        return pair
    return dataclasses.replace(pair, key=key.removeprefix("//").strip(), disabled=True)


def _pair(value: dict[str, Json]) -> dict[str, Json]:
    """``{key, value}`` as format 2 spells it. Headers of replies have a ``name`` too, and some have it alone."""
    spelled = dict(value)
    if "name" in value:
        spelled.setdefault("key", value["name"])
    if value.get("enabled") is False:
        spelled["disabled"] = True
    return spelled


def _query_parameter(value: dict[str, Json]) -> dict[str, Json]:
    """``equals`` tells ``?key=`` from ``?key``."""
    spelled = _pair(value)
    if "equals" in value:
        spelled["value"] = value.get("value") or ("" if value["equals"] else None)
    return spelled


def form_field(value: dict[str, Json]) -> dict[str, Json]:
    """A file's paths lie in ``value``."""
    spelled = _pair(value)
    if value.get("type") == "file" and "src" not in value:
        spelled["src"] = spelled.pop("value", None)
    return spelled


def respelled(
    node: Node, spelling: Callable[[dict[str, Json]], dict[str, Json]] = _pair
) -> Node:
    """The list in format 2's spelling, each element in its place."""
    if not isinstance(node.value, list):
        return node
    value = [spelling(v) if isinstance(v, dict) else v for v in node.value]
    return node.with_value(typing.cast("Json", value))
