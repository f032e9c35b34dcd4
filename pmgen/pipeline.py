"""The composition root: a collection's bytes -> the files of its client. Pure; nobody here touches the disk.

bytes -> Document -> Collection -> Api -> TypeTable -> Names -> Package -> text -> formatted text
"""

from __future__ import annotations

import dataclasses
import functools
import pathlib
import re
import types
import typing

from pmgen import postman, source
from pmgen.code import Code
from pmgen.diagnostics import Diagnostic, Rule, has_errors
from pmgen.growth import growing
from pmgen.lower import Values, lower
from pmgen.lower.own import own_values
from pmgen.names import NOTHING_GIVEN, Given, Kept, dump, names_of, recall, remember
from pmgen.names.packages import package_names
from pmgen.names.pinned import collisions, pinned
from pmgen.overrides import typed
from pmgen.paging import paged
from pmgen.pins import FILE
from pmgen.python import build
from pmgen.render import render
from pmgen.support import named as named_modules
from pmgen.support import needed

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pmgen.api import Api
    from pmgen.infer import TypeTable
    from pmgen.lower.own import Own
    from pmgen.names.pinned import Fault
    from pmgen.options import Options
    from pmgen.pins import Override
    from pmgen.python.model import Package, Part

Formatter: typing.TypeAlias = "Callable[[str, str], str]"
Spread: typing.TypeAlias = (
    "Callable[[Callable[[typing.Any], typing.Any], Iterable[typing.Any]], Iterable[typing.Any]]"
)
Diagnostics: typing.TypeAlias = "tuple[Diagnostic, ...]"
Content: typing.TypeAlias = "bytes | Mapping[str, bytes]"
#: Role of an input -> its name and sha256.
Inventory: typing.TypeAlias = "Mapping[str, Mapping[str, str]]"


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """A file by its path as messages name it, with its bytes; a folder with those of its files."""

    path: str
    content: Content
    called: str = ""

    @property
    def name(self) -> str:
        """What generated files may mention: the last part of the path, if not ``called`` otherwise."""
        return self.called or pathlib.PurePath(self.path).name


@dataclasses.dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that one compilation reads."""

    source: File
    environment: File | None = None
    globals: File | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Resources:
    """What compiling needs beside the source: templates and runtime by file name, and the formatter.

    ``spread`` is ``map``, or one that has several processes at work.
    """

    templates: Mapping[str, str]
    runtime: Mapping[str, bytes]
    format: Formatter
    spread: Spread = map


@dataclasses.dataclass(frozen=True, slots=True)
class Analysis:
    """A collection as understood, before anything of Python. ``stem`` is how files call it.

    ``given``: the names that are to hold; see ``named``. ``faults``: wishes of the user that can't be granted.
    """

    stem: str
    collection: postman.Collection
    api: Api
    table: TypeTable
    given: Given = NOTHING_GIVEN
    faults: tuple[Fault, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Client:
    """A generated package. ``tree``: path -> content. ``names``: for the next run, see ``names.kept``."""

    name: str
    tree: Mapping[str, bytes]
    names: Mapping[str, source.Json] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """``clients``: one for each collection of the source; none after an error."""

    clients: tuple[Client, ...]
    inputs: Inventory
    diagnostics: Diagnostics


@dataclasses.dataclass(frozen=True, slots=True)
class Front:
    """What the front half found; no analyses after an error."""

    analyses: tuple[Analysis, ...]
    inputs: Inventory
    diagnostics: Diagnostics


def analyse(inputs: Inputs, overrides: tuple[Override, ...] = ()) -> Front:
    """The front half: what the source says, before anything of Python. ``overrides``: types that the user wishes."""
    side = _side(inputs)
    document, found = _read(inputs.source)
    found = side.diagnostics + found
    if document is None:
        return Front((), {}, found)
    digests = {"source": _digest(inputs.source, document), **side.digests}
    collections, more = postman.parse(document, stem(inputs.source.name))
    found += document.placed(more)
    if has_errors(found):
        return Front((), digests, found)
    analyses = []
    for collection in collections:
        api, more = lower(collection, side.values)
        found += document.placed(side.placed(more))
        table, faults = typed(api, overrides)
        analyses.append(
            Analysis(collection.stem, collection, api, table, faults=faults)
        )
    told = dict.fromkeys(sorted(found, key=_place))  # several clients, one environment
    return Front(tuple(analyses), digests, tuple(told))


def _place(found: Diagnostic) -> tuple[str, int, int]:
    """What a phase says comes where it belongs, not after what the phases before it said."""
    return found.file, found.line or 0, found.column or 0


def wanted(paths: Iterable[str]) -> tuple[str, ...]:
    """Those of a folder's files that reading it as a source needs."""
    return postman.wanted(paths)


def packages(front: Front, options: Options) -> tuple[str, ...]:
    """The names of the packages, in the order of the analyses."""
    names = package_names(found.stem for found in front.analyses)
    return (options.name,) if options.name and len(names) == 1 else names


def named(front: Front, options: Options, kept: Mapping[str, Kept]) -> Front:
    """The same, with the names that are to hold: the user's, and those of the last run by package."""
    found = [
        _named(analysis, options, kept.get(name, Kept()))
        for analysis, name in zip(front.analyses, packages(front, options), strict=True)
    ]
    # A pin for one collection of several is missing in the others.
    missing = [{f.key for f in faults if f.missing} for _, faults in found]
    told = {
        fault.key: Diagnostic(
            Rule.PIN, f"{options.pins.table}{fault.key}: {fault.text}", file=FILE
        )
        for _, faults in reversed(found)
        for fault in faults
        if not fault.missing or all(fault.key in keys for keys in missing)
    }
    analyses = tuple(analysis for analysis, _ in found)
    return Front(analyses, front.inputs, (*front.diagnostics, *told.values()))


def _named(
    found: Analysis, options: Options, kept: Kept
) -> tuple[Analysis, tuple[Fault, ...]]:
    table = found.table
    api, unpaged = paged(found.api, table, options.pagination)
    chosen = pinned(options.pins, api, table)
    given = Given(chosen.names, *recall(kept, api, table))
    faults = found.faults + chosen.faults + unpaged
    if chosen.names and not faults:
        faults = collisions(chosen, names_of(api, table, given))
    return dataclasses.replace(found, api=api, given=given), faults


@growing
def compile_front(front: Front, options: Options, resources: Resources) -> Result:
    """The back half: a client for each analysis, under the names that it has been given."""
    if has_errors(front.diagnostics):
        return Result((), front.inputs, front.diagnostics)
    clients = tuple(
        _client(found, name, front.inputs["source"]["name"], resources)
        for found, name in zip(front.analyses, packages(front, options), strict=True)
    )
    return Result(clients, front.inputs, front.diagnostics)


def compile_source(
    inputs: Inputs,
    options: Options,
    resources: Resources,
    kept: Mapping[str, Kept] = types.MappingProxyType({}),
) -> Result:
    """The whole way."""
    front = analyse(inputs, options.overrides)
    return compile_front(named(front, options, kept), options, resources)


def own(inputs: Inputs, front: Front) -> tuple[Own, ...]:
    """For each analysis what Postman itself would put in. Credentials are among it, so it goes into no client."""
    values = _side(inputs).values
    return tuple(own_values(f.collection, f.api, values) for f in front.analyses)


def _client(found: Analysis, name: str, source: str, resources: Resources) -> Client:
    api, table = found.api, found.table
    names = names_of(api, table, found.given)
    package = build(api, table, names, Code(name), source)
    tree: dict[str, bytes] = {}
    modules: set[str] = set()
    make = functools.partial(_made, package, resources)
    for files, imported in resources.spread(make, package.parts):
        tree |= files
        modules |= imported
    for file, content in needed(modules, resources.runtime).items():
        tree[f"_runtime/{file}"] = content
    return Client(name, dict(sorted(tree.items())), dump(remember(api, table, names)))


def _made(
    package: Package, resources: Resources, part: Callable[[], Part]
) -> tuple[dict[str, bytes], frozenset[str]]:
    """The files of a part, and which modules of the runtime they import."""
    found = part()
    texts = render(package, found, resources.templates)
    sources = {file.path: f"{file.path}, from {file.template}" for file in found.files}
    files = {
        path: _finished(sources.get(path, path), text, resources.format).encode()
        for path, text in texts.items()
    }
    python = (text for path, text in texts.items() if path.endswith(".py"))
    return files, frozenset().union(*map(named_modules, python))


def _read(file: File) -> tuple[source.Document | source.Tree | None, Diagnostics]:
    if isinstance(file.content, bytes):
        return source.read(file.path, file.content)
    return source.read_tree(file.path, file.content)


@dataclasses.dataclass(frozen=True, slots=True)
class _Side:
    """What stands beside the source: environment and globals, their files by path."""

    values: Values
    documents: Mapping[str, source.Document]
    digests: Inventory
    diagnostics: Diagnostics

    def placed(self, diagnostics: Diagnostics) -> Diagnostics:
        """Those about variables from here, with their places; the others as they are."""
        found = list(diagnostics)
        for path, document in self.documents.items():
            own = [n for n, diagnostic in enumerate(found) if diagnostic.file == path]
            unplaced = (dataclasses.replace(found[n], file="") for n in own)
            for n, placed in zip(own, document.placed(tuple(unplaced)), strict=True):
                found[n] = placed
        return tuple(found)


def _side(inputs: Inputs) -> _Side:
    scopes: dict[str, tuple[postman.Variable, ...]] = {}
    documents: dict[str, source.Document] = {}
    digests: dict[str, Mapping[str, str]] = {}
    found: Diagnostics = ()
    for role, file in (
        ("environment", inputs.environment),
        ("globals", inputs.globals),
    ):
        document, more = _read(file) if file else (None, ())
        found += more
        if file and isinstance(document, source.Document):
            environment, more = postman.parse_environment(document, stem(file.name))
            found += document.placed(more)
            scopes[role] = environment.variables if environment else ()
            documents[file.path] = document
            digests[role] = _digest(file, document)
    return _Side(Values(**scopes), documents, digests, found)


def _digest(file: File, found: source.Document | source.Tree) -> Mapping[str, str]:
    return {"name": file.name, "sha256": found.sha256}


def _finished(label: str, text: str, formatter: Formatter) -> str:
    """``label``: the path, for messages with the template."""
    is_python = label.partition(",")[0].endswith(".py")
    return formatter(label, text) if is_python and text else text


_SUFFIXES = re.compile(r"(?i)(\.postman_(collection|dump))?\.(json|ya?ml)$")


def stem(name: str) -> str:
    """`Zoho CRM.postman_collection.json` -> `Zoho CRM`."""
    if name == "-":  # standard input
        return "collection"
    return _SUFFIXES.sub("", name) or name
