"""Files that ship with pmgen: templates, and the runtime that every client gets a copy of."""

from __future__ import annotations

import functools
import pathlib

_HERE = pathlib.Path(__file__).parent


@functools.cache
def templates() -> dict[str, str]:
    """Name -> source. In a wheel they lie in the package, in a checkout beside it."""
    shipped = _HERE / "_templates"
    folder = shipped if shipped.is_dir() else _HERE.parent / "templates"
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted(folder.glob("*.j2"))
    }


@functools.cache
def runtime() -> dict[str, bytes]:
    """File name -> content of pmgen/runtime."""
    return {
        path.name: path.read_bytes()
        for path in sorted((_HERE / "runtime").glob("*.py"))
    }
