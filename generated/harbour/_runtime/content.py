"""Bodies that are read while they are sent: bytes and files, one behind the other."""

from __future__ import annotations

import dataclasses
import io
import os
import pathlib
import typing
from collections.abc import AsyncIterator, Iterator

CHUNK = 65_536
"""Bytes read at once."""

Source: typing.TypeAlias = "bytes | os.PathLike[str] | typing.BinaryIO"
"""What a body, or a part of one, is made of; a path's file is opened for each sending and closed again."""


class ContentError(Exception):
    """A file cannot be sent: it is shorter than it was, or can be read only once."""


class File:
    """A file object from where it stands, to be read once or, if it can seek, from there again."""

    __slots__ = ("_file", "_start", "_used", "size")

    def __init__(self, file: typing.BinaryIO) -> None:
        if isinstance(typing.cast("object", file), io.TextIOBase):
            raise TypeError(f"{_name(file)} is open as text; open it with 'rb'")
        self._file, self._used = file, False
        seekable = getattr(file, "seekable", None)
        self._start = file.tell() if seekable is not None and seekable() else None
        self.size = None if self._start is None else _left(file, self._start)
        """Bytes, None if that shows only at its end."""

    @property
    def replayable(self) -> bool:
        """Whether it can be read again."""
        return self._start is not None

    def rewind(self) -> None:
        """Go back to where it stood."""
        if self._start is not None:
            self._file.seek(self._start)

    def __iter__(self) -> Iterator[bytes]:
        if self._used and not self.replayable:
            raise ContentError(
                f"{_name(self._file)} can be read only once, and had to be sent again "
                "(a redirect, or a challenge of the server): give a path or bytes"
            )
        self._used = True
        self.rewind()
        yield from _chunks(self._file, self.size)


@dataclasses.dataclass(frozen=True, slots=True)
class Path:
    """A file by its path; ``size`` is in bytes, of when the body was made."""

    path: pathlib.Path
    size: int
    replayable: typing.ClassVar[bool] = True

    def rewind(self) -> None:
        """It is opened anew each time."""

    def __iter__(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            yield from _chunks(file, self.size)


@dataclasses.dataclass(frozen=True, slots=True)
class Stream:
    """A body in parts. Files are measured once; what is added to them later is not sent."""

    parts: tuple[bytes | File | Path, ...]

    @classmethod
    def of(cls, *sources: Source) -> Stream:
        """Sources one behind the other.

        Raises OSError where a path leads nowhere, TypeError for what is no source.
        """
        return cls(tuple(map(_part, sources)))

    @property
    def length(self) -> int | None:
        """Bytes in all; None if one of the files has no known size."""
        sizes = [len(p) if isinstance(p, bytes) else p.size for p in self.parts]
        known = [size for size in sizes if size is not None]
        return sum(known) if len(known) == len(sizes) else None

    @property
    def replayable(self) -> bool:
        """Whether it can be sent a second time."""
        return all(isinstance(part, bytes) or part.replayable for part in self.parts)

    def rewind(self) -> None:
        """Put file objects back to where they stood, so that a body made of them anew is the same."""
        for part in self.parts:
            if not isinstance(part, bytes):
                part.rewind()

    def __iter__(self) -> Iterator[bytes]:
        """Raises ContentError, and OSError where a file cannot be read."""
        for part in self.parts:
            if isinstance(part, bytes):
                yield part
            else:
                yield from part

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """As iteration; files are read in a thread."""
        for part in self.parts:
            if isinstance(part, bytes):
                yield part
            else:
                async for chunk in _in_thread(iter(part)):
                    yield chunk


@dataclasses.dataclass(frozen=True, slots=True)
class Awaited:
    """The async side of a stream alone, as httpx2's async client wants it."""

    stream: Stream

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self.stream)


def _part(source: Source) -> bytes | File | Path:
    if isinstance(source, bytes):
        return source
    if isinstance(source, os.PathLike):
        path = pathlib.Path(source)
        return Path(path, path.stat().st_size)
    if hasattr(source, "read"):
        return File(source)
    raise TypeError(f"{type(source).__name__} is neither bytes, a path nor a file")


def _left(file: typing.BinaryIO, start: int) -> int:
    end = file.seek(0, os.SEEK_END)
    file.seek(start)
    return max(0, end - start)


def _chunks(file: typing.BinaryIO, size: int | None) -> Iterator[bytes]:
    """The next so many bytes, or all. Raises ContentError where there are fewer."""
    left = size
    while left is None or left > 0:
        chunk = file.read(CHUNK if left is None else min(CHUNK, left))
        if not chunk:
            break
        if not isinstance(chunk, bytes):
            raise TypeError(f"{_name(file)} gives no bytes; open it with 'rb'")
        if left is not None:
            left -= len(chunk)
        yield chunk
    if left:
        raise ContentError(f"{_name(file)} became shorter while it was sent")


def _name(file: object) -> str:
    name = getattr(file, "name", None)
    return repr(name) if isinstance(name, str) else "the file"


async def _in_thread(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    # Loaded here: httpx2 loads it for async clients only, and it takes longer than all of a client's modules.
    from anyio import to_thread

    while (chunk := await to_thread.run_sync(_next, chunks)) is not None:
        yield chunk


def _next(chunks: Iterator[bytes]) -> bytes | None:
    return next(chunks, None)
