"""OAuth 1.0a (RFC 5849): each request is signed with the secrets of a consumer and of a token.

HMAC and PLAINTEXT need no library; oauthlib, with which the tests compare, has no types. RSA needs cryptography.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import hmac
import typing
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, quote

import httpx2

from .auth_shared import AuthError, answered, missing, pem, random_text, seconds

if typing.TYPE_CHECKING:
    from .draft import Draft

Pairs: typing.TypeAlias = "list[tuple[str, str]]"

METHODS = (
    "HMAC-SHA1",
    "HMAC-SHA256",
    "HMAC-SHA512",
    "RSA-SHA1",
    "RSA-SHA256",
    "RSA-SHA512",
    "PLAINTEXT",
)

#: Of a request that is signed again, these are replaced.
_OWN = frozenset(
    f"oauth_{name}"
    for name in [
        "consumer_key",
        "token",
        "signature_method",
        "timestamp",
        "nonce",
        "version",
        "signature",
        "callback",
        "verifier",
        "body_hash",
    ]
)


@dataclasses.dataclass(frozen=True, slots=True)
class Keys:
    """What signs: the two secrets, or a private key."""

    consumer: str
    token: str
    private: str


@dataclasses.dataclass(frozen=True, slots=True)
class OAuth1:
    """Signs the request. The parameters go to the header, or a urlencoded body of POST and PUT, or the query.

    ``empty`` signs and sends parameters that have no value, ``raw`` leaves values in the header unencoded.
    No consumer key, or nothing to sign with: nothing is sent.
    """

    consumer_key: str
    consumer_secret: str = ""
    token: str = ""
    token_secret: str = ""
    signature_method: str = ""
    private_key: str = ""
    timestamp: str = ""
    nonce: str = ""
    version: str = ""
    realm: str = ""
    callback: str = ""
    verifier: str = ""
    body_hash: bool = False
    header: bool = False
    empty: bool = False
    raw: bool = False

    def apply(self, draft: Draft, values: Mapping[str, str]) -> None:
        """Add the parameters and the signature. Raises AuthError for unknown methods and unusable keys."""
        method = self.signature_method.format_map(values)
        keys = Keys(
            self.consumer_secret.format_map(values),
            self.token_secret.format_map(values),
            self.private_key.format_map(values),
        )
        key = keys.private if method.startswith("RSA") else keys.consumer
        if not key or not self.consumer_key.format_map(values):
            return
        if self.header and answered(draft):
            return
        draft.query = [pair for pair in draft.query if pair[0] not in _OWN]
        if draft.form is not None:
            draft.form = [pair for pair in draft.form if pair[0] not in _OWN]
        sent = self._parameters(draft, values, method)
        # A method that is not named is not sent, but signed: so Postman does it.
        named = [] if method else [("oauth_signature_method", "HMAC-SHA1")]
        signed = [pair for pair in sent if method or pair[0] != named[0][0]] + named
        text = base_string(draft.method, draft.whole_url, signed + (draft.form or []))
        sent.append(("oauth_signature", sign(method or "HMAC-SHA1", text, keys)))
        self._add(draft, sent, self.realm.format_map(values))

    def _parameters(
        self, draft: Draft, values: Mapping[str, str], method: str
    ) -> Pairs:
        always = [
            ("oauth_consumer_key", self.consumer_key.format_map(values)),
            ("oauth_token", self.token.format_map(values)),
            ("oauth_signature_method", method),
            ("oauth_timestamp", self.timestamp.format_map(values) or seconds()),
            ("oauth_nonce", self.nonce.format_map(values) or random_text(11)),
            ("oauth_version", self.version.format_map(values)),
        ]
        extensions = [
            ("oauth_body_hash", _body_hash(draft, method) if self.body_hash else ""),
            ("oauth_callback", self.callback.format_map(values)),
            ("oauth_verifier", self.verifier.format_map(values)),
        ]
        return [pair for pair in always if self.empty or pair[1].strip()] + [
            pair for pair in extensions if pair[1].strip()
        ]

    def _add(self, draft: Draft, sent: Pairs, realm: str) -> None:
        if self.header:
            draft.set_header("Authorization", _header(sent, realm, raw=self.raw))
        elif draft.form is not None and draft.method in ("POST", "PUT"):
            draft.form = [*draft.form, *sent]
        else:
            draft.query = [*draft.query, *sent]


def encoded(text: str) -> str:
    """RFC 5849, 3.6."""
    return quote(text, safe="")


def base_string(method: str, url: str, parameters: Iterable[tuple[str, str]]) -> str:
    """What is signed: RFC 5849, 3.4.1. ``parameters`` are those that are not in the URL."""
    parts = httpx2.URL(url)
    path, _, query = parts.raw_path.decode().partition("?")
    where = f"{parts.scheme}://{parts.netloc.decode()}{path}"
    pairs = [*parse_qsl(query, keep_blank_values=True), *parameters]
    normal = sorted((encoded(key), encoded(value)) for key, value in pairs)
    text = "&".join(f"{key}={value}" for key, value in normal)
    return "&".join(map(encoded, (method.upper(), where, text)))


def sign(method: str, text: str, keys: Keys) -> str:
    """The signature of a base string: RFC 5849, 3.4.2 to 3.4.4; SHA-256 and SHA-512 are used alike."""
    if method not in METHODS:
        raise AuthError(
            f"OAuth 1 knows no signature method {method!a}, only {', '.join(METHODS)}"
        )
    if method.startswith("RSA"):
        return _base64(_rsa(method, text.encode(), keys.private))
    key = f"{encoded(keys.consumer)}&{encoded(keys.token)}"
    if method == "PLAINTEXT":
        return key
    return _base64(hmac.digest(key.encode(), text.encode(), _hash(method)))


def _rsa(method: str, text: bytes, key: str) -> bytes:
    try:
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import padding, rsa
    except ImportError as error:
        raise missing(f"OAuth 1 with {method}", "cryptography") from error
    kinds: dict[str, typing.Callable[[], hashes.HashAlgorithm]] = {
        "sha1": hashes.SHA1,
        "sha256": hashes.SHA256,
        "sha512": hashes.SHA512,
    }
    try:
        private = serialization.load_pem_private_key(pem(key).encode(), None)
    except (TypeError, ValueError) as error:
        raise AuthError(
            "OAuth 1: the private key is no PEM of an unencrypted RSA key"
        ) from error
    if not isinstance(private, rsa.RSAPrivateKey):
        raise AuthError(f"OAuth 1: {method} needs an RSA key; the private key is none")
    return private.sign(text, padding.PKCS1v15(), kinds[_hash(method)]())


def _hash(method: str) -> str:
    return method.partition("-")[2].lower()


def _body_hash(draft: Draft, method: str) -> str:
    """The extension oauth_body_hash (draft-eaton-oauth-bodyhash-00): not for forms, which are signed themselves."""
    if draft.form is not None or method not in METHODS or not _hash(method):
        return ""
    return _base64(
        hashlib.new(_hash(method), draft.body or b"", usedforsecurity=False).digest()
    )


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _header(sent: Pairs, realm: str, *, raw: bool) -> str:
    """Realm first; what is empty has no place in a header."""
    pairs = [(key, value.strip()) for key, value in sent if value]
    if realm.strip():
        pairs.insert(0, ("realm", realm))
    return "OAuth " + ",".join(
        f'{key}="{value if raw else encoded(value)}"' for key, value in pairs
    )
