"""Tokens that the client signs itself: JWT (RFC 7519), and Atlassian's ASAP, which is JWT with fixed claims.

Keys and signatures are PyJWT's; the token is put together here, so that it is Postman's to the letter.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import json
import re
import typing
import uuid
from collections.abc import Mapping
from urllib.parse import unquote

from .auth_shared import AuthError, answered, missing, now, pem

if typing.TYPE_CHECKING:
    from .draft import Draft

Claims: typing.TypeAlias = "dict[str, typing.Any]"

_SECRET = ("HS256", "HS384", "HS512")
_PRIVATE = tuple(
    f"{kind}{size}" for kind in ("RS", "PS", "ES") for size in (256, 384, 512)
)


@dataclasses.dataclass(frozen=True, slots=True)
class Jwt:
    """Signs ``payload``, JSON text. ``secret`` is for HS algorithms, ``private_key``, a PEM, for all others.

    ``header`` is JSON text of more header fields. The token goes to the Authorization header after ``prefix``, or,
    with ``query``, to the parameter ``query_key``. An empty secret or key: nothing.
    """

    algorithm: str
    secret: str = ""
    secret_is_base64: bool = False
    private_key: str = ""
    payload: str = ""
    header: str = ""
    query: bool = False
    prefix: str = "Bearer"
    query_key: str = "token"

    def apply(self, draft: Draft, values: Mapping[str, str]) -> None:
        """Add the token. Raises AuthError for an unknown algorithm, an unusable key, or text that is not JSON."""
        algorithm = self.algorithm.format_map(values)
        if algorithm not in _SECRET + _PRIVATE:
            raise _unknown("JWT", algorithm, _SECRET + _PRIVATE)
        key = self._key(algorithm, values)
        if not key or (not self.query and answered(draft)):
            return
        header = _object("JWT header", self.header.format_map(values))
        payload = _object("JWT payload", self.payload.format_map(values))
        token = signed({**header, "alg": algorithm}, payload, key)
        if self.query:
            draft.set_query(self.query_key.format_map(values) or "token", token)
        else:
            prefix = self.prefix.format_map(values)
            draft.set_header("Authorization", f"{prefix} {token}" if prefix else token)

    def _key(self, algorithm: str, values: Mapping[str, str]) -> bytes:
        if algorithm in _PRIVATE:
            return pem(self.private_key.format_map(values)).encode()
        secret = self.secret.format_map(values)
        return _decoded(secret) if self.secret_is_base64 else secret.encode()


@dataclasses.dataclass(frozen=True, slots=True)
class Asap:
    """``Authorization: Bearer …`` with a token that names issuer and audience. An empty private key: nothing.

    ``claims``, JSON text, are more claims, and win over the parameters; ``exp`` is how many seconds a token is good.
    ``private_key`` is a PEM, or a data URI as Atlassian hands them out.
    """

    kid: str
    iss: str
    aud: str
    private_key: str
    alg: str = ""
    sub: str = ""
    claims: str = ""
    exp: str = ""

    def apply(self, draft: Draft, values: Mapping[str, str]) -> None:
        """Set the header. Raises AuthError for missing claims, an unknown algorithm, or an unusable key."""
        key = self.private_key.format_map(values)
        if not key or answered(draft):
            return
        algorithm = self.alg.format_map(values) or "RS256"
        if algorithm not in _PRIVATE:
            raise _unknown("ASAP", algorithm, _PRIVATE)
        claims = _object("ASAP claims", self.claims.format_map(values))
        kid = claims.get("kid") or self.kid.format_map(values)
        claims = self._claims(claims, values)
        needed = {"kid": kid, "iss": claims["iss"], "aud": claims["aud"]}
        lacking = [name for name, value in needed.items() if not value]
        if lacking:
            raise AuthError(f"ASAP needs a value for {', '.join(lacking)}")
        token = signed({"alg": algorithm, "kid": kid}, claims, _private(key, str(kid)))
        draft.set_header("Authorization", f"Bearer {token}")

    def _claims(self, own: Claims, values: Mapping[str, str]) -> Claims:
        time = int(now().timestamp())
        issuer = own.get("iss") or self.iss.format_map(values)
        life = _number(self.exp.format_map(values)) or 3600
        return {
            **own,
            "iat": own.get("iat") or time,
            "iss": issuer,
            "sub": own.get("sub") or self.sub.format_map(values) or issuer,
            "jti": own.get("jti") or str(uuid.uuid4()),
            "aud": own.get("aud") or self.aud.format_map(values),
            "exp": _number(str(own.get("exp") or "")) or time + life,
        }


def signed(header: Claims, payload: Claims, key: bytes) -> str:
    """The token: RFC 7515, 3.1. The header's ``alg`` signs."""
    try:
        import jwt
    except ImportError as error:
        raise missing("JWT", "PyJWT[crypto]") from error
    try:
        algorithm = jwt.PyJWS().get_algorithm_by_name(header["alg"])
    except NotImplementedError as error:
        raise missing(f"JWT with {header['alg']}", "PyJWT[crypto]") from error
    text = f"{_base64(_json(header))}.{_base64(_json(payload))}"
    try:
        signature = algorithm.sign(text.encode(), algorithm.prepare_key(key))
    # A public key is taken for a private one until it is to sign: AttributeError.
    except (jwt.InvalidKeyError, ValueError, TypeError, AttributeError) as error:
        raise AuthError(
            f"JWT: the key does not fit {header['alg']}, or is no unencrypted PEM"
        ) from error
    return f"{text}.{_base64(signature)}"


def _unknown(kind: str, algorithm: str, known: tuple[str, ...]) -> AuthError:
    return AuthError(
        f"{kind} knows no algorithm {algorithm!a}, only {', '.join(known)}"
    )


def _object(what: str, text: str) -> Claims:
    """Empty text is an empty object."""
    if not text.strip():
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        # The decoder's own words would show the text, which may hold secrets.
        place = (
            f" (at character {error.pos})"
            if isinstance(error, json.JSONDecodeError)
            else ""
        )
        raise AuthError(f"The {what} is not JSON{place}") from None
    if not isinstance(found, dict):
        raise AuthError(f"The {what} is no JSON object")
    return typing.cast("Claims", found)


def _json(value: Claims) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(secret: str) -> bytes:
    """Both alphabets, with and without padding."""
    text = "".join(secret.split()).replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise AuthError("JWT: the secret is said to be base64, and is not") from None


def _number(text: str) -> int:
    """The whole number that a text begins with, else 0."""
    found = re.match(r"\s*\d+", text)
    return int(found[0]) if found else 0


_DATA = re.compile(r"data:application/pkcs8;kid=([\w.\-+/]+);base64,([A-Za-z0-9+/=]+)")


def _private(key: str, kid: str) -> bytes:
    """A key as PEM; https://s2sauth.bitbucket.io/spec/ has the data URI."""
    text = unquote("".join(key.split("\n")).strip('"'))
    if not text.startswith("data:"):
        return pem(key.strip('"')).encode()
    found = _DATA.fullmatch(text)
    if found is None:
        raise AuthError("ASAP: the private key is no data URI of a PKCS 8 key")
    if found[1] != kid:
        raise AuthError("ASAP: kid is not the one in the private key's data URI")
    return pem(
        f"-----BEGIN PRIVATE KEY-----{found[2]}-----END PRIVATE KEY-----"
    ).encode()
