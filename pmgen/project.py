"""The driver's work without its printing: which sources, compiled to which folders, compared or written."""

from __future__ import annotations

import dataclasses
import sys
import tomllib
import typing
from pathlib import Path

from pmgen import __version__, format, resources
from pmgen.diagnostics import Diagnostic, Rule, has_errors
from pmgen.emit import Manifest, WriteError, plan, write
from pmgen.emit.manifest import ManifestError
from pmgen.options import Options
from pmgen.pipeline import Resources, Result, compile_source
from pmgen.render import RenderError

if typing.TYPE_CHECKING:
    from pmgen.emit import Plan

CONFIGURATION = "pmgen.toml"


class ProjectError(Exception):
    """Something outside of any collection; ``file`` is where."""

    def __init__(self, file: str, diagnostic: Diagnostic) -> None:
        self.file, self.diagnostic = file, diagnostic
        super().__init__(diagnostic.text)


@dataclasses.dataclass(frozen=True, slots=True)
class Project:
    """pmgen.toml: ``sources`` and ``out`` as paths from its folder."""

    sources: tuple[str, ...] = ("collections",)
    out: str = "generated"


@dataclasses.dataclass(frozen=True, slots=True)
class Compiled:
    """One source and what came of it; ``plan`` is None after an error."""

    source: str
    result: Result
    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]


def load(folder: Path) -> Project:
    """Read pmgen.toml where there is one. Raises ProjectError; unknown keys are errors."""
    path = folder / CONFIGURATION
    if not path.is_file():
        return Project()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _problem(CONFIGURATION, Rule.CONFIGURATION, str(error)) from error
    unknown = sorted(set(found) - {"sources", "out"})
    if unknown:
        raise _problem(CONFIGURATION, Rule.CONFIGURATION, f"Unknown key {unknown[0]!r}")
    sources, out = found.get("sources", ["collections"]), found.get("out", "generated")
    if not isinstance(sources, list) or not all(isinstance(s, str) for s in sources):
        raise _problem(
            CONFIGURATION, Rule.CONFIGURATION, "`sources` is no list of paths"
        )
    if not isinstance(out, str):
        raise _problem(CONFIGURATION, Rule.CONFIGURATION, "`out` is no path")
    return Project(tuple(sources), out)


def expand(named: tuple[str, ...], project: Project) -> tuple[str, ...]:
    """The source files: those named, else the project's, a folder of which stands for its collections."""
    if named:
        return named
    found: list[str] = []
    for source in project.sources:
        path = Path(source)
        found += map(str, sorted(path.glob("*.json"))) if path.is_dir() else [source]
    if not found:
        text = f"No collection in {', '.join(project.sources)}"
        raise _problem(project.sources[0], Rule.UNREADABLE, text)
    return tuple(found)


def compile_all(sources: tuple[str, ...], out: Path, *, force: bool) -> list[Compiled]:
    """Compile every source and compare it with its folder. Writes nothing."""
    tools = Resources(resources.templates(), resources.runtime(), format.format_source)
    done: list[Compiled] = []
    for source in sources:
        known = {other.result.name: other.source for other in done}
        done.append(_compile(source, out, tools, known, force=force))
    return done


def write_all(done: list[Compiled]) -> None:
    """Carry out all plans or none. Raises ProjectError where a folder cannot be written."""
    try:
        write([compiled.plan for compiled in done if compiled.plan is not None])
    except WriteError as error:
        raise _unwritable(error.folder, error.reason) from error


def read(source: str) -> tuple[str, bytes]:
    """A source's name and bytes; `-` is standard input. Raises ProjectError."""
    if source == "-":
        return "-", sys.stdin.buffer.read()
    path = Path(source)
    if path.is_dir():
        text = "This is a folder, not a collection; name its files, or list it in pmgen.toml"
        raise _problem(source, Rule.NOT_A_COLLECTION, text)
    try:
        return path.name, path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise _problem(source, Rule.UNREADABLE, f"Cannot be read: {reason}") from error


def _compile(
    source: str, out: Path, tools: Resources, known: dict[str, str], *, force: bool
) -> Compiled:
    name, raw = read(source)
    try:
        result = compile_source(name, raw, Options(), tools)
    except (RenderError, format.FormatError) as error:
        raise _problem(source, Rule.DEFECT, str(error)) from error
    if result.tree is None:
        return Compiled(source, result, None, result.diagnostics)
    if result.name in known:
        text = f"{known[result.name]} makes the package {result.name} too"
        raise _problem(source, Rule.CONFIGURATION, text)
    manifest = Manifest.of(f"pmgen {__version__}", name, result.sha256, result.tree)
    folder = out / result.name
    try:
        found = plan(folder, result.tree, manifest)
    except ManifestError as error:
        raise _problem(str(folder / ".pmgen.json"), Rule.OUTPUT, str(error)) from error
    except OSError as error:
        raise _unwritable(folder, error.strerror or str(error)) from error
    diagnostics = result.diagnostics
    if found.edited and not force:
        text = f"Not as pmgen wrote it: {', '.join(found.edited[:5])} in {folder}"
        diagnostics += (Diagnostic(Rule.EDITED, text),)
    return Compiled(source, result, found, diagnostics)


def failed(done: list[Compiled]) -> bool:
    """Whether any of them must not be written."""
    return any(has_errors(compiled.diagnostics) for compiled in done)


def _unwritable(folder: Path, reason: str) -> ProjectError:
    return _problem(str(folder), Rule.OUTPUT, f"Cannot be written: {reason}")


def _problem(file: str, rule: Rule, text: str) -> ProjectError:
    return ProjectError(file, Diagnostic(rule, text))
