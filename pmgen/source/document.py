"""Bytes to a Document, a folder's files to a Tree. Nothing here knows Postman."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import typing

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.growth import growing
from pmgen.source.decode import decode
from pmgen.source.locate import Locator, escape, unescape
from pmgen.source.strict import JsonError, parse_file
from pmgen.source.yaml import YamlError, YamlLocator, parse_yaml_noting_repeats

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.source.strict import Json

Diagnostics: typing.TypeAlias = "tuple[Diagnostic, ...]"
_Locator: typing.TypeAlias = "Locator | YamlLocator"


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """A decoded file. ``name`` is how messages call it; ``sha256`` is of the bytes.

    The text is not kept: healthy input does without places.
    """

    name: str
    raw: bytes
    data: Json
    sha256: str
    is_yaml: bool = False

    def placed(self, diagnostics: Diagnostics) -> Diagnostics:
        """The same diagnostics with file, and with the line and column that their pointers lead to."""
        if not diagnostics:
            return ()
        locator = self.locator()
        return tuple(_placed(locator, self.name, found) for found in diagnostics)

    def locator(self) -> _Locator:
        """Places in the text."""
        text = decode(self.raw)[0]
        return YamlLocator(text) if self.is_yaml else Locator(text)


@dataclasses.dataclass(frozen=True, slots=True)
class Tree:
    """The YAML files of a folder by their paths in it, ``/`` between the parts; ``broken``: why others can't be read.

    A pointer into a tree begins with a file's path as one part: ``/Carts~1get.request.yaml/url``.
    """

    name: str
    documents: Mapping[str, Document]
    broken: Mapping[str, Diagnostic]
    sha256: str

    def placed(self, diagnostics: Diagnostics) -> Diagnostics:
        """The same diagnostics, each in its file: pointers begin there."""
        locators: dict[str, _Locator] = {}
        return tuple(self._placed(found, locators) for found in diagnostics)

    def _placed(
        self, diagnostic: Diagnostic, locators: dict[str, _Locator]
    ) -> Diagnostic:
        if diagnostic.file or diagnostic.line is not None:
            return diagnostic
        first, _, inner = diagnostic.pointer.removeprefix("/").partition("/")
        path = unescape(first)
        file = f"{self.name}/{path}" if path else self.name
        if path not in self.documents:
            return dataclasses.replace(diagnostic, file=file, pointer="")
        if path not in locators:
            locators[path] = self.documents[path].locator()
        pointer = f"/{inner}" if inner else ""
        inside = dataclasses.replace(diagnostic, pointer=pointer)
        return _placed(locators[path], file, inside)


@growing
def read(name: str, raw: bytes) -> tuple[Document | None, Diagnostics]:
    """Decode and parse. No Document comes back where the bytes are neither JSON nor YAML; the diagnostics say why.

    JSON is told by its first character. YAML has none of its own: a file's name may say that it is tried.
    """
    text, _, found = decode(raw)
    try:
        parsed = _parse(text, may_be_yaml=name.lower().endswith((".yaml", ".yml")))
    except (JsonError, YamlError) as error:
        refusal = _archive(raw) or error.diagnostic
        return None, _in_file(name, (*found, refusal))
    digest = hashlib.sha256(raw).hexdigest()
    document = Document(name, raw, parsed.data, digest, parsed.is_yaml)
    repeated = tuple(map(_duplicate, parsed.repeated))
    return document, _in_file(name, found) + document.placed(repeated)


def read_tree(name: str, files: Mapping[str, bytes]) -> tuple[Tree, Diagnostics]:
    """Every file that can be parsed, and why the others can't; whether that matters, the reader of the tree knows."""
    documents: dict[str, Document] = {}
    broken: dict[str, Diagnostic] = {}
    found: Diagnostics = ()
    digest = hashlib.sha256()
    for path, raw in sorted(files.items()):
        document, more = read(f"{name}/{path}", raw)
        digest.update(f"{path}\0{hashlib.sha256(raw).hexdigest()}\n".encode())
        if document is None:
            broken[path] = more[-1]
        else:
            documents[path] = document
            found += more
    return Tree(name, documents, broken, digest.hexdigest()), found


def entry(path: str) -> str:
    """The pointer of a file of a tree."""
    return f"/{escape(path)}"


def repeated_keys(text: str) -> tuple[str, ...]:
    """The pointers of keys that stand twice in an object of valid JSON."""
    return tuple(pointer for pointer, _ in Locator(text).repeated_keys())


@dataclasses.dataclass(frozen=True, slots=True)
class _Parsed:
    """``repeated``: pointer and key of each key that an object repeats."""

    data: Json
    repeated: tuple[tuple[str, str], ...]
    is_yaml: bool = False


def _parse(text: str, *, may_be_yaml: bool) -> _Parsed:
    """Raises JsonError or YamlError. Flow style, which looks like JSON, is YAML's where it is no JSON."""
    if may_be_yaml and not text.lstrip().startswith(("{", "[")):
        return _Parsed(*parse_yaml_noting_repeats(text), is_yaml=True)
    try:
        data, repeats = parse_file(text)
    except JsonError:
        if not may_be_yaml:
            raise
        return _Parsed(*parse_yaml_noting_repeats(text), is_yaml=True)
    return _Parsed(data, tuple(Locator(text).repeated_keys()) if repeats else ())


def _archive(raw: bytes) -> Diagnostic | None:
    """Postman's account export is a zip archive of collections."""
    if not raw.startswith(b"PK\x03\x04"):
        return None
    text = "This is a zip archive; unpack it and give its collections"
    return Diagnostic(Rule.NOT_JSON, text, line=1, column=1)


def _in_file(name: str, diagnostics: Diagnostics) -> Diagnostics:
    return tuple(dataclasses.replace(found, file=name) for found in diagnostics)


def _duplicate(found: tuple[str, str]) -> Diagnostic:
    pointer, key = found
    return Diagnostic(
        Rule.DUPLICATE_KEY, f"The key {json.dumps(key)} stands twice", pointer=pointer
    )


def _placed(locator: _Locator, name: str, diagnostic: Diagnostic) -> Diagnostic:
    if diagnostic.line is not None or diagnostic.file:
        return diagnostic
    line, column = locator.place(diagnostic.pointer)
    return dataclasses.replace(diagnostic, line=line, column=column, file=name)
