"""Records that share a place, and the texts that tell them apart."""

from __future__ import annotations

import typing

from pmgen.infer import Array, Choice, Map, Union

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmgen.infer import Type, TypeTable


def cases(table: TypeTable) -> Mapping[int, tuple[str, ...]]:
    """For each record that is one of several: the texts that stand for it."""
    found: dict[int, dict[str, None]] = {}
    for choice in _choices(table):
        for text, ref in choice.cases:
            found.setdefault(ref.record, {})[text] = None
    return {record: tuple(texts) for record, texts in found.items()}


def _choices(table: TypeTable) -> Iterator[Choice]:
    for root in table.roots.values():
        yield from _inside(root)
    for record in table.records:
        for field in record.fields:
            yield from _inside(field.type)


def _inside(found: Type) -> Iterator[Choice]:
    match found:
        case Choice():
            yield found
        case Array(inner) | Map(inner):
            yield from _inside(inner)
        case Union(members):
            for member in members:
                yield from _inside(member)
        case _:
            pass
