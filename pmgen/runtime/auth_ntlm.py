"""NTLM over HTTP ([MS-NTHT]): three requests on one connection. The messages are pyspnego's."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import functools
import typing
from collections.abc import AsyncGenerator, Generator, Mapping

import httpx2

from .auth_shared import AuthError, answered, missing
from .auth_turns import Turns

if typing.TYPE_CHECKING:
    from .draft import Draft


@dataclasses.dataclass(frozen=True, slots=True)
class Ntlm:
    r"""Answers the server's challenge. Without a domain, ``DOMAIN\user`` and ``user@domain`` name it. No username: nothing."""

    username: str
    password: str
    domain: str = ""
    retry: bool = True

    def apply(self, draft: Draft, values: Mapping[str, str]) -> None:
        """Set the flow that answers; a header of the collection's own would be taken for an answer."""
        username = self.username.format_map(values)
        password = self.password.format_map(values)
        domain = self.domain.format_map(values)
        if username and self.retry and not answered(draft):
            draft.headers = [
                pair for pair in draft.headers if pair[0].lower() != "authorization"
            ]
            user, domain = (username, domain) if domain else account(username)
            draft.flow = NtlmFlow(user, password, domain)


def account(username: str) -> tuple[str, str]:
    """User and domain of a name that holds both; anything else is the user."""
    first, slash, last = username.partition("\\")
    user, at, domain = username.partition("@")
    if slash and at:
        return username, ""
    if slash and first and last and "\\" not in last:
        return last, first
    if at and user and domain and "@" not in domain:
        return user, domain
    return username, ""


@functools.lru_cache(maxsize=256)
def _turns(_user: str, _domain: str, _host: str) -> Turns:
    """One for all calls of one user to one host, whoever makes them."""
    return Turns()


class NtlmFlow(httpx2.Auth):
    """Authenticates one request.

    NTLM is about a connection, not a request, and httpx2 gives a request whichever connection is free. Therefore one
    call goes after the other; a reply is read before the next one's turn.
    """

    def __init__(self, user: str, password: str, domain: str) -> None:
        self._user, self._password, self._domain = user, password, domain

    def sync_auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        """The request, up to three times."""
        with self._turns(request).threads:
            flow = self._flow(request)
            sent = next(flow)
            while True:
                response = yield sent
                response.read()
                try:
                    sent = flow.send(response)
                except StopIteration:
                    return

    async def async_auth_flow(
        self, request: httpx2.Request
    ) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        """The request, up to three times."""
        async with self._turns(request).tasks():
            flow = self._flow(request)
            sent = next(flow)
            while True:
                response = yield sent
                await response.aread()
                try:
                    sent = flow.send(response)
                except StopIteration:
                    return

    def _turns(self, request: httpx2.Request) -> Turns:
        return _turns(self._user, self._domain, request.url.netloc.decode())

    def _flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        response = yield request
        if response.status_code not in (401, 403) or _challenge(response) is None:
            return
        messages = self._messages(request.url.host)
        request.headers["Authorization"] = messages(None)
        response = yield request
        challenge = _challenge(response)
        if challenge:
            request.headers["Authorization"] = messages(challenge)
            yield request

    def _messages(self, host: str) -> typing.Callable[[bytes | None], str]:
        """What answers: nothing to begin with, then the server's challenge."""
        try:
            import spnego
            import spnego.exceptions
        except ImportError as error:
            raise missing("NTLM", "pyspnego") from error
        name = f"{self._domain}\\{self._user}" if self._domain else self._user
        # On Windows too the messages are Python's: the system's would be of the user who is logged in.
        context = spnego.client(
            name,
            self._password,
            hostname=host,
            service="http",
            protocol="ntlm",
            options=spnego.NegotiateOptions.use_ntlm,
        )

        def answer(challenge: bytes | None) -> str:
            try:
                message = context.step(challenge)
            except (spnego.exceptions.SpnegoError, ValueError) as error:
                raise AuthError(
                    f"NTLM: the challenge of {host} cannot be answered: {type(error).__name__}"
                ) from error
            return "NTLM " + base64.b64encode(message or b"").decode()

        return answer


def _challenge(response: httpx2.Response) -> bytes | None:
    """The server's message, empty where it only names NTLM; None if it does not."""
    for line in response.headers.get_list("www-authenticate", split_commas=True):
        scheme, _, message = line.strip().partition(" ")
        if scheme.upper() == "NTLM":
            try:
                return base64.b64decode(message, validate=True)
            except binascii.Error as error:
                raise AuthError("NTLM: the server's challenge is no base64") from error
    return None
