"""Sources of two versions -> the clients before and after, each under the names that its users have for it.

The old client is called as `.pmgen.json` remembers, the new one as the old one was: what `generate` would make of both,
one after the other. What pmgen.toml says holds for both; what it says of things that only the new one has is no error.
"""

from __future__ import annotations

import dataclasses
import typing
from pathlib import Path

from pmgen import inputs
from pmgen.configuration import Beside, ProjectError, problem
from pmgen.diagnostics import Rule, has_errors
from pmgen.diff.model import Pair, Version
from pmgen.emit import MANIFEST, read_manifest
from pmgen.emit.manifest import ManifestError
from pmgen.names import Kept, KeptError, dump, load, names_of, remember
from pmgen.names.packages import package_name
from pmgen.options import Options
from pmgen.pins import Pins
from pmgen.pipeline import Front, Inputs, analyse, named, packages, stem

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pmgen.configuration import Project
    from pmgen.diagnostics import Diagnostic
    from pmgen.pipeline import File


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """A source on disk. ``table``: what pmgen.toml calls it. ``package``: the name of its only client, None for its own.

    ``named``: by the user, and not found in a folder.
    """

    path: str
    table: str
    package: str | None = None
    named: bool = True


def _same(error: ProjectError) -> ProjectError:
    return error


@dataclasses.dataclass(frozen=True, slots=True)
class Time:
    """A version of the project. ``beside``: the files that the user names for both.

    ``find``: where what pmgen.toml names lies; ``shown``: how messages call a path; ``told``: an error in these words.
    """

    project: Project
    sources: tuple[Source, ...]
    beside: Beside
    find: Callable[[str], str] = str
    shown: Callable[[str], str] = str
    told: Callable[[ProjectError], ProjectError] = _same


@dataclasses.dataclass(frozen=True, slots=True)
class Gathered:
    """``pairs``: in the order of the new sources, none after an error; ``said``: what was found in each source."""

    pairs: tuple[Pair, ...]
    said: tuple[tuple[str, tuple[Diagnostic, ...]], ...]


def gather(old: Time, new: Time) -> Gathered:
    """Both versions of every client. Raises ProjectError."""
    was = _all(old, lambda package: _manifest(old, package), _wishes_aside)
    kept = {package: _remembered(version) for package, version in was.versions.items()}
    now = _all(new, lambda package: kept.get(package, Kept()), lambda found: found)
    said = was.said + now.said
    if any(has_errors(found) for _, found in said):
        return Gathered((), said)
    names = dict.fromkeys((*now.versions, *was.versions))
    pairs = (Pair(n, was.versions.get(n), now.versions.get(n)) for n in names)
    return Gathered(tuple(pairs), said)


def from_disk(names: tuple[str, ...], beside: Beside, project: Project) -> Time:
    """What lies there now. Raises ProjectError."""
    paths = inputs.expand(names, project)
    named = names or project.sources
    return Time(
        project, tuple(Source(p, table_of(p), named=p in named) for p in paths), beside
    )


def as_one(old: Time, new: Time) -> tuple[Time, Time]:
    """Two sources that are two versions of one client, if each is one: it is called as the new one.

    Except where pmgen.toml has settings for the old one only.
    """
    if len(old.sources) != 1 or len(new.sources) != 1:
        return old, new
    both = [*new.sources, *old.sources]
    tables = [source.table for source in both if source.path != "-"]
    known = [table for table in tables if table in new.project.collections]
    table = (known or tables or [both[0].table])[0]
    return _called(old, table), _called(new, table)


def _called(time: Time, table: str) -> Time:
    (source,) = time.sources
    source = dataclasses.replace(source, table=table, package=table)
    return dataclasses.replace(time, sources=(source,))


@dataclasses.dataclass(frozen=True, slots=True)
class _Found:
    versions: Mapping[str, Version]
    said: tuple[tuple[str, tuple[Diagnostic, ...]], ...]


def _all(
    time: Time, kept: Callable[[str], Kept], judged: Callable[[Front], Front]
) -> _Found:
    versions: dict[str, Version] = {}
    said: list[tuple[str, tuple[Diagnostic, ...]]] = []
    for source in time.sources:
        options = _options(source, time.project)
        front = _front(source, options, time)
        if not source.named and _is_environment(front):
            continue
        known = {name: kept(name) for name in packages(front, options)}
        front = judged(named(front, options, known))
        said.append((time.shown(source.path), front.diagnostics))
        for name, found in zip(packages(front, options), front.analyses, strict=True):
            if name in versions:
                text = f"Another source makes the package {name}, too"
                raise problem(time.shown(source.path), Rule.CONFIGURATION, text)
            names = names_of(found.api, found.table, found.given)
            versions[name] = Version(found, names, options.overrides)
    return _Found(versions, tuple(said))


def _front(source: Source, options: Options, time: Time) -> Front:
    own = time.project.beside_of(source.table)
    found = Beside(*(path and time.find(path) for path in dataclasses.astuple(own)))
    try:
        files = inputs.read(source.path, time.beside.over(found))
    except ProjectError as error:
        raise time.told(error) from error
    shown = Inputs(
        _shown(files.source, time),
        files.environment and _shown(files.environment, time),
        files.globals and _shown(files.globals, time),
    )
    return analyse(shown, options.overrides)


def _shown(file: File, time: Time) -> File:
    return dataclasses.replace(file, path=time.shown(file.path), called=file.name)


def _wishes_aside(front: Front) -> Front:
    """What pmgen.toml says of things that are not there yet is no error."""
    found = tuple(d for d in front.diagnostics if d.rule is not Rule.PIN)
    return dataclasses.replace(front, diagnostics=found)


def _is_environment(front: Front) -> bool:
    """One that merely lies in the folder of the collections."""
    errors = [found.rule for found in front.diagnostics if found.is_error]
    return errors == [Rule.ENVIRONMENT_AS_COLLECTION]


def _remembered(version: Version) -> Kept:
    """As `.pmgen.json` would have it."""
    found = version.analysis
    return load(dump(remember(found.api, found.table, version.names)))


def _manifest(time: Time, package: str) -> Kept:
    """The names of the client as it was generated; none where there is none."""
    path = f"{time.project.out}/{package}/{MANIFEST}"
    folder = Path(time.find(path)).parent
    try:
        manifest = read_manifest(folder)
        return load(manifest.names) if manifest else Kept()
    except (ManifestError, KeptError) as error:
        raise problem(
            time.shown(str(folder / MANIFEST)), Rule.OUTPUT, str(error)
        ) from error
    except OSError as error:
        text = f"Cannot be read: {error.strerror or error}"
        raise problem(
            time.shown(str(folder / MANIFEST)), Rule.UNREADABLE, text
        ) from error


def _options(source: Source, project: Project) -> Options:
    table = source.table
    return Options(
        name=source.package,
        pins=project.pins.get(table, Pins(table)),
        overrides=project.overrides.get(table, ()),
        pagination=project.pagination.get(table, ()),
    )


def table_of(path: str) -> str:
    """What pmgen.toml calls a source."""
    return package_name(stem(Path(path).name))
