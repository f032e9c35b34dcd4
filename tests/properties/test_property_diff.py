"""Nothing changes for users from a collection to itself, whatever the order and the ids; what comes one way goes the other."""

from __future__ import annotations

import copy
import json
import random
import typing

import differing
import edits
import surface
from hypothesis import given
from hypothesis import strategies as st
from test_property_stability import COLLECTIONS, STEPS, own

from pmgen.diff import Level, markdown, report
from pmgen.diff.kinds import KINDS
from pmgen.diff.levels import LEVELS

if typing.TYPE_CHECKING:
    from collections.abc import Iterable

    from pmgen.diff.model import Change


@given(COLLECTIONS)
def test_a_collection_is_as_itself(collection: edits.Data) -> None:
    data = own(collection)
    assert differing.changes(data, data) == ()


@given(COLLECTIONS, st.integers(0, 99))
def test_order_and_ids_make_no_difference(collection: edits.Data, seed: int) -> None:
    data = distinct(own(collection))
    other = differing.reordered(data, random.Random(seed))  # noqa: S311  # for tests
    assert differing.changes(data, other) == ()


def distinct(data: edits.Data) -> edits.Data:
    """Each request with a name and an address of its own: of twins nobody can say which is which."""
    for number, (_, request) in enumerate(edits.requests(data)):
        request["name"] = f"{request['name']} {'abcdefghijkl'[number]}"
        request["request"] += f"/{'abcdefghijkl'[number]}"
    return data


@given(COLLECTIONS, STEPS)
def test_any_edit_is_told_in_full(
    collection: edits.Data, steps: list[tuple[str, int]]
) -> None:
    """No break is missed; each change has its level, and says of which side it speaks; Markdown and JSON have all."""
    old = own(collection)
    new = copy.deepcopy(old)
    for edit, seed in steps:
        edits.EDITS[edit](new, random.Random(seed))  # noqa: S311  # for tests
    pair, found = differing.compared(old, new)
    assert [*surface.untold(pair, found)] == []
    assert [*found] == sorted(found, key=lambda change: LEVELS.index(change.level))
    for change in found:
        row = KINDS[change.kind]
        assert change.level in {row.level, row.inferred, row.given}
        assert _resolves(old, change.old)
        assert _resolves(new, change.new)
    told = json.loads(report({"shop": found}))
    assert sum(len(client["changes"]) for client in told["clients"]) == len(found)
    bullets = [
        line for line in markdown({"shop": found}).splitlines() if "- " in line[:2]
    ]
    assert bool(bullets) == bool(found)


def _resolves(data: edits.Data, pointer: str | None) -> bool:
    for part in (pointer or "").split("/")[1:]:
        data = data[int(part)] if isinstance(data, list) else data[part]
    return data is not None


@given(COLLECTIONS, st.integers(0, 9))
def test_what_is_added_one_way_is_gone_the_other(
    collection: edits.Data, seed: int
) -> None:
    old = distinct(own(collection))
    new = copy.deepcopy(old)
    new["item"].append(
        {"name": f"Quite new {seed}", "request": "https://other.test/quite/new"}
    )
    forth, back = differing.changes(old, new), differing.changes(new, old)
    assert _calls(forth, "operation-added") == _calls(back, "operation-removed") != []
    assert _calls(forth, "operation-removed") == _calls(back, "operation-added") == []
    assert all(c.level is Level.BREAKING for c in back if c.kind == "operation-removed")
    assert all(c.level is Level.ADDITIVE for c in forth if c.kind == "operation-added")


def _calls(found: Iterable[Change], kind: str) -> list[str]:
    return sorted(change.subject for change in found if change.kind == kind)
