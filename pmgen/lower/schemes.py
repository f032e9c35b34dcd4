"""What each type of auth is made of: the one table of its parameters (POSTMAN.md 2.10)."""

from __future__ import annotations

import dataclasses
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Mapping


@dataclasses.dataclass(frozen=True, slots=True)
class Scheme:
    """The parameters of one type, by Postman's names.

    ``needed`` are credentials that the client asks for, even if the collection has none; ``given`` are credentials
    that count where the collection has them. ``plain`` say where and how; ``flags`` are true or false. ``hidden`` are
    secrets that Postman's dialog needs and no request.
    """

    needed: tuple[str, ...]
    given: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def credentials(self) -> tuple[str, ...]:
        """What must reach no generated file."""
        return (*self.needed, *self.given, *self.hidden)


SCHEMES: Mapping[str, Scheme] = {
    "apikey": Scheme(("value",), plain=("in",)),
    "asap": Scheme(
        ("privateKey",), plain=("kid", "iss", "aud", "alg", "sub", "claims", "exp")
    ),
    "awsv4": Scheme(
        ("accessKey", "secretKey"),
        given=("sessionToken",),
        plain=("region", "service"),
        flags=("addAuthDataToQuery",),
    ),
    "basic": Scheme(("username", "password")),
    "bearer": Scheme(("token",)),
    "digest": Scheme(
        ("username", "password"),
        plain=(
            *("realm", "nonce", "algorithm", "qop"),
            *("nonceCount", "clientNonce", "opaque"),
        ),
        flags=("disableRetryRequest",),
    ),
    "edgegrid": Scheme(
        ("accessToken", "clientToken", "clientSecret"),
        plain=("nonce", "timestamp", "baseURL", "headersToSign", "maxBodySize"),
    ),
    "hawk": Scheme(
        ("authId", "authKey"),
        plain=("algorithm", "nonce", "timestamp", "extraData", "app", "delegation"),
        flags=("includePayloadHash",),
    ),
    "jwt": Scheme(
        (),
        given=("secret", "privateKey"),
        plain=(
            *("algorithm", "payload", "header"),
            *("addTokenTo", "headerPrefix", "queryParamKey"),
        ),
        flags=("isSecretBase64Encoded",),
    ),
    "ntlm": Scheme(
        ("username", "password"),
        plain=("domain", "workstation"),
        flags=("disableRetryRequest",),
    ),
    "oauth1": Scheme(
        ("consumerKey", "consumerSecret"),
        given=("token", "tokenSecret", "privateKey"),
        plain=(
            *("signatureMethod", "timestamp", "nonce", "version"),
            *("realm", "callback", "verifier"),
        ),
        flags=(
            *("includeBodyHash", "addParamsToHeader"),
            *("addEmptyParamsToSign", "disableHeaderEncoding"),
        ),
    ),
    "oauth2": Scheme(
        ("accessToken",),
        plain=("addTokenTo", "headerPrefix"),
        hidden=("clientSecret", "password", "refreshToken"),
    ),
}

GRANTS: Mapping[str, str] = {
    "client_credentials": "client_credentials",
    "password_credentials": "password",
}
"""Postman's names of the grants that need nobody at a browser -> OAuth's (RFC 6749)."""

GRANT = Scheme(
    ("clientId", "clientSecret"),
    given=("username", "password"),
    plain=(
        *("accessTokenUrl", "refreshTokenUrl", "scope"),
        *("client_authentication", "addTokenTo", "headerPrefix"),
    ),
)
"""An oauth2 whose token the client fetches."""
