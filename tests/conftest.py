"""Hypothesis profiles: `dev` looks for new failures, `ci` gives the same verdict on every run. And a cache apart."""

from __future__ import annotations

import os
import typing

import pytest
from hypothesis import HealthCheck, settings

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

# Generators of nested JSON and a formatter of 1,500 lines a second are slow on a busy machine; slow is no failure.
_PATIENT = [HealthCheck.too_slow]

settings.register_profile(
    "dev", max_examples=200, deadline=None, suppress_health_check=_PATIENT
)
settings.register_profile(
    "ci",
    settings.get_profile("dev"),
    derandomize=True,
    deadline=None,
    print_blob=True,
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(scope="session", autouse=True)
def _cache_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests neither see nor fill the cache of who runs them."""
    before = os.environ.get("PMGEN_CACHE_DIR")
    os.environ["PMGEN_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["PMGEN_CACHE_DIR"]
    else:
        os.environ["PMGEN_CACHE_DIR"] = before
