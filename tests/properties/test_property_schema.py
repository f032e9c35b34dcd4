"""Laws of `pmgen schema`: every schema is one, and accepts exactly what the generated code's strict parsing accepts.

PMGEN_SCHEMAS=N tries N tables in all, half of them inferred (10,000 by `make schemas`).
"""

from __future__ import annotations

import os
import typing

import pytest
import strict
from drawn import ROLE, STYLES, mutated, retell, tables, texts, values, walk
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, validators
from test_property_shapes import SEEN

from pmgen.infer import Role, TypeTable, decide
from pmgen.runtime import dates
from pmgen.schema.dates import schema as schema_of_style
from pmgen.schema.document import Catalogue, document, part

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from pmgen.source import Json

TABLES = int(os.environ.get("PMGEN_SCHEMAS", "200")) // 2
MUTANTS = 4

#: For JSON Schema 1.0 is an integer; for Python's JSON and so for the generated code it is none.
ByToken = typing.cast(
    "type[Draft202012Validator]",
    validators.extend(  # type: ignore[no-untyped-call]
        Draft202012Validator,
        type_checker=Draft202012Validator.TYPE_CHECKER.redefine(
            "integer", lambda _, value: type(value) is int
        ),
    ),
)


def agree(schema: dict[str, Json], takes: Callable[[Json], bool], value: Json) -> None:
    """The law, and its one exception."""
    taken = takes(value)
    assert ByToken(schema).is_valid(value) == taken
    if taken or not has_whole_float(value):
        assert Draft202012Validator(schema).is_valid(value) == taken


def has_whole_float(value: Json) -> bool:
    """Whether 1.0 or the like is in it."""
    return any(isinstance(found, float) and found.is_integer() for found in walk(value))


@settings(max_examples=TABLES)
@given(seen=SEEN, data=st.data())
def test_inferred_schemas_accept_what_strict_parsing_accepts(
    seen: dict[Role, tuple[Json, ...]], data: st.DataObject
) -> None:
    table = decide(seen)
    found, takes = Catalogue.of(strict.api_of(table), table), strict.acceptors(table)
    for role, samples in seen.items():
        schema = part(role, found)
        Draft202012Validator.check_schema(schema)
        for sample in samples:
            assert Draft202012Validator(schema).is_valid(sample)
            assert takes[role](sample)
        for _ in range(MUTANTS):
            sample = data.draw(st.sampled_from(samples))
            agree(schema, takes[role], mutated(data, sample))


@settings(max_examples=TABLES)
@given(table=tables(), data=st.data())
def test_schemas_of_any_types_accept_what_strict_parsing_accepts(
    table: TypeTable, data: st.DataObject
) -> None:
    table.check()
    whole: typing.Any = document(Catalogue.of(strict.api_of(table), table))
    Draft202012Validator.check_schema(whole)
    (operation,) = whole["operations"]
    root = {**operation["replies"]["200"], "$defs": whole["$defs"]}
    takes = strict.acceptors(table)[ROLE]
    for _ in range(MUTANTS):
        value = data.draw(values(table.roots[ROLE], table))
        agree(root, takes, value)
        agree(root, takes, mutated(data, value))


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=TABLES // 5)
@given(data=st.data())
def test_patterns_have_the_texts_that_the_runtime_reads(
    style: str, data: st.DataObject
) -> None:
    schema = schema_of_style(style)
    Draft202012Validator.check_schema(schema)
    text = data.draw(texts(style))
    assert Draft202012Validator(schema).is_valid(text)
    other = [text]
    retell(data, other, 0)
    taken = dates.parse(other[0], style) is not None
    assert Draft202012Validator(schema).is_valid(other[0]) == taken
