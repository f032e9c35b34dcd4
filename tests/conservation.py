"""The law that nothing is lost: every request and every saved response of a source is in the API, or named by a
diagnostic. What a source holds is found here by a walk of its own, over the raw data.
"""

from __future__ import annotations

import json
import re
import typing

from pmgen.diagnostics import Rule
from pmgen.pipeline import Front, Inputs, analyse
from pmgen.source.locate import unescape

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.diagnostics import Diagnostic
    from pmgen.source import Json

_OF_INTEREST = re.compile(r"\.(request|example)\.ya?ml$", re.IGNORECASE)
#: What says of one request or example that it is left out, and what says so of all that is in a place.
_LEFT_OUT = (
    Rule.NO_REQUEST,
    Rule.EXAMPLE_SKIPPED,
    Rule.ORPHAN,
    Rule.KIND_UNSUPPORTED,
    Rule.FILE_SKIPPED,
)
_COVERING = (
    Rule.WRONG_TYPE,
    Rule.LIMIT,
    Rule.NOT_A_COLLECTION,
    Rule.MEMBERS_IGNORED,
)


def lost(inputs: Inputs) -> tuple[Front, list[str]]:
    """The front half of a compilation, and the pointers of what is neither used nor named."""
    front = analyse(inputs)
    assert isinstance(inputs.source.content, bytes)
    data = json.loads(inputs.source.content)
    found = used(front) | set(named(front.diagnostics))
    covered = {d.pointer for d in front.diagnostics if d.rule in _COVERING}
    return front, [
        pointer
        for pointer in held(data)
        if pointer not in found and not covered & set(_owners(pointer))
    ]


def lost_files(inputs: Inputs) -> tuple[Front, list[str]]:
    """The same for a folder of format 3: requests and examples whose files are neither used nor named."""
    front = analyse(inputs)
    assert not isinstance(inputs.source.content, bytes)
    found = {unescape(pointer.split("/")[1]) for pointer in used(front)}
    prefix = f"{inputs.source.path}/"
    found |= {d.file.removeprefix(prefix) for d in front.diagnostics}
    held = [path for path in inputs.source.content if _OF_INTEREST.search(path)]
    return front, [path for path in held if path not in found]


def used(front: Front) -> set[str]:
    """Pointers of operations and of their examples."""
    operations = [
        operation
        for analysis in front.analyses
        for group in analysis.api.root.walk()
        for operation in group.operations
    ]
    examples = [e.pointer for operation in operations for e in operation.examples]
    return {*(operation.pointer for operation in operations), *examples}


def named(diagnostics: tuple[Diagnostic, ...]) -> Iterator[str]:
    """Pointers of requests and examples that diagnostics say are left out."""
    for diagnostic in diagnostics:
        if diagnostic.rule in _LEFT_OUT:
            yield diagnostic.pointer
        elif diagnostic.rule is Rule.EXAMPLE_NOT_JSON:  # points at the body
            yield diagnostic.pointer.rpartition("/")[0]


def held(data: Json, pointer: str = "") -> Iterator[str]:
    """Pointers of all requests and saved responses of a source of JSON, whatever its shape."""
    if isinstance(data, list):
        yield from _members(data, pointer)
    if not isinstance(data, dict):
        return
    for key in ("collection", "collections"):
        inner = data.get(key)
        if key == "collection" and isinstance(inner, dict):
            yield from held(inner, f"{pointer}/{key}")
        elif key == "collections" and isinstance(inner, list):
            for index, element in enumerate(inner):
                yield from held(element, f"{pointer}/{key}/{index}")
    requests = data.get("requests")
    if isinstance(requests, list):
        for index, request in enumerate(requests):
            if request is not None:
                yield from _request(request, f"{pointer}/requests/{index}", "responses")
    yield from _member(data, pointer, outermost=True)


def _members(data: Json, pointer: str) -> Iterator[str]:
    """The members of a folder: a list, or one."""
    if isinstance(data, dict):
        yield from _member(data, pointer)
    elif isinstance(data, list):
        for index, element in enumerate(data):
            if element is not None:
                yield from _member(element, f"{pointer}/{index}")


def _member(data: Json, pointer: str, *, outermost: bool = False) -> Iterator[str]:
    """A folder, or a request. What is neither is a request that nobody can read."""
    item = data.get("item") if isinstance(data, dict) else None
    items = data.get("items") if isinstance(data, dict) else None
    if isinstance(data, dict) and (item is not None or isinstance(items, list)):
        yield from _members(item, f"{pointer}/item")
        yield from (
            _members(items, f"{pointer}/items") if isinstance(items, list) else ()
        )
        if data.get("request"):
            yield f"{pointer}/request"
        yield from _examples(data, pointer, "response")
    elif not outermost or (isinstance(data, dict) and "request" in data):
        yield from _request(data, pointer, "response")


def _request(data: Json, pointer: str, key: str) -> Iterator[str]:
    yield pointer
    yield from _examples(data, pointer, key)


def _examples(data: Json, pointer: str, key: str) -> Iterator[str]:
    found = data.get(key) if isinstance(data, dict) else None
    if isinstance(found, list):
        for index, example in enumerate(found):
            if example is not None:
                yield f"{pointer}/{key}/{index}"


def _owners(pointer: str) -> Iterator[str]:
    """The place itself, and everything around it: an error about a list names what is in it."""
    parts = pointer.split("/")
    for end in range(len(parts), 0, -1):
        yield "/".join(parts[:end])
