"""Hawk auth: https://github.com/mozilla/hawk/blob/main/API.md. Its libraries for Python are no longer kept."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import hmac
import typing
from collections.abc import Mapping

import httpx2

from .auth_shared import AuthError, answered, random_text, seconds

if typing.TYPE_CHECKING:
    from .draft import Draft

_PORTS: dict[str, int] = {"http": 80, "https": 443}


@dataclasses.dataclass(frozen=True, slots=True)
class Artifacts:
    """What is signed, and partly sent. An empty ``hash``: the body is not signed."""

    ts: str
    nonce: str
    hash: str = ""
    ext: str = ""
    app: str = ""
    dlg: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Hawk:
    """``Authorization: Hawk …``. No id or key: nothing; no algorithm: an empty header, as Postman sends it."""

    auth_id: str
    auth_key: str
    algorithm: str = ""
    nonce: str = ""
    timestamp: str = ""
    extra_data: str = ""
    app: str = ""
    delegation: str = ""
    payload_hash: bool = False

    def apply(self, draft: Draft, values: Mapping[str, str]) -> None:
        """Set the header. Raises AuthError for an algorithm that Hawk has not."""
        name = self.auth_id.format_map(values)
        key = self.auth_key.format_map(values)
        algorithm = self.algorithm.format_map(values)
        if not name or not key or answered(draft):
            return
        if not algorithm:
            draft.set_header("Authorization", "")
            return
        if algorithm not in ("sha1", "sha256"):
            raise AuthError(f"Hawk knows no algorithm {algorithm!a}, only sha1, sha256")
        artifacts = Artifacts(
            self.timestamp.format_map(values) or seconds(),
            self.nonce.format_map(values) or random_text(6),
            payload_hash(draft, algorithm) if self.payload_hash else "",
            self.extra_data.format_map(values),
            self.app.format_map(values),
            self.delegation.format_map(values),
        )
        signed = normalized(draft.method, draft.whole_url, artifacts)
        mac = hmac.digest(key.encode(), signed.encode(), algorithm)
        draft.set_header("Authorization", _header(name, artifacts, _base64(mac)))


def payload_hash(draft: Draft, algorithm: str) -> str:
    """Of the body and its media type; without a body there is none."""
    if not draft.body:
        return ""
    kind = (draft.header("Content-Type") or "").partition(";")[0].strip().lower()
    text = b"hawk.1.payload\n" + kind.encode() + b"\n" + draft.body + b"\n"
    return _base64(hashlib.new(algorithm, text).digest())


def normalized(method: str, url: str, artifacts: Artifacts) -> str:
    """What is signed, line by line."""
    parts = httpx2.URL(url)
    lines = [
        "hawk.1.header",
        artifacts.ts,
        artifacts.nonce,
        method.upper(),
        parts.raw_path.decode(),
        parts.raw_host.decode(),
        str(parts.port or _PORTS[parts.scheme]),
        artifacts.hash,
        artifacts.ext.replace("\\", "\\\\").replace("\n", "\\n"),
    ]
    if artifacts.app:
        lines += [artifacts.app, artifacts.dlg]
    return "\n".join(lines) + "\n"


def _header(name: str, artifacts: Artifacts, mac: str) -> str:
    ext = artifacts.ext.replace("\\", "\\\\").replace('"', '\\"')
    pairs = [
        ("id", name),
        ("ts", artifacts.ts),
        ("nonce", artifacts.nonce),
        ("hash", artifacts.hash),
        ("ext", ext),
        ("mac", mac),
        ("app", artifacts.app),
        ("dlg", artifacts.dlg if artifacts.app else ""),
    ]
    return "Hawk " + ", ".join(f'{key}="{value}"' for key, value in pairs if value)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
