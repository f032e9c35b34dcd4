"""Hypothesis profiles: `dev` looks for new failures, `ci` gives the same verdict on every run."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

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
