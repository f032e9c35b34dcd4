"""FORMATTER: black in process, then a compile() check. The only module that knows black, which loads in 60 ms."""

from __future__ import annotations

import functools


class FormatError(Exception):
    """Generated source that is no Python: a defect of a template, with the source's numbered lines."""


@functools.lru_cache(maxsize=4096)
def format_source(path: str, text: str) -> str:
    """The source as black leaves it. Raises FormatError where it is no Python."""
    try:
        formatted = _blackened(text)
    except ValueError as error:
        raise FormatError(f"{path}: {error}") from error
    try:
        compile(formatted, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        raise FormatError(f"{path}: {error}\n{_numbered(formatted, error)}") from error
    return formatted


@functools.lru_cache(maxsize=65536)
def format_statement(text: str) -> str:
    """One statement as black leaves it, with what there is around it. Raises FormatError where it is no Python."""
    try:
        return _blackened(text)
    except ValueError as error:
        raise FormatError(str(error)) from error


def _blackened(text: str) -> str:
    import black  # only where something is formatted
    from black.mode import Mode, TargetVersion

    return black.format_str(text, mode=Mode(target_versions={TargetVersion.PY311}))


def _numbered(text: str, error: Exception) -> str:
    """The lines around the fault."""
    line = getattr(error, "lineno", None) or 1
    lines = text.splitlines()
    near = range(max(0, line - 4), min(len(lines), line + 3))
    return "\n".join(f"{index + 1:5} {lines[index]}" for index in near)
