"""Printed modules put to use."""

from __future__ import annotations

import sys
import types


def executed(text: str) -> types.ModuleType:
    """The module, run as if it were imported."""
    module = types.ModuleType("printed")
    sys.modules["printed"] = module  # dataclasses look for the module of a class
    try:
        exec(compile(text, "printed.py", "exec"), module.__dict__)  # noqa: S102 - ours
    finally:
        del sys.modules["printed"]
    return module
