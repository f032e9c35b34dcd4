"""Types -> schemas. A record is an entry of ``$defs``, and so is a style of dates."""

from __future__ import annotations

import typing
import urllib.parse

from pmgen.infer import (
    ANYTHING,
    Array,
    Choice,
    Map,
    Ref,
    Scalar,
    Timestamp,
    Type,
    Union,
    Use,
)
from pmgen.schema import dates

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pmgen.infer import Field, Origin, Record, Role, TypeTable
    from pmgen.source import Json

Schema: typing.TypeAlias = "dict[str, Json]"
Key: typing.TypeAlias = "Callable[[int], str]"
"""The entry of a record in ``$defs``."""


def ref(key: str) -> Schema:
    """A reference to an entry of ``$defs``; as part of a URI, since names may have letters of any script."""
    return {"$ref": f"#/$defs/{urllib.parse.quote(key)}"}


def schema_of(found: Type, key: Key) -> Schema:
    """The values that strict parsing takes for the type, save that `integer` takes 1.0 as well."""
    match found:
        case Scalar(kind):
            return {} if found == ANYTHING else {"type": kind}
        case Timestamp(style):
            return ref(dates.key(style))
        case Array(item):
            inner = schema_of(item, key)
            return {"type": "array", **({"items": inner} if inner else {})}
        case Map(value):
            inner = schema_of(value, key)
            more: Schema = {"additionalProperties": inner} if inner else {}
            return {"type": "object", **more}
        case Ref(record):
            return ref(key(record))
        case Choice():
            return {"oneOf": list(_cases(found, key))}
        case Union(members):
            return _union(members, key)
        case _:
            typing.assert_never(found)


def _cases(found: Choice, key: Key) -> Iterator[Schema]:
    """A case for each record; the texts make them exclude each other."""
    texts: dict[Ref, list[Json]] = {}
    for text, record in found.cases:
        texts.setdefault(record, []).append(text)
    for record, known in texts.items():
        told: Schema = {"const": known[0]} if len(known) == 1 else {"enum": known}
        yield {
            "properties": {found.tag: told},
            "required": [found.tag],
            **schema_of(record, key),
        }


def _union(members: tuple[Type, ...], key: Key) -> Schema:
    """Scalars make one member, since ``type`` can name several."""
    kinds: list[Json] = [m.kind for m in members if isinstance(m, Scalar)]
    others: list[Json] = [
        schema_of(m, key) for m in members if not isinstance(m, Scalar)
    ]
    if not kinds:
        return {"anyOf": others}
    scalars: Schema = {"type": kinds[0] if len(kinds) == 1 else kinds}
    return {"anyOf": [*others, scalars]} if others else scalars


def record_schema(record: Record, key: Key, called: Mapping[str, str]) -> Schema:
    """An object with the record's keys; keys that no example had may be there too."""
    required: list[Json] = [field.wire for field in record.fields if field.required]
    return {
        "type": "object",
        "description": _about(record, called),
        "properties": {f.wire: _field(f, key, called) for f in record.fields},
        **({"required": required} if required else {}),
    }


def _field(field: Field, key: Key, called: Mapping[str, str]) -> Json:
    schema = schema_of(field.type, key)
    notes = " ".join(_notes(field, called))
    if notes:
        schema["description"] = notes
    if field.values:
        schema["examples"] = list(field.values)
    return schema or True


def _notes(field: Field, called: Mapping[str, str]) -> Iterator[str]:
    """What the examples showed, where it is less than all."""
    if field.type == ANYTHING:
        yield "Unknown: only null was seen." if field.nulls else "Unknown."
    if field.seen < field.of:
        yield f"Seen in {field.seen} of {field.of}."
    if field.nulls and field.type != ANYTHING:
        yield f"Null in {field.nulls} of {field.seen}."
    for lender in dict.fromkeys(loan.lender for loan in field.loans):
        yield f"Typed as {_place(lender, called)}."


def _about(record: Record, called: Mapping[str, str]) -> str:
    first, *others = record.origins
    about = f"{_place(first, called)} ({first.objects} seen)"
    if others:
        about += f", and {len(others)} other place{'s' * (len(others) > 1)}"
    return f"{about}."


def _place(origin: Origin, called: Mapping[str, str]) -> str:
    path = "".join(
        step if step in ("[]", "{}") else f".{step}" for step in origin.path
    ).removeprefix(".")
    where = what(origin.role, called)
    return f"{path} of the {where}" if path else where


def what(role: Role, called: Mapping[str, str]) -> str:
    """A role in words."""
    use = "request body" if role.use is Use.REQUEST else f"{role.status} reply"
    return f'{use} of "{called[role.operation]}"'


def reached(roots: Iterable[Type], table: TypeTable) -> tuple[list[int], list[str]]:
    """The records that types hold at any remove, and the styles of dates, both in order."""
    records: set[int] = set()
    styles: set[str] = set()
    todo = list(roots)
    while todo:
        for part in _parts(todo.pop()):
            if isinstance(part, Timestamp):
                styles.add(part.style)
            elif isinstance(part, Ref) and part.record not in records:
                records.add(part.record)
                todo += [field.type for field in table.records[part.record].fields]
    return sorted(records), sorted(styles)


def _parts(found: Type) -> Iterator[Type]:
    """A type and those inside of it; records are not entered."""
    yield found
    match found:
        case Array(inner) | Map(inner):
            yield from _parts(inner)
        case Choice(_, cases):
            yield from (record for _, record in cases)
        case Union(members):
            for member in members:
                yield from _parts(member)
        case Scalar() | Timestamp() | Ref():
            pass
        case _:
            typing.assert_never(found)
