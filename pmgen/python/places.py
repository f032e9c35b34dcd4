"""Where modules lie, and how one module reaches the models of another."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.code import Code, code, joined
from pmgen.infer import Ref
from pmgen.names.homes import chains, homes
from pmgen.names.symbols import Thing
from pmgen.python.model import Import

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.api import Api
    from pmgen.infer import Role, Type, TypeTable
    from pmgen.names import Names
    from pmgen.names.homes import Chain


@dataclasses.dataclass(frozen=True, slots=True)
class Places:
    """What all builders of one package look things up in. A chain is the pointers of nested groups.

    ``described`` is what docstrings call a role that is not an operation's body or reply.
    """

    api: Api
    table: TypeTable
    names: Names
    chains: Mapping[str, Chain]
    homes: tuple[Chain, ...]
    called: Mapping[str, str]
    described: Mapping[Role, str] = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, api: Api, table: TypeTable, names: Names) -> Places:
        """Find every group's place."""
        around = chains(api)
        called = {o.pointer: o.name for g in api.root.walk() for o in g.operations}
        return cls(api, table, names, around, homes(around, table), called)

    def path(self, chain: Chain) -> tuple[Code, ...]:
        """The package names below the root package."""
        return tuple(self.names(Thing.GROUP, pointer) for pointer in chain[1:])

    def runtime(self, chain: Chain, module: str = "api", alias: str = "_rt") -> Import:
        """A module of the runtime as one of this group imports it: `from .._runtime import api as _rt`."""
        where = Code("." * len(chain) + "_runtime")
        return Import(where, (Code(module),), Code(alias))


def in_order(*imports: Import) -> tuple[Import, ...]:
    """As isort has them; names of one module in one line."""
    plain: dict[Code, tuple[Code, ...]] = {}
    for found in imports:
        if found.alias is None:
            plain[found.where] = (*plain.get(found.where, ()), *found.names)
    merged = [Import(where, _by_case(names)) for where, names in plain.items()]
    return tuple(
        sorted([*merged, *(i for i in imports if i.alias)], key=lambda i: i.order)
    )


def _by_case(names: tuple[Code, ...]) -> tuple[Code, ...]:
    """Classes before modules, as isort has them."""
    return tuple(sorted(names, key=lambda name: (name.islower(), name)))


_MODELS = Code("models")


class Reach:
    """How the classes are spelled in one module; remembers which modules that takes.

    ``own`` is the alias of the group's own models module, "" within that module.
    """

    def __init__(self, places: Places, chain: Chain, own: str) -> None:
        self._places, self._chain, self._own = places, chain, own
        self._used: set[int] = set()

    def __call__(self, record: int) -> Code:
        """The class of a record."""
        name = self._places.names(Thing.RECORD, record)
        return self._in(len(self._chain) - len(self._places.homes[record]), name)

    def reader(self, role: Role, root: Type) -> Code:
        """What reads a role's JSON: a class, or the codec constant of its operation's group."""
        if isinstance(root, Ref):
            return self(root.record)
        return self._in(0, self._places.names(Thing.CODEC, role))

    def imports(self) -> tuple[Import, ...]:
        """For a module inside the group's package: `from . import models as _m`."""
        return tuple(
            Import(Code("." * (up + 1)), (_MODELS,), Code(self._alias(up)))
            for up in sorted(self._used)
        )

    def imports_from_tests(self) -> tuple[Import, ...]:
        """For a module of the tests package: `from ..bulk_write import models`."""
        path = self._places.path(self._chain)
        return tuple(
            Import(
                code("..", joined(".", path[: len(path) - up])),
                (_MODELS,),
                Code(self._alias(up)) if up else None,
            )
            for up in sorted(self._used)
        )

    def _in(self, up: int, name: Code) -> Code:
        if up == 0 and not self._own:
            return name
        self._used.add(up)
        return code(self._alias(up), ".", name)

    def _alias(self, up: int) -> str:
        """Own models, or those `up` folders above."""
        prefix = "_" if self._own.startswith("_") or not self._own else ""
        return self._own if up == 0 else f"{prefix}up{up}"
