"""The messages by which a token of OAuth 2 is asked for and had (RFC 6749). Nothing here sends.

Not by oauthlib, which has no types and wants to be asked differently for each grant; the messages are short.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import typing
from collections.abc import Sequence
from urllib.parse import quote, urlencode

import httpx2

from .auth_shared import AuthError

Kind: typing.TypeAlias = typing.Literal[
    "client_credentials", "password", "refresh_token"
]


@dataclasses.dataclass(frozen=True, slots=True)
class Grant:
    """How a token is had: what stands in the request for it. ``extra`` are (where, name, value), where as in Postman:
    ``request_body``, ``request_header`` or ``request_url``. ``access_token`` is one that the user has already.
    """

    kind: Kind
    url: str
    client_id: str
    client_secret: str = dataclasses.field(repr=False)
    scope: str = ""
    username: str = ""
    password: str = dataclasses.field(default="", repr=False)
    refresh_token: str = dataclasses.field(default="", repr=False)
    refresh_url: str = ""
    in_body: bool = False
    extra: tuple[tuple[str, str, str], ...] = dataclasses.field(default=(), repr=False)
    access_token: str = dataclasses.field(default="", repr=False)

    def request(self, refresh_token: str = "") -> httpx2.Request:
        """For a token; with a refresh token, for one that follows it. RFC 6749, 2.3.1, 4.3.2, 4.4.2 and 6."""
        refreshes = bool(refresh_token) or self.kind == "refresh_token"
        fields = {
            "grant_type": "refresh_token" if refreshes else self.kind,
            "refresh_token": (refresh_token or self.refresh_token) if refreshes else "",
            "username": "" if refreshes else self.username,
            "password": "" if refreshes else self.password,
            "scope": self.scope,
        }
        if self.in_body or not self.client_secret:
            fields |= {"client_id": self.client_id, "client_secret": self.client_secret}
        form = [(name, value) for name, value in fields.items() if value]
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        if "client_id" not in fields:
            # Not encoded before base64, against RFC 6749, 2.3.1: most servers, and Postman, do without.
            pair = f"{self.client_id}:{self.client_secret}"
            headers["Authorization"] = (
                f"Basic {base64.b64encode(pair.encode()).decode()}"
            )
        headers |= dict(self._extra("request_header"))
        url = self.refresh_url if refresh_token and self.refresh_url else self.url
        content = urlencode(form + self._extra("request_body")).encode()
        return httpx2.Request(
            "POST",
            with_query(httpx2.URL(url), self._extra("request_url")),
            headers=headers,
            content=content,
        )

    def _extra(self, where: str) -> list[tuple[str, str]]:
        return [(name, value) for place, name, value in self.extra if place == where]


@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """What a server gave. ``life`` is in seconds, infinite where the server does not say."""

    text: str = dataclasses.field(repr=False)
    life: float
    refresh: str = dataclasses.field(repr=False)


def read(response: httpx2.Response) -> Token:
    """The token of a reply: RFC 6749, 5.1. Raises AuthError if there is none, with the server's words."""
    found = _fields(response)
    token, refresh = found.get("access_token"), found.get("refresh_token")
    if response.status_code >= 400 or not isinstance(token, str) or not token:
        raise AuthError(_refusal(response, found))
    return Token(token, _life(found), refresh if isinstance(refresh, str) else "")


def _fields(response: httpx2.Response) -> dict[str, typing.Any]:
    try:
        found = json.loads(response.content)
    except (ValueError, RecursionError):
        return {}
    return (
        typing.cast("dict[str, typing.Any]", found) if isinstance(found, dict) else {}
    )


def _life(found: dict[str, typing.Any]) -> float:
    """Some servers write the number as text."""
    try:
        return float(found.get("expires_in") or "inf")
    except (TypeError, ValueError):
        return float("inf")


def _refusal(response: httpx2.Response, found: dict[str, typing.Any]) -> str:
    """RFC 6749, 5.2: the server's own words; nothing that was sent."""
    said = [str(found[key]) for key in ("error", "error_description") if key in found]
    words = ": ".join(said)[:200] or "no access token in its reply"
    url = response.request.url.copy_with(query=None, username="", password="")
    return f"No OAuth 2 token from {url}: HTTP {response.status_code}: {words}. Check the client's credentials"


def with_query(url: httpx2.URL, pairs: Sequence[tuple[str, str]]) -> httpx2.URL:
    """The URL with more parameters, the rest of its query left as it is; those of the same names go."""
    names = {quote(name, safe="") for name, _ in pairs}
    kept = [
        part
        for part in url.query.decode().split("&")
        if part and part.partition("=")[0] not in names
    ]
    return url.copy_with(
        query="&".join(
            [*kept, *([urlencode(pairs, quote_via=quote)] if pairs else [])]
        ).encode()
        or None
    )
