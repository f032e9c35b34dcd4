"""What a client raises for a status of 400 or above.

ApiError
 ├ BadRequestError 400, UnauthorizedError 401, PaymentRequiredError 402, ForbiddenError 403, NotFoundError 404,
 │ MethodNotAllowedError 405, NotAcceptableError 406, ConflictError 409, GoneError 410, PreconditionFailedError 412,
 │ PayloadTooLargeError 413, UnsupportedMediaTypeError 415, UnprocessableEntityError 422, LockedError 423,
 │ TooManyRequestsError 429
 └ InternalServerError 500, NotImplementedByServerError 501, BadGatewayError 502, ServiceUnavailableError 503,
   GatewayTimeoutError 504
"""

from __future__ import annotations

import typing

import httpx2

from .statuses import NAMES

if typing.TYPE_CHECKING:
    from .drift import Mismatch


class ApiError(Exception):
    """The API answered with a status of 400 or above; ``body`` is typed where an example showed it."""

    def __init__(
        self,
        operation: str,
        response: httpx2.Response,
        body: object,
        drift: list[Mismatch],
    ) -> None:
        self.operation = operation
        self.response = response
        self.status = response.status_code
        self.body = body
        self.drift = drift
        super().__init__(f"{operation}: HTTP {self.status}: {response.text[:200]}")


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
