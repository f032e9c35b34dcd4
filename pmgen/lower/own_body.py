"""The text of a body as Postman sends it: variables replaced, and the comments of JSON removed (POSTMAN.md 3.7)."""

from __future__ import annotations

import re
import typing

from pmgen.lower import variables

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.postman import Body, Request

_JSON = re.compile(r"[^;]*[/+]json\b", re.IGNORECASE)
_STRING_OR_COMMENT = re.compile(
    r'("(?:[^"\\]|\\.)*(?:"|\\?\Z))|//.*?(?=\n|\Z)|/\*.*?(?:\*/|\Z)', re.DOTALL
)


def raw(body: Body, request: Request, values: Mapping[str, str]) -> str:
    """What becomes of a raw body. Replacing comes first, so a variable may bring a comment with it."""
    text = variables.substitute(body.raw, values)
    return without_comments(text) if _is_json(body, request) else text


def without_comments(text: str) -> str:
    """``//`` to the end of its line and ``/* */`` go wherever they stand outside of strings; blanks stay."""
    return _STRING_OR_COMMENT.sub(lambda match: match.group(1) or "", text)


def _is_json(body: Body, request: Request) -> bool:
    """By its language; where it has none, by the request's own Content-Type."""
    if body.language:
        return body.language == "json"
    return any(
        _JSON.match(pair.value or "")
        for pair in request.headers
        if (pair.key or "").lower() == "content-type" and not pair.disabled
    )
