"""Headers and bodies compared, where a request asks for it (``x-mock-match-request-headers`` and ``-body``)."""

from __future__ import annotations

import json
import typing
from urllib.parse import parse_qsl

from pmgen.source import JsonError, parse_json

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pmgen.postman import Body


def same_headers(
    names: Iterable[str],
    given: Mapping[str, str],
    wanted: tuple[tuple[str, str], ...],
) -> str:
    """The first of the names (in lower case) that is not the same on both sides; "" for none. Case does not count."""
    saved: dict[str, str] = {}
    for key, value in wanted:  # those of one name are a list, as in what came
        name = key.lower()
        saved[name] = f"{saved[name]}, {value}" if name in saved else value
    for name in names:
        if _bare(given.get(name)) != _bare(saved.get(name)):
            return name
    return ""


def same_body(saved: Body | None, given: bytes) -> str:
    """Why the bodies differ, "" where they don't. JSON is compared as JSON, forms field by field."""
    if saved is None:
        return "its request has no body" if given else ""
    compare = _OF_MODE.get(saved.mode)
    if compare is None:
        return f"its body ({saved.mode}) can't be compared"
    text = given.decode(errors="replace")
    return "" if compare(saved, text) else "its body is another one"


def _bare(value: str | None) -> str | None:
    return None if value is None else value.strip().casefold()


def _same_text(saved: Body, given: str) -> bool:
    as_json = _canonical(saved.raw)
    if as_json is None:
        return saved.raw.strip() == given.strip()
    return as_json == _canonical(given)


def _same_form(saved: Body, given: str) -> bool:
    fields = [(f.key or "", f.value or "") for f in saved.fields if not f.disabled]
    return sorted(fields) == sorted(parse_qsl(given, keep_blank_values=True))


def _same_graphql(saved: Body, given: str) -> bool:
    """The query as text, its variables as JSON; none are {} or null or nothing."""
    try:
        sent = parse_json(given)
    except JsonError:
        return False
    if not isinstance(sent, dict) or not isinstance(query := sent.get("query"), str):
        return False
    variables = _canonical(saved.variables or "{}")
    given_variables = json.dumps(sent.get("variables") or {}, sort_keys=True)
    return query.strip() == saved.raw.strip() and variables == given_variables


_OF_MODE: Mapping[str, Callable[[Body, str], bool]] = {
    "raw": _same_text,
    "graphql": _same_graphql,
    "urlencoded": _same_form,
}


def _canonical(text: str) -> str | None:
    """None for what is no JSON."""
    try:
        return json.dumps(parse_json(text), sort_keys=True)
    except JsonError:
        return None
