"""The Jinja environment, and the double loop over files. The only module that knows Jinja beside the gate."""

from __future__ import annotations

import functools
import typing

import jinja2
import jinja2.compiler
import jinja2.nodes

from pmgen.python.model import FLAVORS
from pmgen.render.filters import FILTERS
from pmgen.render.gate import GateError, gate, gathered

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.python import Package
    from pmgen.python.model import File, Part


class RenderError(Exception):
    """A template failed; names it and the line."""


def render(
    package: Package, part: Part, templates: Mapping[str, str]
) -> dict[str, str]:
    """Path -> text of every file of a part of a package. ``templates``: name -> source. Raises RenderError."""
    environment = _environment(tuple(sorted(templates.items())))
    texts = {
        file.path: _render(
            environment, file.template, package=package, doc=file.doc, m=file.model
        )
        for file in part.files
    }
    return {**texts, **dict(part.data)}


def render_file(file: File, templates: Mapping[str, str]) -> str:
    """One file, of a template that says nothing of the package. Raises RenderError."""
    environment = _environment(tuple(sorted(templates.items())))
    return _render(environment, file.template, doc=file.doc, m=file.model)


@functools.lru_cache(maxsize=4)
def _environment(templates: tuple[tuple[str, str], ...]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(dict(templates)),
        autoescape=False,  # noqa: S701 - the gate refuses what escaping would change
        finalize=gate,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.concat = gathered  # type: ignore[method-assign]  # a hook that Jinja does not type
    environment.code_generator_class = _NoOperators
    environment.filters = dict(FILTERS)
    environment.globals = {"flavors": FLAVORS}
    return environment


class _NoOperators(jinja2.compiler.CodeGenerator):
    """Jinja joins Code and raw text to text that came through no gate."""

    def _refuse(self, node: jinja2.nodes.Expr, frame: object) -> None:
        del frame
        self.fail("no operators in templates; let the model hold the text", node.lineno)

    visit_Concat = visit_Add = visit_Mod = visit_Mul = _refuse  # noqa: N815 - Jinja's


def _render(environment: jinja2.Environment, name: str, **model: object) -> str:
    try:
        return environment.get_template(name).render(**model)
    except jinja2.TemplateSyntaxError as error:
        raise RenderError(f"{error.name}:{error.lineno}: {error.message}") from error
    except (jinja2.TemplateError, GateError) as error:
        raise RenderError(f"{name}: {error}") from error
