"""What a client raises where a call has no result.

CallError
 ├ CredentialsError: nothing was sent, for want of usable credentials
 ├ RedirectError: the reply leads elsewhere, and nobody followed
 ├ TransportError: no reply, or only a part of one
 │ └ TimedOutError
 └ ApiError: a status of 400 or above
   ├ BadRequestError 400, UnauthorizedError 401, PaymentRequiredError 402, ForbiddenError 403, NotFoundError 404,
   │ MethodNotAllowedError 405, NotAcceptableError 406, ConflictError 409, GoneError 410, PreconditionFailedError 412,
   │ PayloadTooLargeError 413, UnsupportedMediaTypeError 415, UnprocessableEntityError 422, LockedError 423,
   │ TooManyRequestsError 429
   └ InternalServerError 500, NotImplementedByServerError 501, BadGatewayError 502, ServiceUnavailableError 503,
     GatewayTimeoutError 504

Messages name the operation, and no secret of the client.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable

import httpx2

from .masking import masked, secrets_of, shown_url
from .statuses import NAMES

if typing.TYPE_CHECKING:
    from .drift import Mismatch

_SHOWN = 200
"""Characters of a server's text in a message."""


class AuthError(ValueError):
    """Credentials that cannot be used, before a call makes a CredentialsError of it. What they are is never shown."""


class CallError(Exception):
    """A call has no result; ``operation`` is its name."""

    def __init__(self, operation: str, message: str) -> None:
        self.operation = operation
        super().__init__(f"{operation}: {message}")

    def __reduce__(self) -> tuple[typing.Any, ...]:
        """Errors cross processes: they are rebuilt from what they hold, not from what they were made of."""
        return _rebuilt, (type(self), self.args, self.__dict__)


def _rebuilt(
    kind: type[CallError], args: tuple[object, ...], found: dict[str, object]
) -> CallError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(found)
    return error


class TransportError(CallError):
    """No reply, or only a part of one, after so many ``tries``; httpx2's exception is the cause.

    What the request did is unknown unless no connection was made.
    """

    def __init__(self, operation: str, message: str, tries: int) -> None:
        self.tries = tries
        super().__init__(
            operation, message + (f" ({tries} tries)" if tries > 1 else "")
        )


class TimedOutError(TransportError, TimeoutError):
    """The server took longer than the client's ``timeout``."""


class CredentialsError(CallError):
    """Credentials that cannot be used, or no token to be had with them; the cause says no more than the message."""


class RedirectError(CallError):
    """The reply leads to ``location``, and the httpx2 client that was given does not follow."""

    def __init__(self, operation: str, response: httpx2.Response) -> None:
        self.response = response
        self.status = response.status_code
        self.location = response.headers["Location"]
        target = response.next_request.url if response.next_request else self.location
        super().__init__(
            operation,
            f"HTTP {self.status} leads to {shown_url(str(target))[:_SHOWN]}; make the httpx2 client with follow_redirects=True",
        )


class ApiError(CallError):
    """The API answered with a status of 400 or above; ``body`` is typed where an example showed it."""

    def __init__(
        self,
        operation: str,
        response: httpx2.Response,
        body: object,
        drift: list[Mismatch],
        secrets: Iterable[str] = (),
    ) -> None:
        self.response = response
        self.status = response.status_code
        self.body = body
        self.drift = drift
        text = masked(response.text, {*secrets, *secrets_of(response)})[:_SHOWN]
        super().__init__(operation, f"HTTP {self.status}: {text}")


class BadRequestError(ApiError):
    """400."""


class UnauthorizedError(ApiError):
    """401."""


class PaymentRequiredError(ApiError):
    """402."""


class ForbiddenError(ApiError):
    """403."""


class NotFoundError(ApiError):
    """404."""


class MethodNotAllowedError(ApiError):
    """405."""


class NotAcceptableError(ApiError):
    """406."""


class ConflictError(ApiError):
    """409."""


class GoneError(ApiError):
    """410."""


class PreconditionFailedError(ApiError):
    """412."""


class PayloadTooLargeError(ApiError):
    """413."""


class UnsupportedMediaTypeError(ApiError):
    """415."""


class UnprocessableEntityError(ApiError):
    """422."""


class LockedError(ApiError):
    """423."""


class TooManyRequestsError(ApiError):
    """429."""


class InternalServerError(ApiError):
    """500."""


class NotImplementedByServerError(ApiError):
    """501."""


class BadGatewayError(ApiError):
    """502."""


class ServiceUnavailableError(ApiError):
    """503."""


class GatewayTimeoutError(ApiError):
    """504."""


BY_STATUS: dict[int, type[ApiError]] = {
    status: globals()[name] for status, name in NAMES.items()
}
