"""Query parameters that tell two requests with the same method and path apart.

``GET /users?sort=name`` and ``GET /users?sort=age`` are two operations only by their query, so it is sent by default.
"""

from __future__ import annotations

import collections
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pmgen.postman import Request


def telling(requests: Iterable[tuple[str, Request]]) -> Mapping[str, frozenset[str]]:
    """For each request's pointer the query keys whose enabled values differ from its twins'."""
    twins: dict[tuple[str, ...], dict[str, dict[str, str | None]]]
    twins = collections.defaultdict(dict)
    for pointer, request in requests:
        url = request.url
        place = (request.method, url.protocol, url.host, url.port, *(url.path or ()))
        twins[place][pointer] = {
            pair.key: pair.value for pair in url.query if pair.key and not pair.disabled
        }
    return {
        pointer: frozenset(_differing(values, list(group.values())))
        for group in twins.values()
        for pointer, values in group.items()
    }


def _differing(
    values: Mapping[str, str | None], group: list[dict[str, str | None]]
) -> Iterable[str]:
    for key, value in values.items():
        if any(key not in other or other[key] != value for other in group):
            yield key
