"""Sources -> the Catalog of all their collections, with what reading them said.

This is the pipeline's walk up to ``postman.parse`` and no further: a mock sends what was saved, whatever lowering and types
make of it.
"""

from __future__ import annotations

import functools
import typing
from pathlib import Path

from pmgen import inputs, postman, source
from pmgen.diagnostics import has_errors
from pmgen.lower.variables import Values
from pmgen.mock.catalog import Catalog, catalog
from pmgen.names.packages import package_name
from pmgen.pipeline import stem
from pmgen.source.locate import unescape

if typing.TYPE_CHECKING:
    from pmgen.configuration import Beside, Project
    from pmgen.diagnostics import Diagnostic
    from pmgen.pipeline import File, Inputs
    from pmgen.source import Json

    Diagnostics: typing.TypeAlias = tuple[Diagnostic, ...]
    Read: typing.TypeAlias = source.Document | source.Tree

#: Where Postman keeps an example's id; ``uid`` is ``<user>-<id>``.
_IDS = ("id", "_postman_id", "uid")


def gather(
    named: tuple[str, ...], beside: Beside, project: Project
) -> tuple[Catalog, list[tuple[str, Diagnostics]]]:
    """The examples of all sources, and what to say of each source. Raises ProjectError where one can't be read."""
    whole = Catalog()
    said: list[tuple[str, Diagnostics]] = []
    for path in inputs.expand(named, project):
        table = package_name(stem(Path(path).name))
        files = inputs.read(path, beside.over(project.beside_of(table)))
        found, diagnostics = gathered(files)
        whole += found
        said.append((path, diagnostics))
    return whole, said


def gathered(files: Inputs) -> tuple[Catalog, Diagnostics]:
    """The examples of one source; none after an error."""
    document, found = _read(files.source)
    if document is None:
        return Catalog(), found
    environment, of_environment = _variables(files.environment)
    globals_, of_globals = _variables(files.globals)
    collections, more = postman.parse(document, stem(files.source.name))
    found = of_environment + of_globals + found + document.placed(more)
    if has_errors(found):
        return Catalog(), found
    ids = functools.partial(_ids, document)
    whole = Catalog()
    for collection in collections:
        served, more = catalog(collection, Values(environment, globals_), ids)
        whole, found = whole + served, found + document.placed(more)
    return whole, found


def _read(file: File) -> tuple[Read | None, Diagnostics]:
    if isinstance(file.content, bytes):
        return source.read(file.path, file.content)
    return source.read_tree(file.path, file.content)


def _variables(
    file: File | None,
) -> tuple[tuple[postman.Variable, ...], Diagnostics]:
    """Those of an environment or of globals."""
    document, found = _read(file) if file else (None, ())
    if file is None or not isinstance(document, source.Document):
        return (), found
    environment, more = postman.parse_environment(document, stem(file.name))
    variables = environment.variables if environment else ()
    return variables, found + document.placed(more)


def _ids(document: Read, pointer: str) -> tuple[str, ...]:
    """What Postman calls the example; the canonical form, which no other phase asks for it, does not hold that."""
    value = _value(document, pointer)
    if not isinstance(value, dict):
        return ()
    found = (value.get(key) for key in _IDS)
    return tuple(dict.fromkeys(i for i in found if isinstance(i, str) and i))


def _value(document: Read, pointer: str) -> Json:
    """What stands at a JSON pointer; in a tree its first part is a file."""
    parts = [unescape(part) for part in pointer.split("/")[1:]]
    if isinstance(document, source.Document):
        value = document.data
    else:
        value = document.documents[parts.pop(0)].data
    for part in parts:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list):
            value = value[int(part)]
    return value
