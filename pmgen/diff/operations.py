"""Operations of both sides: where they are, what they send, what they take."""

from __future__ import annotations

import typing

from pmgen.api import Kind, Ref
from pmgen.diff.arguments import arguments
from pmgen.diff.both import Subject, spelled
from pmgen.diff.levels import Uses
from pmgen.diff.replies import replies

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.api import Template
    from pmgen.diff.both import Both
    from pmgen.diff.model import Call, Change, Side


def operations(both: Both) -> Iterator[Change]:
    """All changes of operations."""
    found = set(both.link.calls.values())
    for pointer, call in both.old.calls.items():
        if pointer not in found:
            yield Subject(name(call), old=pointer).told("operation-removed")
    for pointer, call in both.new.calls.items():
        before = both.link.calls.get(pointer)
        if before is None:
            yield Subject(name(call), new=pointer).told("operation-added")
        else:
            yield from _of(both.old.calls[before], call, both)


def name(call: Call) -> str:
    """As users write it."""
    return f"client.{'.'.join(call.path)}(...)"


def _of(old: Call, new: Call, both: Both) -> Iterator[Change]:
    before, pointer = old.operation.pointer, new.operation.pointer
    uses = Uses(inferred=pointer not in both.link.restated)
    known = Subject(name(old), before, pointer, uses)
    for kind, what, was, now in (
        *_place(old, new, both),
        *_request(old, new, both),
        *_head(old, new, both),
        *_docs(old, new),
    ):
        yield known.told(kind, what, was, now)
    yield from arguments(old, new, both, known)
    yield from replies(old, new, both, known)


_Found: typing.TypeAlias = "Iterator[tuple[str, str, str, str]]"
"""Kind, what, was, now."""


def _place(old: Call, new: Call, both: Both) -> _Found:
    """A folder that has moved as a whole is told by itself."""
    moved = both.link.folders.get(new.group) != old.group
    if moved and old.path[:-1] != new.path[:-1]:
        yield "operation-moved", "", name(old), name(new)
    elif old.path[-1] != new.path[-1]:
        yield "operation-renamed", "", name(old), name(new)


def _request(old: Call, new: Call, both: Both) -> _Found:
    a, b = old.operation, new.operation
    if a.method != b.method:
        yield "operation-method", "", a.method, b.method
    was, now = both.was(a.server), both.now(b.server)
    paths = both.was(a.path), both.now(b.path)
    if _settings(was) != _settings(now):
        servers = spelled(a.server, old, both.old), spelled(b.server, new, both.new)
        yield "operation-server", "", *servers
    else:
        paths = (*was, *paths[0]), (*now, *paths[1])
    if "".join(paths[0]) != "".join(paths[1]):
        yield "operation-url", "", _address(old, both.old), _address(new, both.new)
    if a.body and b.body and not a.body.is_given and not b.body.is_given:
        if a.body.kind is not b.body.kind:
            yield "operation-body", "", a.body.kind, b.body.kind
        elif a.body.kind is Kind.GRAPHQL and a.body.text != b.body.text:
            yield "operation-query", "", a.body.text, b.body.text
    if a.follows_redirects != b.follows_redirects:
        follows = [
            "follows" if call.follows_redirects else "returns" for call in (a, b)
        ]
        yield "operation-redirects", "", follows[0], follows[1]


def _settings(template: tuple[str, ...]) -> list[str]:
    """Whose value says where the server is; a literal server is one by itself."""
    found = [part for part in template if part.startswith("{{")]
    return found or list(template)


def _address(call: Call, side: Side) -> str:
    found = call.operation
    return spelled((*found.server, *found.path), call, side)


def _head(old: Call, new: Call, both: Both) -> _Found:
    a, b = old.operation, new.operation
    was = {wire.lower(): (wire, template) for wire, template in a.headers}
    now = {wire.lower(): (wire, template) for wire, template in b.headers}
    if (a.body and a.body.kind) != (b.body and b.body.kind):
        was.pop("content-type", None)  # it comes and goes with the body
        now.pop("content-type", None)
    for key in sorted({*was, *now}):
        before = both.was(was[key][1]) if key in was else None
        after = both.now(now[key][1]) if key in now else None
        if before != after:
            shown = _value(was.get(key), old, both.old)
            wire, _ = now.get(key) or was[key]
            yield "operation-headers", wire, shown, _value(now.get(key), new, both.new)
    if _auth(old, both.was) != _auth(new, both.now):
        yield "operation-auth", "", _shown(old, both.old), _shown(new, both.new)


def _value(header: tuple[str, Template] | None, call: Call, side: Side) -> str:
    return spelled(header[1], call, side) if header else "nothing"


def _auth(call: Call, canonical: typing.Callable[[Template], object]) -> object:
    """What proves who is calling; in no order."""
    found = call.operation
    fields = found.auth.fields if found.auth else ()
    return (
        found.auth and found.auth.kind,
        {key: canonical(template) for key, template in fields},
        {wire.lower(): canonical(template) for wire, template in found.credentials},
    )


def _shown(call: Call, side: Side) -> str:
    """`bearer: access_token`."""
    found = call.operation
    parts = []
    if found.auth:
        used = _used((template for _, template in found.auth.fields), side)
        parts.append(": ".join(filter(None, (found.auth.kind, used))))
    for wire, template in found.credentials:
        parts.append(": ".join(filter(None, (wire, _used([template], side)))))
    return "; ".join(parts) or "nothing"


def _used(templates: typing.Iterable[Template], side: Side) -> str:
    keys = [p.key for t in templates for p in t if isinstance(p, Ref)]
    names = [side.settings[key][0] for key in keys if key in side.settings]
    return ", ".join(dict.fromkeys(names))


def _docs(old: Call, new: Call) -> _Found:
    a, b = old.operation, new.operation
    for what in ("name", "description"):
        was, now = getattr(a, what), getattr(b, what)
        if was != now:
            yield "operation-docs", what, was, now
