"""Sources from disk: which files and folders are meant, and their bytes."""

from __future__ import annotations

import os
import sys
import typing
from pathlib import Path

from pmgen.configuration import (
    CONFIGURATION,
    Beside,
    Project,
    ProjectError,
    problem,
)
from pmgen.diagnostics import Rule
from pmgen.pipeline import File, Inputs, wanted

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
        raise problem(sources[0], Rule.NOT_A_COLLECTION, text)
    return tuple(found)


def read(source: str, beside: Beside) -> Inputs:
    """A source with the files beside it. Raises ProjectError."""
    return Inputs(
        _source(source),
        (beside.environment and _file(beside.environment)) or None,
        (beside.globals and _file(beside.globals)) or None,
    )


def plain(source: str) -> bytes:
    """The content of a file, or of standard input for `-`. Raises ProjectError."""
    return sys.stdin.buffer.read() if source == "-" else _read(source)


def _expanded(source: str) -> list[str]:
    """A folder of JSON files and of v3 folders stands for them; a v3 folder for itself."""
    folder = Path(source)
    if not _is_folder(folder) or _is_root(folder):
        return [source]
    inner = _inside(folder)
    files = [str(p) for p in inner if p.suffix.lower() == ".json" and not _is_folder(p)]
    if not files and folder.name != "collections":
        return [source] if _holds_v3(folder) else []
    return files + [str(p) for p in inner if _is_folder(p) and _holds_v3(p)]


def _is_root(folder: Path) -> bool:
    """Whether the folder itself is a v3 collection."""
    return any(
        path.name == ".resources" or path.name.lower().endswith(_MARKS)
        for path in _inside(folder)
    )


def _holds_v3(folder: Path) -> bool:
    return any(
        path.lower().endswith(_MARKS) or path.endswith(".resources/definition.yaml")
        for path in _walk(folder)
    )


def _source(source: str) -> File:
    """`-` is standard input; a folder is read as format 3."""
    if source == "-":
        return File("-", plain(source))
    path = Path(source)
    if not _is_folder(path):
        return _file(source)
    found = {name: _bytes(path / name) for name in wanted(_walk(path))}
    if not found:
        text = "The folder holds no collection; name the files that you mean"
        raise problem(source, Rule.NOT_A_COLLECTION, text)
    return File(os.path.normpath(source), found, path.resolve().name)


def _file(source: str) -> File:
    return File(source, _read(source))


def _read(source: str) -> bytes:
    path = Path(source)
    if _is_folder(path):
        text = "This is a folder; a file is expected"
        raise problem(source, Rule.UNREADABLE, text)
    return _bytes(path)


def _walk(folder: Path) -> Iterator[str]:
    """Every file below the folder, as a path from it with ``/``. Links are followed, each folder once."""
    seen: set[str] = set()
    for base, folders, files in os.walk(folder, onerror=_raise, followlinks=True):
        seen.add(os.path.realpath(base))
        folders[:] = [
            name
            for name in sorted(set(folders) - _NEVER)
            if os.path.realpath(os.path.join(base, name)) not in seen
        ]
        for file in sorted(files):
            yield Path(base, file).relative_to(folder).as_posix()


def _raise(error: OSError) -> None:
    raise _unreadable(error.filename or "", error)


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise _unreadable(str(folder), error) from error


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        raise _unreadable(str(path), error) from error


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise OSError("it is no regular file")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise _unreadable(str(path), error) from error


def _unreadable(path: str, error: OSError | ValueError) -> ProjectError:
    reason = getattr(error, "strerror", None) or str(error)
    return problem(path, Rule.UNREADABLE, f"Cannot be read: {reason}")
