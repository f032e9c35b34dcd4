"""AWS Signature Version 4: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.

Hashes and HMAC only; botocore, with which the tests compare, would bring 30 MB.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import typing
from collections.abc import Mapping
from urllib.parse import quote, unquote, unquote_plus

import httpx2

from .auth_shared import answered, now

if typing.TYPE_CHECKING:
    from .draft import Draft

ALGORITHM = "AWS4-HMAC-SHA256"

#: Headers that proxies change, or that are not there when the request is signed.
_UNSIGNED = frozenset(
    [
        "authorization",
        "connection",
        "x-amzn-trace-id",
        "user-agent",
        "expect",
        "presigned-expires",
        "range",
    ]
)
#: What an earlier signature left.
_OWN = frozenset(
    f"X-Amz-{name}"
    for name in [
        "Security-Token",
        "Date",
        "Algorithm",
        "Credential",
        "SignedHeaders",
        "Signature",
    ]
)


@dataclasses.dataclass(frozen=True, slots=True)
class Key:
    """Who signs, for what, and when: ``20150830T123600Z``."""

    access: str
    secret: str
    region: str
    service: str
    time: str

    @property
    def scope(self) -> str:
        """Where and when the signature is good."""
        return f"{self.time[:8]}/{self.region}/{self.service}/aws4_request"

    def sign(self, text: str) -> str:
        """The signature of a string to sign."""
        key = f"AWS4{self.secret}".encode()
        for part in self.scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        return hmac.digest(key, text.encode(), "sha256").hex()


@dataclasses.dataclass(frozen=True, slots=True)
class AwsV4:
    """Signs the request, in headers or, with ``query``, in the query. No access key or secret: nothing."""

    access_key: str
    secret_key: str
    region: str = ""
    service: str = ""
    session_token: str = ""
    query: bool = False

    def apply(self, draft: Draft, values: Mapping[str, str]) -> None:
        """Add the date, the signature and what belongs to them."""
        key = Key(
            self.access_key.format_map(values),
            self.secret_key.format_map(values),
            self.region.format_map(values) or "us-east-1",
            self.service.format_map(values) or "execute-api",
            f"{now():%Y%m%dT%H%M%SZ}",
        )
        if not (key.access and key.secret) or answered(draft):
            return
        token = self.session_token.format_map(values)
        draft.query = [pair for pair in draft.query if pair[0] not in _OWN]
        (_sign_query if self.query else _sign_headers)(draft, key, token)


def _sign_headers(draft: Draft, key: Key, token: str) -> None:
    body = hashlib.sha256(draft.body or b"").hexdigest()
    if draft.body or key.service == "s3":
        draft.set_header("X-Amz-Content-Sha256", body)
    if token:
        draft.set_header("X-Amz-Security-Token", token)
    draft.set_header("X-Amz-Date", key.time)
    # Headers of the caller stay, and what stays is signed.
    key = dataclasses.replace(key, time=draft.header("X-Amz-Date") or key.time)
    body = draft.header("X-Amz-Content-Sha256") or body
    names, signature = _signature(draft, key, body)
    draft.set_header(
        "Authorization",
        f"{ALGORITHM} Credential={key.access}/{key.scope}, SignedHeaders={names}, Signature={signature}",
    )


def _sign_query(draft: Draft, key: Key, token: str) -> None:
    body = hashlib.sha256(draft.body or b"").hexdigest()
    names = ";".join(name for name, _ in _signed_headers(draft))
    added = [
        ("X-Amz-Security-Token", token),
        ("X-Amz-Date", key.time),
        ("X-Amz-Algorithm", ALGORITHM),
        ("X-Amz-Credential", f"{key.access}/{key.scope}"),
        ("X-Amz-SignedHeaders", names),
    ]
    if key.service == "s3":
        body = "UNSIGNED-PAYLOAD"
        if all(name != "X-Amz-Expires" for name, _ in draft.query):
            added.insert(1, ("X-Amz-Expires", "86400"))
    draft.query = [*draft.query, *(pair for pair in added if pair[1])]
    draft.query.append(("X-Amz-Signature", _signature(draft, key, body)[1]))


def _signature(draft: Draft, key: Key, body: str) -> tuple[str, str]:
    """The names of the signed headers, and the signature."""
    headers = _signed_headers(draft)
    names = ";".join(name for name, _ in headers)
    path, _, query = httpx2.URL(draft.whole_url).raw_path.decode().partition("?")
    request = [
        draft.method,
        canonical_path(path, key.service),
        canonical_query(query),
        *(f"{name}:{value}" for name, value in headers),
        "",
        names,
        body,
    ]
    digest = hashlib.sha256("\n".join(request).encode()).hexdigest()
    return names, key.sign("\n".join([ALGORITHM, key.time, key.scope, digest]))


def _signed_headers(draft: Draft) -> list[tuple[str, str]]:
    """Sorted, in lower case; several of one name are one, with commas between."""
    found: dict[str, list[str]] = {}
    for name, value in draft.headers:
        if name.lower() not in _UNSIGNED:
            found.setdefault(name.lower(), []).append(" ".join(value.split()))
    host = httpx2.URL(draft.whole_url).netloc.decode()
    found.setdefault("host", [host])
    return sorted((name, ",".join(values)) for name, values in found.items())


def canonical_path(path: str, service: str) -> str:
    """As sent and encoded once more, without empty and dotted segments; S3 takes its paths as they are."""
    if service == "s3":
        return quote(unquote(path), safe="/~")
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            kept = kept[:-1]
        elif segment not in ("", "."):
            kept.append(quote(segment, safe="~"))
    closed = "/" if kept and path.endswith("/") else ""
    return f"/{'/'.join(kept)}{closed}"


def canonical_query(query: str) -> str:
    """Sorted by encoded name, then by encoded value."""
    pairs = (text.partition("=")[::2] for text in query.split("&"))
    encoded = sorted((_encoded(key), _encoded(value)) for key, value in pairs if key)
    return "&".join(f"{key}={value}" for key, value in encoded)


def _encoded(text: str) -> str:
    return quote(unquote_plus(text), safe="~")
