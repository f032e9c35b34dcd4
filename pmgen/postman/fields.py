"""The small parts of a request: pairs in all their forms, URL, body, auth."""

from __future__ import annotations

import dataclasses
import json
import typing
from urllib.parse import quote

from pmgen.diagnostics import Rule
from pmgen.postman import forms
from pmgen.postman.model import Auth, Body, Pair, Url
from pmgen.postman.strays import overlooked_in_url, unsent_body
from pmgen.postman.url import parse_url, split_path, split_query

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pmgen.postman.node import Node
    from pmgen.source import Json


def headers(node: Node) -> tuple[Pair, ...]:
    """A list of pairs or of lines, one text with a line for each, or a plain map."""
    if isinstance(node.value, str):
        return tuple(_lines(node, node.value))
    return sent_headers(pairs(node))


def sent_headers(found: Iterable[Pair]) -> tuple[Pair, ...]:
    """Headers as Postman sends them: null is the text."""
    return tuple(
        dataclasses.replace(pair, value="null") if pair.value is None else pair
        for pair in found
    )


def pairs(node: Node) -> tuple[Pair, ...]:
    """A list of pairs (or of ``Name: value`` lines), or a map from key to value."""
    if isinstance(node.value, dict):
        return tuple(
            Pair(key, _value(child), child.pointer) for key, child in node.members()
        )
    return _all_plain(node) or tuple(
        pair for element in node.elements() for pair in _pair(element)
    )


def _all_plain(node: Node) -> tuple[Pair, ...]:
    """A list of nothing but ``{key, value}``, both texts: most lists of a big collection are. Else nothing."""
    if not isinstance(node.value, list):
        return ()
    found: list[Pair] = []
    for index, row in enumerate(node.value):
        if not isinstance(row, dict) or len(row) != 2:
            return ()
        key, value = row.get("key"), row.get("value")
        if not isinstance(key, str) or not isinstance(value, str):
            return ()
        found.append(Pair(key, value, f"{node.pointer}/{index}"))
    return tuple(found)


def path_variables(node: Node) -> tuple[Pair, ...]:
    """The same; in these lists ``id`` names what has no ``key``."""
    if isinstance(node.value, dict):
        return pairs(node)
    return tuple(p for row in node.elements() for p in _pair(row, named_by_id=True))


def query(node: Node) -> tuple[Pair, ...]:
    """Pairs, a map, query text, or a list of ``a=1`` texts. Only strings are values: Postman drops the others."""
    if isinstance(node.value, str):
        return split_query(node.value, node.pointer)
    if isinstance(node.value, dict):
        return tuple(
            Pair(key, _sent_value(child), child.pointer)
            for key, child in node.members()
        )
    return _all_plain(node) or tuple(
        pair for element in node.elements() for pair in _of_query(element)
    )


def _of_query(node: Node) -> Iterable[Pair]:
    if isinstance(node.value, str):
        return split_query(node.value, node.pointer)
    return _query_pair(node)


def url(node: Node) -> Url:
    """A URL string, or an object of parts. The parts are the truth; ``raw`` counts where it is alone."""
    if isinstance(node.value, str):
        return parse_url(node.value, node.pointer)
    if not isinstance(node.value, dict):
        if node.value is not None:
            node.refuse("a URL (text or object)")
        return Url(node.pointer)
    if not node.value.get("host") and not node.value.get("path"):
        return parse_url(node.child("raw").text() or "", node.pointer)
    overlooked_in_url(node)
    return Url(
        pointer=node.pointer,
        protocol=node.child("protocol").text() or "",
        user=_user(node.child("auth")),
        host=".".join(_parts(node.child("host"))),
        port=node.child("port").text() or "",
        path=_path(node.child("path")),
        query=query(node.child("query")),
        variables=path_variables(node.child("variable")),
    )


def body(node: Node) -> Body | None:
    """The active mode's content; None where Postman would send no body."""
    if isinstance(node.value, str):
        return Body("raw", node.pointer, node.value) if node.value else None
    mode = node.child("mode").text() if isinstance(node.value, dict) else None
    if node.value is not None and not isinstance(node.value, dict):
        node.refuse("a body (object or text)")
    if not mode or node.child("disabled").flag():
        unsent_body(node)
        return None
    content = node.member(mode)
    if mode == "raw" or (
        mode not in _MODES and isinstance(node.child("raw").value, str)
    ):
        return _raw(node)
    if content.value in (None, [], {}, ""):
        return None
    read = _OF_MODE.get(mode)
    return read(content) if read else Body(mode, content.pointer)


def urlencoded(node: Node) -> Body | None:
    """Pairs, or text; None where no field is enabled."""
    if isinstance(node.value, str):
        found = split_query(node.value, node.pointer)
    else:
        found = pairs(node)
    if all(pair.disabled for pair in found):
        return None
    return Body("urlencoded", node.pointer, fields=found)


_OF_MODE: Mapping[str, Callable[[Node], Body | None]] = {
    "urlencoded": urlencoded,
    "formdata": forms.form_data,
    "file": forms.file,
    "graphql": forms.graphql,
}
_MODES = frozenset({"raw", "urlencoded", "formdata", "file", "graphql"})


def _raw(node: Node) -> Body | None:
    """Text; an object is sent as its JSON, and nothing else is sent at all."""
    content = node.child("raw")
    value = content.value
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if not isinstance(value, str) or not value:
        return None
    language = node.child("options").child("raw").child("language").loose_text()
    return Body("raw", content.pointer, value, language)


def auth(node: Node) -> Auth | None:
    """An auth that has a type; everything else inherits (POSTMAN.md 2.10)."""
    kind = node.child("type").value
    if not isinstance(kind, str) or not kind:
        return None
    known = kind in AUTH_TYPES
    found = dict(parameters(node.member(kind))) if known else {}
    return Auth(kind, found, node.pointer)


#: Types with parameters. ``noauth`` has none, and of a type that Postman does not know nothing is sent.
AUTH_TYPES = frozenset(
    [
        "apikey",
        "asap",
        "awsv4",
        "basic",
        "bearer",
        "digest",
        "edgegrid",
        "hawk",
        "jwt",
        "ntlm",
        "oauth1",
        "oauth2",
    ]
)


def parameters(node: Node) -> Iterator[tuple[str, str]]:
    """v2.1 has a list of ``{key, value}``, v2.0 an object; either is read in any file."""
    if isinstance(node.value, dict):
        for key, child in node.members():
            yield key, _scalar(child)
    elif isinstance(node.value, list):
        for element in node.elements():
            name = element.child("key").text()
            if name:
                yield name, _scalar(element.child("value"))


def _scalar(node: Node) -> str:
    """Parameters of auths may be lists: what Postman's dialogs remember, and nothing that is sent."""
    return node.loose_text()


def _pair(node: Node, *, named_by_id: bool = False) -> Iterator[Pair]:
    if isinstance(node.value, str):
        yield from _lines(node, node.value)
    elif isinstance(node.value, dict):
        by_id = named_by_id and "key" not in node.value
        yield _of_object(node, node.value, "id" if by_id else "key")
    elif node.value is not None:
        node.refuse("an object with key and value")


def _of_object(node: Node, given: dict[str, Json], name_key: str) -> Pair:
    return Pair(
        node.child(name_key).text(),
        _value(node.child("value")) if "value" in given else "",
        node.pointer,
        node.child("disabled").flag(),
        node.child("description").description(),
    )


def _query_pair(node: Node) -> Iterator[Pair]:
    kept = _sent_value(node.child("value"))
    for pair in _pair(node):
        yield Pair(pair.key, kept, pair.pointer, pair.disabled, pair.description)


def _sent_value(node: Node) -> str | None:
    if node.value is None or isinstance(node.value, str):
        return node.value
    text = "Postman sends this parameter without its value"
    node.report(Rule.QUERY_VALUE_DROPPED, text)
    return None


def _value(node: Node) -> str | None:
    """A value as text; what is nested becomes nothing, as it does in Postman's runtime."""
    if not isinstance(node.value, (list, dict)):
        return node.text()
    if node.value:
        node.report(Rule.QUERY_VALUE_DROPPED, "Postman sends nothing for this value")
    return ""


def _lines(node: Node, text: str) -> Iterator[Pair]:
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if not colon and line.strip():
            node.report(
                Rule.HEADER_SKIPPED, "A header line without a colon is not sent"
            )
        elif colon:
            yield Pair(name.strip(), value.strip(), node.pointer)


def _user(node: Node) -> str:
    if node.value is None:
        return ""
    user = node.child("user").loose_text()
    password = node.child("password").loose_text()
    return f"{quote(user)}:{quote(password)}" if user else ""


def _parts(node: Node) -> list[str]:
    if isinstance(node.value, str):
        return [node.value]
    if isinstance(node.value, list):
        texts = [part for part in node.value if isinstance(part, str)]
        if len(texts) == len(node.value):
            return texts
    return [_part(element) for element in node.elements()]


def _path(node: Node) -> tuple[str, ...] | None:
    if node.value is None:
        return None
    if isinstance(node.value, str):
        return split_path(node.value)
    return tuple(_parts(node))


def _part(node: Node) -> str:
    """A path segment; the schema allows ``{type, value}`` too."""
    if isinstance(node.value, dict):
        return node.child("value").text() or ""
    return node.text() or ""


def lookup(found: tuple[Pair, ...]) -> Mapping[str, Pair]:
    """Pairs by key; of two with the same key the last wins."""
    return {pair.key: pair for pair in found if pair.key}
