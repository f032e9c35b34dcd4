"""Requests and replies as values. All that a client decides, it decides here, in pure functions."""

from __future__ import annotations

import collections
import dataclasses
import json
import string
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from .codecs import Codec, ObjectOf
from .content import Stream
from .draft import Draft
from .drift import Drift, Json
from .encode import Argument, Flag, in_path, literal, text
from .files import File, upload
from .forms import Encoding, Fields
from .jsontext import encoded
from .models import Model, dump

if typing.TYPE_CHECKING:
    import httpx2

    from .auth import Auth
    from .drift import Mismatch

T = typing.TypeVar("T")

Headers: typing.TypeAlias = Mapping[str, str]
Content: typing.TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | bytes"
"""A body as plain data: objects and lists are sent as JSON, text and bytes as they are."""


@dataclasses.dataclass(frozen=True, slots=True)
class Expect:
    """What the examples showed for one status. Nothing set: no example, any reply is taken."""

    json: type[Model] | Codec[typing.Any] | None = None
    text: bool = False
    data: bool = False
    empty: bool = False

    def decode(self, response: httpx2.Response, drift: Drift, root: list[Json]) -> Json:
        """The reply's value. ``root`` is the list of one item that drift looks into."""
        if not response.content:
            return self._nothing(drift, root)
        if self.data and self.json is None:
            return response.content
        if self.text and self.json is None:
            return response.text
        try:
            root[0] = json.loads(response.content)
        except (ValueError, RecursionError):
            root[0] = response.content if self.data else response.text
            if self.json is None or self.text or self.data:
                return root[0]
        return root[0] if self.json is None else self._typed(drift, root)

    def _nothing(self, drift: Drift, root: list[Json]) -> Json:
        if self.empty:
            return None
        if self.data or self.text:
            return b"" if self.data else ""
        return None if self.json is None else self._typed(drift, root)

    def _typed(self, drift: Drift, root: list[Json]) -> Json:
        codec = (
            self.json if isinstance(self.json, Codec) else ObjectOf(self.json or Model)
        )
        return codec.read(root[0], root, 0, drift)


@dataclasses.dataclass(frozen=True, slots=True)
class Operation:
    """One request of the collection: all that does not depend on a call's arguments.

    ``server``, ``path`` and header values are format strings; their holes are settings and arguments.
    ``credentials`` are headers that go only if their settings are given, and not beside the user's own auth.
    ``query`` has defaults made of settings; ``body`` prints a typed body that is no model; ``form`` makes one of fields.
    ``redirects`` False: a reply that leads elsewhere is the reply. ``drops``: headers, in lower case, that are not added
    where neither the operation nor the caller gives them.
    """

    name: str
    method: str
    server: str
    path: str
    headers: Sequence[tuple[str, str]] = ()
    credentials: Sequence[tuple[str, str]] = ()
    query: Mapping[str, str] = dataclasses.field(default_factory=dict)
    auth: Auth | None = None
    body: Codec[typing.Any] | None = None
    form: Encoding | None = None
    replies: Mapping[int, Expect] = dataclasses.field(default_factory=dict)
    redirects: bool = True
    drops: Set[str] = frozenset()

    def expect(self, status: int) -> Expect:
        """What to expect for a status; an unknown success is taken as the first known one."""
        if status in self.replies:
            return self.replies[status]
        known = (e for s, e in self.replies.items() if 200 <= s < 300)
        return next(known, Expect()) if 200 <= status < 300 else Expect()


@dataclasses.dataclass(frozen=True)
class Request(typing.Generic[T]):
    """One call of an operation, ready for ``Client.send``.

    ``values`` fill path and headers; ``optional_headers`` and query parameters of None are not sent;
    ``headers`` are the caller's own and win over all others. ``fields`` are those of the operation's form; ``file`` is
    a body that is one. ``url``, without a query, stands for server and path of the operation. None of these is shown by
    ``repr``, since any may be a secret.
    """

    operation: Operation
    values: Mapping[str, Argument] = dataclasses.field(default_factory=dict, repr=False)
    query: Sequence[tuple[str, Argument | Flag | Sequence[Argument]]] = (
        dataclasses.field(default=(), repr=False)
    )
    optional_headers: Sequence[tuple[str, Argument]] = dataclasses.field(
        default=(), repr=False
    )
    headers: Headers | None = dataclasses.field(default=None, repr=False)
    body: Model | Content | Sequence[Model] | None = dataclasses.field(
        default=None, repr=False
    )
    fields: Fields = dataclasses.field(default=(), repr=False)
    file: File | None = dataclasses.field(default=None, repr=False)
    url: str | None = dataclasses.field(default=None, repr=False)


@dataclasses.dataclass(frozen=True)
class Reply(typing.Generic[T]):
    """What came back: the typed value, and the rest for those who need it."""

    value: T
    status: int
    headers: httpx2.Headers
    drift: list[Mismatch]


@dataclasses.dataclass(frozen=True, slots=True)
class Prepared:
    """A request as it goes out; ``auth`` answers challenges. ``drops``: what the HTTP library must not add.

    ``private``: the headers that are for this server only. What may be secret is not shown by ``repr``.
    """

    method: str
    url: str = dataclasses.field(repr=False)
    headers: list[tuple[str, str]] = dataclasses.field(repr=False)
    content: bytes | Stream | None = dataclasses.field(repr=False)
    auth: httpx2.Auth | None = None
    redirects: bool = True
    drops: Set[str] = frozenset()
    private: Sequence[str] = ()


def prepare(
    request: Request[T], settings: Mapping[str, str], *, auth: bool
) -> Prepared:
    """Fill an operation's templates with settings and arguments; ``auth`` False leaves credentials out."""
    operation = request.operation
    draft = _draft(request, settings, auth=auth)
    private = [name for name, _ in operation.credentials]
    if auth and operation.auth is not None:
        before = draft.headers
        operation.auth.apply(draft, settings)
        private += [name for name, _ in draft.headers if (name, _) not in before]
    return Prepared(
        draft.method,
        draft.whole_url,
        draft.headers,
        draft.sent,
        draft.flow,
        operation.redirects,
        draft.drops,
        private,
    )


def _draft(request: Request[T], settings: Mapping[str, str], *, auth: bool) -> Draft:
    operation = request.operation
    draft = Draft(
        method=operation.method,
        url=_place(request, settings),
        query=_query(request, settings),
        headers=_headers(request, settings, auth=auth),
    )
    for name, value in (request.headers or {}).items():
        draft.set_header(name, value)
    draft.own = frozenset(map(str.lower, request.headers or ()))
    if operation.drops:
        draft.drops = operation.drops - {name.lower() for name, _ in draft.headers}
    _fill(draft, request, settings)
    return draft


def _fill(draft: Draft, request: Request[T], settings: Mapping[str, str]) -> None:
    """The body, and its type where that is known now only."""
    if request.operation.form is not None:
        request.operation.form.fill(draft, request.fields, settings)
    elif request.file is not None:
        file = upload(request.file)
        draft.content = Stream.of(file.content)
        if draft.header("Content-Type") is None and file.content_type:
            draft.set_header("Content-Type", file.content_type)
    else:
        draft.content = encode(request.body, request.operation.body)


def encode(body: object, codec: Codec[typing.Any] | None = None) -> bytes | None:
    """A body as bytes: models and plain data as JSON, text and bytes as they are."""
    if body is None or isinstance(body, bytes):
        return body
    if isinstance(body, str):
        return body.encode()
    value = dump(body) if codec is None else codec.dump(body)
    return encoded(value)


def url_of(request: Request[T], settings: Mapping[str, str]) -> str:
    """Its URL with the query, but for what an auth adds."""
    query = _query(request, settings)
    return Draft("", _place(request, settings), query, []).whole_url


def _place(request: Request[T], settings: Mapping[str, str]) -> str:
    if request.url is not None:
        return request.url
    return _base(request.operation, settings) + _path(request, settings)


def _query(
    request: Request[T], settings: Mapping[str, str]
) -> list[tuple[str, Argument | Flag]]:
    return [
        (key, value)
        for key, given in request.query
        for value in _values(key, given, request.operation, settings)
    ]


def _base(operation: Operation, settings: Mapping[str, str]) -> str:
    base = operation.server.format_map(settings)
    return base if "://" in base else f"http://{base}"


def _path(request: Request[T], settings: Mapping[str, str]) -> str:
    path = request.operation.path
    return path.format_map(_InPath(request.values, settings)) if "{" in path else path


class _InPath(typing.Mapping[str, str]):
    """Arguments, else settings, as they stand in a path."""

    __slots__ = ("_settings", "_values")

    def __init__(
        self, values: Mapping[str, Argument], settings: Mapping[str, str]
    ) -> None:
        self._values, self._settings = values, settings

    def __getitem__(self, name: str) -> str:
        if name in self._values:
            return in_path(self._values[name])
        return literal(self._settings[name])

    def __iter__(self) -> Iterator[str]:
        return iter({**self._settings, **self._values})

    def __len__(self) -> int:
        return len({**self._settings, **self._values})


def _headers(
    request: Request[T], settings: Mapping[str, str], *, auth: bool
) -> list[tuple[str, str]]:
    texts = {name: text(value) for name, value in request.values.items()}
    values = collections.ChainMap(texts, typing.cast("dict[str, str]", settings))
    headers = [(k, v.format_map(values)) for k, v in request.operation.headers]
    if auth:
        for name, template in request.operation.credentials:
            holes = [
                hole for _, hole, _, _ in string.Formatter().parse(template) if hole
            ]
            if any(values[hole] for hole in holes):
                headers.append((name, template.format_map(values)))
    for name, value in request.optional_headers:
        if value is not None:
            headers.append((name, text(value)))
    return headers


def _values(
    key: str,
    given: Argument | Flag | Sequence[Argument],
    operation: Operation,
    settings: Mapping[str, str],
) -> Iterable[Argument | Flag]:
    """A parameter's values: what was given, else the default made of settings."""
    if given is None and key in operation.query:
        return [operation.query[key].format_map(settings)]
    if isinstance(given, Sequence) and not isinstance(given, str):
        return given
    return [given]
