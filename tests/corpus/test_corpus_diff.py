"""Real collections of $PMGEN_SHARED/corpus compared with themselves, as they are and in another order with other ids.

PMGEN_CORPUS_EVERY=N takes every Nth file.
"""

from __future__ import annotations

import copy
import json
import os
import random
import typing
from pathlib import Path

import differing
import edits
import pytest
import surface

from pmgen.configuration import Beside, Project, ProjectError
from pmgen.diagnostics import has_errors
from pmgen.diff import compare, of_sources
from pmgen.inputs import expand
from pmgen.names import Kept
from pmgen.options import Options

if typing.TYPE_CHECKING:
    from pmgen.infer import TypeTable

pytestmark = pytest.mark.corpus

CORPUS = Path(os.environ.get("PMGEN_SHARED", "../shared")) / "corpus"
EVERY = int(os.environ.get("PMGEN_CORPUS_EVERY", "1"))
FILES = [*sorted(CORPUS.glob("collections/*.json")), *sorted(CORPUS.glob("v3/*"))]
EDITS = 2
"""Of each file, one after the other."""
BIG = 2_000_000
"""Bytes above which a file is not compared in another order: it is compiled twice for it."""


@pytest.mark.parametrize("path", FILES[::EVERY], ids=lambda path: path.name)
def test_nothing_changes_from_a_file_to_itself(path: Path) -> None:
    if not _holds_a_source(path):
        pytest.skip("a folder of something else")
    found = of_sources(str(path), str(path), Beside(), Project())
    assert found.pairs or any(has_errors(said) for _, said in found.said)
    for pair in found.pairs:
        assert compare(pair) == ()


@pytest.mark.parametrize("path", FILES[::EVERY], ids=lambda path: path.name)
def test_order_and_ids_make_no_difference(path: Path) -> None:
    data = _editable(path)
    if data is None:
        pytest.skip("not of a format that can be edited here, or too big")
    rng = random.Random(path.name)  # noqa: S311  # for tests
    other = differing.reordered(data, rng)
    tables = [_table(version) for version in (data, other)]
    if _places(tables[0]) != _places(tables[1]):
        pytest.xfail("inference takes another order for other evidence")
    assert differing.changes(data, other) == ()


@pytest.mark.parametrize("path", FILES[::EVERY], ids=lambda path: path.name)
def test_no_break_is_missed(path: Path) -> None:
    """After a few edits, what the generated code shows is what is told."""
    data = _editable(path)
    if data is None or path.stat().st_size > BIG // 4:
        pytest.skip("not of a format that can be edited here, or too big")
    rng = random.Random(path.name)  # noqa: S311  # for tests
    for _ in range(EDITS):
        old, edit = copy.deepcopy(data), rng.choice(list(edits.EDITS))
        if edits.EDITS[edit](data, rng):
            pair, found = differing.compared(old, data)
            assert [*surface.untold(pair, found)] == [], edit


def test_there_is_a_corpus() -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"no corpus at {CORPUS}; set PMGEN_SHARED")
    assert FILES


def _holds_a_source(path: Path) -> bool:
    try:
        return bool(expand((str(path),), Project()))
    except ProjectError:
        return False


def _table(data: differing.Data) -> TypeTable:
    return differing.version(data, Options("shop"), Kept()).analysis.table


def _places(table: TypeTable) -> list[int]:
    """How many places the records have."""
    return sorted(len(record.origins) for record in table.records)


def _editable(path: Path) -> differing.Data | None:
    if not path.is_file() or path.stat().st_size > BIG:
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError:
        return None
    has_items = isinstance(data, dict) and isinstance(data.get("item"), list)
    return data if has_items else None
