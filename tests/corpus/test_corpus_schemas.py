"""Our schemas over real files, beside Postman's own: ours accepts what the official one accepts, and more.

PMGEN_CORPUS_EVERY=N takes every Nth file.
"""

from __future__ import annotations

import collections
import functools
import json
import os
import typing
from pathlib import Path

import pytest
from faults import SOUND, SOUND_20, damaged
from hypothesis import HealthCheck, assume, given, settings
from jsonschema import Draft7Validator, Draft202012Validator

from pmgen import source

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.source import Json

pytestmark = pytest.mark.corpus

SHARED = Path(os.environ.get("PMGEN_SHARED", "../shared"))
EVERY = int(os.environ.get("PMGEN_CORPUS_EVERY", "1"))
OURS = Path(source.__file__).parent.parent / "postman" / "schemas"

#: How a file of format 3 is named, and the definition it has to keep.
_FILES_3 = {
    ".request.yaml": "request",
    ".example.yaml": "example",
    ".environment.yaml": "environment",
    ".globals.yaml": "environment",
    "definition.yaml": "definition",
}


@functools.cache
def official(version: str) -> Draft7Validator:
    """Postman's own schema of a version such as 2.1.0."""
    file = SHARED / "schemas" / f"collection.v{version}.draft-07.json"
    if not file.is_file():
        pytest.skip(f"no official schema at {file}; set PMGEN_SHARED")
    return Draft7Validator(json.loads(file.read_text("utf-8")))


@functools.cache
def ours(name: str, definition: str = "") -> Draft202012Validator:
    """One of ours, or one definition of it."""
    whole = json.loads((OURS / f"{name}.json").read_text("utf-8"))
    part = {"$ref": f"#/$defs/{definition}", "$defs": whole["$defs"]}
    return Draft202012Validator(part if definition else whole)


def files(below: str, pattern: str) -> Iterator[tuple[Path, Json]]:
    """The parsed files of a folder of the corpus; it must have some."""
    folder = SHARED / "corpus" / below
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder}; set PMGEN_SHARED")
    found = sorted(folder.rglob(pattern))
    assert found, f"nothing in {folder}"
    for path in found[::EVERY]:
        document, diagnostics = source.read(path.name, path.read_bytes())
        assert document is not None, diagnostics
        yield path, document.data


def version_of(data: Json) -> str:
    """The version that the file claims; 2.1 where it does not say."""
    assert isinstance(data, dict)
    if "requests" in data and "item" not in data:
        return "1.0.0"
    info = data.get("info")
    text = str(info.get("schema")) if isinstance(info, dict) else ""
    return "2.0.0" if "v2.0.0" in text else "2.1.0"


def complaints(validator: Draft202012Validator, path: Path, data: Json) -> list[str]:
    """What is wrong with a file, one line each."""
    return [
        f"{path.name}: {error.json_path}: {error.message[:200]}"
        for error in validator.iter_errors(data)
    ]


def test_what_the_official_schema_accepts_is_accepted() -> None:
    """And what it refuses of the corpus too: real files are refused for nothing that matters."""
    counts: dict[str, collections.Counter[str]] = {}
    wrong: list[str] = []
    for path, data in files("collections", "*.json"):
        inner = data.get("collection") if isinstance(data, dict) else None
        unwrapped = inner if isinstance(inner, dict) else data
        version = version_of(unwrapped)
        sound = official(version).is_valid(unwrapped)
        schema = ours("v1" if version == "1.0.0" else "collection")
        found = complaints(schema, path, data)
        count = counts.setdefault(version, collections.Counter())
        count["sound" if sound else "odd"] += 1
        count["sound, ours" if sound else "odd, ours"] += not found
        wrong += found
    for version, count in sorted(counts.items()):
        print(
            f"\n{version}: official accepts {count['sound']}, ours {count['sound, ours']} of these; "
            f"official refuses {count['odd']}, ours accepts {count['odd, ours']} of these",
            end="",
        )
    assert wrong == []
    assert all(count["sound"] for count in counts.values())


def test_every_environment_is_accepted() -> None:
    found = [
        complaint
        for path, data in files("environments", "*.json")
        for complaint in complaints(ours("environment"), path, data)
    ]
    assert found == []


def test_every_file_of_format_3_is_accepted() -> None:
    counts: collections.Counter[str] = collections.Counter()
    wrong: list[str] = []
    for path, data in files("v3", "*.y*ml"):
        ends = (end for end in _FILES_3 if path.name.endswith(end))
        definition = _FILES_3.get(next(ends, ""))
        if definition is not None:
            counts[definition] += 1
            wrong += complaints(ours("v3", definition), path, data)
            wrong += complaints(ours("v3"), path, data)
    print(f"\n{dict(counts)}", end="")
    assert wrong == []
    assert counts
    assert EVERY > 1 or set(counts) == set(_FILES_3.values())


def reads_otherwise(data: typing.Any) -> bool:
    """Whether an object has both ``item`` and ``request``: a folder for Postman, an item for its schema."""
    if isinstance(data, dict) and {"item", "request"} <= set(data):
        return True
    inner = data.values() if isinstance(data, dict) else data
    return isinstance(data, (dict, list)) and any(map(reads_otherwise, inner))


@pytest.mark.parametrize(
    ("version", "sound"), [("2.1.0", SOUND), ("2.0.0", SOUND_20)], ids=["2.1", "2.0"]
)
def test_the_damage_begins_with_sound_files(version: str, sound: Json) -> None:
    assert official(version).is_valid(sound)
    assert ours("collection").is_valid(sound)


#: Most damage is against the official schema, and such examples count for nothing here.
_picky = settings(
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)


@_picky
@given(damaged(SOUND))
def test_damage_that_format_2_1_allows_is_accepted(data: Json) -> None:
    assume(official("2.1.0").is_valid(data) and not reads_otherwise(data))
    assert ours("collection").is_valid(data)


@_picky
@given(damaged(SOUND_20))
def test_damage_that_format_2_0_allows_is_accepted(data: Json) -> None:
    assume(official("2.0.0").is_valid(data) and not reads_otherwise(data))
    assert ours("collection").is_valid(data)
