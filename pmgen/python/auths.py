"""Auths as calls of the runtime's classes."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.code import Code, code, joined
from pmgen.python.holes import format_of
from pmgen.python.literal import string

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.api import Operation
    from pmgen.python.places import Places


@dataclasses.dataclass(frozen=True, slots=True)
class _Class:
    """A class of the runtime and its fields by Postman's names. ``module`` is "" for what `api` has.

    ``flags``: the values of a parameter that count, and what is passed then. ``always``: parameters without a default.
    """

    name: str
    module: str
    fields: Mapping[str, str]
    flags: Mapping[str, tuple[tuple[str, ...], str]] = dataclasses.field(
        default_factory=dict
    )
    always: tuple[str, ...] = ()


_TRUE = ("true",)
_CLASSES: Mapping[str, _Class] = {
    "apikey": _Class(
        "ApiKey",
        "",
        {"key": "key", "value": "value"},
        {"in": (("query",), "query=True")},
    ),
    "asap": _Class(
        "Asap",
        "auth_jwt",
        {
            "kid": "kid",
            "iss": "iss",
            "aud": "aud",
            "privateKey": "private_key",
            "alg": "alg",
            "sub": "sub",
            "claims": "claims",
            "exp": "exp",
        },
        always=("kid", "iss", "aud"),
    ),
    "awsv4": _Class(
        "AwsV4",
        "auth_aws",
        {
            "accessKey": "access_key",
            "secretKey": "secret_key",
            "sessionToken": "session_token",
            "region": "region",
            "service": "service",
        },
        {"addAuthDataToQuery": (_TRUE, "query=True")},
    ),
    "basic": _Class("Basic", "", {"username": "username", "password": "password"}),
    "bearer": _Class("Bearer", "", {"token": "token"}),
    "digest": _Class(
        "Digest",
        "auth_digest",
        {
            "username": "username",
            "password": "password",
            "realm": "realm",
            "nonce": "nonce",
            "algorithm": "algorithm",
            "qop": "qop",
            "nonceCount": "nonce_count",
            "clientNonce": "client_nonce",
            "opaque": "opaque",
        },
        {"disableRetryRequest": (_TRUE, "retry=False")},
    ),
    "edgegrid": _Class(
        "EdgeGrid",
        "auth_edgegrid",
        {
            "accessToken": "access_token",
            "clientToken": "client_token",
            "clientSecret": "client_secret",
            "nonce": "nonce",
            "timestamp": "timestamp",
            "baseURL": "base_url",
            "headersToSign": "headers_to_sign",
            "maxBodySize": "max_body_size",
        },
    ),
    "hawk": _Class(
        "Hawk",
        "auth_hawk",
        {
            "authId": "auth_id",
            "authKey": "auth_key",
            "algorithm": "algorithm",
            "nonce": "nonce",
            "timestamp": "timestamp",
            "app": "app",
            "extraData": "extra_data",
            "delegation": "delegation",
        },
        {"includePayloadHash": (_TRUE, "payload_hash=True")},
    ),
    "jwt": _Class(
        "Jwt",
        "auth_jwt",
        {
            "algorithm": "algorithm",
            "secret": "secret",
            "privateKey": "private_key",
            "payload": "payload",
            "header": "header",
            "headerPrefix": "prefix",
            "queryParamKey": "query_key",
        },
        {
            "isSecretBase64Encoded": (_TRUE, "secret_is_base64=True"),
            "addTokenTo": (("queryParam", "queryParams"), "query=True"),
        },
        always=("algorithm",),
    ),
    "ntlm": _Class(
        "Ntlm",
        "auth_ntlm",
        {"username": "username", "password": "password", "domain": "domain"},
        {"disableRetryRequest": (_TRUE, "retry=False")},
    ),
    "oauth1": _Class(
        "OAuth1",
        "auth_oauth1",
        {
            "consumerKey": "consumer_key",
            "consumerSecret": "consumer_secret",
            "token": "token",
            "tokenSecret": "token_secret",
            "privateKey": "private_key",
            "signatureMethod": "signature_method",
            "timestamp": "timestamp",
            "nonce": "nonce",
            "version": "version",
            "realm": "realm",
            "callback": "callback",
            "verifier": "verifier",
        },
        {
            "includeBodyHash": (_TRUE, "body_hash=True"),
            "addParamsToHeader": (_TRUE, "header=True"),
            "addEmptyParamsToSign": (_TRUE, "empty=True"),
            "disableHeaderEncoding": (_TRUE, "raw=True"),
        },
    ),
    "oauth2-grant": _Class(
        "OAuth2Grant",
        "auth_tokens",
        {
            "grant": "grant",
            "accessTokenUrl": "token_url",
            "clientId": "client_id",
            "clientSecret": "client_secret",
            "scope": "scope",
            "username": "username",
            "password": "password",
            "refreshTokenUrl": "refresh_url",
            "accessToken": "access_token",
            "headerPrefix": "prefix",
        },
        {
            "client_authentication": (("body",), "in_body=True"),
            "addTokenTo": (("queryParams",), "query=True"),
        },
    ),
    "oauth2": _Class(
        "OAuth2",
        "auth_oauth2",
        {"accessToken": "access_token", "headerPrefix": "prefix"},
        {"addTokenTo": (("queryParams",), "query=True")},
    ),
}


def module(operation: Operation) -> str:
    """The module of the runtime that has the auth; "" for none, and for what every client has."""
    return _CLASSES[operation.auth.kind].module if operation.auth else ""


def alias(name: str) -> Code:
    """What that module is called in a requests module."""
    return Code(f"_rt_{name}")


def auth(operation: Operation, places: Places) -> Code | None:
    """The call; None for an operation without an auth."""
    found = operation.auth
    if found is None:
        return None
    made = _CLASSES[found.kind]
    values = {**dict.fromkeys(made.always, ()), **dict(found.fields)}
    given = [
        code(Code(made.fields[name]), "=", string(format_of(text, operation, places)))
        for name, text in values.items()
        if name in made.fields
    ]
    given += [
        Code(passed)
        for name, text in found.fields
        for values, passed in [made.flags.get(name, ((), ""))]
        if "".join(part for part in text if isinstance(part, str)) in values
    ]
    owner = alias(made.module) if made.module else Code("_rt")
    return code(owner, ".", Code(made.name), "(", joined(", ", given), ")")
