"""IR: what the collection says its API is. No Postman form and no Python word in it.

Wire names are kept as they are; symbols (see ``names``) are keyed by pointers and by the ``key`` of a setting or
parameter.
"""

from __future__ import annotations

import dataclasses
import enum
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.pagination import Pagination
    from pmgen.source import Json


@dataclasses.dataclass(frozen=True, slots=True)
class Ref:
    """A hole in a template: the key of a setting or of a parameter."""

    key: str


Template: typing.TypeAlias = "tuple[str | Ref, ...]"


class Role(enum.StrEnum):
    """What a setting of the client is for."""

    URL = "url"
    HOST = "host"
    SCHEME = "scheme"
    PORT = "port"
    PATH = "path"
    CREDENTIAL = "credential"
    OPTION = "option"


@dataclasses.dataclass(frozen=True, slots=True)
class Setting:
    """A constructor argument of the client. ``spellings`` propose its name, best first; ``sample`` is for tests."""

    key: str
    role: Role
    spellings: tuple[str, ...]
    source: str
    default: str | None
    sample: str
    description: str = ""


class Where(enum.StrEnum):
    """Where a parameter goes: FIELD is one of a form, VARIABLE one of a GraphQL query."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    FIELD = "field"
    VARIABLE = "variable"


@dataclasses.dataclass(frozen=True, slots=True)
class Param:
    """An argument of an operation.

    ``kind`` is what the seen values look like: int, float, bool or str; file for a field that sends one, and json for
    a variable that may be anything. ``default`` is sent when the caller gives nothing; ``fallback`` is a value of a
    query or form made of settings; ``flag`` is a query key without a value. ``sample``: the values that the collection
    itself sends, () for none; JSON texts for a variable. ``content_type`` is that of a form-data part, "" for none.
    ``dynamic`` names, without its $, the dynamic variable that gives a new value where the caller gives none; "" for none.
    """

    key: str
    where: Where
    wire: str
    kind: str
    required: bool = False
    default: str | None = None
    fallback: Template | None = None
    flag: bool = False
    repeated: bool = False
    description: str = ""
    seen: tuple[str, ...] = ()
    sample: tuple[str, ...] = ()
    content_type: str = ""
    dynamic: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Auth:
    """``kind`` is Postman's type, ``fields`` its parameters by Postman's names; flags are there if they are true."""

    kind: str
    fields: tuple[tuple[str, Template], ...]


class Kind(enum.StrEnum):
    """What a body is. The last three are made of parameters."""

    JSON = "json"
    TEXT = "text"
    BYTES = "bytes"
    EMPTY = "empty"
    FORM = "form"
    PARTS = "parts"
    GRAPHQL = "graphql"


@dataclasses.dataclass(frozen=True, slots=True)
class RequestBody:
    """The body. ``values`` are the JSON bodies seen, the declared one first; ``text`` is what the collection sends, for
    tests, and GraphQL's query; ``operation`` the name of what of the query runs. BYTES are those of a file.
    ``replaces_type``: the user's own Content-Type does not count.
    """

    kind: Kind
    pointer: str
    values: tuple[Json, ...]
    text: str
    content_type: str
    replaces_type: bool = False
    operation: str | None = None

    @property
    def is_given(self) -> bool:
        """Whether it is an argument of its own, and not made of parameters."""
        return self.kind not in (Kind.FORM, Kind.PARTS, Kind.GRAPHQL)


@dataclasses.dataclass(frozen=True, slots=True)
class Example:
    """A saved reply. ``value`` is the decoded JSON, the text, or None; ``language`` of a text: xml, html, text."""

    name: str
    pointer: str
    status: int
    kind: Kind
    value: Json
    language: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A part of a form-data body as it is sent; ``file`` is its file name, None for a field of text."""

    name: str
    file: str | None
    content_type: str
    content: str


@dataclasses.dataclass(frozen=True, slots=True)
class Sent:
    """What Postman sends for the declared request with the samples as variables.

    ``form`` is the text of a urlencoded body; ``parts`` are those of a form-data body.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    form: str = ""
    parts: tuple[Part, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Operation:
    """One request. ``display`` is its URL as the collection writes it; ``credentials`` are headers.

    ``id`` is Postman's, "" for none; ``digests`` of the declared request and of its examples: by these it is found
    again in another version of the collection. ``paging``: how its further pages are asked for, where the user says it.
    ``drops``: headers, in lower case, that are not added where neither the collection nor the caller gives them.
    """

    name: str
    pointer: str
    trail: tuple[str, ...]
    description: str
    method: str
    display: str
    server: Template
    path: Template
    headers: tuple[tuple[str, Template], ...]
    credentials: tuple[tuple[str, Template], ...]
    params: tuple[Param, ...]
    body: RequestBody | None
    auth: Auth | None
    examples: tuple[Example, ...]
    sent: Sent | None
    id: str = ""
    digests: tuple[str, str] = ("", "")
    paging: Pagination | None = None
    follows_redirects: bool = True
    drops: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """A folder; the outermost is the collection itself, with pointer "" and no name. ``id`` is Postman's."""

    name: str
    pointer: str
    trail: tuple[str, ...]
    description: str
    groups: tuple[Group, ...]
    operations: tuple[Operation, ...]
    id: str = ""

    def walk(self) -> Iterator[Group]:
        """This group and all below it, outermost first, in the collection's order."""
        yield self
        for group in self.groups:
            yield from group.walk()


@dataclasses.dataclass(frozen=True, slots=True)
class Api:
    """A whole collection."""

    name: str
    description: str
    root: Group
    settings: tuple[Setting, ...]
