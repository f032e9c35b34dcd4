"""Clients of real collections against the mock server of their saved examples, over loopback sockets."""

from __future__ import annotations

import os
import sys
import typing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))
from e2e import support

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.corpus

SHARED = Path(os.environ.get("PMGEN_SHARED", "../shared"))
TEN, LARGEST = 10, 600_000


def collections() -> Iterator[Path]:
    """Those with the most saved examples, of a size that takes seconds."""
    files = [*(SHARED / "corpus" / "collections").glob("*.json")]
    small = (path for path in files if path.stat().st_size < LARGEST)
    counted = {path: path.read_bytes().count(b'"originalRequest"') for path in small}
    yield from sorted(counted, key=lambda path: (-counted[path], path.name))[:TEN]


def test_saved_examples_come_back_typed(tmp_path: Path) -> None:
    """All but those which nothing tells from another one, and bodies that were repaired: the server sends what was saved."""
    if not SHARED.is_dir():
        pytest.skip(f"no corpus at {SHARED}; set PMGEN_SHARED")
    found = {path.stem: support.check(path, tmp_path) for path in collections()}
    asked = sum(each.asked for each in found.values())
    wrong = [problem for each in found.values() for problem in each.wrong]
    print(f"{asked} examples of {len(found)} collections, {len(wrong)} outcomes differ")
    assert asked > 500
    # Two outcomes, sync and async, for each example.
    assert len(wrong) <= 0.02 * 2 * asked, wrong[:5]
