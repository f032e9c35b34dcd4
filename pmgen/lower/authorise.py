"""What an auth adds to the request that Postman sends (POSTMAN.md 3.8), for the replay."""

from __future__ import annotations

import base64
import typing

from pmgen.lower import encode, samples, variables

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.postman import Auth

Headers: typing.TypeAlias = "list[tuple[str, str]]"


def authorised(
    headers: Headers, query: list[str], auth: Auth | None, values: Mapping[str, str]
) -> tuple[Headers, list[str]]:
    """An auth's header replaces the user's of the same name; its query parameter likewise."""
    if auth is None or auth.type not in ("bearer", "basic", "apikey"):
        return headers, query
    if auth.type == "apikey":
        return _with_key(headers, query, auth, values)
    text = _bearer(auth, values) if auth.type == "bearer" else _basic(auth, values)
    return _replaced(headers, "Authorization", text), query


def _with_key(
    headers: Headers, query: list[str], auth: Auth, values: Mapping[str, str]
) -> tuple[Headers, list[str]]:
    declared = auth.parameters.get("key", "")
    key = variables.substitute(declared, values)
    value = _given(auth, "value", declared, values)
    if not key:
        return headers, query
    if auth.parameters.get("in") != "query":
        return _replaced(headers, key, value), query
    name = encode.data(key)
    kept = [part for part in query if part.partition("=")[0] != name]
    return headers, [*kept, f"{name}={encode.data(value)}"]


def _bearer(auth: Auth, values: Mapping[str, str]) -> str:
    return f"Bearer {_given(auth, 'token', 'token', values)}"


def _basic(auth: Auth, values: Mapping[str, str]) -> str:
    """A password alone or a user alone leaves the other empty; with neither the client has settings for both."""
    declared = [auth.parameters.get(name, "") for name in ("username", "password")]
    pair = [
        _given(auth, name, name, values) if text or not any(declared) else ""
        for name, text in zip(("username", "password"), declared, strict=True)
    ]
    return "Basic " + base64.b64encode(":".join(pair).encode()).decode()


def _given(auth: Auth, name: str, spelled: str, values: Mapping[str, str]) -> str:
    """A parameter's value; a literal credential has the stand-in of its setting."""
    text = auth.parameters.get(name, "")
    if variables.names(text):
        return variables.substitute(text, values)
    return samples.slug(spelled)


def _replaced(headers: Headers, name: str, value: str) -> Headers:
    kept = [pair for pair in headers if pair[0].lower() != name.lower()]
    return [*kept, (name, value)]
