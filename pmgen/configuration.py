"""pmgen.toml: the settings of a project. Unknown keys are errors, so that a typo does not go unnoticed."""

from __future__ import annotations

import dataclasses
import tomllib
import typing

from pmgen.diagnostics import Diagnostic, Rule

if typing.TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CONFIGURATION = "pmgen.toml"


class ProjectError(Exception):
    """Something outside of any collection; ``file`` is where."""

    def __init__(self, file: str, diagnostic: Diagnostic) -> None:
        self.file, self.diagnostic = file, diagnostic
        super().__init__(diagnostic.text)


def problem(file: str, rule: Rule, text: str) -> ProjectError:
    """A ProjectError of one finding."""
    return ProjectError(file, Diagnostic(rule, text))


@dataclasses.dataclass(frozen=True, slots=True)
class Beside:
    """Paths of the files whose variables count beside the collection's own; None for no such file."""

    environment: str | None = None
    globals: str | None = None

    def over(self, other: Beside) -> Beside:
        """These, and the other's where these have none."""
        return Beside(
            self.environment or other.environment, self.globals or other.globals
        )


NOTHING_BESIDE = Beside()


@dataclasses.dataclass(frozen=True, slots=True)
class Project:
    """pmgen.toml: paths are from its folder. ``collections``: what counts for the package of that name only."""

    sources: tuple[str, ...] = ("collections",)
    out: str = "generated"
    beside: Beside = NOTHING_BESIDE
    collections: Mapping[str, Beside] = dataclasses.field(default_factory=dict)

    def beside_of(self, package: str) -> Beside:
        """The nearest settings for one package."""
        return self.collections.get(package, Beside()).over(self.beside)


def load(folder: Path) -> Project:
    """Read pmgen.toml where there is one. Raises ProjectError."""
    path = folder / CONFIGURATION
    try:
        if not path.is_file():
            return Project()
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise problem(CONFIGURATION, Rule.CONFIGURATION, str(error)) from error
    known = {"sources", "out", "environment", "globals", "collections"}
    _refuse_unknown(found, known, "")
    tables = _typed(found, "collections", dict, {}, "a table of tables")
    return Project(
        sources=_sources(found),
        out=_typed(found, "out", str, "generated", "a path"),
        beside=_beside(found),
        collections={name: _table(name, table) for name, table in tables.items()},
    )


def _sources(found: Mapping[str, object]) -> tuple[str, ...]:
    sources = _typed(found, "sources", list, ["collections"], "a list of paths")
    if not all(isinstance(source, str) for source in sources):
        raise _invalid("`sources` is no list of paths")
    return tuple(sources)


def _table(name: str, table: object) -> Beside:
    if not isinstance(table, dict):
        raise _invalid(f"`collections.{name}` is no table")
    _refuse_unknown(table, {"environment", "globals"}, f"collections.{name}.")
    return _beside(table)


def _beside(found: Mapping[str, object]) -> Beside:
    return Beside(
        _typed(found, "environment", str, None, "a path"),
        _typed(found, "globals", str, None, "a path"),
    )


def _refuse_unknown(found: Mapping[str, object], known: set[str], prefix: str) -> None:
    for key in sorted(set(found) - known):
        raise _invalid(f"Unknown key {prefix + key!r}")


def _typed(
    found: Mapping[str, object], key: str, kind: type, default: typing.Any, word: str
) -> typing.Any:
    value = found.get(key, default)
    if value is not default and not isinstance(value, kind):
        raise _invalid(f"`{key}` is no {word.removeprefix('a ')}")
    return value


def _invalid(text: str) -> ProjectError:
    return problem(CONFIGURATION, Rule.CONFIGURATION, text)
