"""Bytes to text: UTF-8, UTF-16 and UTF-32, with and without a byte order mark; else latin-1."""

from __future__ import annotations

import json

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.source.locate import line_and_column


def decode(raw: bytes) -> tuple[str, str, tuple[Diagnostic, ...]]:
    """The text, its encoding, and a warning where that was guessed. Never fails: every byte is latin-1."""
    # The first bytes of JSON and YAML are ASCII, so that their zeros tell the width (RFC 4627, section 3).
    encoding = json.detect_encoding(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        return raw.decode("latin-1"), "latin-1", (_guessed(raw, encoding, error.start),)
    return text.removeprefix("\ufeff"), encoding, ()


def _guessed(raw: bytes, encoding: str, start: int) -> Diagnostic:
    before = raw[:start].decode("latin-1")
    line, column = line_and_column(before, len(before))
    name = encoding.removesuffix("-sig")
    text = f"Byte {start} is not {name}; the file was read as latin-1"
    return Diagnostic(Rule.ENCODING, text, line=line, column=column)
