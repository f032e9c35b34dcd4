"""Akamai's EdgeGrid: https://techdocs.akamai.com/developer/docs/authenticate-with-edgegrid.

Not by edgegrid-python, which is for requests only and logs what it signs with.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import hmac
import typing
import uuid
from collections.abc import Mapping

import httpx2

from .auth_shared import AuthError, answered, now

if typing.TYPE_CHECKING:
    from .draft import Draft


@dataclasses.dataclass(frozen=True, slots=True)
class EdgeGrid:
    """``Authorization: EG1-HMAC-SHA256 …``; one of the three credentials missing: nothing.

    ``headers_to_sign`` are names with commas between, in their order; ``max_body_size``, in bytes, is how much of a
    POST's body is signed; ``base_url`` names the host that is signed, if it is not the request's.
    """

    access_token: str
    client_token: str
    client_secret: str
    nonce: str = ""
    timestamp: str = ""
    base_url: str = ""
    headers_to_sign: str = ""
    max_body_size: str = ""

    def apply(self, draft: Draft, values: Mapping[str, str]) -> None:
        """Set the header. Raises AuthError for a size that is no number."""
        access = self.access_token.format_map(values)
        client = self.client_token.format_map(values)
        secret = self.client_secret.format_map(values)
        if not (access and client and secret) or answered(draft):
            return
        timestamp = self.timestamp.format_map(values) or f"{now():%Y%m%dT%H:%M:%S}+0000"
        nonce = self.nonce.format_map(values) or str(uuid.uuid4())
        header = (
            f"EG1-HMAC-SHA256 client_token={client};access_token={access};"
            f"timestamp={timestamp};nonce={nonce};"
        )
        signed = "\t".join([*self._request(draft, values), header])
        signature = _hmac(signed, _hmac(timestamp, secret))
        draft.set_header("Authorization", f"{header}signature={signature}")

    def _request(self, draft: Draft, values: Mapping[str, str]) -> list[str]:
        url = httpx2.URL(draft.whole_url)
        other = self.base_url.format_map(values)
        host = httpx2.URL(other if "://" in other else f"https://{other}")
        return [
            draft.method,
            url.scheme,
            (host if other else url).netloc.decode(),
            url.raw_path.decode(),
            _headers(draft, self.headers_to_sign.format_map(values)),
            _body_hash(draft, _size(self.max_body_size.format_map(values))),
        ]


def _headers(draft: Draft, names: str) -> str:
    found = [
        (name, draft.header(name)) for name in map(str.strip, names.lower().split(","))
    ]
    return "\t".join(
        f"{name}:{' '.join(value.split())}" for name, value in found if value
    )


def _size(text: str) -> int:
    """128 KiB unless told otherwise."""
    if text and not text.isdecimal():
        raise AuthError(f"EdgeGrid: the maximum body size must be a number: {text!a}")
    return int(text or 0) or 131_072


def _body_hash(draft: Draft, size: int) -> str:
    """Of POST's bodies only, as Akamai wants it."""
    if draft.method != "POST" or not draft.body:
        return ""
    return base64.b64encode(hashlib.sha256(draft.body[:size]).digest()).decode()


def _hmac(text: str, key: str) -> str:
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), "sha256")).decode()
