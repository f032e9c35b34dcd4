"""Classes of both sides, field by field."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.diff.both import Subject
from pmgen.diff.levels import Uses
from pmgen.diff.types import NULL, UNSET, Form, Relation, relation

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pmgen.diff.both import Both
    from pmgen.diff.model import Change, Class
    from pmgen.infer import Field, Type


def classes(both: Both) -> Iterator[Change]:
    """All changes of classes. A class that came into another one is compared with that."""
    link = both.link
    found = set(link.records.values())
    for number, old in enumerate(both.old.classes):
        heir = link.records.get(number)
        if heir is None:
            yield Subject(old.path, old=old.pointer).told("class-removed")
        else:
            new = both.new.classes[heir]
            merged = number in link.merged
            known = Subject(old.path, old.pointer, new.pointer, _uses(old, new, both))
            yield from _place(old, new, both, known, merged=merged)
            yield from _fields(old, new, both, known, merged=merged)
    for number, new in enumerate(both.new.classes):
        if number not in found:
            yield Subject(new.path, new=new.pointer).told("class-added")


def _place(
    old: Class, new: Class, both: Both, known: Subject, *, merged: bool
) -> Iterator[Change]:
    """A folder that has moved as a whole is told by itself."""
    moved = both.link.folders.get(new.home) != old.home and old.module != new.module
    if merged:
        yield known.told("class-merged", was=old.path, now=new.path)
    elif old.name != new.name:
        yield known.told("class-renamed", was=old.path, now=new.path)
    elif moved:
        yield known.told("class-moved", was=old.path, now=new.path)


def _fields(
    old: Class, new: Class, both: Both, known: Subject, *, merged: bool
) -> Iterator[Change]:
    was = {field.wire: field for field in old.record.fields}
    now = {field.wire: field for field in new.record.fields}
    for wire in was:
        if wire not in now:
            name, spelled = old.names[wire], old.annotations[wire]
            yield known.told("field-removed", name, was=spelled)
    for wire, field in now.items():
        if wire in was:
            shown = _Shown.of(old, new, wire)
            yield from _field(was[wire], field, shown, both, known)
        elif not merged:
            kind = (
                "field-added-required"
                if field.required and new.given
                else "field-added"
            )
            name, spelled = new.names[wire], new.annotations[wire]
            yield known.told(kind, name, now=spelled)


def _uses(old: Class, new: Class, both: Both) -> Uses:
    """``inferred`` unless a request that shows it is another one and shows something else."""
    shown = {origin.role.operation for origin in new.record.origins}
    return Uses(
        read=old.read or new.read,
        given=old.given or new.given,
        inferred=not shown & both.link.restated,
    )


class _Shown(typing.NamedTuple):
    """Names and annotations of a field on both sides."""

    names: tuple[str, str]
    annotations: tuple[str, str]

    @classmethod
    def of(cls, old: Class, new: Class, wire: str) -> _Shown:
        return cls(
            (old.names[wire], new.names[wire]),
            (old.annotations[wire], new.annotations[wire]),
        )


def _field(
    was: Field, now: Field, shown: _Shown, both: Both, known: Subject
) -> Iterator[Change]:
    before, name = shown.names
    if before != name:
        yield known.told("field-renamed", was=before, now=name)
    forms = _form(was, both.before), _form(now, both.after)
    found = relation(*forms)
    kinds = [*_presence(was, now, found, both, known), *_type(was, now, forms, both)]
    for kind, subject in kinds:
        yield (subject or known).told(kind, name, *shown.annotations)
    if not kinds and was.values != now.values:
        yield known.told("field-docs", name, _texts(was), _texts(now))


_Kinds: typing.TypeAlias = "Iterator[tuple[str, Subject | None]]"
"""A kind of change, and the subject where it is not the field as it is used."""


def _presence(
    was: Field, now: Field, found: Relation, both: Both, known: Subject
) -> _Kinds:
    """A body's constructor asks whether it must be given; a reader only whether there are other values."""
    if was.required == now.required:
        return
    kind = "field-optional" if was.required else "field-required"
    if found is not Relation.SAME and _same_type(was, now, both):
        yield kind, None
    elif known.uses.given:
        uses = dataclasses.replace(known.uses, read=False)
        yield kind, dataclasses.replace(known, uses=uses)


def _type(was: Field, now: Field, forms: tuple[Form, Form], both: Both) -> _Kinds:
    found = relation(*forms)
    if found is Relation.SAME:
        return
    plain = [form - NULL - UNSET for form in forms]
    if (
        found is Relation.WIDER
        and plain[0] == plain[1]
        and was.required == now.required
    ):
        yield "field-nullable", None
    elif was.required == now.required or not _same_type(was, now, both):
        yield f"field-{found}", None


def _same_type(was: Field, now: Field, both: Both) -> bool:
    return both.before(was.type) == both.after(now.type)


def _form(field: Field, form: Callable[[Type], Form]) -> Form:
    """As an attribute: what is absent is None, or UNSET where null is a value."""
    found = form(field.type)
    if field.required:
        return found
    return found | (UNSET if found & (NULL | {("anything",)}) else NULL)


def _texts(field: Field) -> str:
    return ", ".join(field.values) or "too many or too long"
