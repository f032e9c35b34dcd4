"""Credentials on a request. Each is data in an operation; its templates name settings of the client."""

from __future__ import annotations

import base64
import dataclasses
import typing
from collections.abc import Mapping

Pairs: typing.TypeAlias = "list[tuple[str, str]]"


def replace(headers: Pairs, name: str, value: str) -> None:
    """Set a header; one of the same name, in any case, goes."""
    headers[:] = [pair for pair in headers if pair[0].lower() != name.lower()]
    headers.append((name, value))


class Auth(typing.Protocol):
    """Adds credentials to headers or query."""

    def apply(self, headers: Pairs, query: Pairs, values: Mapping[str, str]) -> None:
        """Change headers or query in place; ``values`` are the client's settings."""


@dataclasses.dataclass(frozen=True, slots=True)
class Bearer:
    """``Authorization: Bearer …``; an empty token sends nothing."""

    token: str

    def apply(self, headers: Pairs, query: Pairs, values: Mapping[str, str]) -> None:
        """Set the header."""
        del query
        token = self.token.format_map(values)
        if token:
            replace(headers, "Authorization", f"Bearer {token}")


@dataclasses.dataclass(frozen=True, slots=True)
class Basic:
    """``Authorization: Basic …``; an empty name and password send nothing."""

    username: str
    password: str

    def apply(self, headers: Pairs, query: Pairs, values: Mapping[str, str]) -> None:
        """Set the header."""
        del query
        pair = f"{self.username.format_map(values)}:{self.password.format_map(values)}"
        text = base64.b64encode(pair.encode()).decode()
        if pair != ":":
            replace(headers, "Authorization", f"Basic {text}")


@dataclasses.dataclass(frozen=True, slots=True)
class ApiKey:
    """A header or, with ``query``, a query parameter; an empty value sends nothing."""

    key: str
    value: str
    query: bool = False

    def apply(self, headers: Pairs, query: Pairs, values: Mapping[str, str]) -> None:
        """Set the header or the parameter; one of the same name goes."""
        key, value = self.key.format_map(values), self.value.format_map(values)
        if not value:
            return
        if self.query:
            query[:] = [pair for pair in query if pair[0] != key]
            query.append((key, value))
        else:
            replace(headers, key, value)
