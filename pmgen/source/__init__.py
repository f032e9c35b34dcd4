"""SOURCE: bytes -> Document, a folder -> Tree. Encoding, JSON, YAML, repeated keys, digest, and places on demand."""

from pmgen.source.document import (
    Document,
    Tree,
    entry,
    read,
    read_tree,
    repeated_keys,
)
from pmgen.source.lines import Samples, read_samples
from pmgen.source.locate import Locator
from pmgen.source.mend import Mended, mend
from pmgen.source.strict import Json, JsonError, parse_json, parse_noting_repeats

__all__ = [
    "Document",
    "Json",
    "JsonError",
    "Locator",
    "Mended",
    "Samples",
    "Tree",
    "entry",
    "mend",
    "parse_json",
    "parse_noting_repeats",
    "read",
    "read_samples",
    "read_tree",
    "repeated_keys",
]
