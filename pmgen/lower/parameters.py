"""What the caller of an operation gives: path, query and header parameters (DESIGN.md 4)."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.lower import graphql
from pmgen.lower.form import fields
from pmgen.lower.headers import headers
from pmgen.lower.path import path
from pmgen.lower.query import query

if typing.TYPE_CHECKING:
    from pmgen import api
    from pmgen.lower.context import Context
    from pmgen.postman import Item, Pair, Request


@dataclasses.dataclass(frozen=True, slots=True)
class Lowered:
    """A request's path and headers as templates, and all its parameters."""

    path: api.Template
    headers: tuple[tuple[str, api.Template], ...]
    credentials: tuple[tuple[str, api.Template], ...]
    params: tuple[api.Param, ...]
    removed: tuple[Pair, ...]


def lower(request: Request, context: Context) -> Lowered:
    """Parameters in the order path, query, header, body; a variable that stands in several places is one argument."""
    body = request.body
    template, in_path = path(request, context)
    in_headers = headers(request, context)
    found = {param.key: param for param in in_path}
    in_body = (*fields(body, context), *graphql.parameters(body, context))
    for param in (*query(request, context), *in_headers.params, *in_body):
        found.setdefault(param.key, param)
    return Lowered(
        template,
        in_headers.templates,
        in_headers.credentials,
        tuple(found.values()),
        in_headers.removed,
    )


def originals(item: Item) -> tuple[Request, ...]:
    """The requests that the saved examples were replies to."""
    return tuple(r.request for r in item.responses if r.request is not None)
