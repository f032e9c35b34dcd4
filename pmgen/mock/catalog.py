"""Collections -> the examples that a mock can answer with.

Source of the rules: https://learning.postman.com/docs/design-apis/mock-apis/matching-algorithm/ (steps 1, and "wildcard
variables"); POSTMAN.md 2.8.
"""

from __future__ import annotations

import dataclasses
import typing

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.lower.variables import NOTHING_BESIDE, Scope, substitute
from pmgen.mock.route import Parameter, Path, paths, query
from pmgen.postman import Folder

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pmgen.lower.variables import Values
    from pmgen.postman import Body, Collection, Item, Pair, Request, Response

    #: Pointer of an example -> the ids that Postman gave it.
    Ids: typing.TypeAlias = "Callable[[str], tuple[str, ...]]"


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What a request must be like to get the example. ``display`` is its URL as the collection writes it."""

    method: str
    display: str
    paths: tuple[Path, ...]
    query: tuple[Parameter, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: Body | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Example:
    """A saved example. ``ids`` are Postman's and, last, its JSON pointer: many files have no ids.

    ``values`` are those of the path's variables, for headers and a body that repeat them.
    """

    ids: tuple[str, ...]
    trail: tuple[str, ...]
    name: str
    asked: Asked
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    language: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def title(self) -> str:
        """Folders, request, and example, for messages."""
        return " / ".join(part or "(no name)" for part in (*self.trail, self.name))


@dataclasses.dataclass(frozen=True, slots=True)
class Catalog:
    """All that a mock can answer with, in the order of the collections."""

    examples: tuple[Example, ...] = ()

    def __add__(self, other: Catalog) -> Catalog:
        return Catalog(self.examples + other.examples)


def catalog(
    collection: Collection, values: Values = NOTHING_BESIDE, ids: Ids = lambda _: ()
) -> tuple[Catalog, tuple[Diagnostic, ...]]:
    """A collection's examples, with the variables from beside it; what can't be asked for or sent is reported."""
    scope = Scope.of(collection.variables, values)
    sink: list[Diagnostic] = []
    found = [
        _example(item, response, request, scope, ids)
        for item in _items(collection.root)
        for response, request in _usable(item, sink)
    ]
    for orphan in collection.orphans:
        _leave_out(orphan, (), "it belongs to no request", sink)
    return Catalog(tuple(found)), tuple(sink)


def _items(folder: Folder) -> Iterator[Item]:
    for member in folder.members:
        if isinstance(member, Folder):
            yield from _items(member)
        else:
            yield member


def _usable(item: Item, sink: list[Diagnostic]) -> Iterator[tuple[Response, Request]]:
    """The examples with the request of each: its own, or else the item's."""
    for response in item.responses:
        request = response.request or item.request
        if request is None:
            _leave_out(response, item.trail, "there is no request to ask for it", sink)
        elif response.status is not None and response.status < 200:
            text = f"a reply does not end with the status {response.status}"
            _leave_out(response, item.trail, text, sink)
        else:
            yield response, request


def _leave_out(
    response: Response, trail: tuple[str, ...], why: str, sink: list[Diagnostic]
) -> None:
    text = f"The example is not served: {why}"
    where = (*trail, response.name)
    sink.append(Diagnostic(Rule.EXAMPLE_SKIPPED, text, response.pointer, where))


def _example(
    item: Item, response: Response, request: Request, scope: Scope, ids: Ids
) -> Example:
    """Postman fills in the variables that have a value; those of the path are known only when it is asked for."""
    asked = _asked(request, scope)
    in_path = {
        name for path in asked.paths for segment in path for name in segment.names
    }
    fixed = {key: value for key, value in scope.values.items() if key not in in_path}
    return Example(
        ids=(*ids(response.pointer), response.pointer),
        trail=item.trail,
        name=response.name,
        asked=asked,
        status=response.status or 200,
        headers=_headers(response.headers, fixed),
        body=substitute(response.body, fixed),
        language=response.language,
        values={
            name: scope.values[name] for name in sorted(in_path & set(scope.values))
        },
    )


def _asked(request: Request, scope: Scope) -> Asked:
    return Asked(
        method=request.method,
        display=_display(request),
        paths=paths(request.url, scope),
        query=query(request.url, scope),
        headers=_headers(request.headers, scope.values),
        body=_body(request.body, scope.values),
    )


def _headers(
    pairs: tuple[Pair, ...], values: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (substitute(pair.key, values).strip(), substitute(pair.value or "", values))
        for pair in pairs
        if pair.key and not pair.disabled
    )


def _body(body: Body | None, values: Mapping[str, str]) -> Body | None:
    if body is None:
        return None
    fields = tuple(
        dataclasses.replace(field, value=substitute(field.value or "", values))
        for field in body.fields
    )
    return dataclasses.replace(body, raw=substitute(body.raw, values), fields=fields)


def _display(request: Request) -> str:
    url = request.url
    pairs = [pair for pair in url.query if pair.key is not None and not pair.disabled]
    sent = "&".join(
        f"{pair.key}" if pair.value is None else f"{pair.key}={pair.value}"
        for pair in pairs
    )
    host = f"{url.protocol}://{url.host}" if url.protocol else url.host
    port = f":{url.port}" if url.port else ""
    path = "".join(f"/{segment}" for segment in url.path or ())
    return f"{host}{port}{path}{'?' if sent else ''}{sent}"
