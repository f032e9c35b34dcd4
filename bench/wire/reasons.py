"""Why some items of the oracle's self-test are sent otherwise than by Postman. All others must be the same.

Keys are folder and name of the item. A reason is a fault or an accident of Postman's, or begins with "Decision:".
"""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

_ARGUMENT = "Decision: an argument of a path is data; its / ? # % are encoded, where Postman lets them change the URL"

REASONS: Mapping[tuple[str, str], str] = {
    ("URLs", "path variables"): _ARGUMENT,
    ("URLs", "path variable which ends the path"): _ARGUMENT,
    ("URLs", "variables"): _ARGUMENT,
    (
        "URLs",
        "slashes and dots",
    ): "Decision: `.` and `..` are sent as %2E, or httpx2 and proxies would resolve them",
    (
        "URLs",
        "query",
    ): "Decision: the values of one key are one argument, and are sent together",
    (
        "URLs",
        "query in a string",
    ): "Decision: a parameter without a name has no argument; PM044 tells it",
    (
        "URLs",
        "encoding disabled",
    ): "Decision: disableUrlEncoding is not heeded; what it sends is no URL. PM035 tells it",
    (
        "URLs",
        "only raw",
    ): "Postman's runtime does not read `raw` beside an empty object; the request is as it says there",
    (
        "Bodies",
        "urlencoded",
    ): "Decision: a field named by a credential keeps the variable's name; names are no secrets",
    (
        "Bodies",
        "formdata, text",
    ): 'Postman does not escape the quotes in `na"me`, which ends the name for the server',
    (
        "Bodies",
        "formdata, several files in one field",
    ): "Postman sends nothing of a file that it has read once",
    (
        "Headers",
        "plain",
    ): "Decision: a header named by a credential is not sent; PM045 tells it",
    (
        "Headers",
        "latin-1 value with a body",
    ): "Postman encodes a header's text as UTF-8 if there is a body, else Latin-1",
    (
        "Headers",
        "space in a name",
    ): "Decision: the header is left out and PM045 tells it; Postman sends no request",
    (
        "Auth",
        "basic, empty",
    ): "Decision: neither user nor password is no credential, and no header",
    (
        "Auth",
        "apikey in the query",
    ): "Postman does not encode the + of a key, which servers read as a blank",
    (
        "Auth",
        "asap",
    ): "Decision: ASAP has no HS256 (its specification: asymmetric keys only); AuthError tells it",
}
