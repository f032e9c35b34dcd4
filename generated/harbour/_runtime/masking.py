"""Texts for messages and logs: what is a secret, and how it looks in them."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

if typing.TYPE_CHECKING:
    import httpx2

MASK = "***"

PRIVATE = re.compile("auth|cookie|token|secret|key|passw|sign|session", re.IGNORECASE)
"""Headers and query parameters whose values do not belong in a message."""

_USERINFO = re.compile(r"(?<=://)[^/?#]*@")
_ALONE = 4
"""Characters: a secret shorter than this is one only where it stands alone; "a" is in every word."""


def masked(text: str, secrets: Iterable[str]) -> str:
    """The text with asterisks for the secrets, in all the spellings they are sent in."""
    found = {form for secret in secrets for form in _forms(secret) if form}
    if not found:
        return text
    # The longest first: one secret may be the beginning of another.
    patterns = map(_pattern, sorted(found, key=lambda form: (-len(form), form)))
    return re.sub("|".join(patterns), MASK, text)


def _forms(secret: str) -> Iterator[str]:
    """As it is, in a URL or a form, in JSON."""
    yield secret
    yield secret.strip()
    yield quote(secret, safe="", errors="replace")
    yield quote(secret, errors="replace")
    yield quote_plus(secret, errors="replace")
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]


def _pattern(form: str) -> str:
    plain = re.escape(form)
    return plain if len(form) >= _ALONE else rf"(?<!\w){plain}(?!\w)"


def secrets_of(response: httpx2.Response) -> set[str]:
    """What the reply's request said that may be secret: a server may well repeat it."""
    try:
        request = response.request
    except RuntimeError:  # a response that someone made, of no request
        return set()
    pairs = [*request.headers.multi_items(), *request.url.params.multi_items()]
    found = [value for name, value in pairs if PRIVATE.search(name)]
    # "Bearer x", "Basic x": the scheme is none, and the rest alone is one too.
    rests = [value.partition(" ")[2] for value in found]
    return {*found, *rests, request.url.password} - {""}


def shown_url(url: str) -> str:
    """A URL without user, query and fragment."""
    return _USERINFO.sub("", re.split("[?#]", url, maxsplit=1)[0])
