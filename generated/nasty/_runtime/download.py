"""Replies that are read while they arrive, for what does not fit into memory."""

from __future__ import annotations

import contextlib
import os
import pathlib
import typing
from collections.abc import AsyncIterator, Callable, Iterator

import httpx2

Failed: typing.TypeAlias = Callable[[Exception], Exception]
"""What httpx2's exception is told to the caller as."""


class Download:
    """A reply below status 400, whose body has not been read yet."""

    __slots__ = ("_failed", "_response", "headers", "status")

    def __init__(self, response: httpx2.Response, failed: Failed) -> None:
        self._response, self._failed = response, failed
        self.status: int = response.status_code
        self.headers: httpx2.Headers = response.headers

    def iter_bytes(self) -> Iterator[bytes]:
        """The body in pieces as they arrive, unpacked. Raises TransportError where it ends too early."""
        try:
            yield from self._response.iter_bytes()
        except httpx2.RequestError as error:
            failure = self._failed(error)
            raise failure from failure.__cause__

    def save(self, path: str | os.PathLike[str]) -> int:
        """Write the body to a file; how many bytes it has.

        The file appears when it is complete: until then it is called as the path with ``.part``.
        Raises TransportError where the body ends too early, OSError where the file cannot be written.
        """
        with _partial(pathlib.Path(path)) as file:
            return sum(map(file.write, self.iter_bytes()))


class AsyncDownload:
    """As Download, awaited."""

    __slots__ = ("_failed", "_response", "headers", "status")

    def __init__(self, response: httpx2.Response, failed: Failed) -> None:
        self._response, self._failed = response, failed
        self.status: int = response.status_code
        self.headers: httpx2.Headers = response.headers

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        """As Download.iter_bytes, awaited."""
        try:
            async for chunk in self._response.aiter_bytes():
                yield chunk
        except httpx2.RequestError as error:
            failure = self._failed(error)
            raise failure from failure.__cause__

    async def save(self, path: str | os.PathLike[str]) -> int:
        """As Download.save, awaited; the file is written in a thread."""
        from anyio import to_thread  # httpx2 loads it for async clients only

        size = 0
        with _partial(pathlib.Path(path)) as file:
            async for chunk in self.iter_bytes():
                size += await to_thread.run_sync(file.write, chunk)
        return size


Downloading: typing.TypeAlias = "contextlib.AbstractContextManager[Download]"
AsyncDownloading: typing.TypeAlias = (
    "contextlib.AbstractAsyncContextManager[AsyncDownload]"
)


@contextlib.contextmanager
def _partial(path: pathlib.Path) -> Iterator[typing.BinaryIO]:
    """A file that gets its name when all went well, and is gone otherwise."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
