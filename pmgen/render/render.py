"""The Jinja environment, and the double loop over files. The only module that knows Jinja beside the gate."""

from __future__ import annotations

import functools
import traceback
import typing

import jinja2
import jinja2.compiler
import jinja2.nodes

from pmgen.python.model import FLAVORS
from pmgen.render.filters import FILTERS
from pmgen.render.gate import GateError, gate, gathered

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pmgen.python import Package
    from pmgen.python.model import File, Part


class RenderError(Exception):
    """A template failed. ``template``: its name; ``line``: where in it, None where that is not known."""

    def __init__(self, template: str, line: int | None, reason: str) -> None:
        self.template, self.line, self.reason = template, line, reason
        place = template if line is None else f"{template}:{line}"
        super().__init__(f"{place}: {reason}")

    def __reduce__(self) -> tuple[type[RenderError], tuple[str, int | None, str]]:
        return type(self), (self.template, self.line, self.reason)


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
        loader=_loader(dict(templates)),
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
        return str(environment.get_template(name).render(**model))
    except jinja2.TemplateSyntaxError as error:
        found = error.name or name
        raise RenderError(found, error.lineno, error.message or "") from error
    except jinja2.TemplateNotFound as error:
        raise RenderError(name, None, f"no template is called {error}") from error
    except _FAILURES as error:
        raise RenderError(*_place(error, name), _told(error)) from error


_FAILURES = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What templates raise that do with the model what it cannot do: they may be a user's."""


def _place(error: BaseException, name: str) -> tuple[str, int | None]:
    """The innermost line of a template on the way to the error: Jinja puts those into its traceback."""
    found: tuple[str, int | None] = (name, None)
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename.endswith(_SUFFIX):
            found = frame.f_code.co_filename, line
    return found


def _told(error: BaseException) -> str:
    if isinstance(error, (jinja2.TemplateError, GateError)):
        return str(error)
    return f"{type(error).__name__}: {error}"


_SUFFIX = ".j2"


def _loader(templates: Mapping[str, str]) -> jinja2.BaseLoader:
    """By name, which is the file's name too, so that tracebacks have it."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        if name not in templates:
            return None
        return templates[name], name, lambda: True

    return jinja2.FunctionLoader(load)
