"""FORMATTER: black in process, then a compile() check. The only module that knows black, which loads in 60 ms."""

from __future__ import annotations

import functools


class FormatError(Exception):
    """Generated source that is no Python: a defect of a template, with the source's numbered lines."""


@functools.lru_cache(maxsize=4096)
def format_source(path: str, text: str) -> str:
    """The source as black leaves it. Raises FormatError where it is no Python."""
    import black  # only where a text is formatted
    from black.mode import Mode, TargetVersion
    from black.parsing import InvalidInput
    from black.report import NothingChanged

    mode = Mode(target_versions={TargetVersion.PY311})
    try:
        formatted = black.format_file_contents(text, fast=True, mode=mode)
    except NothingChanged:
        formatted = text
    except InvalidInput as error:
        raise FormatError(f"{path}: {error}") from error
    try:
        compile(formatted, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        raise FormatError(f"{path}: {error}\n{_numbered(formatted, error)}") from error
    return formatted


def _numbered(text: str, error: Exception) -> str:
    """The lines around the fault."""
    line = getattr(error, "lineno", None) or 1
    lines = text.splitlines()
    near = range(max(0, line - 4), min(len(lines), line + 3))
    return "\n".join(f"{index + 1:5} {lines[index]}" for index in near)
