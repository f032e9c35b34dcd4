"""Drift: paths of mismatches, and what is said of them."""

from __future__ import annotations

import json
import logging
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmgen.runtime.codecs import INTEGER, STRING, ListOf, MapOf
from pmgen.runtime.drift import Drift, DriftError, Json, LogDrift, Mismatch

PATHS = [
    (("a",), "$.a"),
    (("_a1",), "$._a1"),
    (("a", "b"), "$.a.b"),
    ((0,), "$[0]"),
    ((1, 2, "a", 0), "$[1][2].a[0]"),
    (("",), '$[""]'),
    (("a b",), '$["a b"]'),
    (("1",), '$["1"]'),
    (("a.b",), '$["a.b"]'),
    (("a-b", "c"), '$["a-b"].c'),
    (('"',), '$["\\""]'),
    (("\\",), '$["\\\\"]'),
    (("\n",), '$["\\n"]'),
    (("é",), '$["\\u00e9"]'),
    (("\ud800",), '$["\\ud800"]'),
    (("[0]",), '$["[0]"]'),
    (("a\n",), '$["a\\n"]'),
]


def document(path: tuple[str | int, ...], leaf: Json) -> Json:
    """Lists and objects around a leaf; lists are as long as they must be."""
    for step in reversed(path):
        leaf = {step: leaf} if isinstance(step, str) else [*[None] * step, leaf]
    return leaf


def owner_of(root: Json, path: tuple[str | int, ...]) -> Json:
    """What holds the leaf."""
    for step in path[:-1]:
        root = root[step]
    return root


@pytest.mark.parametrize(("path", "expected"), PATHS, ids=ascii)
def test_paths(path: tuple[str | int, ...], expected: str) -> None:
    data = document(path, True)
    drift = Drift([data])
    assert drift.at(owner_of(data, path), path[-1], "string") is True
    assert drift.mismatches() == [Mismatch(expected, "string", "boolean")]


STEPS = st.one_of(st.text(max_size=3), st.integers(0, 3))


@given(st.lists(STEPS, min_size=1, max_size=5).map(tuple))
def test_every_path_leads_back(path: tuple[str | int, ...]) -> None:
    data = document(path, 1.5)
    drift = Drift([data])
    drift.at(owner_of(data, path), path[-1], "string")
    (mismatch,) = drift.mismatches()
    assert mismatch.received == "number"
    assert steps(mismatch.path) == list(path)


def steps(path: str) -> list[str | int]:
    """A path read by its notation: .name, [index], ["key" in JSON]."""
    found: list[str | int] = []
    rest = path.removeprefix("$")
    while rest:
        if rest.startswith("["):
            step, end = json.JSONDecoder().raw_decode(rest[1:])
            assert rest[1 + end] == "]"
            rest = rest[end + 2 :]
        else:
            size = 1
            while size < len(rest) and rest[size] not in ".[":
                size += 1
            step, rest = rest[1:size], rest[size:]
        found.append(step)
    return found


def test_the_root_itself() -> None:
    root: list[Json] = ["text"]
    drift = Drift(root)
    assert drift.at(root, 0, "object") == "text"
    assert list(map(str, drift.mismatches())) == ["$: expected object, received string"]


def test_what_is_missing_is_none_and_received_as_nothing() -> None:
    data: Json = {"a": {"b": None}}
    drift = Drift([data])
    assert drift.at(data["a"], "c", "string") is None
    assert drift.at(data["a"], "b", "string") is None
    assert [(m.path, m.received) for m in drift.mismatches()] == [
        ("$.a.c", "nothing"),
        ("$.a.b", "null"),
    ]


RECEIVED = [
    ({}, "object"),
    ([], "array"),
    ("", "string"),
    (1, "integer"),
    (1.0, "number"),
    (True, "boolean"),
    (None, "null"),
]


@pytest.mark.parametrize(("value", "name"), RECEIVED)
def test_received_types(value: Json, name: str) -> None:
    root = [value]
    drift = Drift(root)
    drift.at(root, 0, "something")
    assert drift.mismatches()[0].received == name


def test_no_mismatch_no_drift() -> None:
    drift = Drift([{"a": 1}])
    assert not drift
    assert drift.mismatches() == []


def test_equal_containers_are_told_apart() -> None:
    data: Json = {"a": [{"x": 1}, {"x": 1}]}
    drift = Drift([data])
    drift.at(data["a"][1], "x", "string")
    assert drift.mismatches()[0].path == "$.a[1].x"


def test_every_mismatch_is_in_the_error() -> None:
    codec = MapOf(ListOf(INTEGER))
    with pytest.raises(DriftError) as caught:
        codec.from_json({"a": [1, "2", None], "b c": 3})
    assert list(map(str, caught.value.mismatches)) == [
        "$.a[1]: expected integer, received string",
        "$.a[2]: expected integer, received null",
        '$["b c"]: expected array, received integer',
    ]
    assert all(str(m) in str(caught.value) for m in caught.value.mismatches)
    assert isinstance(caught.value, ValueError)


def test_deep_documents_have_paths() -> None:
    data: Json = 1
    for _ in range(5000):
        data = [data]
    innermost = data
    while isinstance(innermost[0], list):
        innermost = innermost[0]
    drift = Drift([data])
    drift.at(innermost, 0, "string")
    assert drift.mismatches()[0].path == "$" + "[0]" * 5000


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Warnings of pmgen, once each."""
    return [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]


def test_one_warning_for_each_operation_and_path(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log = LogDrift()
    a = Mismatch("$.a", "string", "null")
    b = Mismatch("$.b", "string", "null")
    for operation, found in [
        ("One", [a]),
        ("One", [a, b]),
        ("Two", [a]),
        ("Two", [a]),
    ]:
        log(operation, found)
    assert logged(caplog) == [
        "One: $.a: expected string, received null",
        "One: $.b: expected string, received null",
        "Two: $.a: expected string, received null",
    ]


def test_items_of_a_list_are_one_path(caplog: pytest.LogCaptureFixture) -> None:
    LogDrift()(
        "One", [Mismatch(f"$.a[{i}].b[{i}]", "string", "null") for i in range(20)]
    )
    assert logged(caplog) == ["One: $.a[0].b[0]: expected string, received null"]


def test_loggers_do_not_share_what_they_saw(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        LogDrift()("One", [Mismatch("$.a", "string", "null")])
    assert len(logged(caplog)) == 2


def test_one_warning_whatever_was_received(caplog: pytest.LogCaptureFixture) -> None:
    log = LogDrift()
    for received in ("null", "integer"):
        log("One", [Mismatch("$.a", "string", received)])
    assert len(logged(caplog)) == 1


def test_keys_that_look_like_indexes_are_keys(
    caplog: pytest.LogCaptureFixture,
) -> None:
    codec: typing.Any = MapOf(STRING)
    with pytest.raises(DriftError) as caught:
        codec.from_json({"a[0]": 1, "a[1]": 1})
    LogDrift()("One", caught.value.mismatches)
    assert len(logged(caplog)) == 2
