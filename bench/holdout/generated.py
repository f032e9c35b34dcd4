"""Parsing by the code that pmgen generates: the types of one place as a module, executed.

A whole client of a big collection takes seconds; the records that one place reaches, unformatted, take milliseconds.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import types
import typing

from holdout.tables import pruned
from pmgen import resources
from pmgen.api import Api, Group, Operation
from pmgen.code import Code
from pmgen.infer import Ref, Role, Use
from pmgen.names.propose import names_of
from pmgen.names.symbols import Thing
from pmgen.python import build
from pmgen.python.model import Part
from pmgen.render import render
from pmgen.runtime.codecs import ObjectOf
from pmgen.runtime.drift import Drift

if typing.TYPE_CHECKING:
    from pmgen.infer import Type, TypeTable
    from pmgen.runtime.codecs import Codec
    from pmgen.runtime.drift import Mismatch
    from pmgen.source import Json

_OPERATION = Operation(
    name="Sample",
    pointer="/item/0",
    trail=(),
    description="",
    method="GET",
    display="/",
    server=(),
    path=(),
    headers=(),
    credentials=(),
    params=(),
    body=None,
    auth=None,
    examples=(),
    sent=None,
)
_API = Api("Holdout", "", Group("", "", (), "", (), (_OPERATION,)), ())
_ROLE = Role(_OPERATION.pointer, Use.REPLY, 200)
_MODULE = "holdout_sample"


@dataclasses.dataclass(frozen=True, slots=True)
class Parsed:
    """What came of tolerant parsing. ``kept``: printed again, the value is what was read."""

    mismatches: tuple[Mismatch, ...]
    kept: bool


def parse(codec: Codec[typing.Any], value: Json) -> Parsed:
    """As a client reads a reply."""
    root = [value]
    drift = Drift(root)
    found = codec.read(value, root, 0, drift)
    back = json.dumps(codec.dump(found), sort_keys=True)
    kept = back == json.dumps(value, sort_keys=True)
    return Parsed(tuple(drift.mismatches()), kept)


def reader(root: Type, table: TypeTable) -> Codec[typing.Any]:
    """What reads values of a type."""
    alone = pruned(root, table, _ROLE)
    names = names_of(_API, alone)
    package = build(_API, alone, names, Code("holdout"), "the corpus")
    files = (file for make in package.parts for file in make().files)
    part = Part(tuple(file for file in files if file.path == "models.py"))
    module = _executed(render(package, part, resources.templates())["models.py"])
    own = alone.roots[_ROLE]
    if isinstance(own, Ref):
        return ObjectOf(getattr(module, names(Thing.RECORD, own.record)))
    return typing.cast("Codec[typing.Any]", getattr(module, names(Thing.CODEC, _ROLE)))


def _executed(text: str) -> types.ModuleType:
    """The module. It has a place in sys.modules, where dataclasses look for what annotations name."""
    module = sys.modules[_MODULE] = types.ModuleType(_MODULE)
    text = text.replace("from ._runtime import ", "from pmgen.runtime import ", 1)
    exec(compile(text, f"{_MODULE}.py", "exec"), vars(module))  # noqa: S102 - our own
    return module
