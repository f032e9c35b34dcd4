"""What the generated tests call: saved examples, canned replies, damaged copies, requests compared."""

from __future__ import annotations

import copy
import email
import email.policy
import json
import pathlib
import typing
from urllib.parse import unquote, unquote_plus, urlsplit

import httpx2

from .drift import DriftError, Json
from .files import Upload

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from .errors import ApiError

DELETED = object()
NO_AUTH = httpx2.Auth()
"""Stands in for an auth whose credentials are none, as those of tests are."""


class Examples:
    """The saved examples of one test module, by name; every access gives a copy."""

    def __init__(self, test_module: str, name: str) -> None:
        path = pathlib.Path(test_module).with_name("examples") / name
        self._found: dict[str, Json] = json.loads(path.read_bytes())

    def __getitem__(self, name: str) -> Json:
        return copy.deepcopy(self._found[name])


class Wire:
    """A network that answers every request with one reply and remembers what was sent."""

    def __init__(self, status: int, body: Json, content_type: str = "") -> None:
        self.sent: list[httpx2.Request] = []
        self._reply = status, _content(body, content_type), content_type

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.sent.append(request)
        status, content, content_type = self._reply
        headers = {"content-type": content_type} if content_type else {}
        return httpx2.Response(status, content=content, headers=headers)

    @property
    def sync(self) -> httpx2.Client:
        """An httpx2 client on this network."""
        return httpx2.Client(transport=httpx2.MockTransport(self))

    @property
    def awaited(self) -> httpx2.AsyncClient:
        """An async httpx2 client on this network."""
        return httpx2.AsyncClient(transport=httpx2.MockTransport(self))


def _content(body: Json, content_type: str) -> bytes:
    """JSON where the type says so; else text and bytes as they are."""
    if content_type == "application/json":
        return json.dumps(body).encode()
    if body is None or isinstance(body, bytes):
        return body or b""
    return str(body).encode()


def damaged(document: Json, path: tuple[str | int, ...], value: object) -> Json:
    """A copy with the value at the path replaced, or its key taken away."""
    root = [copy.deepcopy(document)]
    owner: Json = root
    steps: tuple[str | int, ...] = (0, *path)
    for step in steps[:-1]:
        owner = owner[step]
    if value is DELETED:
        del owner[steps[-1]]
    else:
        owner[steps[-1]] = value
    return root[0]


Damage: typing.TypeAlias = "tuple[tuple[str | int, ...], object, str]"
"""Where a document is damaged, what is put there, and the mismatch that reading it must tell."""


def check_refused(
    read: Callable[[Json], object], document: Json, damage: Damage
) -> None:
    """Raise AssertionError unless the damaged document is refused with just that mismatch."""
    path, value, mismatch = damage
    try:
        read(damaged(document, path, value))
    except DriftError as error:
        found = [str(each) for each in error.mismatches]
        assert found == [mismatch], found
    else:
        raise AssertionError(f"taken, and this was not told: {mismatch}")


def alike(sent: list[httpx2.Request]) -> httpx2.Request:
    """The first of the requests; raises AssertionError where another differs: they were made of the same arguments."""
    first, *others = map(_told, sent)
    for other in others:
        assert other == first, f"{other} is not {first}"
    return sent[0]


def _told(request: httpx2.Request) -> tuple[object, ...]:
    """All of it, with the same boundary between parts."""
    boundary = request.headers.get("Content-Type", "").partition("boundary=")[2]
    headers = sorted(request.headers.multi_items())
    plain = [
        (name, value.replace(boundary, "b") if boundary else value)
        for name, value in headers
    ]
    content = request.content
    if boundary:
        content = content.replace(boundary.encode(), b"b")
    return request.method, str(request.url), plain, content


def check_error(error: ApiError, status: int, expected: object) -> None:
    """Raise AssertionError unless the error is of that status and body, and as the client expects it."""
    assert (error.status, error.drift) == (status, [])
    assert error.body == expected


def check_json(dumped: Json, example: Json) -> None:
    """Raise AssertionError unless the two are equal as JSON."""
    assert same_json(dumped, example), dumped


def same_json(first: Json, second: Json) -> bool:
    """Equal as JSON: 1 and True differ, and so do 1 and 1.0; the order of keys does not count."""
    return _canonical(first) == _canonical(second)


def _canonical(value: Json) -> str:
    return json.dumps(value, sort_keys=True)


def body_of(request: httpx2.Request) -> Json:
    """A request's JSON body, decoded."""
    return json.loads(request.content)


def file(name: str) -> Upload:
    """A file whose content is its name."""
    return Upload(name.encode(), name)


def check_parts(
    request: httpx2.Request, expected: list[tuple[str, str | None, str, str]]
) -> None:
    """Raise AssertionError where the form-data is not the expected one: names, file names, types, contents.

    A type of "" is that which follows from the file.
    """
    found = list(_parts(request))
    assert [part[:2] + part[3:] for part in found] == [
        (name, file, content.encode()) for name, file, _, content in expected
    ]
    declared = [(a[2], b[2]) for a, b in zip(found, expected, strict=True) if b[2]]
    assert all(a == b for a, b in declared), declared


def _parts(
    request: httpx2.Request,
) -> typing.Iterator[tuple[str, str | None, str, bytes]]:
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n"
    message = email.message_from_bytes(
        head.encode() + request.content, policy=email.policy.HTTP
    )
    for part in message.iter_parts():
        name = str(part.get_param("name", "", "content-disposition"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        yield name, part.get_filename(), part.get("content-type", ""), content


def url_of(url: str | httpx2.URL) -> tuple[typing.Any, ...]:
    """A URL by its meaning: scheme, host, port, path segments and query, all decoded."""
    parts = urlsplit(str(url))
    path = [unquote(segment) for segment in (parts.path or "/").split("/")]
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, port, path, _query(parts.query)


def _query(text: str) -> list[tuple[str, str | None]]:
    """Parameters in order; those of one key stand together, at the first one's place."""
    found: dict[str, list[str | None]] = {}
    for part in filter(None, text.split("&")):
        key, equals, value = part.partition("=")
        values = found.setdefault(unquote_plus(key), [])
        values.append(unquote_plus(value) if equals else None)
    return [(key, value) for key, values in found.items() for value in values]


def check_request(
    sent: httpx2.Request, *, method: str, url: str, headers: list[tuple[str, str]]
) -> None:
    """Raise AssertionError where the request is not the expected one; it may have more headers."""
    assert sent.method == method, sent.method
    assert url_of(sent.url) == url_of(url), str(sent.url)
    found = _by_meaning(sent.headers.multi_items())
    lacking = [pair for pair in _by_meaning(headers) if pair not in found]
    assert not lacking, f"{lacking} not in {found}"


def _by_meaning(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neither the case of names nor blanks around values mean anything."""
    return [(name.lower(), value.strip(" \t")) for name, value in headers]
