"""Pair -> Changes: what users of one client meet otherwise."""

from __future__ import annotations

import typing

from pmgen.diff.both import Both, Subject
from pmgen.diff.classes import classes
from pmgen.diff.client import client
from pmgen.diff.kinds import KINDS
from pmgen.diff.levels import LEVELS
from pmgen.diff.link import link
from pmgen.diff.operations import operations
from pmgen.diff.side import side

if typing.TYPE_CHECKING:
    from pmgen.diff.model import Change, Pair

_KINDS = tuple(KINDS)


def compare(pair: Pair) -> tuple[Change, ...]:
    """The heaviest first; of one level in the order of the kinds, then of the names."""
    if pair.old is None or pair.new is None:
        kind = "client-removed" if pair.new is None else "client-added"
        return (Subject(pair.package).told(kind),)
    old, new = side(pair.package, pair.old), side(pair.package, pair.new)
    both = Both(old, new, link(old, new, pair.new))
    found = dict.fromkeys((*client(both), *operations(both), *classes(both)))
    return tuple(sorted(found, key=_order))


def _order(found: Change) -> tuple[object, ...]:
    return (
        LEVELS.index(found.level),
        _KINDS.index(found.kind),
        found.subject,
        found.what,
        found.was,
        found.now,
    )
