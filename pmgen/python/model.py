"""The target model: what the templates print. All strings are final.

``Code`` is printed as it is; ``str`` is a collection's text, which a template must pass through a filter.
"""

from __future__ import annotations

import dataclasses
import re
import typing

from pmgen.code import Code

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from pmgen.source import Json


@dataclasses.dataclass(frozen=True, slots=True)
class Flavor:
    """The sync or the async side of a client."""

    prefix: Code
    transport: Code
    awaited: bool


FLAVORS = (
    Flavor(Code(""), Code("SyncTransport"), awaited=False),
    Flavor(Code("Async"), Code("AsyncTransport"), awaited=True),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Arg:
    """A parameter of a function."""

    name: Code
    annotation: Code
    default: Code | None
    keyword: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Reply:
    """What an operation expects for a status, as the expression that says so."""

    status: Code
    expect: Code


@dataclasses.dataclass(frozen=True, slots=True)
class Iteration:
    """A method that goes through an operation's pages. ``args`` are the operation's, ``item`` annotates what it yields.

    ``constant`` is the name of what the runtime must know: ``items``, the way to them, and the ``way`` to further pages.
    """

    name: Code
    args: tuple[Arg, ...]
    item: Code
    constant: Code
    items: Code
    way: Code
    doc: str
    awaited_doc: str


@dataclasses.dataclass(frozen=True, slots=True)
class Method:
    """An operation: its constant data, its request builder and its methods.

    ``doc`` is the method's whole documentation, ``awaited_doc`` that of its async twin, ``short`` the request in
    one line.
    """

    name: Code
    constant: Code
    returns: Code
    args: tuple[Arg, ...]
    title: str
    doc: str
    awaited_doc: str
    short: str
    method: str
    server: str
    path: str
    headers: tuple[tuple[str, str], ...]
    credentials: tuple[tuple[str, str], ...]
    defaults: tuple[tuple[str, str], ...]
    auth: Code | None
    follows_redirects: bool
    drops: tuple[str, ...]
    replies: tuple[Reply, ...]
    body_codec: Code | None
    values: tuple[tuple[str, Code], ...]
    query: tuple[tuple[str, Code], ...]
    optional_headers: tuple[tuple[str, Code], ...]
    body_name: Code
    fields: tuple[tuple[str, Code], ...]
    form: Code | None
    iteration: Iteration | None


@dataclasses.dataclass(frozen=True, slots=True)
class Import:
    """``from <where> import <names>``, or one name ``as <alias>``."""

    where: Code
    names: tuple[Code, ...]
    alias: Code | None = None

    @property
    def order(self) -> tuple[int, list[tuple[int, str]], str]:
        """Where isort puts it among relative imports: the furthest first, numbers by their value."""
        dots = len(self.where) - len(self.where.lstrip("."))
        parts = re.findall(r"(\d+)|(\D+)", self.where)
        return -dots, [(int(n or 0), text) for n, text in parts], self.alias or ""


@dataclasses.dataclass(frozen=True, slots=True)
class Subgroup:
    """A folder, as an attribute of what holds it."""

    attribute: Code
    class_name: Code
    doc: str


@dataclasses.dataclass(frozen=True, slots=True)
class SettingArg:
    """A constructor argument of the client."""

    name: Code
    environment: str
    default: str | None
    credential: bool
    source: str
    doc: str


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """A folder's client module and its requests module; each has its own imports."""

    class_name: Code
    doc: str
    awaited_doc: str
    imports: tuple[Import, ...]
    typing_imports: tuple[Import, ...]
    request_imports: tuple[Import, ...]
    uses_dates: bool
    subgroups: tuple[Subgroup, ...]
    methods: tuple[Method, ...]
    is_paged: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Branch:
    """One step of reading a field: where ``test`` holds, ``v`` becomes ``result``."""

    test: Code
    result: Code


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """A field of a class.

    ``branches`` convert; ``refused`` is the test for what is drift: None where nothing is, "" where all else is.
    ``omitted`` is the value that stands for an absent key, None where the key is always there.
    """

    name: Code
    wire: str
    annotation: Code
    default: Code | None
    doc: str
    branches: tuple[Branch, ...]
    refused: Code | None
    expected: str
    omitted: Code | None
    dumped: Code


@dataclasses.dataclass(frozen=True, slots=True)
class Class:
    """A dataclass with its parsing code; ``always``: it has a key that is never omitted."""

    name: Code
    doc: str
    always: bool
    fields: tuple[Field, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class CodecConstant:
    """A module constant that reads what no class reads. ``annotation`` only for public ones."""

    name: Code
    annotation: Code | None
    expression: Code
    doc: str


@dataclasses.dataclass(frozen=True, slots=True)
class Models:
    """A module of models."""

    imports: tuple[Import, ...]
    uses_dates: bool
    classes: tuple[Class, ...]
    codecs: tuple[CodecConstant, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Damage:
    """One place of an example broken, and the mismatch that reading it must give. ``value`` is an expression."""

    path: Code
    value: Code
    mismatch: str


@dataclasses.dataclass(frozen=True, slots=True)
class ExampleTest:
    """A saved example replayed. ``reader`` is None for what is no JSON; ``error`` is set from status 400 on."""

    name: Code
    key: str
    variable: Code
    is_used: bool
    status: Code
    content_type: str
    reader: Code | None
    is_object: bool
    error: Code | None
    asserts: tuple[Code, ...]
    damages: tuple[Damage, ...]
    expected: Code


@dataclasses.dataclass(frozen=True, slots=True)
class RequestTest:
    """The request that Postman sends, and the arguments that must make the client send it.

    ``checks`` are statements about the body that was sent.
    """

    arguments: tuple[Code, ...]
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    checks: tuple[Code, ...]
    reader: Code | None


@dataclasses.dataclass(frozen=True, slots=True)
class OperationTests:
    """All tests of one operation.

    ``call`` is the way to it from a client; ``body`` its example body, "" for none.
    ``drifting`` is the example whose first damage is sent as a reply, ``open`` one that gets a key which its type does not
    know; None where another operation has that test. ``auth`` stands in for one that signs: what it
    adds differs from run to run, and stand-ins of keys are no keys.
    """

    class_name: Code
    name: Code
    call: Code
    doc: str
    body: Code
    auth: Code
    returns_nothing: bool
    arguments: tuple[Code, ...]
    request: RequestTest | None
    examples: tuple[ExampleTest, ...]
    drifting: ExampleTest | None
    open: ExampleTest | None


@dataclasses.dataclass(frozen=True, slots=True)
class TestModule:
    """The tests of one folder; ``examples`` is what their JSON file holds."""

    name: Code
    title: str
    imports: tuple[Import, ...]
    settings: tuple[tuple[Code, str], ...]
    operations: tuple[OperationTests, ...]
    examples: dict[str, Json]
    uses_asyncio: bool
    uses_pytest: bool
    uses_dates: bool

    __test__ = False


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """A file to be rendered: where, from which template, with what. ``doc`` is the module's docstring."""

    path: str
    template: str
    doc: str
    model: Package | Group | Models | TestModule


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """Files that are made together: those of a folder, or of the package itself. ``data`` need no template."""

    files: tuple[File, ...]
    data: tuple[tuple[str, str], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Package:
    """A whole client. ``libraries`` are what it needs beside httpx2, as pip has them. ``parts`` make its files; each stands alone, so that they can be made apart."""

    name: Code
    title: str
    doc: str
    source: str
    settings: tuple[SettingArg, ...]
    root: Group
    errors: tuple[Code, ...]
    exports: tuple[Code, ...]
    calls: tuple[tuple[str, str], ...]
    sample: Code | None
    is_paged: bool = False
    libraries: tuple[str, ...] = ()
    parts: tuple[Callable[[], Part], ...] = ()
