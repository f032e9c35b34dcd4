"""What compiling needs beside the source, as the user wishes it: templates, the formatter, processes. And their failures."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from pmgen import format, layout, resources
from pmgen.bundle import BundleError
from pmgen.configuration import Project, ProjectError, problem
from pmgen.diagnostics import Diagnostic, Rule
from pmgen.pipeline import Resources
from pmgen.quick import footprint, store
from pmgen.render import RenderError
from pmgen.spread import spreading

FAILURES = (RenderError, format.FormatError, BundleError)
"""What making texts may raise: a fault of a template, pmgen's own or the user's."""

NOTHING_OWN = Project()


def tools(
    project: Project = NOTHING_OWN, jobs: int = 1, *, always: bool = False
) -> Resources:
    """Those of a run. ``always``: black sees whole files, as with own templates. Raises ProjectError."""
    whole = always or project.templates is not None
    return Resources(
        _templates(project),
        resources.runtime(),
        _formatted if whole else _laid_out,
        spreading(jobs),
    )


def _templates(project: Project) -> dict[str, str]:
    if project.templates is None:
        return resources.templates()
    try:
        return resources.overridden(project.templates)
    except resources.TemplatesError as error:
        raise problem(error.place, Rule.TEMPLATE, error.reason) from error


def _laid_out(label: str, text: str) -> str:
    """What pmgen's own templates made: they are as black has them, but for statements that are too long."""
    try:
        return layout.laid_out(text, format.format_statement)
    except format.FormatError as error:
        raise format.FormatError(f"{label}: {error}") from error


def _formatted(label: str, text: str) -> str:
    """As black leaves it; asked once for each text."""
    name = hashlib.sha256(f"{_program()}\0{text}".encode()).hexdigest()
    kept = store.load("black", name)
    if isinstance(kept, str):
        return kept
    found = format.format_source(label, text)
    store.save("black", name, found)
    return found


@functools.cache
def _program() -> str:
    """Another black may leave it otherwise."""
    return footprint.program()


def told(error: Exception, source: str, project: Project) -> ProjectError:
    """One of FAILURES for the user: at the template where it is the user's, else as the defect that it is."""
    if project.templates is None:
        return problem(source, Rule.DEFECT, str(error))
    if isinstance(error, RenderError):
        own = Path(project.templates) / error.template
        if own.is_file():
            found = Diagnostic(Rule.TEMPLATE, error.reason, line=error.line, column=1)
            return ProjectError(str(own), found)
    return problem(project.templates, Rule.TEMPLATE, str(error))
