"""Strict parsing by real generated code: a models module rendered from a TypeTable, and run."""

from __future__ import annotations

import dataclasses
import functools
import sys
import types
import typing

from pmgen import resources
from pmgen.code import Code
from pmgen.infer import Ref
from pmgen.names.propose import names_of
from pmgen.names.symbols import Thing
from pmgen.pipeline import File, Inputs, analyse
from pmgen.python import build
from pmgen.python.model import Part
from pmgen.render import render
from pmgen.runtime.api import DriftError

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pmgen.api import Api
    from pmgen.infer import Role, TypeTable
    from pmgen.source import Json

_CALL = b'{"info": {"name": "Flat"}, "item": [{"name": "Call", "request": "https://h.test"}]}'


@functools.cache
def _call() -> Api:
    """An API with one operation, which says nothing of any JSON."""
    (found,) = analyse(Inputs(File("flat.json", _CALL))).analyses
    return found.api


def api_of(table: TypeTable) -> Api:
    """An API of one module, with the operations that the table knows."""
    api = _call()
    pointers = [
        *(role.operation for role in table.roots),
        *(o.role.operation for record in table.records for o in record.origins),
    ]
    operations = tuple(
        dataclasses.replace(api.root.operations[0], pointer=pointer)
        for pointer in dict.fromkeys(pointers)
    )
    return dataclasses.replace(
        api, root=dataclasses.replace(api.root, operations=operations)
    )


def acceptors(table: TypeTable) -> Mapping[Role, Callable[[Json], bool]]:
    """For each role whether ``from_json`` of the generated code takes a value."""
    api = api_of(table)
    names = names_of(api, table)
    package = build(api, table, names, Code("flat"), "flat.json")
    files = tuple(
        file
        for make in package.parts
        for file in make().files
        if file.path == "models.py"
    )
    texts = render(package, Part(files), resources.templates())
    module = _run(texts["models.py"]) if texts else None
    return {
        role: _acceptor(
            getattr(
                module,
                (
                    names(Thing.RECORD, root.record)
                    if isinstance(root, Ref)
                    else names(Thing.CODEC, role)
                ),
            )
        )
        for role, root in table.roots.items()
    }


def _run(text: str) -> types.ModuleType:
    """Dataclasses look for their module among those imported."""
    module = types.ModuleType("strict_models")
    sys.modules[module.__name__] = module
    try:
        code = text.replace("from ._runtime import", "from pmgen.runtime import")
        exec(compile(code, "models.py", "exec"), module.__dict__)  # noqa: S102 - ours
    finally:
        del sys.modules[module.__name__]
    return module


def _acceptor(reader: typing.Any) -> Callable[[Json], bool]:
    def accepts(value: Json) -> bool:
        try:
            reader.from_json(value)
        except DriftError:
            return False
        return True

    return accepts
