"""The canonical collection: what all formats say, with one form for everything that has several.

Every part carries the JSON pointer of its place in the source, for names and messages.
"""

from __future__ import annotations

import dataclasses
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Mapping


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """A header, query parameter, form field or path variable. ``value`` None: ``?key`` without ``=``."""

    key: str | None
    value: str | None
    pointer: str
    disabled: bool = False
    description: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Field(Pair):
    """A field of a form-data body, or the file that is one. ``sources`` are paths of files; None for a field of text.

    ``file_name`` and ``content_type`` are what the part says, "" for what follows from the file.
    """

    sources: tuple[str, ...] | None = None
    file_name: str = ""
    content_type: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a collection, an environment or the globals; ``value`` is the text that ``{{key}}`` becomes.

    ``file`` is "" for the collection's own.
    """

    key: str
    value: str
    pointer: str
    secret: bool = False
    description: str = ""
    file: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Url:
    """A URL in parts. ``host`` "" is missing; ``path`` None differs from () and ("",) as ``h`` differs from ``h/``.

    ``user`` is ``user:password``, percent-encoded.
    """

    pointer: str
    protocol: str = ""
    user: str = ""
    host: str = ""
    port: str = ""
    path: tuple[str, ...] | None = None
    query: tuple[Pair, ...] = ()
    variables: tuple[Pair, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Body:
    """A request body. ``raw``: text, or a GraphQL query; ``variables``: the JSON text of its variables.

    ``fields`` are those of a form: pairs of a urlencoded one, Fields of form-data; a file body is one Field.
    """

    mode: str
    pointer: str
    raw: str = ""
    language: str = ""
    fields: tuple[Pair, ...] = ()
    variables: str = ""
    operation: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Auth:
    """An auth with a type; what has none inherits and is no Auth."""

    type: str
    parameters: Mapping[str, str]
    pointer: str


@dataclasses.dataclass(frozen=True, slots=True)
class Script:
    """A script that Postman runs; ``before``: before the request, else after the reply."""

    before: bool
    code: str
    pointer: str


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """A request as declared; variables are not resolved."""

    method: str
    url: Url
    pointer: str
    headers: tuple[Pair, ...] = ()
    body: Body | None = None
    auth: Auth | None = None
    description: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Response:
    """A saved example. ``status`` None: the draft has none. ``body_key``: where the body stands below the pointer; ``said``:
    what it has for a status where it has none.
    """

    name: str
    status: int | None
    body: str
    language: str
    pointer: str
    headers: tuple[Pair, ...] = ()
    request: Request | None = None
    body_key: str = "body"
    said: str = "no status"


@dataclasses.dataclass(frozen=True, slots=True)
class Behavior:
    """How Postman is told to send a request. ``drops``: headers that Postman would add by itself and here does not, in lower case."""

    prunes_body: bool = True
    follows_redirects: bool = True
    drops: frozenset[str] = frozenset()


PLAIN = Behavior()


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """One request with its saved examples; ``request`` None where the item has none. ``id`` is Postman's, "" for none."""

    name: str
    pointer: str
    trail: tuple[str, ...]
    request: Request | None
    responses: tuple[Response, ...] = ()
    behavior: Behavior = PLAIN
    scripts: tuple[Script, ...] = ()
    id: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Folder:
    """A folder; ``members`` keep the file's order. ``id`` is Postman's, "" for none."""

    name: str
    pointer: str
    trail: tuple[str, ...]
    members: tuple[Folder | Item, ...]
    description: str = ""
    auth: Auth | None = None
    scripts: tuple[Script, ...] = ()
    id: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Environment:
    """The values of an environment, or the globals."""

    name: str
    variables: tuple[Variable, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Collection:
    """A whole collection; ``root`` is its nameless outermost folder.

    ``stem`` is how files call it: what its package is named by. ``orphans`` are saved examples without a request.
    """

    name: str
    stem: str
    description: str
    root: Folder
    variables: tuple[Variable, ...] = ()
    orphans: tuple[Response, ...] = ()
