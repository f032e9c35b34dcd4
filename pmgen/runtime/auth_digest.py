"""Digest auth (RFC 7616, and RFC 2617 before it): the server asks, the client answers with a hash.

Not by httpx2's DigestAuth, which can neither answer unasked nor use SHA-512-256 or ``auth-int``.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import typing
from collections.abc import Generator, Mapping
from urllib.parse import quote

import httpx2

from .auth_shared import AuthError, answered, random_text

if typing.TYPE_CHECKING:
    from .draft import Draft

_HASHES = {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}


@dataclasses.dataclass(frozen=True, slots=True)
class Challenge:
    """What a server asks with. An empty ``qop`` is RFC 2069's: none."""

    realm: str
    nonce: str
    algorithm: str = ""
    qop: str = ""
    opaque: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Answerer:
    """Who answers. ``count`` and ``cnonce`` are made where they are empty."""

    username: str
    password: str
    count: str = ""
    cnonce: str = ""

    def header(
        self, challenge: Challenge, method: str, target: str, body: bytes
    ) -> str:
        """The Authorization header; ``target`` is path and query. Raises AuthError for unknown algorithms."""
        algorithm = challenge.algorithm or "MD5"
        session = algorithm.upper().endswith("-SESS")
        digest = _hash(algorithm[:-5] if session else algorithm)
        count, cnonce = self.count or "00000001", self.cnonce or random_text(8)
        secret = digest(f"{self.username}:{challenge.realm}:{self.password}".encode())
        if session:
            secret = digest(f"{secret}:{challenge.nonce}:{cnonce}".encode())
        asked = f"{method}:{target}"
        if challenge.qop == "auth-int":
            asked = f"{asked}:{digest(body)}"
        salt = f":{count}:{cnonce}:{challenge.qop}" if challenge.qop else ""
        proof = f"{secret}:{challenge.nonce}{salt}:{digest(asked.encode())}"
        pairs = [
            _username(self.username),
            f"realm={_quoted(challenge.realm)}",
            f"nonce={_quoted(challenge.nonce)}",
            f"uri={_quoted(target)}",
            f"algorithm={algorithm}",
            f"qop={challenge.qop}, nc={count}" if challenge.qop else "",
            f'cnonce="{cnonce}"' if challenge.qop or session else "",
            f'response="{digest(proof.encode())}"',
            f"opaque={_quoted(challenge.opaque)}" if challenge.opaque else "",
        ]
        return "Digest " + ", ".join(filter(None, pairs))


@dataclasses.dataclass(frozen=True, slots=True)
class Digest:
    """Answers the server's challenge; at once if realm and nonce are known. No username: nothing."""

    username: str
    password: str
    realm: str = ""
    nonce: str = ""
    algorithm: str = ""
    qop: str = ""
    nonce_count: str = ""
    client_nonce: str = ""
    opaque: str = ""
    retry: bool = True

    def apply(self, draft: Draft, values: Mapping[str, str]) -> None:
        """Set the header, and the flow that answers."""
        known = Challenge(
            self.realm.format_map(values),
            self.nonce.format_map(values),
            self.algorithm.format_map(values),
            self.qop.format_map(values),
            self.opaque.format_map(values),
        )
        answerer = Answerer(
            self.username.format_map(values),
            self.password.format_map(values),
            self.nonce_count.format_map(values),
            self.client_nonce.format_map(values),
        )
        if not answerer.username or answered(draft):
            return
        if known.realm and known.nonce:
            target = httpx2.URL(draft.whole_url).raw_path.decode()
            body = draft.body or b""
            header = answerer.header(known, draft.method, target, body)
            draft.set_header("Authorization", header)
        if self.retry:
            draft.flow = DigestFlow(answerer, known)


class DigestFlow(httpx2.Auth):
    """Answers one challenge of one request."""

    requires_request_body = True

    def __init__(self, answerer: Answerer, known: Challenge) -> None:
        self._answerer, self._known = answerer, known

    def auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        """The request; if it is refused, the request with an answer."""
        response = yield request
        # 403 as Postman takes it: some servers say so and challenge all the same.
        if response.status_code not in (401, 403):
            return
        challenge = asked(
            response.headers.get_list("www-authenticate"), self._known.algorithm
        )
        if challenge is None or challenge.nonce == self._known.nonce:
            return
        # nc and cnonce that were given belong to the nonce that was given.
        answerer = Answerer(self._answerer.username, self._answerer.password)
        target = request.url.raw_path.decode()
        request.headers["Authorization"] = answerer.header(
            challenge, request.method, target, request.content
        )
        if response.cookies:
            httpx2.Cookies(response.cookies).set_cookie_header(request)
        yield request


_START = re.compile(r"(?:^|,)\s*digest\s+", re.I)
_PAIR = re.compile(
    r'\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))\s*(?:,|$)', re.S
)


def asked(headers: list[str], preferred: str) -> Challenge | None:
    """The challenge to answer: the one with the algorithm that is preferred, else the first that can be answered."""
    found = [_read(line, m.end()) for line in headers for m in _START.finditer(line)]
    known = [c for c in found if _plain(c.algorithm or "MD5") in _HASHES] or found
    alike = [c for c in known if (c.algorithm or "MD5").lower() == preferred.lower()]
    return next(iter(alike or known), None)


def _read(line: str, start: int) -> Challenge:
    values: dict[str, str] = {}
    while (pair := _PAIR.match(line, start)) is not None:
        key, quoted, plain = pair.groups()
        values[key.lower()] = plain or re.sub(r"\\(.)", r"\1", quoted or "")
        start = pair.end()
    return Challenge(
        values.get("realm", ""),
        values.get("nonce", ""),
        values.get("algorithm", ""),
        _protection(values.get("qop", "")),
        values.get("opaque", ""),
    )


def _protection(offered: str) -> str:
    """``auth`` of several, since it is what everybody has."""
    found = [each.strip().lower() for each in offered.split(",")]
    return next((qop for qop in ("auth", "auth-int") if qop in found), "")


def _plain(algorithm: str) -> str:
    return algorithm.upper().removesuffix("-SESS")


def _hash(algorithm: str) -> typing.Callable[[bytes], str]:
    name = _HASHES.get(algorithm.upper())
    if name is None:
        raise AuthError(
            f"Digest auth knows no algorithm {algorithm!a}, only {', '.join(_HASHES)}, and each with -sess"
        )
    return lambda data: hashlib.new(name, data, usedforsecurity=False).hexdigest()


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _username(name: str) -> str:
    """RFC 7616, 3.4: what is not ASCII is encoded."""
    if name.isascii():
        return f"username={_quoted(name)}"
    return f"username*=UTF-8''{quote(name, safe='')}"
