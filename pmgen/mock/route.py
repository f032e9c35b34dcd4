"""Where an example is found: its path as segments with holes, its query as parameters with holes.

The server's name does not count, nor does its port. A base that brings a path, as ``{{base}}`` = ``https://h.test/v1``,
makes two paths of one: clients are pointed at the mock with the base's path or without it.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing
from urllib.parse import unquote

from pmgen.api import Ref
from pmgen.lower import variables
from pmgen.postman.url import parse_url, split_path, split_query

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmgen.lower.variables import Scope
    from pmgen.postman import Pair, Url


@dataclasses.dataclass(frozen=True, slots=True)
class Segment:
    """A segment, decoded. ``text`` None: a variable in it has no value. ``pattern``: what its variables may become,
    with a group for each of ``names``; None where it has none.
    """

    text: str | None
    pattern: re.Pattern[str] | None = None
    names: tuple[str, ...] = ()


Path: typing.TypeAlias = "tuple[Segment, ...]"


@dataclasses.dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter, decoded. ``value`` None is a key without ``=``; ``is_open``: a variable in it has no value."""

    key: str
    value: str | None
    is_open: bool = False


def paths(url: Url, scope: Scope) -> tuple[Path, ...]:
    """The path behind the base's own, where that has one; and the path alone."""
    own = tuple(_segments(url, scope)) or (Segment(""),)
    prefix = _base(url, scope)
    return (prefix + own, own) if prefix else (own,)


def query(url: Url, scope: Scope) -> tuple[Parameter, ...]:
    """The parameters that are sent. A ``?`` in a segment begins a query, too."""
    in_path = _path_and_query(url)[1]
    first = split_query(in_path, url.pointer) if in_path else ()
    return tuple(
        _parameter(pair, scope)
        for pair in first + url.query
        if pair.key is not None and not pair.disabled
    )


def given_path(target: str) -> tuple[str, ...]:
    """The path of a request's target as decoded segments; ``/`` is ("",)."""
    return tuple(map(unquote, split_path(target.partition("?")[0])))


def given_query(target: str) -> tuple[Parameter, ...]:
    """The query of a request's target."""
    parts = filter(None, target.partition("?")[2].split("&"))
    return tuple(_given(part) for part in parts)


def _base(url: Url, scope: Scope) -> Path:
    """The segments that the host's variables bring."""
    text = variables.substitute(scope.unnested(url.host), scope.values)
    found = parse_url(text, url.pointer).path or ()
    return tuple(_plain(part) for part in found if part)


def _path_and_query(url: Url) -> tuple[str, str]:
    """A segment of the file may hold slashes and more (POSTMAN.md 3.4): Postman joins before it splits."""
    text = "/".join(url.path or ()).partition("#")[0]
    path, _, query = text.partition("?")
    return path, query


def _segments(url: Url, scope: Scope) -> Iterator[Segment]:
    given = {pair.key or "": pair for pair in url.variables}
    for text in split_path(_path_and_query(url)[0]):
        if text[:1] == ":" and text[1:]:
            yield _variable(text, given, scope.values)
        else:
            yield from _parts(scope.unnested(text), scope.values)


def _variable(
    text: str, given: Mapping[str, Pair], values: Mapping[str, str]
) -> Segment:
    """``:id`` or ``:id.json`` (POSTMAN.md 3.5): its saved value, and anything else."""
    name, dot, rest = text[1:].partition(".")
    pattern = re.compile(f"(.+){re.escape(unquote(dot + rest))}", re.DOTALL)
    value = given[name].value if name in given else None
    known = variables.substitute(value or "", values)
    is_known = bool(known) and not variables.names(known)
    return Segment(unquote(known + dot + rest) if is_known else None, pattern, (name,))


def _parts(text: str, values: Mapping[str, str]) -> Iterator[Segment]:
    """One segment; several where a variable's value brings them."""
    used = tuple(variables.names(text))
    if not used:
        yield _plain(text)
        return
    found = variables.substitute(text, values)
    several = split_path(found)
    if len(several) > 1:
        for part in several:
            yield from _parts(part, {})
        return
    is_known = bool(found) and not variables.names(found)
    yield Segment(unquote(found) if is_known else None, _pattern(text), used)


@functools.lru_cache(maxsize=4096)
def _plain(text: str) -> Segment:
    return Segment(unquote(text))


def _pattern(text: str) -> re.Pattern[str]:
    """Postman's wildcards are whole segments; ``{{id}}.json`` is told apart by its rest, too."""
    found = (
        "(.+)" if isinstance(part, Ref) else re.escape(unquote(part))
        for part in variables.template(text, Ref)
    )
    return re.compile("".join(found), re.DOTALL)


def _parameter(pair: Pair, scope: Scope) -> Parameter:
    key = _decoded(variables.substitute(pair.key or "", scope.values))
    if pair.value is None:
        return Parameter(key, None)
    value = variables.substitute(scope.unnested(pair.value), scope.values)
    return Parameter(key, _decoded(value), bool(variables.names(value)))


def _given(part: str) -> Parameter:
    key, equals, value = part.partition("=")
    return Parameter(_decoded(key), _decoded(value) if equals else None)


def _decoded(text: str) -> str:
    """Clients write a blank as ``+`` or ``%20``, and a plus as either of ``+`` and ``%2B``: all count as one."""
    return unquote(text).replace("+", " ")
