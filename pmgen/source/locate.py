"""JSON pointer -> line and column, found only when there is something to report.

The standard decoder skips what is not asked for, so a place costs little more than reading the file once; the offsets
of a container's members are remembered.
"""

from __future__ import annotations

import bisect
import json
import re
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Both count from 1; columns count characters."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)


def escape(part: str) -> str:
    """A key as a part of a JSON pointer (RFC 6901)."""
    if "~" in part or "/" in part:
        return part.replace("~", "~0").replace("/", "~1")
    return part


def unescape(part: str) -> str:
    """The key of a part of a JSON pointer."""
    return part.replace("~1", "/").replace("~0", "~")


class Locator:
    """Places in one text, which must be valid JSON."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._members: dict[int, dict[str, int]] = {}
        self._lines = [0, *(end.end() for end in re.finditer("\n", text))]

    def place(self, pointer: str) -> tuple[int, int]:
        """Line and column of the value; of its nearest existing owner where it is missing."""
        offset = self._skip(0)
        for part in pointer.split("/")[1:]:
            found = self._children(offset).get(unescape(part))
            if found is None:
                break
            offset = found
        line = bisect.bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def repeated_keys(self) -> Iterator[tuple[str, str]]:
        """Pointer and key of each key that its object repeats, in the text's order."""
        todo = [("", self._skip(0))]
        while todo:
            pointer, offset = todo.pop()
            seen: set[str] = set()
            below: list[tuple[str, int]] = []
            for key, start in self._walk(offset):
                child = f"{pointer}/{escape(key)}"
                if key in seen:
                    yield child, key
                seen.add(key)
                below.append((child, start))
            todo += reversed(below)

    def _children(self, offset: int) -> dict[str, int]:
        if offset not in self._members:
            self._members[offset] = dict(self._walk(offset))
        return self._members[offset]

    def _walk(self, offset: int) -> Iterator[tuple[str, int]]:
        """Key (or index) and offset of each member of the container at the offset."""
        opening = self._text[offset : offset + 1]
        if opening not in ("{", "["):
            return
        offset, index = self._skip(offset + 1), 0
        while self._text[offset] not in "}]":
            key = str(index)
            if opening == "{":
                key, offset = _DECODER.raw_decode(self._text, offset)
                offset = self._skip(self._skip(offset) + 1)
            yield key, offset
            _, offset = _DECODER.raw_decode(self._text, offset)
            offset, index = self._skip(offset), index + 1
            if self._text[offset] == ",":
                offset = self._skip(offset + 1)

    def _skip(self, offset: int) -> int:
        match = _BLANK.match(self._text, offset)
        return match.end() if match else offset
