"""What an operation gives back and raises, on both sides."""

from __future__ import annotations

import typing

from pmgen.api import Kind
from pmgen.diff.side import plain
from pmgen.infer.follow import follow, successes
from pmgen.runtime.statuses import error_name

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pmgen.diff.both import Both, Subject
    from pmgen.diff.model import Call, Change, Side
    from pmgen.diff.types import Form
    from pmgen.infer import Type
    from pmgen.python.replies import Expected

    _Form = Callable[[Type], Form]

_NOTHING: Form = frozenset()
_KINDS: Mapping[Kind, Form] = {
    Kind.TEXT: frozenset({("string",)}),
    Kind.BYTES: frozenset({("bytes",)}),
    Kind.EMPTY: frozenset({("null",)}),
}


def replies(old: Call, new: Call, both: Both, known: Subject) -> Iterator[Change]:
    """All changes of what comes back. ``known``: the call."""
    was, now = _returned(old, both.before), _returned(new, both.after)
    yield from known.related("reply", was, now, "", was=old.returns, now=new.returns)
    for status in sorted({*old.expected, *new.expected}):
        a, b = old.expected.get(status), new.expected.get(status)
        if (a or b).succeeded:  # type: ignore[union-attr]
            yield from _success(status, a, b, known)
        else:
            yield from _failure(status, old, new, both, known)
    yield from _pages(old, new, both, known)


def _returned(call: Call, form: _Form) -> Form:
    """As ``python.replies.returns`` has it, with each member of its own."""
    succeeded = [item for item in call.expected.values() if item.succeeded]
    usual = [item for item in succeeded if item.status in range(200, 300)]
    found = _NOTHING.union(*(_form(item, form) for item in usual or succeeded))
    return found or frozenset({("anything",)})


def _form(item: Expected, form: _Form) -> Form:
    typed = _NOTHING if item.type is None else form(item.type)
    return typed.union(*(_KINDS.get(kind, _NOTHING) for kind in item.kinds))


def _success(
    status: int, old: Expected | None, new: Expected | None, known: Subject
) -> Iterator[Change]:
    if old is None:
        yield known.told("reply-status-added", what=str(status))
    elif new is None:
        yield known.told("reply-status-removed", what=str(status))


def _failure(
    status: int, old: Call, new: Call, both: Both, known: Subject
) -> Iterator[Change]:
    a, b = old.expected.get(status), new.expected.get(status)
    was, now = old.shown.get(status, ""), new.shown.get(status, "")
    what = f"{error_name(status)} ({status})"
    if a is None:
        yield known.told("error-body-added", what=what, now=now)
    elif b is None:
        yield known.told("error-body-removed", what=what, was=was)
    else:
        yield from known.related(
            "error-body",
            _form(a, both.before),
            _form(b, both.after),
            what=what,
            was=was,
            now=now,
        )


def _pages(old: Call, new: Call, both: Both, known: Subject) -> Iterator[Change]:
    a, b = old.iteration, new.iteration
    if a is None or b is None:
        if b is not None:
            yield known.told("pages-added", now=str(b.name))
        elif a is not None:
            yield known.told("pages-removed", was=str(a.name))
        return
    if a.name != b.name:
        yield known.told("pages-renamed", was=str(a.name), now=str(b.name))
    yield from known.related(
        "pages",
        _items(old, both.old, both.before),
        _items(new, both.new, both.after),
        what=str(b.name),
        was=plain(a.item),
        now=plain(b.item),
    )


def _items(call: Call, side: Side, form: _Form) -> Form:
    paging = call.operation.paging
    if paging is None:
        return _NOTHING
    roots = successes(side.table, call.operation.pointer)
    *_, items = follow(side.table, roots, paging.items)
    return _NOTHING.union(*map(form, items))
