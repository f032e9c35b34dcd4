"""What an operation returns and raises, from its saved examples."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.api import Kind
from pmgen.code import Code, code, joined
from pmgen.infer import Ref, Role, Use
from pmgen.names.symbols import Thing
from pmgen.python.model import Reply
from pmgen.python.spelling import annotation, members
from pmgen.runtime import statuses

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

    from pmgen.api import Operation
    from pmgen.infer import Type
    from pmgen.python.places import Places, Reach

_SUCCESS_BELOW = 400


@dataclasses.dataclass(frozen=True, slots=True)
class Expected:
    """What was seen for one status."""

    status: int
    kinds: frozenset[Kind]
    type: Type | None

    @property
    def succeeded(self) -> bool:
        """Whether the client returns it; else it raises."""
        return self.status < _SUCCESS_BELOW


def expected(operation: Operation, places: Places) -> tuple[Expected, ...]:
    """One for each status, in the order of the examples."""
    kinds: dict[int, set[Kind]] = {}
    for example in operation.examples:
        kinds.setdefault(example.status, set()).add(example.kind)
    roots = places.table.roots
    return tuple(
        Expected(
            status,
            frozenset(found),
            roots.get(Role(operation.pointer, Use.REPLY, status)),
        )
        for status, found in kinds.items()
    )


def returns(found: tuple[Expected, ...], reach: Reach) -> Code:
    """The return annotation: a union where statuses or kinds differ, JSON where nothing was seen."""
    succeeded = [item for item in found if item.succeeded]
    usual = [item for item in succeeded if item.status in range(200, 300)]
    options = [
        option for item in usual or succeeded for option in _annotations(item, reach)
    ]
    distinct = list(dict.fromkeys(options))
    if not distinct or Code("_rt.Json") in distinct:
        return Code("_rt.Json")
    return joined(" | ", sorted(distinct, key=lambda option: option == "None"))


def returns_nothing(found: tuple[Expected, ...]) -> bool:
    """Whether every success that was seen is empty."""
    kinds = [item.kinds for item in found if item.succeeded]
    return bool(kinds) and all(kind == {Kind.EMPTY} for kind in kinds)


def replies(
    operation: Operation, found: tuple[Expected, ...], reach: Reach
) -> tuple[Reply, ...]:
    """The runtime's Expect of each status."""
    return tuple(
        Reply(Code(str(item.status)), _expect(operation, item, reach)) for item in found
    )


def raises(found: tuple[Expected, ...], places: Places) -> list[str]:
    """Documentation: errors by the body that they carry."""
    by_body: dict[str, list[str]] = {}
    for item in found:
        if not item.succeeded:
            body = _body_name(item, places)
            by_body.setdefault(body, []).append(statuses.error_name(item.status))
    return [
        f"{', '.join(dict.fromkeys(errors))}: {body}"
        for body, errors in by_body.items()
    ]


def _body_name(item: Expected, places: Places) -> str:
    if isinstance(item.type, Ref):
        return f"with {_article(places.names(Thing.RECORD, item.type.record))} as body."
    if Kind.JSON in item.kinds:
        return "with JSON as body."
    return "with text as body." if Kind.TEXT in item.kinds else "without a body."


def _article(name: Code) -> str:
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def _annotations(item: Expected, reach: Reach) -> list[Code]:
    typed = () if item.type is None else members(item.type)
    found = [annotation(member, reach) for member in typed]
    plain = ((Kind.TEXT, "str"), (Kind.BYTES, "bytes"), (Kind.EMPTY, "None"))
    return found + [Code(name) for kind, name in plain if kind in item.kinds]


def _expect(operation: Operation, item: Expected, reach: Reach) -> Code:
    role = Role(operation.pointer, Use.REPLY, item.status)
    given = []
    if item.type is not None:
        given.append(code("json=", reach.reader(role, item.type)))
    plain: Mapping[Kind, str] = {
        Kind.TEXT: "text=True",
        Kind.BYTES: "data=True",
        Kind.EMPTY: "empty=True",
    }
    given += [Code(text) for kind, text in plain.items() if kind in item.kinds]
    return code("_rt.Expect(", joined(", ", given), ")")
