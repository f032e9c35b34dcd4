"""Variables whose names are made of variables: the inner ones are resolved before anything else looks."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.lower.variables import is_nested
from pmgen.postman import Folder, Item

if typing.TYPE_CHECKING:
    from pmgen.lower.variables import Scope
    from pmgen.postman import Auth, Body, Pair, Request, Url


def unnested(folder: Folder, scope: Scope) -> Folder:
    """The folder with ``{{a_{{b}}}}`` as ``{{a_x}}`` wherever the value of b is known."""
    members = tuple(
        unnested(member, scope) if isinstance(member, Folder) else _item(member, scope)
        for member in folder.members
    )
    auth = folder.auth and _auth(folder.auth, scope)
    if auth is folder.auth and all(map(_same, members, folder.members)):
        return folder
    return dataclasses.replace(folder, members=members, auth=auth)


def _same(new: object, old: object) -> bool:
    return new is old


def _item(item: Item, scope: Scope) -> Item:
    request = item.request
    if request is None or not any(map(is_nested, _texts(request))):
        return item
    return dataclasses.replace(item, request=_request(request, scope))


def _texts(request: Request) -> list[str]:
    """Every text of the request in which Postman replaces variables."""
    url = request.url
    found = [url.protocol, url.user, url.host, url.port, *(url.path or ())]
    for pair in (*url.query, *url.variables, *request.headers):
        found += [pair.key or "", pair.value or ""]
    if request.body:
        found += [request.body.raw, request.body.variables]
        for pair in request.body.fields:
            found += [pair.key or "", pair.value or ""]
    if request.auth:
        found += request.auth.parameters.values()
    return found


def _request(request: Request, scope: Scope) -> Request:
    return dataclasses.replace(
        request,
        url=_url(request.url, scope),
        headers=_pairs(request.headers, scope),
        body=request.body and _body(request.body, scope),
        auth=request.auth and _auth(request.auth, scope),
    )


def _url(url: Url, scope: Scope) -> Url:
    return dataclasses.replace(
        url,
        protocol=scope.unnested(url.protocol),
        user=scope.unnested(url.user),
        host=scope.unnested(url.host),
        port=scope.unnested(url.port),
        path=None if url.path is None else tuple(map(scope.unnested, url.path)),
        query=_pairs(url.query, scope),
        variables=_pairs(url.variables, scope),
    )


def _pairs(pairs: tuple[Pair, ...], scope: Scope) -> tuple[Pair, ...]:
    return tuple(
        dataclasses.replace(
            pair,
            key=pair.key and scope.unnested(pair.key),
            value=pair.value and scope.unnested(pair.value),
        )
        for pair in pairs
    )


def _body(body: Body, scope: Scope) -> Body:
    return dataclasses.replace(
        body,
        raw=scope.unnested(body.raw),
        fields=_pairs(body.fields, scope),
        variables=scope.unnested(body.variables),
    )


def _auth(auth: Auth, scope: Scope) -> Auth:
    given = auth.parameters.items()
    parameters = {key: scope.unnested(value) for key, value in given}
    if parameters == dict(auth.parameters):
        return auth
    return dataclasses.replace(auth, parameters=parameters)
