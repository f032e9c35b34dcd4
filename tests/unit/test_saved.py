"""The text of saved examples: the same values, laid out like black's brackets."""

from __future__ import annotations

import json
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmgen.python.saved import text

if typing.TYPE_CHECKING:
    from pmgen.source import Json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=60,
)


@given(JSON)
def test_it_reads_back_as_the_same_in_the_same_order(value: Json) -> None:
    assert json.dumps(json.loads(text(value))) == json.dumps(value)


@given(JSON)
def test_only_a_line_of_one_value_is_too_long(value: Json) -> None:
    for line in text(value).splitlines():
        if len(line) > 88:
            inner = line.strip().rstrip(",").rpartition('": ')[2]
            assert not inner.endswith(("]", "}")) or inner.endswith(('"', "[]", "{}"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, "{}\n"),
        (
            {"a": [1, 2.5, None], "b": {"c": True}},
            '{"a": [1, 2.5, null], "b": {"c": true}}\n',
        ),
        (
            {"a": ["x" * 50, "y" * 50]},
            '{\n "a": [\n  "' + "x" * 50 + '",\n  "' + "y" * 50 + '"\n ]\n}\n',
        ),
        (["x" * 90], '[\n "' + "x" * 90 + '"\n]\n'),
    ],
)
def test_what_fits_stands_on_one_line(value: Json, expected: str) -> None:
    assert text(value) == expected
