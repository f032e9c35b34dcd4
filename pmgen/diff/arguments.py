"""The arguments of an operation on both sides, and its body."""

from __future__ import annotations

import typing

from pmgen.api import Kind, Where
from pmgen.diff.side import plain
from pmgen.diff.types import NULL, UNSET, Form, words
from pmgen.infer import Role, Use

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pmgen.diff.both import Both, Subject
    from pmgen.diff.model import Argument, Call, Change, Side
    from pmgen.infer import Type

_Pairs: typing.TypeAlias = "list[tuple[Argument, Argument]]"


def arguments(old: Call, new: Call, both: Both, known: Subject) -> Iterator[Change]:
    """All changes of what a call is given. ``known``: the call."""
    pairs = _pairs(old, new)
    was = {id(a) for a, _ in pairs}
    now = {id(b) for _, b in pairs}
    for argument in old.arguments.values():
        if id(argument) not in was:
            yield known.told("argument-removed", str(argument.arg.name))
    for argument in new.arguments.values():
        if id(argument) not in now:
            yield _added(argument, known)
    for before, after in pairs:
        yield from _changed(before, after, known)
    yield from _order(old, new, pairs, known)
    yield from _body(old, new, both, known)


def _pairs(old: Call, new: Call) -> _Pairs:
    """By key; a variable of the path by its place; else by name: then it is sent elsewhere."""
    known = [
        (a, new.arguments[k]) for k, a in old.arguments.items() if k in new.arguments
    ]
    rest = [a for k, a in old.arguments.items() if k not in new.arguments]
    added = [b for k, b in new.arguments.items() if k not in old.arguments]
    if _holes(old) == _holes(new):
        in_path = [
            [a for a in side if a.param.where is Where.PATH] for side in (rest, added)
        ]
        if len(in_path[0]) == len(in_path[1]):
            known += zip(*in_path, strict=True)
    taken = {id(found) for pair in known for found in pair}
    by_name = {b.arg.name: b for b in added if id(b) not in taken}
    return known + [
        (a, by_name[a.arg.name])
        for a in rest
        if id(a) not in taken and a.arg.name in by_name
    ]


def _holes(call: Call) -> tuple[str, ...]:
    """The path, without the names of what varies in it."""
    return tuple(p if isinstance(p, str) else "{}" for p in call.operation.path)


def _added(found: Argument, known: Subject) -> Change:
    kind = "argument-added-required" if _is_required(found) else "argument-added"
    shown = plain(found.arg.annotation)
    return known.told(kind, what=str(found.arg.name), now=shown)


def _is_required(found: Argument) -> bool:
    return found.arg.default is None


def _changed(old: Argument, new: Argument, known: Subject) -> Iterator[Change]:
    name = str(new.arg.name)
    if old.arg.name != name:
        yield known.told("argument-renamed", was=str(old.arg.name), now=name)
    if old.param.where is not new.param.where or old.param.wire != new.param.wire:
        shown = [f"{a.param.where} {a.param.wire}" for a in (old, new)]
        if old.param.where is not Where.PATH or new.param.where is not Where.PATH:
            yield known.told("argument-sent", what=name, was=shown[0], now=shown[1])
    yield from _need(old, new, name, known)
    yield from known.related(
        "argument",
        _accepted(old),
        _accepted(new),
        what=name,
        was=plain(old.arg.annotation),
        now=plain(new.arg.annotation),
    )
    yield from _docs(old, new, name, known)


def _need(old: Argument, new: Argument, name: str, known: Subject) -> Iterator[Change]:
    """Whether it must be given, and how; what is sent without it."""
    left_out = [found.sent or "not sent" for found in (old, new)]
    if _is_required(old) and not _is_required(new):
        yield known.told("argument-optional", what=name, now=left_out[1])
    elif _is_required(new) and not _is_required(old):
        yield known.told("argument-required", what=name, was=left_out[0])
    elif left_out[0] != left_out[1]:
        yield known.told(
            "argument-default", what=name, was=left_out[0], now=left_out[1]
        )
    if new.arg.keyword and not old.arg.keyword:
        yield known.told("argument-keyword", what=name)


def _accepted(found: Argument) -> Form:
    """What may be given; None and UNSET only leave it out."""
    return words(plain(found.arg.annotation).split(" | ")) - NULL - UNSET


def _docs(old: Argument, new: Argument, name: str, known: Subject) -> Iterator[Change]:
    a, b = old.param, new.param
    if a.description != b.description:
        yield known.told("argument-docs", name, a.description, b.description)
    # Only what the request itself sends: what else was seen is as the examples come.
    if a.sample != b.sample and a.seen[:1] != b.seen[:1]:
        shown = ["".join(found.seen[:1]) for found in (a, b)]
        yield known.told("argument-sample", name, shown[0], shown[1])


def _order(old: Call, new: Call, pairs: _Pairs, known: Subject) -> Iterator[Change]:
    """Of what was given by position, and still is."""
    rank = {id(b): n for n, b in enumerate(new.arguments.values())}
    kept = [
        (a, b)
        for first in old.arguments.values()
        for a, b in pairs
        if a is first and not a.arg.keyword and not b.arg.keyword
    ]
    now = sorted(kept, key=lambda pair: rank[id(pair[1])])
    if now != kept:
        shown = [", ".join(str(a.arg.name) for a, _ in order) for order in (kept, now)]
        yield known.told("argument-order", was=shown[0], now=shown[1])


def _body(old: Call, new: Call, both: Both, known: Subject) -> Iterator[Change]:
    if not old.body or not new.body:
        if new.body:
            yield known.told("body-added", now=new.body)
        elif old.body:
            yield known.told("body-removed", was=old.body)
        return
    was, now = _given(old, both.old, both.before), _given(new, both.new, both.after)
    yield from known.related("body", was, now, "", was=old.body, now=new.body)


def _given(call: Call, side: Side, form: Callable[[Type], Form]) -> Form:
    """What a body may be: text always, plain data where it is JSON."""
    body = call.operation.body
    if body is not None and body.kind is Kind.BYTES:
        return frozenset({("File",)})
    root = side.table.roots.get(Role(call.operation.pointer, Use.REQUEST))
    text = frozenset({("str",), ("bytes",)})
    return text if root is None else text | {("Content",)} | form(root)
