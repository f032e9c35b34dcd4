"""What a reader sees of a request: its name and folders, its method and URL."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.names.words import spelled, words

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.api import Api, Operation, Template

Words: typing.TypeAlias = "tuple[str, ...]"


@dataclasses.dataclass(frozen=True, slots=True)
class Called:
    """The words of a request. ``folders``: outermost first; ``marks`` tell requests of one name apart."""

    name: Words
    folders: tuple[Words, ...]
    marks: tuple[Words, ...]

    @property
    def trail(self) -> Words:
        """Folders and name."""
        return (*(word for folder in self.folders for word in folder), *self.name)


def calls(api: Api) -> Mapping[str, Called]:
    """All requests, by pointer."""
    return {
        operation.pointer: called(operation)
        for group in api.root.walk()
        for operation in group.operations
    }


def called(operation: Operation) -> Called:
    """A request without a readable name is called by its method and path."""
    method, path = operation.method.lower(), _flat(operation.path)
    literal = " ".join(part for part in operation.path if isinstance(part, str))
    name = words(operation.name) or words(f"{method} {literal}")
    _, _, query = operation.display.partition("?")
    shown = (words(method), path, words(query), _flat(operation.server))
    signs = (spelled(operation.name), spelled(operation.display))
    return Called(name, tuple(map(words, operation.trail[:-1])), (*shown, *signs))


def _flat(template: Template) -> Words:
    """A URL's words, those of its holes included."""
    return words(" ".join(p if isinstance(p, str) else p.key for p in template))
