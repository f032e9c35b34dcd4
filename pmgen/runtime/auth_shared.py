"""What the kinds of auth have in common: their errors, their clock, their random texts, and keys as PEM."""

from __future__ import annotations

import datetime
import re
import secrets
import string
import textwrap
import typing

from .errors import AuthError as AuthError

if typing.TYPE_CHECKING:
    from .draft import Draft


def missing(use: str, install: str) -> AuthError:
    """For a library that is not installed."""
    return AuthError(f"{use} needs a library: pip install '{install}'")


def answered(draft: Draft) -> bool:
    """Whether the caller gave an Authorization header, which wins over any auth."""
    return "authorization" in draft.own


def now() -> datetime.datetime:
    """The time, in UTC."""
    return datetime.datetime.now(datetime.UTC)


def seconds() -> str:
    """The time as whole seconds since 1970."""
    return str(int(now().timestamp()))


def random_text(length: int) -> str:
    """Letters and digits, for nonces."""
    letters = string.ascii_letters + string.digits
    return "".join(secrets.choice(letters) for _ in range(length))


_PEM = re.compile(
    r"\s*(-----BEGIN [A-Z ]+-----)(.*)(-----END [A-Z ]+-----)(?:\s|\\n)*", re.S
)


def pem(key: str) -> str:
    r"""A key with the line breaks that it should have: variables often lose them, or have them as ``\n``."""
    found = _PEM.fullmatch(key)
    if found is None:
        return key
    first, inside, last = found.groups()
    body = re.sub(r"\\n|\s", "", inside)
    # Old encrypted keys have header lines, whose breaks mean something.
    return (
        key if ":" in body else "\n".join([first, *textwrap.wrap(body, 64), last, ""])
    )
