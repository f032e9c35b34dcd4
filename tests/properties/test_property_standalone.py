"""Laws of printed modules: any samples have one, and it parses each of them strictly and gives it back to the letter."""

from __future__ import annotations

import json
import typing

from hypothesis import given, settings
from hypothesis import strategies as st
from printed import executed

from pmgen import resources
from pmgen.format import format_source
from pmgen.infer import Ref
from pmgen.names.symbols import Thing
from pmgen.pipeline import Resources
from pmgen.samples import SAMPLES, Typed, compile_samples, is_class_name, types_of
from pmgen.standalone import Standalone, standalone

if typing.TYPE_CHECKING:
    from pmgen.source import Json

# What the printed module holds or might hold, as keys and as the name of the class at the top.
BUSY = st.sampled_from(
    [
        *("model", "drift", "drift error", "json", "codec", "unset", "date", "t"),
        *("typing", "dataclasses", "datetime", "re", "value error", "list of", "leaf"),
        *("mapping", "sequence", "dump", "new", "builtins", "data", "get", "v", "cls"),
        *("self", "classmethod", "list", "str", "_rt", "_t", "from_json", "extra", "I"),
    ]
)
KEYS = st.one_of(BUSY, st.sampled_from(["a", "b", "1", "2", "é", "\ud800", ""]))
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["2024-01-02", "2024-01-02T03:04:05Z", "2024-1-2", "", "\ud800"]),
    st.text(max_size=4),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)
OBJECTS = st.dictionaries(KEYS, JSON, max_size=4)
SAMPLES_OF_ONE = st.one_of(
    st.lists(JSON, min_size=1, max_size=4), st.lists(OBJECTS, min_size=1, max_size=4)
)
NAMES = st.one_of(BUSY, st.text(max_size=8))
PLAIN = Resources(resources.templates(), resources.runtime(), lambda _, text: text)
FORMATTED = Resources(resources.templates(), resources.runtime(), format_source)


def module_of(typed: Typed, tools: Resources = PLAIN) -> Standalone:
    return standalone(typed.table, typed.names, tools)


def again(reader: typing.Any, value: Json) -> Json:
    """Parsed and printed by the module, as its docstring shows."""
    found = reader.from_json(value)
    printer = (
        found.to_json if isinstance(reader, type) else lambda: reader.to_json(found)
    )
    return typing.cast("Json", printer())


def text_of(value: Json) -> str:
    """With the text of numbers, the order of lists, and keys that are there or not."""
    return json.dumps(value, sort_keys=True)


@given(SAMPLES_OF_ONE, NAMES)
def test_every_sample_comes_back_to_the_letter(samples: list[Json], name: str) -> None:
    found = module_of(types_of(samples, name))
    reader = getattr(executed(found.text), found.readers[SAMPLES])
    for sample in samples:
        assert text_of(again(reader, sample)) == text_of(sample)


@given(SAMPLES_OF_ONE, BUSY)
def test_classes_have_the_names_that_were_chosen(
    samples: list[Json], name: str
) -> None:
    typed = types_of(samples, name)
    module = executed(module_of(typed).text)
    for record in range(len(typed.table.records)):
        found = getattr(module, typed.names(Thing.RECORD, record))
        assert found.__module__ == "printed"
        assert {f.wire for f in typed.table.records[record].fields} == found._KEYS


TOPS = ["Model", "DriftError", "UNSET", "ValueError", "Mapping", "OneOf", "T", "É", "I"]


@given(SAMPLES_OF_ONE, st.sampled_from([name for name in TOPS if is_class_name(name)]))
def test_the_top_has_the_name_asked_for(samples: list[Json], name: str) -> None:
    typed = types_of(samples, name, exactly=True)
    root = typed.table.roots[SAMPLES]
    if isinstance(root, Ref):
        assert typed.names(Thing.RECORD, root.record) == name
    found = module_of(typed)
    reader = getattr(executed(found.text), found.readers[SAMPLES])
    assert text_of(again(reader, samples[0])) == text_of(samples[0])


@settings(max_examples=15)
@given(SAMPLES_OF_ONE, BUSY)
def test_formatting_changes_no_meaning(samples: list[Json], name: str) -> None:
    found = module_of(types_of(samples, name), FORMATTED)
    assert format_source("again.py", found.text) == found.text
    reader = getattr(executed(found.text), found.readers[SAMPLES])
    assert text_of(again(reader, samples[-1])) == text_of(samples[-1])


@given(st.lists(OBJECTS, min_size=2, max_size=4))
def test_lines_and_files_are_the_same_samples(samples: list[Json]) -> None:
    lines = [json.dumps(sample).encode() for sample in samples]
    one = compile_samples({"x.jsonl": b"\n".join(lines)}, "Top", PLAIN)
    many = {f"{n}.json": line for n, line in enumerate(lines)}
    more = compile_samples(many, "Top", PLAIN)
    assert not one.diagnostics
    assert not more.diagnostics
    assert body(one.text) == body(more.text)


def body(text: str) -> str:
    """The module without its docstring, which names the files."""
    return text[text.index("from __future__") :]


PIECES = st.lists(
    st.sampled_from(
        [*"[]{},:\n \"'1", "{}", "[]", '"a"', "null", "NaN", "//", "\ufeff", "\x00"]
    ),
    max_size=12,
).map(lambda parts: "".join(parts).encode())


@given(st.one_of(st.binary(max_size=30), PIECES), st.sampled_from(["a", "a.jsonl"]))
def test_any_bytes_are_a_module_or_an_error(raw: bytes, name: str) -> None:
    found = compile_samples({name: raw}, None, PLAIN)
    assert bool(found.text) is not any(d.is_error for d in found.diagnostics)
    assert all(d.file == name for d in found.diagnostics)
    if found.text:
        executed(found.text)
