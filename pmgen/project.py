"""The driver's work without its printing: sources compiled to which folders, compared or written."""

from __future__ import annotations

import contextlib
import dataclasses
import typing
from pathlib import Path

from pmgen import __version__, inputs, samples
from pmgen.configuration import (
    CONFIGURATION,
    NOTHING_BESIDE,
    Beside,
    Project,
    ProjectError,
    problem,
)
from pmgen.diagnostics import Diagnostic, Rule, has_errors
from pmgen.emit import (
    MANIFEST,
    Manifest,
    WriteError,
    locked,
    plan,
    read_manifest,
    recover,
    write,
)
from pmgen.emit.manifest import ManifestError
from pmgen.names.kept import Kept, KeptError, load
from pmgen.names.packages import package_name
from pmgen.options import Options
from pmgen.pins import Pins
from pmgen.pipeline import (
    Resources,
    Result,
    analyse,
    compile_front,
    named,
    packages,
    stem,
)
from pmgen.tools import FAILURES, NOTHING_OWN, told, tools

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pmgen.emit import Plan
    from pmgen.pipeline import Client, Front


@dataclasses.dataclass(frozen=True, slots=True)
class Target:
    """One client and what writing it would change."""

    name: str
    plan: Plan


@dataclasses.dataclass(frozen=True, slots=True)
class Compiled:
    """One source and what came of it; no targets after an error."""

    source: str
    targets: tuple[Target, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Job:
    """What the user asked for: sources (none: the project's), the folder of clients, the files beside, processes.

    ``always``: black sees every file.
    """

    sources: tuple[str, ...]
    out: str | None = None
    beside: Beside = NOTHING_BESIDE
    force: bool = False
    jobs: int = 1
    always: bool = False


@contextlib.contextmanager
def alone(
    job: Job, project: Project, waiting: Callable[[str], None], *, writes: bool
) -> Iterator[None]:
    """With no other run on the same folder of clients; those that write nothing may be several.

    ``waiting`` is called with the folder if there is one. What a killed run left is taken away by the next that writes.
    Raises ProjectError.
    """
    out = Path(job.out or project.out)
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(
                locked(out, lambda: waiting(str(out)), shared=not writes)
            )
            if writes:
                recover(out)
        except OSError as error:
            raise _unwritable(out, error.strerror or str(error)) from error
        yield


def reads(job: Job, project: Project) -> tuple[str, ...]:
    """The files and folders that a job reads beside pmgen.toml."""
    tables = (job.beside, project.beside, *project.collections.values())
    beside = (path for table in tables for path in (table.environment, table.globals))
    return (
        *(job.sources or project.sources),
        *filter(None, (*beside, project.templates)),
    )


def compile_all(job: Job, project: Project) -> list[Compiled]:
    """Compile every source and compare it with its folder. Writes nothing. Raises ProjectError."""
    out = Path(job.out or project.out)
    made = tools(project, job.jobs, always=job.always)
    known: dict[str, str] = {}
    done: list[Compiled] = []
    sources = inputs.expand(job.sources, project)
    if not job.sources:
        _check_tables(sources, project)
    for source in sources:
        result = _result(source, _front(source, job, project), project, made)
        is_meant = source in job.sources or source in project.sources
        if not is_meant and _is_environment(result):
            result = _passed_over(source)
        _claim(result, source, known)
        done.append(_compared(source, result, out, force=job.force))
    return done


def analyse_all(job: Job, project: Project) -> list[tuple[str, Front]]:
    """What each source says. Raises ProjectError."""
    return [
        (source, _front(source, job, project))
        for source in inputs.expand(job.sources, project)
    ]


def types_of(paths: tuple[str, ...], name: str | None) -> samples.Result:
    """The module for files of samples. Raises ProjectError."""
    files = {path: inputs.plain(path) for path in paths}
    try:
        return samples.compile_samples(files, name, tools(always=True))
    except FAILURES as error:
        raise told(error, paths[0], NOTHING_OWN) from error


def write_all(done: list[Compiled]) -> None:
    """Carry out all plans or none. Raises ProjectError where a folder cannot be written."""
    try:
        write([target.plan for compiled in done for target in compiled.targets])
    except WriteError as error:
        raise _unwritable(error.folder, error.reason) from error


def failed(done: list[Compiled]) -> bool:
    """Whether any of them must not be written."""
    return any(has_errors(compiled.diagnostics) for compiled in done)


def _front(source: str, job: Job, project: Project) -> Front:
    """What a source says, under the names that its clients have had before."""
    table, options = _table(source), _options(source, project)
    beside = job.beside.over(project.beside_of(table))
    front = analyse(inputs.read(source, beside), options.overrides)
    out = Path(job.out or project.out)
    kept = {name: _kept(out / name) for name in packages(front, options)}
    return named(front, options, kept)


def _table(source: str) -> str:
    """What pmgen.toml calls a source."""
    return package_name(stem(Path(source).name))


def _options(source: str, project: Project) -> Options:
    table = _table(source)
    return Options(
        pins=project.pins.get(table, Pins(table)),
        overrides=project.overrides.get(table, ()),
        pagination=project.pagination.get(table, ()),
    )


def _kept(folder: Path) -> Kept:
    """The names of the last run; none where there was none, or where an older pmgen kept none."""
    try:
        manifest = read_manifest(folder)
        return load(manifest.names) if manifest else Kept()
    except (ManifestError, KeptError) as error:
        raise _broken(folder, error) from error
    except OSError as error:
        raise _unwritable(folder, error.strerror or str(error)) from error


def _check_tables(sources: tuple[str, ...], project: Project) -> None:
    """Settings for a package that no source makes are a typo. Raises ProjectError."""
    tables = sorted(set(map(_table, sources)))
    for name in sorted(set(project.collections) - set(tables)):
        text = f"`collections.{name}` is no package; there are {', '.join(tables)}"
        raise problem(CONFIGURATION, Rule.CONFIGURATION, text)


def _result(source: str, front: Front, project: Project, made: Resources) -> Result:
    try:
        return compile_front(front, _options(source, project), made)
    except FAILURES as error:
        raise told(error, source, project) from error


def _is_environment(result: Result) -> bool:
    errors = [found for found in result.diagnostics if found.is_error]
    return [found.rule for found in errors] == [Rule.ENVIRONMENT_AS_COLLECTION]


def _passed_over(source: str) -> Result:
    """An environment that merely lies in the folder of the collections."""
    text = "This is an environment or globals; it makes no client"
    return Result((), {}, (Diagnostic(Rule.ENVIRONMENT_UNUSED, text, file=source),))


def _claim(result: Result, source: str, known: dict[str, str]) -> None:
    """Raises ProjectError where another source makes the same package."""
    for client in result.clients:
        if client.name in known:
            text = f"{known[client.name]} makes the package {client.name} too"
            raise problem(source, Rule.CONFIGURATION, text)
        known[client.name] = source


def _compared(source: str, result: Result, out: Path, *, force: bool) -> Compiled:
    targets = tuple(_target(client, result, out) for client in result.clients)
    diagnostics = result.diagnostics
    for target in targets:
        edited, folder = target.plan.edited, target.plan.folder
        if edited and not force:
            text = f"Not as pmgen wrote it: {', '.join(edited[:5])} in {folder}"
            diagnostics += (Diagnostic(Rule.EDITED, text),)
    return Compiled(source, targets, diagnostics)


def _target(client: Client, result: Result, out: Path) -> Target:
    generator = f"pmgen {__version__}"
    manifest = Manifest.of(generator, result.inputs, client.tree, client.names)
    folder = out / client.name
    try:
        return Target(client.name, plan(folder, client.tree, manifest))
    except ManifestError as error:
        raise _broken(folder, error) from error
    except OSError as error:
        raise _unwritable(folder, error.strerror or str(error)) from error


def _broken(folder: Path, error: ValueError) -> ProjectError:
    return problem(str(folder / MANIFEST), Rule.OUTPUT, str(error))


def _unwritable(folder: Path, reason: str) -> ProjectError:
    return problem(str(folder), Rule.OUTPUT, f"Cannot be written: {reason}")
