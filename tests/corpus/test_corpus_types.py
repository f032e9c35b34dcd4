"""The schemas inferred for the real collections: each is valid 2020-12 and accepts the examples it comes from.

PMGEN_CORPUS_EVERY=N takes every Nth file.
"""

from __future__ import annotations

import os
import typing
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from pmgen.configuration import Beside
from pmgen.infer import Use, roles
from pmgen.inputs import read
from pmgen.pipeline import Analysis, analyse
from pmgen.schema import documents

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.infer import Role

pytestmark = pytest.mark.corpus

SHARED = Path(os.environ.get("PMGEN_SHARED", "../shared"))
EVERY = int(os.environ.get("PMGEN_CORPUS_EVERY", "1"))
HERE = "urn:document"
META = Draft202012Validator(Draft202012Validator.META_SCHEMA)


def analyses() -> Iterator[tuple[Path, Analysis]]:
    """What each collection of the corpus is understood as."""
    folder = SHARED / "corpus"
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder}; set PMGEN_SHARED")
    files = [*sorted(folder.glob("collections/*.json")), *sorted(folder.glob("v3/*"))]
    assert files, f"nothing in {folder}"
    for path in files[::EVERY]:
        for found in analyse(read(str(path), Beside())).analyses:
            yield path, found


def references(document: typing.Any) -> Iterator[tuple[str, str, str]]:
    """The pointer of each operation, `request` or a status, and where the schema lies."""
    for operation in document["operations"]:
        if "request" in operation:
            yield operation["pointer"], "request", operation["request"]["$ref"]
        for status, entry in operation["replies"].items():
            yield operation["pointer"], status, entry["$ref"]


def label(role: Role) -> str:
    """As the document has it."""
    return "request" if role.use is Use.REQUEST else str(role.status)


def complaints(found: Analysis) -> Iterator[str]:
    """What is wrong with the document of a collection; also the example of its own that a schema refuses."""
    document: typing.Any = documents([found])
    for error in META.iter_errors(document):
        yield f"no schema: {error.json_path}: {error.message[:200]}"
    resource = Resource.from_contents(document)
    registry: Registry[typing.Any] = Registry().with_resource(HERE, resource)
    where = {(at, use): ref for at, use, ref in references(document)}
    samples = roles(found.api)
    if set(where) != {(role.operation, label(role)) for role in samples}:
        yield "not every role has its schema"
    for role, values in samples.items():
        ref = HERE + where[role.operation, label(role)]
        validator = Draft202012Validator({"$ref": ref}, registry=registry)
        for value in values:
            for error in validator.iter_errors(value):
                yield f"{role}: {error.json_path}: {error.message[:200]}"


def test_every_schema_is_valid_and_accepts_its_examples() -> None:
    wrong: list[str] = []
    schemas = samples = 0
    for path, found in analyses():
        wrong += (f"{path.name}: {text}" for text in complaints(found))
        schemas += len(found.table.roots) + len(found.table.records)
        samples += sum(map(len, roles(found.api).values()))
    print(f"\n{schemas} schemas, {samples} examples", end="")
    assert wrong == []
    assert samples
