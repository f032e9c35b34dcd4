"""Plain data as the JSON that is sent."""

from __future__ import annotations

import datetime
import enum
import json
import typing

if typing.TYPE_CHECKING:
    from .drift import Json


def encoded(value: Json) -> bytes:
    """UTF-8 without blanks. Raises TypeError for what is no JSON, ValueError for numbers that JSON has not."""
    try:
        return _text(value, ascii_only=False).encode()
    except UnicodeEncodeError:
        # JSON may hold lone surrogates, which UTF-8 can't; escaped they pass.
        return _text(value, ascii_only=True).encode()


def _text(value: Json, *, ascii_only: bool) -> str:
    return json.dumps(
        value,
        ensure_ascii=ascii_only,
        allow_nan=False,
        separators=(",", ":"),
        default=plain,
    )


def plain(value: object) -> object:
    """Dates, members of enums and UUIDs in plain data; what else is no JSON raises TypeError."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.value
    if type(value).__module__ == "uuid":  # not imported for this: few programs have it
        return str(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
