"""The collector is paused while something grows, and afterwards as it was."""

from __future__ import annotations

import gc
import typing

import pytest

from pmgen.growth import growing

if typing.TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()


@growing
def seen(fails: bool) -> bool:
    if fails:
        raise ValueError(gc.isenabled())
    return gc.isenabled()


@pytest.mark.parametrize("before", [True, False])
def test_it_is_paused_and_then_as_before(before: bool) -> None:
    (gc.enable if before else gc.disable)()
    assert seen(False) is False
    assert gc.isenabled() is before


@pytest.mark.parametrize("before", [True, False])
def test_it_is_as_before_after_an_error_too(before: bool) -> None:
    (gc.enable if before else gc.disable)()
    with pytest.raises(ValueError, match="False"):
        seen(True)
    assert gc.isenabled() is before
