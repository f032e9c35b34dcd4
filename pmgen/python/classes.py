"""Records as dataclasses with straight-line parsing code; other JSON types as codec constants."""

from __future__ import annotations

import typing

from pmgen.code import Code, code
from pmgen.infer import ANYTHING, Ref, Scalar
from pmgen.names.symbols import Thing
from pmgen.python import evidence
from pmgen.python.literal import string
from pmgen.python.model import Branch, Class, CodecConstant, Field, Models
from pmgen.python.places import Reach, in_order
from pmgen.python.spelling import (
    Reading,
    annotation,
    codec,
    expected,
    members,
    reading,
)

if typing.TYPE_CHECKING:
    from pmgen.infer import Field as FieldType
    from pmgen.infer import Role, Type
    from pmgen.names.homes import Chain
    from pmgen.python.places import Places

_FEW = 2


def models(chain: Chain, places: Places) -> Models | None:
    """The models module of a group; None where nothing lives there."""
    reach = Reach(places, chain, "")
    mine = [i for i, home in enumerate(places.homes) if home == chain]
    codecs = [_public(role, root, places, reach) for role, root in _own(chain, places)]
    if not mine and not codecs:
        return None
    classes = tuple(_class(i, places, reach) for i in mine)
    private = [c for i in mine for c in _private(i, places, reach)]
    return Models(
        imports=in_order(places.runtime(chain), *reach.imports()),
        uses_dates=any("_dt." in f.annotation for c in classes for f in c.fields)
        or any("_dt." in (c.annotation or "") for c in codecs),
        classes=classes,
        codecs=(*private, *codecs),
    )


def _own(chain: Chain, places: Places) -> list[tuple[Role, Type]]:
    """The group's roles whose JSON is no record."""
    return [
        (role, root)
        for role, root in places.table.roots.items()
        if not isinstance(root, Ref) and places.chains[role.operation] == chain
    ]


def _public(role: Role, root: Type, places: Places, reach: Reach) -> CodecConstant:
    return CodecConstant(
        name=places.names(Thing.CODEC, role),
        annotation=code("_rt.Codec[", annotation(root, reach), "]"),
        expression=codec(root, reach),
        doc=f"Reads {evidence.what(role, places)}.",
    )


def _private(index: int, places: Places, reach: Reach) -> list[CodecConstant]:
    """Codecs of the fields that straight-line code does not reach."""
    return [
        CodecConstant(
            _field_codec(index, field, places), None, codec(field.type, reach), ""
        )
        for field in places.table.records[index].fields
        if reading(field.type, reach) is None and field.type != ANYTHING
    ]


def _field_codec(index: int, field: FieldType, places: Places) -> Code:
    owner = places.names(Thing.RECORD, index)
    return code("_", owner, "_", places.names(Thing.FIELD, index, field.wire))


def _class(index: int, places: Places, reach: Reach) -> Class:
    record = places.table.records[index]
    fields = tuple(_field(index, field, places, reach) for field in record.fields)
    return Class(
        name=places.names(Thing.RECORD, index),
        doc=evidence.of_class(record, places),
        always=any(field.omitted is None for field in fields),
        fields=fields,
    )


def _field(index: int, field: FieldType, places: Places, reach: Reach) -> Field:
    name = places.names(Thing.FIELD, index, field.wire)
    omitted = _omitted(field)
    spelled = annotation(field.type, reach)
    if omitted == "_rt.UNSET" and field.type != ANYTHING:
        spelled = code(spelled.removesuffix(" | None"), " | _rt.Unset | None")
    elif omitted == "None":
        spelled = code(spelled, " | None")
    branches, refused = _steps(index, field, omitted, places, reach)
    return Field(
        name=name,
        wire=field.wire,
        annotation=spelled,
        default=omitted,
        doc=evidence.of_field(field, places),
        branches=branches,
        refused=refused,
        expected=expected(field.type),
        omitted=omitted,
        dumped=_dumped(index, field, name, places, reach),
    )


def _omitted(field: FieldType) -> Code | None:
    """An absent key is None where null was not seen, else UNSET, since null is then a value."""
    if field.required:
        return None
    nullable = Scalar("null") in members(field.type) or field.type == ANYTHING
    return Code("_rt.UNSET") if nullable else Code("None")


def _steps(
    index: int, field: FieldType, omitted: Code | None, places: Places, reach: Reach
) -> tuple[tuple[Branch, ...], Code | None]:
    """Branches, and the test for drift; UNSET stays where it stands for an absent key."""
    if field.type == ANYTHING:
        return (), None if omitted else Code("v is _rt.UNSET")
    kept = omitted == "_rt.UNSET"
    first = [Branch(Code("v is _rt.UNSET"), Code("None"))] if omitted == "None" else []
    found = reading(field.type, reach)
    if found is None:
        owner = _field_codec(index, field, places)
        read = code(owner, ".read(v, data, ", string(field.wire), ", drift)")
        return (*first, Branch(Code("v is not _rt.UNSET" if kept else ""), read)), None
    conversions = [
        Branch(Code(f"type(v) is {kind}"), result) for kind, result in found.conversions
    ]
    return (*first, *conversions), _refused(found, kept=kept)


def _refused(found: Reading, *, kept: bool) -> Code:
    """The test for drift; "" after branches that took all there is."""
    passing = (*(["_rt.Unset"] if kept else []), *found.passing)
    if len(passing) > _FEW:
        return Code(f"type(v) not in ({', '.join(passing)})")
    singles = {"type(None)": "v is not None", "_rt.Unset": "v is not _rt.UNSET"}
    tests = [singles.get(kind, f"type(v) is not {kind}") for kind in passing]
    return Code(" and ".join(tests))


def _dumped(
    index: int, field: FieldType, name: Code, places: Places, reach: Reach
) -> Code:
    value = code("self.", name)
    if field.type != ANYTHING and reading(field.type, reach) is None:
        return code(_field_codec(index, field, places), ".dump(", value, ")")
    plain = all(isinstance(m, Scalar) and m != ANYTHING for m in members(field.type))
    return value if plain else code("_rt.dump(", value, ")")
