"""A request -> the example that answers it, or why none does. Pure.

The order of the filters, and what decides between equals, are those of
https://learning.postman.com/docs/design-apis/mock-apis/matching-algorithm/ (steps 2 to 7). One thing differs: of several
examples with the name that is asked for, Postman takes the first by id; here the request's method and URL decide first,
since tools call the examples of all requests alike ("OK", "200").
"""

from __future__ import annotations

import dataclasses
import typing

from pmgen.mock.compare import same_body, same_headers
from pmgen.mock.near import Near, nearest
from pmgen.mock.route import given_path, given_query
from pmgen.mock.score import Fit, fit

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pmgen.mock.catalog import Catalog, Example
    from pmgen.mock.route import Parameter

_OK = 200

CODE, ID, NAME = "x-mock-response-code", "x-mock-response-id", "x-mock-response-name"
MATCH_HEADERS = "x-mock-match-request-headers"
MATCH_BODY = "x-mock-match-request-body"


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """A request as it came: ``target`` is path and query; names of ``headers`` are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> tuple[str, ...]:
        """The decoded segments."""
        return given_path(self.target)

    @property
    def query(self) -> tuple[Parameter, ...]:
        """The decoded parameters."""
        return given_query(self.target)


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """The example, and what the path's variables have become."""

    example: Example
    captured: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, and the examples that come closest."""

    text: str
    nearest: tuple[Near, ...] = ()


_Fits: typing.TypeAlias = "list[tuple[Example, Fit]]"


def choose(call: Call, catalog: Catalog) -> Found | Refusal:
    """The example that answers. HEAD is answered as GET would be, where nothing was saved for it (RFC 9110, 9.3.2)."""
    found = _choose(call, call.method, catalog)
    if isinstance(found, Refusal) and call.method == "HEAD":
        return _choose(call, "GET", catalog)
    return found


def allowed(call: Call, catalog: Catalog) -> tuple[str, ...]:
    """The methods for which the call's path has an example."""
    path, query = call.path, call.query
    found = {e.asked.method for e in catalog.examples if fit(path, query, e.asked)}
    if "GET" in found:
        found.add("HEAD")
    return tuple(sorted(found | {"OPTIONS"})) if found else ()


def _choose(call: Call, method: str, catalog: Catalog) -> Found | Refusal:
    left = [e for e in catalog.examples if e.asked.method == method]
    for header, keeps in _FILTERS:
        value = call.headers.get(header)
        if value is None:
            continue
        left = [example for example in left if keeps(example, value)]
        if not left:
            text = _NONE[header].format(method=method, value=value)
            return _refusal(text, call, method, catalog)
    fits = _fitting(call, left)
    if ID in call.headers or NAME in call.headers:
        # Step 3 returns it: neither its URL nor its headers and body matter.
        return _best(fits) if fits else Found(_first(left))
    fits = [pair for pair in fits if not _mismatch(call, pair[0])]
    if fits:
        return _best(fits)
    return _refusal("No saved example matches the request", call, method, catalog)


def _refusal(text: str, call: Call, method: str, catalog: Catalog) -> Refusal:
    return Refusal(text, nearest(method, call.path, catalog, _reason(call)))


def _has_code(example: Example, value: str) -> bool:
    return str(example.status) == value.strip()


def _has_id(example: Example, value: str) -> bool:
    """By Postman's id, by its uid (``<user>-<id>``), or by the JSON pointer."""
    user, _, own = value.partition("-")
    return value in example.ids or (user.isdigit() and own in example.ids)


def _has_name(example: Example, value: str) -> bool:
    return example.name == " ".join(value.split())


_FILTERS: tuple[tuple[str, Callable[[Example, str], bool]], ...] = (
    (CODE, _has_code),
    (ID, _has_id),
    (NAME, _has_name),
)
_NONE = {
    CODE: "No example of method {method} has the status {value}",
    ID: "No example of method {method} has the id {value}",
    NAME: "No example of method {method} has the name {value}",
}
_OTHERS: Mapping[str, Callable[[Example], str]] = {
    CODE: lambda example: f"its status is {example.status}",
    ID: lambda example: f"its id is {example.ids[0]}",
    NAME: lambda example: f"its name is {example.name!r}",
}


def _fitting(call: Call, examples: Iterable[Example]) -> _Fits:
    path, query = call.path, call.query
    found = ((example, fit(path, query, example.asked)) for example in examples)
    return [(example, fitted) for example, fitted in found if fitted]


def _mismatch(call: Call, example: Example) -> str:
    """Which of the headers and the body that count is another one; "" for none."""
    names = [
        name.strip().lower()
        for name in call.headers.get(MATCH_HEADERS, "").split(",")
        if name.strip()
    ]
    differing = same_headers(names, call.headers, example.asked.headers)
    if differing:
        return f"its header {differing} is another one"
    if call.headers.get(MATCH_BODY, "").strip().lower() != "true":
        return ""
    return same_body(example.asked.body, call.body)


def _best(fits: _Fits) -> Found:
    """The highest score. Of equals the one with more that is just the same, which is ours; then as ``_first``."""
    top = max((fitted.score, -fitted.loose) for _, fitted in fits)
    equal = [pair for pair in fits if (pair[1].score, -pair[1].loose) == top]
    first = _first([example for example, _ in equal])
    fitted = next(fitted for example, fitted in equal if example is first)
    return Found(first, dict(fitted.captured))


def _first(examples: list[Example]) -> Example:
    """By Postman's id, those with status 200 before all others; without ids by the order of the file."""
    by_id = sorted(examples, key=lambda e: e.ids[0] if len(e.ids) > 1 else "")
    return next((e for e in by_id if e.status == _OK), by_id[0])


def _reason(call: Call) -> Callable[[Example], str]:
    """Why an example whose path fits does not answer."""
    wanted = [
        (header, keeps, call.headers[header])
        for header, keeps in _FILTERS
        if header in call.headers
    ]

    def reason(example: Example) -> str:
        others = (
            _OTHERS[header](example)
            for header, keeps, value in wanted
            if not keeps(example, value)
        )
        return next(others, "") or _mismatch(call, example)

    return reason
