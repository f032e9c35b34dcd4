"""pmgen.toml: the settings of a project. Unknown keys are errors, so that a typo does not go unnoticed."""

from __future__ import annotations

import dataclasses
import tomllib
import typing

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.pagination import Pagination, paginations
from pmgen.pins import FILE, NO_PINS, Override, Pins, overrides, pins

if typing.TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CONFIGURATION = FILE


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
    """pmgen.toml: paths are from its folder. ``templates``: a folder of own ones. ``collections``: what counts for the package of that name only."""

    sources: tuple[str, ...] = ("collections",)
    out: str = "generated"
    beside: Beside = NOTHING_BESIDE
    collections: Mapping[str, Beside] = dataclasses.field(default_factory=dict)
    pins: Mapping[str, Pins] = dataclasses.field(default_factory=dict)
    overrides: Mapping[str, tuple[Override, ...]] = dataclasses.field(
        default_factory=dict
    )
    pagination: Mapping[str, tuple[Pagination, ...]] = dataclasses.field(
        default_factory=dict
    )
    templates: str | None = None

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
    known = {"sources", "out", "templates", "environment", "globals", "collections"}
    _refuse_unknown(found, known, "")
    tables = _typed(found, "collections", dict, {}, "a table of tables")
    return Project(
        sources=_sources(found),
        out=_typed(found, "out", str, "generated", "a path"),
        templates=_typed(found, "templates", str, None, "a path"),
        beside=_beside(found),
        collections={name: _table(name, table) for name, table in tables.items()},
        pins={
            name: chosen
            for name, table in tables.items()
            if (chosen := _pins(name, table)) != NO_PINS
        },
        overrides={
            name: _overrides(name, table["types"])
            for name, table in tables.items()
            if "types" in table
        },
        pagination={
            name: _pagination(name, table["pagination"])
            for name, table in tables.items()
            if "pagination" in table
        },
    )


def _sources(found: Mapping[str, object]) -> tuple[str, ...]:
    sources = _typed(found, "sources", list, ["collections"], "a list of paths")
    if not all(isinstance(source, str) for source in sources):
        raise _invalid("`sources` is no list of paths")
    return tuple(sources)


def _table(name: str, table: object) -> Beside:
    if not isinstance(table, dict):
        raise _invalid(f"`collections.{name}` is no table")
    known = {"environment", "globals", "types", "pagination", *_PINS}
    _refuse_unknown(table, known, f"collections.{name}.")
    return _beside(table)


_PINS = ("names", "classes", "fields")


def _pins(name: str, table: Mapping[str, object]) -> Pins:
    """The names that are chosen for one package. What they name is checked where the collection is known."""
    tables = {
        kind: _texts(f"collections.{name}.{kind}", table[kind])
        for kind in _PINS
        if kind in table
    }
    try:
        return pins(name, tables) if tables else NO_PINS
    except ValueError as error:
        raise _invalid(f"`collections.{name}`: {error}") from error


def _overrides(name: str, table: object) -> tuple[Override, ...]:
    try:
        return overrides(_texts(f"collections.{name}.types", table))
    except ValueError as error:
        raise _invalid(f"`collections.{name}.types`: {error}") from error


def _pagination(name: str, table: object) -> tuple[Pagination, ...]:
    try:
        return paginations(table)
    except ValueError as error:
        raise _invalid(f"`collections.{name}.pagination`: {error}") from error


def _texts(key: str, table: object) -> Mapping[str, str]:
    if isinstance(table, dict) and all(isinstance(v, str) for v in table.values()):
        return table
    raise _invalid(f"`{key}` is no table of texts")


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
