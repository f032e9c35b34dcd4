"""A token of OAuth 2 on a request: in the header or in the query (RFC 6750)."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping

from .auth_shared import answered

if typing.TYPE_CHECKING:
    from .draft import Draft


@dataclasses.dataclass(frozen=True, slots=True)
class OAuth2:
    """A token that the user has. An empty one, or one of the type ``mac``, sends nothing."""

    access_token: str
    prefix: str = "Bearer"
    query: bool = False
    token_type: str = ""

    def apply(self, draft: Draft, values: Mapping[str, str]) -> None:
        """Set the header or the parameter."""
        token = self.access_token.format_map(values)
        if not token or self.token_type.format_map(values).lower() == "mac":
            return
        if self.query:
            draft.set_query("access_token", token)
        elif not answered(draft):
            draft.set_header(
                "Authorization", authorization(self.prefix.format_map(values), token)
            )


def authorization(prefix: str, token: str) -> str:
    """The header's value; without a prefix the token alone."""
    return f"{prefix.strip()} {token}" if prefix.strip() else token
