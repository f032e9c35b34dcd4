"""A network that keeps what is sent. The only module of pmgen that loads httpx2, which only generated clients need."""

from __future__ import annotations

import re

import h11
import httpx2

_SCHEMES = ("http", "https")
_HOST = re.compile(r"[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?")
_LAST_PORT = 65_535


class Recorder(httpx2.BaseTransport):
    """Answers every request with 200 and ``{}``; ``take`` gives those since its last call."""

    def __init__(self) -> None:
        self._sent: list[httpx2.Request] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Keep the request, its body read.

        Raises what httpx2's own transport does where the request cannot go out: LocalProtocolError, UnsupportedProtocol;
        and InvalidURL, where that would only find out while it connects.
        """
        _check_url(request.url)
        _check_head(request)
        request.read()
        self._sent.append(request)
        return httpx2.Response(200, json={})

    def take(self) -> list[httpx2.Request]:
        """What was sent since the last call."""
        found, self._sent = self._sent, []
        return found

    def client(self) -> httpx2.Client:
        """An httpx2 client on this network, for the generated client's ``http``."""
        return httpx2.Client(transport=self)


def _check_url(url: httpx2.URL) -> None:
    """What the name's look-up and the connection would refuse."""
    if url.scheme not in _SCHEMES:
        raise httpx2.UnsupportedProtocol(f"{url.scheme!r} is neither http nor https")
    host = url.raw_host.decode("latin-1")
    if not (_HOST.fullmatch(host) or ":" in host):
        raise httpx2.InvalidURL(f"{host!r} is no name of a host")
    if url.port is not None and url.port > _LAST_PORT:
        raise httpx2.InvalidURL(f"Invalid port: {url.port}")


def _check_head(request: httpx2.Request) -> None:
    """By h11, which writes the head for httpx2."""
    try:
        h11.Request(
            method=request.method,
            target=request.url.raw_path,
            headers=request.headers.raw,
        )
    except h11.LocalProtocolError as error:
        raise httpx2.LocalProtocolError(str(error), request=request) from error
