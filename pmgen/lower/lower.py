"""The walk over the collection: folders to groups, items to operations, in the file's order."""

from __future__ import annotations

import dataclasses
import typing
from urllib.parse import unquote

from pmgen import api
from pmgen.growth import growing
from pmgen.lower import (
    auths,
    bodies,
    credentials,
    form,
    identity,
    losses,
    nesting,
    parameters,
    replay,
    replies,
    settings,
    telling,
)
from pmgen.lower.collect import collect
from pmgen.lower.context import Context
from pmgen.lower.secrets import is_secret
from pmgen.lower.variables import NOTHING_BESIDE, Scope
from pmgen.postman import Auth, Folder, Item

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmgen.diagnostics import Diagnostic
    from pmgen.lower.variables import Values
    from pmgen.postman import Collection, Request


@dataclasses.dataclass(frozen=True, slots=True)
class _Walk:
    """What every step of the walk needs; ``sink`` collects diagnostics."""

    scope: Scope
    settings: Mapping[str, api.Setting]
    telling: Mapping[str, frozenset[str]]
    sink: list[Diagnostic]


@growing
def lower(
    collection: Collection, values: Values = NOTHING_BESIDE
) -> tuple[api.Api, tuple[Diagnostic, ...]]:
    """The collection's API, with the variables that come from beside it. What is left out is reported."""
    scope, outermost = _scope(collection, values)
    requests = list(_requests(outermost, None))
    found = collect(
        ((bodies.pruned(item, request), auth) for item, request, auth in requests),
        scope,
    )
    told = telling.telling((item.pointer, request) for item, request, _ in requests)
    walk = _Walk(scope, found, told, list(losses.of_collection(collection, scope)))
    root = _group(outermost, None, walk)
    root = dataclasses.replace(root, description=collection.description)
    whole = api.Api(
        collection.name, collection.description, root, tuple(found.values())
    )
    return whole, tuple(walk.sink)


def _scope(collection: Collection, values: Values) -> tuple[Scope, Folder]:
    """The variables, and the outermost folder without nested names. Unnesting may show that more are credentials."""
    hidden = credentials.names_used(collection.root)
    scope = Scope.of(collection.variables, values, hidden)
    outermost = nesting.unnested(collection.root, scope)
    if outermost is not collection.root:
        hidden |= credentials.names_used(outermost)
        scope = Scope.of(collection.variables, values, hidden)
    return scope, outermost


def _requests(
    folder: Folder, inherited: Auth | None
) -> Iterator[tuple[Item, Request, Auth | None]]:
    """Every request that can be called, with its auth in force."""
    auth = folder.auth or inherited
    for member in folder.members:
        if isinstance(member, Folder):
            yield from _requests(member, auth)
        elif _callable(member) and member.request:
            yield member, member.request, _in_force(member.request, auth)


def _callable(item: Item) -> bool:
    url = item.request.url if item.request else None
    return url is not None and bool(url.host or url.path)


def _group(folder: Folder, inherited: Auth | None, walk: _Walk) -> api.Group:
    auth = folder.auth or inherited
    walk.sink.extend(losses.scripts(folder.scripts, folder.trail))
    groups, operations = [], []
    for member in folder.members:
        if isinstance(member, Folder):
            group = _group(member, auth, walk)
            groups += [group] if group.groups or group.operations else []
        elif _callable(member) and member.request:
            operations.append(_operation(member, member.request, auth, walk))
        else:
            walk.sink.extend(losses.without_request(member))
    return api.Group(
        name=folder.name,
        pointer=folder.pointer,
        trail=folder.trail,
        description=folder.description,
        groups=tuple(groups),
        operations=tuple(operations),
        id=folder.id,
    )


def _operation(
    item: Item, request: Request, inherited: Auth | None, walk: _Walk
) -> api.Operation:
    originals = parameters.originals(item)
    told = walk.telling.get(item.pointer, frozenset())
    auth = _in_force(request, inherited)
    context = Context(walk.scope, walk.settings, originals, told, _auth_key(auth))
    lowered = parameters.lower(bodies.pruned(item, request), context)
    body = bodies.body(item, request, originals, walk.scope, walk.sink)
    used = auths.credentials(auth, walk.scope)
    walk.sink.extend(losses.losses(item, request, auth, walk.scope))
    walk.sink.extend(losses.credentials(item, auth, used, lowered.removed))
    return api.Operation(
        name=item.name,
        pointer=item.pointer,
        trail=item.trail,
        description=request.description,
        method=request.method,
        display=_display(request, told),
        server=settings.server(request.url, walk.scope).template,
        path=lowered.path,
        headers=bodies.with_type(lowered.headers, body, _own_type(body)),
        credentials=lowered.credentials,
        params=lowered.params,
        body=body,
        auth=used.auth,
        examples=replies.examples(item, walk.scope, walk.sink),
        sent=_sent(request, auth, context, lowered, body),
        id=item.id,
        follows_redirects=item.behavior.follows_redirects,
        drops=tuple(sorted(item.behavior.drops)),
        digests=(identity.of_request(request), identity.of_examples(item.responses)),
    )


def _sent(
    request: Request,
    auth: Auth | None,
    context: Context,
    lowered: parameters.Lowered,
    body: api.RequestBody | None,
) -> api.Sent | None:
    """What Postman sends, a form's content included."""
    sent = replay.replay(request, auth, context, _arguments(lowered.params), body)
    if sent is None or request.body is None or body is None:
        return sent
    if body.kind is api.Kind.FORM:
        return dataclasses.replace(sent, form=form.encoded(request.body, context))
    if body.kind is api.Kind.PARTS:
        return dataclasses.replace(sent, parts=form.parts(request.body, context))
    return sent


def _in_force(request: Request, inherited: Auth | None) -> Auth | None:
    """The nearest auth; without one the user and password of the URL."""
    auth = request.auth or inherited
    # Postman makes a header of the URL's user before any auth, so that noauth does not stop it.
    if request.url.user and (auth is None or auth.type == "noauth"):
        user, _, password = request.url.user.partition(":")
        found = {"username": unquote(user), "password": unquote(password)}
        return Auth("basic", found, request.url.pointer)
    return auth


def _auth_key(auth: Auth | None) -> str:
    in_query = auth is not None and auth.type == "apikey"
    if auth is None or not in_query or auth.parameters.get("in") != "query":
        return ""
    return auth.parameters.get("key", "")


def _arguments(params: tuple[api.Param, ...]) -> dict[str, str]:
    return {
        param.key: param.sample[0]
        for param in params
        if param.sample and param.where in _IN_HEAD
    }


def _own_type(body: api.RequestBody | None) -> api.Template:
    return (body.content_type,) if body else ()


_IN_HEAD = (api.Where.PATH, api.Where.HEADER)


def _display(request: Request, told: frozenset[str]) -> str:
    """The URL as the collection writes it, with what of the query tells it from its twins."""
    url = request.url
    host = f"{url.protocol}://{url.host}" if url.protocol else url.host
    port = f":{url.port}" if url.port else ""
    path = "".join(f"/{segment}" for segment in url.path or ())
    query = [
        pair.key if pair.value is None else f"{pair.key}={pair.value}"
        for pair in url.query
        if pair.key in told and not pair.disabled and not is_secret(pair.key)
    ]
    return host + port + path + ("?" + "&".join(query) if query else "")
