"""Sources from disk: which files and folders are meant, and their bytes."""

from __future__ import annotations

import os
import sys
import typing
from pathlib import Path

from pmgen.configuration import CONFIGURATION, Beside, Project, problem
from pmgen.diagnostics import Rule
from pmgen.pipeline import File, Inputs

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

_YAML = (".yaml", ".yml")
_MARKS = tuple(f".request{suffix}" for suffix in _YAML)
_NEVER = frozenset({".git", ".venv", "node_modules", "__pycache__"})


def expand(named: tuple[str, ...], project: Project) -> tuple[str, ...]:
    """The sources: those named, else the project's. A folder stands for the collections in it."""
    sources = named or project.sources
    if not sources:
        raise problem(CONFIGURATION, Rule.CONFIGURATION, "`sources` names nothing")
    found = [path for source in sources for path in _expanded(source)]
    if not found:
        text = f"No collection in {', '.join(sources)}"
        raise problem(sources[0], Rule.UNREADABLE, text)
    return tuple(found)


def read(source: str, beside: Beside) -> Inputs:
    """A source with the files beside it. Raises ProjectError."""
    return Inputs(
        _source(source),
        (beside.environment and _file(beside.environment)) or None,
        (beside.globals and _file(beside.globals)) or None,
    )


def _expanded(source: str) -> list[str]:
    """A folder of JSON files and of v3 folders stands for them; a v3 folder for itself."""
    folder = Path(source)
    if not folder.is_dir():
        return [source]
    if _is_root(folder):
        return [source]
    files = [str(path) for path in sorted(folder.glob("*.json"))]
    if not files and folder.name != "collections":
        return [source] if _holds_v3(folder) else []
    inner = sorted(path for path in folder.iterdir() if path.is_dir())
    return files + [str(path) for path in inner if _holds_v3(path)]


def _is_root(folder: Path) -> bool:
    """Whether the folder itself is a v3 collection."""
    return (folder / ".resources").is_dir() or any(
        path.name.lower().endswith(_MARKS) for path in folder.iterdir()
    )


def _holds_v3(folder: Path) -> bool:
    return any(
        path.lower().endswith(_MARKS) or path.endswith(".resources/definition.yaml")
        for path in _walk(folder)
    )


def _source(source: str) -> File:
    """`-` is standard input; a folder is read as format 3."""
    if source == "-":
        return File("-", sys.stdin.buffer.read())
    path = Path(source)
    if not path.is_dir():
        return _file(source)
    found = {name: _bytes(path / name) for name in _walk(path) if _is_yaml(name)}
    if not found:
        text = (
            "The folder holds no collection of format 3; name the files that you mean"
        )
        raise problem(source, Rule.NOT_A_COLLECTION, text)
    return File(os.path.normpath(source), found, path.resolve().name)


def _file(source: str) -> File:
    path = Path(source)
    if path.is_dir():
        text = "This is a folder; a file is expected"
        raise problem(source, Rule.UNREADABLE, text)
    return File(source, _bytes(path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        text = f"Cannot be read: {reason}"
        raise problem(str(path), Rule.UNREADABLE, text) from error


def _is_yaml(name: str) -> bool:
    return name.lower().endswith(_YAML)


def _walk(folder: Path) -> Iterator[str]:
    """Every file below the folder, as a path from it with ``/``. Links to folders are not followed."""
    for base, folders, files in os.walk(folder):
        folders[:] = sorted(set(folders) - _NEVER)
        for file in sorted(files):
            yield Path(base, file).relative_to(folder).as_posix()
