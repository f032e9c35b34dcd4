"""Bodies made of fields: urlencoded, form-data, GraphQL. What is None is not sent."""

from __future__ import annotations

import dataclasses
import secrets
import types
import typing
from collections.abc import Iterator, Mapping, Sequence

from .content import Source, Stream
from .encode import text
from .files import Upload, upload
from .jsontext import encoded
from .models import UNSET, dump

if typing.TYPE_CHECKING:
    from .draft import Draft

Fields: typing.TypeAlias = "Sequence[tuple[str, typing.Any]]"
"""Name and argument: a text, number, date or file, or several of one."""
_NOTHING: Mapping[str, str] = types.MappingProxyType({})


class Encoding(typing.Protocol):
    """Makes a body of fields."""

    def fill(self, draft: Draft, fields: Fields, settings: Mapping[str, str]) -> None:
        """Change the draft in place."""


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """``application/x-www-form-urlencoded``. ``defaults`` are format strings of settings, by field."""

    defaults: Mapping[str, str] = dataclasses.field(default_factory=lambda: _NOTHING)

    def fill(self, draft: Draft, fields: Fields, settings: Mapping[str, str]) -> None:
        """Set the draft's form."""
        given = _given(fields, self.defaults, settings)
        draft.form = [(name, text(value)) for name, value in given]


@dataclasses.dataclass(frozen=True, slots=True)
class Parts:
    """``multipart/form-data``. ``types`` are media types that the collection gives to parts."""

    types: Mapping[str, str] = dataclasses.field(default_factory=lambda: _NOTHING)
    defaults: Mapping[str, str] = dataclasses.field(default_factory=lambda: _NOTHING)

    def fill(self, draft: Draft, fields: Fields, settings: Mapping[str, str]) -> None:
        """Set the draft's content; its Content-Type names the boundary unless the caller's does."""
        declared = draft.header("Content-Type") or ""
        _, named, boundary = declared.partition("boundary=")
        if not named:
            boundary = "-" * 26 + secrets.token_hex(12)
            draft.set_header(
                "Content-Type", f"multipart/form-data; boundary={boundary}"
            )
        mark = boundary.partition(";")[0].strip().strip('"').encode()
        parts = [
            part
            for name, value in _given(fields, self.defaults, settings)
            for part in _part(mark, name, value, self.types.get(name))
        ]
        draft.content = _joined([*parts, b"--" + mark + b"--\r\n"])


def _joined(parts: list[Source]) -> bytes | Stream:
    plain = [part for part in parts if isinstance(part, bytes)]
    return b"".join(plain) if len(plain) == len(parts) else Stream.of(*parts)


def _part(mark: bytes, name: str, value: object, declared: str | None) -> list[Source]:
    about = f'form-data; name="{_quoted(name)}"'
    content: Source
    if isinstance(value, str | int | float) or hasattr(value, "isoformat"):
        kind = declared
        content = text(typing.cast("str", value)).encode()
    else:
        own = isinstance(value, Upload) and value.content_type is not None
        file = upload(typing.cast("Upload", value))
        kind = file.content_type if own or not declared else declared
        about += f'; filename="{_quoted(file.name or "")}"'
        content = file.content
    head = f"Content-Disposition: {about}\r\n"
    head += f"Content-Type: {kind}\r\n" if kind else ""
    return [b"--", mark, b"\r\n", head.encode(), b"\r\n", content, b"\r\n"]


def _quoted(name: str) -> str:
    """A name in quotes, as browsers write it: what would end it is encoded."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


@dataclasses.dataclass(frozen=True, slots=True)
class GraphQL:
    """A query as JSON; its fields are variables, of which UNSET ones are left out. ``name``: what of it is run."""

    query: str
    name: str | None = None

    def fill(self, draft: Draft, fields: Fields, settings: Mapping[str, str]) -> None:
        """Set the draft's content."""
        del settings
        body: dict[str, typing.Any] = {"query": self.query}
        if self.name is not None:
            body["operationName"] = self.name
        given = {name: dump(value) for name, value in fields if value is not UNSET}
        if given:
            body["variables"] = given
        draft.content = encoded(body)


def _given(
    fields: Fields, defaults: Mapping[str, str], settings: Mapping[str, str]
) -> Iterator[tuple[str, typing.Any]]:
    """Each value of each field that has one; else the default made of settings."""
    for name, value in fields:
        if value is None and name in defaults:
            yield name, defaults[name].format_map(settings)
        elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
            yield from ((name, one) for one in value if one is not None)
        elif value is not None:
            yield name, value
