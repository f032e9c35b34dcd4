"""What the files of a format 3 folder are, and which are of one collection, by their paths alone (POSTMAN.md 1.4)."""

from __future__ import annotations

import dataclasses
import enum
import itertools
import posixpath
import re
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HOME = "collections"
_RESOURCES = ".resources"


class Kind(enum.Enum):
    """What a file is for."""

    REQUEST = enum.auto()
    EXAMPLE = enum.auto()
    DEFINITION = enum.auto()
    ENVIRONMENT = enum.auto()
    GLOBALS = enum.auto()
    MANIFEST = enum.auto()
    HIDDEN_REQUEST = enum.auto()
    OTHER = enum.auto()


#: What follows the stem; upper case is as good.
_SUFFIX = re.compile(r"\.(request|example|environment|globals)\.ya?ml\Z", re.IGNORECASE)
_DEFINITION = re.compile(r"definition\.ya?ml", re.IGNORECASE)
_MANIFEST = re.compile(r"resources\.ya?ml", re.IGNORECASE)
_VALUES = frozenset({Kind.ENVIRONMENT, Kind.GLOBALS})
_OF_COLLECTIONS = frozenset({Kind.REQUEST, Kind.EXAMPLE, Kind.DEFINITION})


def kind(path: str) -> Kind:
    """What the file is, if its content agrees."""
    *folders, name = path.split("/")
    if _DEFINITION.fullmatch(name) and folders[-1:] == [_RESOURCES]:
        return Kind.OTHER if _RESOURCES in folders[:-1] else Kind.DEFINITION
    if _MANIFEST.fullmatch(name) and folders[-1:] == [".postman"]:
        return Kind.MANIFEST
    suffix = _SUFFIX.search(name)
    found = Kind[suffix[1].upper()] if suffix else Kind.OTHER
    if found is Kind.REQUEST and _RESOURCES in folders:
        return Kind.HIDDEN_REQUEST
    return found


def stem(path: str) -> str:
    """What names a request or an example that has no name."""
    return _SUFFIX.sub("", path.rpartition("/")[2])


def folder_of(path: str) -> str:
    """The folder that a path stands in; "" is the given folder."""
    return path.rpartition("/")[0]


def homes(paths: Iterable[str]) -> dict[str, str]:
    """The collection of each file, as the path of the collection's folder; "" is the given folder itself.

    That one is a collection if it directly holds what collections hold. Else the children of a folder `collections`
    are, else the given folder all the same, if there is anything of a collection in it.
    """
    kinds = {path: kind(path) for path in paths}
    if any(_lies_open(path, found) for path, found in kinds.items()):
        return dict.fromkeys(kinds, "")
    named = {path: home for path in kinds if (home := _named_home(path))}
    real = {named[path] for path in named if kinds[path] in _OF_COLLECTIONS}
    if real:
        return {path: home for path, home in named.items() if home in real}
    if not {Kind.REQUEST, Kind.DEFINITION}.isdisjoint(kinds.values()):
        return dict.fromkeys(kinds, "")
    return {}


def wanted(paths: Iterable[str]) -> tuple[str, ...]:
    """The YAML files of the collections, and the environments and globals beside them: all that is read of a folder."""
    found = sorted(path for path in paths if path.lower().endswith((".yaml", ".yml")))
    home_of = homes(found)
    return tuple(p for p in found if p in home_of or kind(p) in _VALUES)


def _lies_open(path: str, found: Kind) -> bool:
    folder, _, rest = path.partition("/")
    return folder == _RESOURCES if rest else found is Kind.REQUEST


def _named_home(path: str) -> str:
    """The child of the outermost `collections` that the file is in."""
    folders = path.split("/")[:-1]
    depth = folders.index(_HOME) + 2 if _HOME in folders else 0
    home = folders[:depth] if len(folders) >= depth else []
    return "" if _RESOURCES in home else "/".join(home)


@dataclasses.dataclass(frozen=True, slots=True)
class Layout:
    """The files of one collection by the folders they belong to; ``root`` is its own folder.

    A folder exists if there is a request or a definition in it or below it.
    """

    root: str
    definitions: Mapping[str, str]
    requests: Mapping[str, tuple[str, ...]]
    folders: Mapping[str, tuple[str, ...]]

    def paths(self) -> Iterator[str]:
        """Of all of its files."""
        yield from self.definitions.values()
        yield from itertools.chain.from_iterable(self.requests.values())


def layout(root: str, paths: Iterable[str]) -> Layout:
    """Of two definitions in a folder, which `.yaml` and `.yml` allow, the first counts. Paths come in their order."""
    definitions: dict[str, str] = {}
    requests: dict[str, list[str]] = {}
    folders: dict[str, list[str]] = {root: []}
    for path in paths:
        found = kind(path)
        folder = folder_of(path)
        if found is Kind.DEFINITION:
            folder = folder_of(folder)
            definitions.setdefault(folder, path)
        elif found is Kind.REQUEST:
            requests.setdefault(folder, []).append(path)
        else:
            continue
        for inner in _missing(folder, folders):
            folders[inner] = []
            folders.setdefault(folder_of(inner), []).append(inner)
    return Layout(root, definitions, _frozen(requests), _frozen(folders))


def _missing(folder: str, known: Mapping[str, object]) -> list[str]:
    """The folder and those around it that are not known yet, from the outside in."""
    found = []
    while folder not in known:
        found.append(folder)
        folder = folder_of(folder)
    return found[::-1]


def _frozen(lists: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in lists.items()}


def owners(requests: Mapping[str, str]) -> dict[str, str]:
    """The request that the examples in a folder are of; each request comes with where it says that its examples are.

    The folder's name counts more: a request that was copied still says where the original's examples are.
    """
    found: dict[str, str] = {}
    for path in requests:
        found.setdefault(_own_examples(path), path)
    for path, said in requests.items():
        if said:
            place = posixpath.join(folder_of(path), said)
            found.setdefault(posixpath.normpath(place), path)
    return found


def _own_examples(request: str) -> str:
    place = f"{_RESOURCES}/{stem(request)}.resources/examples"
    return posixpath.join(folder_of(request), place)
