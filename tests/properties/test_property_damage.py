"""Damaged sources of every format: a result or an error, never anything else, and nothing lost on the way.

PMGEN_DAMAGE=N tries N cases in all (20,000 in CI).
"""

from __future__ import annotations

import json
import os
import typing

import conservation
import damage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmgen import resources
from pmgen.diagnostics import has_errors, render
from pmgen.options import Options
from pmgen.pipeline import File, Front, Inputs, Resources, analyse, compile_source

FORMATS = [*damage.JSON_SOURCES, "v3"]
CASES = int(os.environ.get("PMGEN_DAMAGE", "1200")) // len(FORMATS) + 1


def _sound(front: Front) -> None:
    """A result or an error, and every finding printable on one line."""
    assert has_errors(front.diagnostics) is not bool(front.analyses) or (
        not front.analyses and front.diagnostics
    )
    for found in front.diagnostics:
        line = render(found, "x.json")
        assert "\n" not in line
        assert line.isprintable() or line.isascii()


@pytest.mark.parametrize("name", damage.JSON_SOURCES)
@settings(max_examples=CASES)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    value = damage.damaged(data, damage.JSON_SOURCES[name])
    file = File("x.json", damage.encoded(data, value))
    good = File("good.json", json.dumps(damage.JSON_SOURCES["v2"]).encode())
    beside = name == "environment" and data.draw(st.booleans())
    _sound(analyse(Inputs(good, environment=file) if beside else Inputs(file)))


@settings(max_examples=CASES)
@given(data=st.data())
def test_a_damaged_folder_is_read_or_refused(data: st.DataObject) -> None:
    files = damage.tree(typing.cast("typing.Any", damage.damaged(data, damage.TREE)))
    path = data.draw(st.sampled_from([None, *files]))
    if path is not None:
        files[path] = damage.encoded(data, json.loads(files[path]))
    _sound(analyse(Inputs(File("x", files))))


@pytest.mark.parametrize("name", [n for n in damage.JSON_SOURCES if n != "environment"])
@settings(max_examples=CASES // 2)
@given(data=st.data())
def test_nothing_is_lost_from_a_damaged_file(name: str, data: st.DataObject) -> None:
    value = damage.damaged(data, damage.JSON_SOURCES[name])
    front, lost = conservation.lost(Inputs(File("x.json", json.dumps(value).encode())))
    told = [(d.rule.name, d.pointer) for d in front.diagnostics]
    assert has_errors(front.diagnostics) or not lost, (lost, told)


@settings(max_examples=CASES // 2)
@given(data=st.data())
def test_nothing_is_lost_from_a_damaged_folder(data: st.DataObject) -> None:
    files = damage.tree(typing.cast("typing.Any", damage.damaged(data, damage.TREE)))
    front, lost = conservation.lost_files(Inputs(File("x", files)))
    told = [(d.rule.name, d.file) for d in front.diagnostics]
    assert has_errors(front.diagnostics) or not lost, (lost, told)


@pytest.mark.parametrize("name", [n for n in damage.JSON_SOURCES if n != "environment"])
@settings(max_examples=CASES // 40 + 1)
@given(data=st.data())
def test_what_is_read_compiles(name: str, data: st.DataObject) -> None:
    value = damage.damaged(data, damage.JSON_SOURCES[name])
    tools = Resources(resources.templates(), resources.runtime(), lambda _, text: text)
    file = File("x.json", json.dumps(value).encode())
    result = compile_source(Inputs(file), Options(), tools)
    for client in result.clients:
        for path, content in client.tree.items():
            if path.endswith(".py"):
                compile(content, path, "exec")
