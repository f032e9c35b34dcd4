"""Every file of $PMGEN_SHARED/corpus is read, nothing in it is lost, and the totals are those of its manifest."""

from __future__ import annotations

import dataclasses
import json
import os
import typing
from pathlib import Path

import conservation
import pytest

from pmgen import outline, postman, source
from pmgen.configuration import Beside
from pmgen.diagnostics import Rule, render
from pmgen.inputs import read
from pmgen.pipeline import Front, analyse

if typing.TYPE_CHECKING:
    from pmgen.source import Json

pytestmark = pytest.mark.corpus

CORPUS = Path(os.environ.get("PMGEN_SHARED", "../shared")) / "corpus"
EVERY = int(os.environ.get("PMGEN_CORPUS_EVERY", "1"))


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """A line of the manifest."""

    path: str
    items: int
    folders: int
    saved_responses: int
    json_responses: int


def rows(folder: str) -> list[Row]:
    """The manifest's lines for one folder of the corpus."""
    manifest = CORPUS / "manifest.jsonl"
    if not manifest.is_file():
        return []
    lines = manifest.read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    names = [field.name for field in dataclasses.fields(Row)]
    return [
        Row(**{name: row.get(name, 0) for name in names})
        for row in found
        if row["path"].startswith(f"{folder}/")
    ][::EVERY]


def test_there_is_a_corpus() -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"no corpus at {CORPUS}; set PMGEN_SHARED")
    assert rows("collections")
    assert rows("v3")


def front(row: Row) -> Front:
    """What the front half makes of a file or folder."""
    return analyse(read(str(CORPUS / row.path), Beside()))


def totals(found: Front) -> dict[str, Json]:
    """As `inspect --json` prints them."""
    return typing.cast("dict[str, dict[str, Json]]", outline.as_json([found]))["totals"]


@pytest.mark.parametrize("row", rows("collections"), ids=lambda row: row.path)
def test_a_collection_is_read_whole(row: Row) -> None:
    inputs = read(str(CORPUS / row.path), Beside())
    found, lost = conservation.lost(inputs)
    assert not [render(d, "") for d in found.diagnostics if d.is_error]
    assert lost == []
    _as_in_the_manifest(row, totals(found))


@pytest.mark.parametrize("row", rows("v3"), ids=lambda row: row.path)
def test_a_v3_tree_is_read_whole(row: Row) -> None:
    """Trees that are PARTIAL hold examples of requests that are missing; they are named, and not used."""
    found = front(row)
    assert not [render(d, "") for d in found.diagnostics if d.is_error]
    orphans = sum(d.rule is Rule.ORPHAN for d in found.diagnostics)
    _as_in_the_manifest(row, totals(found), orphans)


def _as_in_the_manifest(row: Row, found: dict[str, Json], orphans: int = 0) -> None:
    names = ("items", "folders", "saved_responses")
    assert {name: found[name] for name in names} == {
        name: getattr(row, name) for name in names
    }
    used = typing.cast("int", found["json_examples"])
    assert used + orphans >= row.json_responses


@pytest.mark.parametrize("row", rows("malformed"), ids=lambda row: row.path)
def test_a_malformed_file_is_one_error_with_its_place(row: Row) -> None:
    (found,) = front(row).diagnostics
    assert found.is_error
    assert found.line
    assert found.column


@pytest.mark.parametrize("row", rows("environments"), ids=lambda row: row.path)
def test_an_environment_is_read_whole(row: Row) -> None:
    path = CORPUS / row.path
    document, found = source.read(path.name, path.read_bytes())
    assert document is not None, found
    environment, found = postman.parse_environment(document, path.stem)
    assert environment is not None
    assert not [d for d in found if d.is_error]
    listed = _values(document.data)
    assert len(environment.variables) + len(found) == len(listed)


def _values(data: Json) -> list[Json]:
    if isinstance(data, dict) and isinstance(data.get("environment"), dict):
        data = data["environment"]
    return typing.cast("list[Json]", data["values"] if isinstance(data, dict) else data)
