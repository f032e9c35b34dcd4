"""Ways to break an example, each with the mismatch that reading it must then give."""

from __future__ import annotations

import json
import re
import typing

from pmgen.code import Code, code, joined
from pmgen.infer import ANYTHING, Array, Choice, Map, Ref, Scalar, Timestamp
from pmgen.python.leaves import member_of
from pmgen.python.literal import literal, string
from pmgen.python.model import Damage
from pmgen.python.spelling import expected, members

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.infer import Type, TypeTable
    from pmgen.source import Json

_MOST = 6
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_Path: typing.TypeAlias = "tuple[str | int, ...]"
_DELETED = Code("testing.DELETED")


class _Broken(typing.NamedTuple):
    path: _Path
    value: Code
    expected: str
    received: str


def damages(value: Json, root: Type, table: TypeTable) -> tuple[Damage, ...]:
    """Up to six, spread over the example from its top to its depths."""
    generic: dict[tuple[_Path, bool], _Broken] = {}
    for broken in _walk(value, root, (), table):
        anywhere = tuple(0 if isinstance(step, int) else step for step in broken.path)
        generic.setdefault((anywhere, broken.value is _DELETED), broken)
    found = list(generic.values())
    step = max(1, len(found) / _MOST)
    chosen = [found[int(i * step)] for i in range(min(_MOST, len(found)))]
    return tuple(_damage(broken) for broken in chosen)


def _damage(broken: _Broken) -> Damage:
    steps = [literal(step) for step in broken.path]
    path = code("(", joined(", ", steps), "," if len(steps) == 1 else "", ")")
    mismatch = (
        f"{_shown(broken.path)}: expected {broken.expected}, received {broken.received}"
    )
    return Damage(path, broken.value, mismatch)


def _walk(value: Json, found: Type, path: _Path, table: TypeTable) -> Iterator[_Broken]:
    """Each place with a type of its own: replaced by a value of another; required keys deleted as well."""
    wrong = _wrong(found)
    if wrong is not None:
        yield _Broken(path, wrong[0], expected(found), wrong[1])
    choice = next((m for m in members(found) if isinstance(m, Choice)), None)
    member = member_of(found, value)
    if isinstance(member, Ref) and isinstance(value, dict):
        if choice is not None:
            yield _untold(choice, path)
        for field in table.records[member.record].fields:
            if field.wire not in value or (choice and field.wire == choice.tag):
                continue
            inner = (*path, field.wire)
            if field.required:
                yield _Broken(inner, _DELETED, expected(field.type), "nothing")
            yield from _walk(value[field.wire], field.type, inner, table)
    elif isinstance(member, Map) and isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, member.value, (*path, key), table)
    elif isinstance(member, Array) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, member.item, (*path, index), table)


def _untold(choice: Choice, path: _Path) -> _Broken:
    """A tag that is none of the known ones."""
    texts = [text for text, _ in choice.cases]
    wrong = string("damaged" + "!" * ("damaged" in texts))
    known = " or ".join(map(json.dumps, texts))
    return _Broken((*path, choice.tag), wrong, known, wrong)


_KINDS = {
    "null": "null",
    "boolean": "boolean",
    "integer": "integer",
    "string": "string",
}
_WRONG = (
    ('"damaged"', "string"),
    ("0", "integer"),
    ("{}", "object"),
    ("[]", "array"),
    ("True", "boolean"),
)


def _wrong(found: Type) -> tuple[Code, str] | None:
    """A value that the type does not accept; None where it accepts any."""
    if found == ANYTHING:
        return None
    accepted = {kind for member in members(found) for kind in _accepted(member)}
    return next(
        ((Code(text), kind) for text, kind in _WRONG if kind not in accepted), None
    )


def _accepted(found: Type) -> tuple[str, ...]:
    match found:
        case Scalar("number"):
            return ("integer", "number")
        case Scalar(kind):
            return (_KINDS[kind],)
        case Array():
            return ("array",)
        case Map() | Ref() | Choice():
            return ("object",)
        case Timestamp():
            return ()  # text that is no date is refused
        case _:
            return ()


def _shown(path: _Path) -> str:
    """The path as the runtime prints it."""
    shown = "$"
    for step in path:
        if isinstance(step, int):
            shown += f"[{step}]"
        elif _PLAIN.fullmatch(step):
            shown += f".{step}"
        else:
            shown += f"[{json.dumps(step)}]"
    return shown
