"""SOURCE: bytes -> Document. Encoding, JSON, duplicate keys, digest, and places in the text on demand."""

from pmgen.source.document import (
    Document,
    Json,
    JsonError,
    parse_json,
    read,
    repeated_keys,
)
from pmgen.source.locate import Locator

__all__ = [
    "Document",
    "Json",
    "JsonError",
    "Locator",
    "parse_json",
    "read",
    "repeated_keys",
]
