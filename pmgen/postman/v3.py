"""Format 3: a folder of YAML files -> the collections in it, and what of it belongs to none (POSTMAN.md 1.4)."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.diagnostics import Rule
from pmgen.postman.explain import explained
from pmgen.postman.node import Node, Sink
from pmgen.postman.v3_files import Kind, folder_of, homes, kind, layout, owners
from pmgen.postman.v3_tree import Files, collection
from pmgen.source import entry

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmgen.diagnostics import Diagnostic
    from pmgen.postman.model import Collection
    from pmgen.source import Document, Tree


def collections(
    tree: Tree, stem: str
) -> tuple[tuple[Collection, ...], tuple[Diagnostic, ...]]:
    """Each collection of the folder, by their paths. ``stem`` names the one that is the folder itself."""
    sink = Sink("v3")
    documents = dict(sorted(tree.documents.items()))
    home_of = homes(sorted({*documents, *tree.broken}))
    if not home_of:
        text = (
            "The folder holds no `*.request.yaml` and no `.resources/definition.yaml`"
        )
        Node(None, sink).report(Rule.NOT_A_COLLECTION, text)
        return (), explained(sink)
    sink.found += _broken(tree, home_of)
    home_of = {path: home for path, home in home_of.items() if path in documents}
    examples = _examples(documents, home_of)
    read = {path for paths in examples.values() for path in paths}
    found = []
    for root, inside in _grouped(home_of).items():
        files = Files(documents, layout(root, inside), examples, sink)
        examples_here = (path for path in inside if kind(path) is Kind.EXAMPLE)
        orphans = tuple(path for path in examples_here if path not in read)
        found.append(collection(files, root.rpartition("/")[2] or stem, orphans))
        read.update(files.layout.paths(), orphans)
    for path in documents:
        if path not in read:
            _report_unread(Node(None, sink, entry(path)), path, inside=path in home_of)
    return tuple(found), explained(sink)


def _broken(tree: Tree, home_of: Mapping[str, str]) -> Iterator[Diagnostic]:
    """What can't be read is an error, but for saved examples: one can do without them. Outside it is nobody's loss."""
    for path in sorted(tree.broken.keys() & home_of.keys()):
        found = tree.broken[path]
        if kind(path) is Kind.EXAMPLE:
            text = f"The saved example is left out: {found.text}"
            found = dataclasses.replace(found, rule=Rule.EXAMPLE_SKIPPED, text=text)
        yield found


def _grouped(home_of: Mapping[str, str]) -> dict[str, list[str]]:
    """The files of each collection."""
    found: dict[str, list[str]] = {}
    for path, home in home_of.items():
        found.setdefault(home, []).append(path)
    return found


def _examples(
    documents: Mapping[str, Document], home_of: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """The saved examples of each request, wherever in the tree it says that they are."""
    requests = {
        path: _declared(documents[path])
        for path in home_of
        if kind(path) is Kind.REQUEST
    }
    owner_of = owners(requests)
    found: dict[str, list[str]] = {}
    for path in documents:
        owner = owner_of.get(folder_of(path))
        if owner is not None and kind(path) is Kind.EXAMPLE:
            found.setdefault(owner, []).append(path)
    return {owner: tuple(paths) for owner, paths in found.items()}


def _declared(request: Document) -> str:
    said = request.data.get("examples") if isinstance(request.data, dict) else None
    return said if isinstance(said, str) else ""


_UNUSED = {
    Kind.ENVIRONMENT: "This environment is not used",
    Kind.GLOBALS: "These globals are not used",
}

#: Why a file that lies in a collection is not read.
_REFUSALS = {
    Kind.HIDDEN_REQUEST: "Requests in `.resources` are not run",
    Kind.DEFINITION: "The folder has another definition",
    Kind.OTHER: "No file of format 3 has such a name",
}


def _report_unread(node: Node, path: str, *, inside: bool) -> None:
    """Specifications, mocks and data beside collections are nobody's loss."""
    found = kind(path)
    if found in _UNUSED:
        node.report(Rule.ENVIRONMENT_UNUSED, _UNUSED[found])
    elif inside and found is not Kind.MANIFEST:
        node.report(Rule.FILE_SKIPPED, _REFUSALS[found])
    elif found not in (Kind.MANIFEST, Kind.OTHER):
        node.report(Rule.FILE_SKIPPED, "The file lies in no collection")
