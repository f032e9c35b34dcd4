"""A request that was sent, or why none was, in the wire oracle's format."""

from __future__ import annotations

import base64
import socket
import typing

if typing.TYPE_CHECKING:
    import httpx2

    from pmgen.source import Json

_PORTS = {"http": 80, "https": 443}


def sent(request: httpx2.Request) -> dict[str, Json]:
    """What stands on the wire; texts have one character for each byte."""
    url = request.url
    return {
        "method": request.method,
        "scheme": url.scheme,
        "host": _address(url.raw_host.decode("latin-1")),
        "port": url.port or _PORTS.get(url.scheme),
        "target": url.raw_path.decode("latin-1"),
        "headers": [
            [name.decode("latin-1"), value.decode("latin-1")]
            for name, value in request.headers.raw
        ],
        "body_base64": base64.b64encode(request.content).decode(),
    }


def _address(host: str) -> str:
    """Where the connection goes: `127.1` and `1001` are addresses to every system, and Postman spells them out."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return host


NOTHING: dict[str, Json] = {
    "method": None,
    "scheme": None,
    "host": None,
    "port": None,
    "target": None,
    "headers": [],
    "body_base64": None,
}
