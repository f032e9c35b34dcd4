"""Which modules of pmgen/runtime a client needs: what its files import, and what these import in turn."""

from __future__ import annotations

import re
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ENTRY = ("__init__.py", "api.py", "errors.py", "statuses.py", "testing.py")
_BETWEEN = re.compile(r"^\s*from \.(\w+) import ", re.MULTILINE)
_FROM_OUTSIDE = re.compile(r"^\s*from \.+_runtime import ([\w, ]+)", re.MULTILINE)
_IMPORTED = re.compile(r"^\s*from \. import ([\w, ]+)", re.MULTILINE)


def named(text: str) -> frozenset[str]:
    """The modules of the runtime that a client's file imports."""
    if "_runtime import" not in text:
        return frozenset()
    return frozenset(re.findall(r"\w+", ",".join(_FROM_OUTSIDE.findall(text))))


def needed(named: Iterable[str], runtime: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The modules that every client has, and those that its files name. ``runtime``: file name -> content."""
    todo = [*_ENTRY, *sorted(f"{name}.py" for name in named)]
    found: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in found and name in runtime:
            found.add(name)
            text = runtime[name].decode()
            together = ",".join(_IMPORTED.findall(text))
            inner = {*_BETWEEN.findall(text), *re.findall(r"\w+", together)}
            todo += (f"{module}.py" for module in inner)
    return {name: content for name, content in runtime.items() if name in found}
