"""Statuses that have an error class of their own. Data only, so that it can be read without httpx2."""

from __future__ import annotations

NAMES = {
    400: "BadRequestError",
    401: "UnauthorizedError",
    402: "PaymentRequiredError",
    403: "ForbiddenError",
    404: "NotFoundError",
    405: "MethodNotAllowedError",
    406: "NotAcceptableError",
    409: "ConflictError",
    410: "GoneError",
    412: "PreconditionFailedError",
    413: "PayloadTooLargeError",
    415: "UnsupportedMediaTypeError",
    422: "UnprocessableEntityError",
    423: "LockedError",
    429: "TooManyRequestsError",
    500: "InternalServerError",
    501: "NotImplementedByServerError",
    502: "BadGatewayError",
    503: "ServiceUnavailableError",
    504: "GatewayTimeoutError",
}


def error_name(status: int) -> str:
    """The class that is raised for a status."""
    return NAMES.get(status, "ApiError")
