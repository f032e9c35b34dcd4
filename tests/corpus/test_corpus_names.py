"""Names of the real collections of $PMGEN_SHARED/corpus: numbers come last, what was given once is given again, and
edits rename nothing that stays.

PMGEN_CORPUS_EVERY=N takes every Nth file.
"""

from __future__ import annotations

import collections
import json
import os
import random
import typing
import unicodedata
from pathlib import Path

import edits
import pytest

from pmgen.configuration import Beside
from pmgen.inputs import read
from pmgen.names import Given, Kept, dump, load, names_of, recall, remember, scope
from pmgen.names.symbols import Symbol, Thing
from pmgen.pipeline import analyse

if typing.TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from pmgen.api import Group, Operation
    from pmgen.infer import Role
    from pmgen.names import Names
    from pmgen.names.scope import Proposal
    from pmgen.pipeline import Analysis

pytestmark = pytest.mark.corpus

CORPUS = Path(os.environ.get("PMGEN_SHARED", "../shared")) / "corpus"
EVERY = int(os.environ.get("PMGEN_CORPUS_EVERY", "1"))
FILES = [*sorted(CORPUS.glob("collections/*.json")), *sorted(CORPUS.glob("v3/*"))]
EDITS = 4
"""Of each file, one after the other."""
BIG = 2_000_000
"""Bytes above which a file is not edited: it is compiled once for each edit."""


def analyses(path: Path) -> tuple[Analysis, ...]:
    """The collections in a file or folder."""
    return analyse(read(str(path), Beside())).analyses


@pytest.mark.parametrize("path", FILES[::EVERY], ids=lambda path: path.name)
def test_names_are_kept_and_numbers_come_last(
    path: Path, numbered: list[Symbol]
) -> None:
    for found in analyses(path):
        numbered.clear()
        names = names_of(found.api, found.table)
        first = [*numbered]
        kept = load(
            json.loads(json.dumps(dump(remember(found.api, found.table, names))))
        )
        given = Given({}, *recall(kept, found.api, found.table))
        assert names_of(found.api, found.table, given).found == names.found
        assert not list(in_vain(first, found, names))


def test_there_is_a_corpus() -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"no corpus at {CORPUS}; set PMGEN_SHARED")
    assert FILES


@pytest.mark.parametrize("path", FILES[::EVERY], ids=lambda path: path.name)
def test_edits_rename_nothing_that_stays(path: Path) -> None:
    data = _editable(path)
    if data is None:
        pytest.skip("not of a format that can be edited here, or too big")
    rng = random.Random(path.name)  # noqa: S311  # for tests
    before = edits.view(data, Kept())
    for _ in range(EDITS):
        edit = rng.choice(list(edits.EDITS))
        if before is None or not edits.EDITS[edit](data, rng):
            continue
        after = edits.view(data, before.kept)
        assert after is not None
        assert not list(edits.renamed(before, after)), edit
        before = after


def _editable(path: Path) -> edits.Data | None:
    if not path.is_file() or path.stat().st_size > BIG:
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError:
        return None
    has_items = isinstance(data, dict) and isinstance(data.get("item"), list)
    return data if has_items else None


@pytest.fixture
def numbered(monkeypatch: pytest.MonkeyPatch) -> list[Symbol]:
    """The symbols that got a number for want of anything else."""
    found: list[Symbol] = []
    number = scope._numbered

    def spy(proposal: Proposal, rivals: Sequence[Proposal]) -> Iterator[str]:
        found.append(proposal.symbol)
        return number(proposal, rivals)

    monkeypatch.setattr(scope, "_numbered", spy)
    return found


def in_vain(numbered: list[Symbol], found: Analysis, names: Names) -> Iterator[str]:
    """Numbered things in which a reader sees something that no other of their scope has."""
    seen = dict(_seen(found))
    alike = collections.Counter(seen.values())
    for symbol in numbered:
        if symbol in seen and alike[seen[symbol]] == 1:
            yield f"{symbol.thing} {names.found[symbol]}: {seen[symbol]}"


def _seen(found: Analysis) -> Iterator[tuple[Symbol, tuple[Hashable, Hashable]]]:
    """Of each symbol the scope, and what a reader sees of it."""
    calls = {o.pointer: _call(o) for g in found.api.root.walk() for o in g.operations}
    for group in found.api.root.walk():
        for inner in group.groups:
            yield Symbol(Thing.GROUP, (inner.pointer,)), (
                group.pointer,
                _folder(inner, group),
            )
        for operation in group.operations:
            yield Symbol(Thing.OPERATION, (operation.pointer,)), (
                group.pointer,
                calls[operation.pointer],
            )
            for param in operation.params:
                key = (operation.pointer, param.key)
                yield Symbol(Thing.PARAM, key), (
                    operation.pointer,
                    (param.where, _text(param.wire)),
                )
    for index, record in enumerate(found.table.records):
        yield Symbol(Thing.RECORD, (index,)), (
            "models",
            (_role(record.origins[0].role, calls), record.origins[0].path),
        )
        for field in record.fields:
            yield Symbol(Thing.FIELD, (index, field.wire)), (index, _text(field.wire))
    for setting in found.api.settings:
        yield Symbol(Thing.SETTING, (setting.key,)), (
            "settings",
            tuple(map(_text, setting.spellings)),
        )


def _role(role: Role, calls: dict[str, Hashable]) -> Hashable:
    return (calls[role.operation], role.use, role.status)


def _call(operation: Operation) -> Hashable:
    trail = tuple(map(_text, operation.trail))
    return (trail, operation.method, _text(operation.display))


def _folder(group: Group, around: Group) -> Hashable:
    """A folder is like another of its name if all of its requests are in others of that name, too."""
    others = {
        call
        for other in around.groups
        if other is not group and _text(other.name) == _text(group.name)
        for call in _inside(other)
    }
    mine = _inside(group)
    return (
        _text(group.name),
        frozenset(mine - others) if mine - others else "nothing of its own",
    )


def _inside(group: Group) -> set[Hashable]:
    return {
        (_text(o.name), o.method, _text(o.display))
        for inner in group.walk()
        for o in inner.operations
    }


def _text(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
