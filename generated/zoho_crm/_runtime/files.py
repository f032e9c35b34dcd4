"""Files that a caller sends: a path, bytes, or an open file, with a name and a type of their own if need be."""

from __future__ import annotations

import dataclasses
import mimetypes
import os
import pathlib
import typing
from collections.abc import Sequence

from .content import Source


@dataclasses.dataclass(frozen=True, slots=True)
class Upload:
    """A file with a name and a media type. None: those of the content; "": none at all."""

    content: Source
    name: str | None = None
    content_type: str | None = None


File: typing.TypeAlias = "Source | Upload"


Files: typing.TypeAlias = "Sequence[File]"
"""Several files of one field."""


def upload(file: File) -> Upload:
    """With its name, "file" where it has none, and its type, by the suffix of what the content is called."""
    given = file if isinstance(file, Upload) else Upload(file)
    own = _name_of(given.content)
    name = (own or "file") if given.name is None else given.name
    kind = guessed(own or name) if given.content_type is None else given.content_type
    return Upload(given.content, name, kind)


def guessed(name: str) -> str:
    """The media type by a name's suffix."""
    return _TYPES.guess_type(name)[0] or "application/octet-stream"


_TYPES = mimetypes.MimeTypes()
"""Python's own table, the same on every machine."""


def _name_of(content: Source) -> str:
    if isinstance(content, bytes):
        return ""
    named = content if isinstance(content, os.PathLike) else _path_of(content)
    return pathlib.Path(named).name


def _path_of(file: typing.BinaryIO) -> str:
    """What an open file says; the number of one without a name is none."""
    name = getattr(file, "name", "")
    return name if isinstance(name, str) else ""
