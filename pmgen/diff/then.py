"""The project as a git revision has it."""

from __future__ import annotations

import typing

from pmgen import configuration, inputs
from pmgen.configuration import CONFIGURATION, ProjectError, problem
from pmgen.diff.gather import Source, Time, table_of

if typing.TYPE_CHECKING:
    from pmgen.configuration import Beside, Project
    from pmgen.diff.revision import Revision


def then(revision: Revision, named: tuple[str, ...], beside: Beside) -> Time:
    """Its own pmgen.toml counts: for the sources, where none are named, and for the names and types that users had.

    Raises ProjectError.
    """
    project = _project(revision)
    try:
        places = tuple(map(revision.fetch, named or project.sources))
        paths = inputs.expand(places, project)
    except ProjectError as error:
        raise revision.told(error) from error
    return Time(
        project,
        tuple(Source(p, table_of(p), named=p in places) for p in paths),
        beside,
        revision.find,
        revision.shown,
        revision.told,
    )


def _project(revision: Revision) -> Project:
    revision.find(CONFIGURATION)
    try:
        return configuration.load(revision.folder)
    except ProjectError as error:
        found = error.diagnostic
        file = f"{revision.name}:{CONFIGURATION}"
        raise problem(file, found.rule, found.text) from error
