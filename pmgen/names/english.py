"""What English says of a request's name: the thing it is about."""

from __future__ import annotations

import functools

import pluralizer

_VERBS = frozenset(
    [
        "add",
        "create",
        "delete",
        "fetch",
        "find",
        "get",
        "list",
        "make",
        "modify",
        "patch",
        "post",
        "put",
        "query",
        "read",
        "remove",
        "replace",
        "retrieve",
        "search",
        "set",
        "show",
        "submit",
        "update",
        "upsert",
        "view",
    ]
)
_ARTICLES = frozenset(["a", "all", "an", "the"])


@functools.cache
def _library() -> pluralizer.Pluralizer:
    return pluralizer.Pluralizer()  # type: ignore[no-untyped-call]  # it has no stubs


@functools.lru_cache(maxsize=65536)
def singular(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The words with the last one in the singular: field, mappings -> field, mapping."""
    if not parts or not parts[-1].isascii():
        return parts
    return (*parts[:-1], str(_library().singular(parts[-1])) or parts[-1])


def noun(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Without a leading verb and article: get, a, booking -> booking. Never empty for a non-empty name."""
    rest = parts[1:] if parts and parts[0] in _VERBS else parts
    if rest and rest[0] in _ARTICLES:
        rest = rest[1:]
    return rest or parts
