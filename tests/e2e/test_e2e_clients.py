"""Every saved example of the three collections, through generated clients and real sockets."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import support

COLLECTIONS = Path(__file__).parent.parent.parent / "collections"


@pytest.mark.parametrize("name", ["zoho_crm", "harbour", "nasty"])
def test_every_example_comes_back_typed(name: str, tmp_path: Path) -> None:
    found = support.check(COLLECTIONS / f"{name}.json", tmp_path)
    assert found.asked + found.foreign > 5
    assert found.foreign <= 1
    assert found.wrong == []
