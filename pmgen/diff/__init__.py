"""DIFF: two versions of a collection -> what changed for the users of its client.

gather   sources (or a git revision: revision, then) -> Pairs of analysed collections under their names
side     Version -> Side, all that a user meets; link: which of it is which
compare  Pair -> Changes, by the table of kinds (operations, arguments, replies, classes, client)
markdown, report
         Changes -> text
"""

from __future__ import annotations

import tempfile
import typing
from pathlib import Path

from pmgen.diff.compare import compare
from pmgen.diff.gather import Gathered, as_one, from_disk, gather
from pmgen.diff.levels import Level
from pmgen.diff.markdown import markdown
from pmgen.diff.report import report
from pmgen.diff.revision import Revision, RevisionError
from pmgen.diff.then import then

if typing.TYPE_CHECKING:
    from pmgen.configuration import Beside, Project

__all__ = [
    "Gathered",
    "Level",
    "RevisionError",
    "compare",
    "markdown",
    "of_revision",
    "of_sources",
    "report",
]


def of_sources(old: str, new: str, beside: Beside, project: Project) -> Gathered:
    """Two sources. Raises ProjectError."""
    times = (from_disk((source,), beside, project) for source in (old, new))
    return gather(*as_one(*times))


def of_revision(
    name: str, sources: tuple[str, ...], beside: Beside, project: Project
) -> Gathered:
    """A git revision and what lies on disk; no sources: those of pmgen.toml. Raises ProjectError and RevisionError."""
    with tempfile.TemporaryDirectory(prefix="pmgen_diff_") as scratch:
        revision = Revision.of(name, Path(scratch).resolve())
        return gather(
            then(revision, sources, beside), from_disk(sources, beside, project)
        )
