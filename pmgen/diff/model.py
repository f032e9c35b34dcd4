"""The two sides of a comparison, and what comes of it."""

from __future__ import annotations

import dataclasses
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.api import Api, Group, Operation, Param, Setting
    from pmgen.code import Code
    from pmgen.diff.levels import Level
    from pmgen.infer import Record, TypeTable
    from pmgen.names import Kept, Names
    from pmgen.pins import Override
    from pmgen.pipeline import Analysis
    from pmgen.python.model import Arg, Iteration
    from pmgen.python.replies import Expected


@dataclasses.dataclass(frozen=True, slots=True)
class Version:
    """A collection as one version has it, under names; ``overrides``: the types that pmgen.toml then wished for."""

    analysis: Analysis
    names: Names
    overrides: tuple[Override, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """A client before and after; None where there was or is none."""

    package: str
    old: Version | None
    new: Version | None


@dataclasses.dataclass(frozen=True, slots=True)
class Argument:
    """``sent``: what a call without it sends, as text; None where it must be given or nothing is sent."""

    param: Param
    arg: Arg
    sent: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """An operation as a user meets it. ``path``: the attributes to it, its own name last.

    ``arguments`` by key; ``body`` annotates that argument. ``returns`` is an annotation, ``expected`` what was seen
    for each status, with ``shown``, its annotation. ``wishes``: the types wished for in it.
    """

    operation: Operation
    group: str
    path: tuple[Code, ...]
    arguments: Mapping[str, Argument]
    body: str
    returns: str
    expected: Mapping[int, Expected]
    shown: Mapping[int, str]
    iteration: Iteration | None
    wishes: tuple[Override, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Class:
    """A record as a class. ``module``: the dotted path to it. ``annotations`` and ``names`` of its fields by wire name.

    ``pointer``: of the request where it was seen first.
    """

    record: Record
    home: str
    module: str
    name: str
    names: Mapping[str, str]
    annotations: Mapping[str, str]
    read: bool
    given: bool
    pointer: str

    @property
    def path(self) -> str:
        """As an import has it."""
        return f"{self.module}.{self.name}"


@dataclasses.dataclass(frozen=True, slots=True)
class Folder:
    """A folder as an attribute. ``path``: the attributes to it."""

    group: Group
    path: tuple[Code, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Side:
    """One side: everything that a user of the client meets. Calls and folders by pointer, classes by record."""

    package: str
    api: Api
    table: TypeTable
    calls: Mapping[str, Call]
    folders: Mapping[str, Folder]
    classes: tuple[Class, ...]
    settings: Mapping[str, tuple[str, Setting]]
    errors: tuple[str, ...]
    kept: Kept


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """What of the new side is what of the old one.

    Pointers of requests and folders and keys of settings: new -> old. Records: old -> new; those of ``merged`` have no
    successor of their own, but all their places are in that record. ``restated``: requests, by new pointer, that are
    declared otherwise than they were, so that what their examples show is no news of the same request.
    """

    calls: Mapping[str, str]
    folders: Mapping[str, str]
    settings: Mapping[str, str]
    records: Mapping[int, int]
    merged: frozenset[int]
    restated: frozenset[str]


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One thing that a user meets otherwise.

    ``subject``: the call, class or folder by the name that users have for it. ``what``, ``was`` and ``now``: as the row
    of its ``kind`` says. ``old`` and ``new``: JSON pointers into the collections, None where it is not there or has no
    place of its own.
    """

    kind: str
    level: Level
    subject: str
    what: str = ""
    was: str = ""
    now: str = ""
    old: str | None = None
    new: str | None = None
