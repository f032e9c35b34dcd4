"""What a client needs installed beside httpx2: the one table of it."""

from __future__ import annotations

import typing

from pmgen.python import auths
from pmgen.runtime.dynamic_fake import FAKED

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmgen.api import Api, Operation

BY_MODULE: Mapping[str, str] = {
    "auth_jwt": "PyJWT[crypto]",
    "auth_ntlm": "pyspnego",
    "auth_oauth1": "cryptography",
    "dynamic": "Faker",
}
"""Module of the runtime -> the requirement, as pip has it."""


def libraries(api: Api) -> tuple[str, ...]:
    """The requirements of a client, in order of name."""
    modules = (
        module
        for group in api.root.walk()
        for operation in group.operations
        for module in _modules(operation)
    )
    return tuple(sorted({BY_MODULE[m] for m in modules if m in BY_MODULE}))


def _modules(operation: Operation) -> Iterator[str]:
    module = auths.module(operation)
    if module != "auth_oauth1" or _is_signed_with_a_key(operation):
        yield module
    if any(param.dynamic in FAKED for param in operation.params):
        yield "dynamic"


def _is_signed_with_a_key(operation: Operation) -> bool:
    """OAuth 1 signs with secrets, but for its RSA methods."""
    fields = dict(operation.auth.fields) if operation.auth else {}
    method = fields.get("signatureMethod", ())
    return any(isinstance(part, str) and part.startswith("RSA") for part in method)
