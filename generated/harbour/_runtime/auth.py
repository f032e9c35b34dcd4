"""Credentials on a request. Each is data in an operation; its templates name settings of the client."""

from __future__ import annotations

import base64
import dataclasses
import typing
from collections.abc import Mapping

if typing.TYPE_CHECKING:
    from .draft import Draft


class Auth(typing.Protocol):
    """Adds credentials to a request."""

    def apply(self, draft: Draft, values: Mapping[str, str]) -> None:
        """Change the draft in place; ``values`` are the client's settings."""


@dataclasses.dataclass(frozen=True, slots=True)
class Bearer:
    """``Authorization: Bearer …``; an empty token sends nothing."""

    token: str

    def apply(self, draft: Draft, values: Mapping[str, str]) -> None:
        """Set the header."""
        token = self.token.format_map(values)
        if token:
            draft.set_header("Authorization", f"Bearer {token}")


@dataclasses.dataclass(frozen=True, slots=True)
class Basic:
    """``Authorization: Basic …``; an empty name and password send nothing."""

    username: str
    password: str

    def apply(self, draft: Draft, values: Mapping[str, str]) -> None:
        """Set the header."""
        pair = f"{self.username.format_map(values)}:{self.password.format_map(values)}"
        text = base64.b64encode(pair.encode()).decode()
        if pair != ":":
            draft.set_header("Authorization", f"Basic {text}")


@dataclasses.dataclass(frozen=True, slots=True)
class ApiKey:
    """A header or, with ``query``, a query parameter; an empty value sends nothing."""

    key: str
    value: str
    query: bool = False

    def apply(self, draft: Draft, values: Mapping[str, str]) -> None:
        """Set the header or the parameter; one of the same name goes."""
        key, value = self.key.format_map(values), self.value.format_map(values)
        if not value:
            return
        if self.query:
            draft.set_query(key, value)
        else:
            draft.set_header(key, value)
