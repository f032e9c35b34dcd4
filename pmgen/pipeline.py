"""The composition root: bytes of a collection -> files of a client. Pure; nobody here touches the disk.

bytes -> Document -> Collection -> Api -> TypeTable -> Names -> Package -> text -> formatted text
"""

from __future__ import annotations

import dataclasses
import re
import typing

from pmgen import postman, source
from pmgen.code import Code
from pmgen.diagnostics import Diagnostic, has_errors
from pmgen.infer import TypeTable, decide, roles
from pmgen.lower import lower
from pmgen.names import reserved
from pmgen.names.propose import names_of
from pmgen.names.words import snake, words
from pmgen.python import build
from pmgen.render import render

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pmgen.api import Api
    from pmgen.options import Options

Formatter: typing.TypeAlias = "Callable[[str, str], str]"


@dataclasses.dataclass(frozen=True, slots=True)
class Resources:
    """What compiling needs beside the source: templates and runtime by file name, and the formatter."""

    templates: Mapping[str, str]
    runtime: Mapping[str, bytes]
    format: Formatter


@dataclasses.dataclass(frozen=True, slots=True)
class Analysis:
    """A collection as understood, before anything of Python."""

    api: Api
    table: TypeTable
    sha256: str


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """``tree``: path -> content; None after an error."""

    name: str
    tree: Mapping[str, bytes] | None
    sha256: str
    diagnostics: tuple[Diagnostic, ...]


def analyse(name: str, raw: bytes) -> tuple[Analysis | None, tuple[Diagnostic, ...]]:
    """The front half. ``name`` is the source's file name."""
    document, found = source.read(name, raw)
    if document is None:
        return None, found
    collection, more = postman.parse(document, stem(name))
    found += document.placed(more)
    if collection is None or has_errors(found):
        return None, found
    api, more = lower(collection)
    found += document.placed(more)
    return Analysis(api, decide(roles(api)), document.sha256), found


def compile_source(
    name: str, raw: bytes, options: Options, resources: Resources
) -> Result:
    """The whole way. ``name`` is the source's file name, which the generated files mention."""
    package = options.name or package_name(name)
    analysis, found = analyse(name, raw)
    if analysis is None:
        return Result(package, None, "", found)
    api, table = analysis.api, analysis.table
    model = build(api, table, names_of(api, table), Code(package), name)
    texts = render(model, resources.templates)
    tree = {
        path: _finished(path, text, resources.format).encode()
        for path, text in texts.items()
    }
    for file, content in resources.runtime.items():
        tree[f"_runtime/{file}"] = content
    return Result(package, dict(sorted(tree.items())), analysis.sha256, found)


def _finished(path: str, text: str, formatter: Formatter) -> str:
    return formatter(path, text) if path.endswith(".py") and text else text


def stem(name: str) -> str:
    """`Zoho CRM.postman_collection.json` -> `Zoho CRM`."""
    if name == "-":  # standard input
        return "collection"
    return re.sub(r"(?i)(\.postman_collection)?\.json$", "", name) or name


def package_name(name: str) -> str:
    """The package of a source file."""
    found = snake(words(stem(name)), "collection", longest=100)
    return f"{found}_" if found in reserved.PACKAGES else found
