"""The body of a request, by its length or in chunks (RFC 9112, 6 and 7.1)."""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from email.message import Message
    from io import BufferedIOBase

#: Bytes; no example's body is as long, and somebody's upload must not fill the memory.
MOST = 64 * 1024 * 1024
_LINE = 1024


class BadBodyError(Exception):
    """A body that can't be read; ``status`` is what to answer."""

    def __init__(self, status: int, text: str) -> None:
        self.status = status
        super().__init__(text)


def body_of(headers: Message, stream: BufferedIOBase) -> bytes:
    """The body; b"" where the head announces none. Raises BadBodyError."""
    coding = headers.get("Transfer-Encoding", "").strip().lower()
    if coding == "chunked":
        return _chunked(stream)
    if coding:
        raise BadBodyError(501, "Only chunked is understood as Transfer-Encoding")
    length = headers.get("Content-Length", "0").strip()
    if not (length.isascii() and length.isdigit()):
        raise BadBodyError(400, "Content-Length is no number")
    return _exactly(stream, _limited(int(length) if len(length) < 20 else MOST + 1))


def _chunked(stream: BufferedIOBase) -> bytes:
    parts: list[bytes] = []
    total = 0
    while size := _size(stream):
        total = _limited(total + size)
        parts.append(_exactly(stream, size))
        if _exactly(stream, 2) != b"\r\n":
            raise BadBodyError(400, "A chunk of the body is longer than announced")
    while stream.readline(_LINE).strip():
        pass  # trailers
    return b"".join(parts)


def _size(stream: BufferedIOBase) -> int:
    """A chunk's length stands before it, in hexadecimal digits."""
    text = stream.readline(_LINE).partition(b";")[0].strip()
    if not text or text.strip(b"0123456789abcdefABCDEF") or len(text) > 16:
        raise BadBodyError(400, "A chunk of the body has no length")
    return _limited(int(text, 16))


def _limited(length: int) -> int:
    if length > MOST:
        raise BadBodyError(413, f"The body has more than {MOST} bytes")
    return length


def _exactly(stream: BufferedIOBase, length: int) -> bytes:
    found = stream.read(length)
    if len(found) < length:
        raise BadBodyError(400, "The body is shorter than announced")
    return found
