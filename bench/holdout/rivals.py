"""quicktype and genson: JSON Schemas from a group's own samples, held against the one that was left out.

They know nothing of operations, so that a group's other samples are all that they can be given.
"""

from __future__ import annotations

import concurrent.futures
import functools
import importlib
import importlib.metadata
import json
import shutil
import subprocess
import tempfile
import typing
from pathlib import Path

import jsonschema
from jsonschema.exceptions import best_match

from holdout.looseness import Looseness
from holdout.verdict import Reason, Verdict

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from holdout.groups import Sample
    from pmgen.source import Json

Schema: typing.TypeAlias = "dict[str, typing.Any]"
HERE = Path(__file__).parent
_REASONS = {
    "required": Reason.MISSING,
    "type": Reason.TYPE,
    "anyOf": Reason.TYPE,
    "enum": Reason.TEXT,
    "const": Reason.TEXT,
}


def genson_version() -> str | None:
    """None where it is not installed."""
    try:
        return importlib.metadata.version("genson")
    except importlib.metadata.PackageNotFoundError:
        return None


def genson(sample: Sample) -> Schema:
    """What genson infers."""
    # By name: the types of pmgen are checked without what only benchmarks install.
    builder = importlib.import_module("genson").SchemaBuilder()
    for value in sample.train:
        builder.add_object(value)
    return typing.cast("Schema", builder.to_schema())


def quicktype_version() -> str | None:
    """None where there is no node, or where `npm ci` was not run."""
    package = HERE / "node_modules" / "quicktype-core" / "package.json"
    if _node() is None or not package.is_file():
        return None
    return str(json.loads(package.read_bytes())["version"])


def quicktype(samples: Sequence[Sample], workers: int) -> list[Schema | None]:
    """What quicktype infers of each; None where it fails."""
    parts = [samples[n::workers] for n in range(workers)]
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        schemas = [iter(part) for part in pool.map(_quicktype, parts)]
    return [next(schemas[n % workers]) for n in range(len(samples))]


def _quicktype(samples: Iterable[Sample]) -> list[Schema | None]:
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "samples"), Path(folder, "schemas")
        lines = [json.dumps(sample.train) + "\n" for sample in samples]
        given.write_text("".join(lines), encoding="utf-8")
        script = HERE / "quicktype.cjs"
        command: list[str | Path] = [_node() or "node", script, given, made]
        subprocess.run(command, check=True)
        return [json.loads(line) for line in made.read_text("utf-8").splitlines()]


def _node() -> str | None:
    return shutil.which("node")


def verdict(schema: Schema | None, test: Json) -> Verdict:
    """What a schema says of a value."""
    if schema is None:
        return Verdict(Reason.OTHER, False, Looseness())
    closed = jsonschema.Draft202012Validator(schema).is_valid(test)
    refused = None if closed else _refused(_opened(schema), test)
    return Verdict(refused, closed, looseness(schema))


def _refused(schema: Schema, test: Json) -> Reason | None:
    first = next(jsonschema.Draft202012Validator(schema).iter_errors(test), None)
    if first is None:
        return None
    error = best_match([first]) or first  # of an anyOf, what its likeliest branch says
    reason = _REASONS.get(str(error.validator), Reason.OTHER)
    null = reason is Reason.TYPE and error.instance is None
    return Reason.NULL if null else reason


def _opened(schema: typing.Any) -> typing.Any:
    """The schema with unknown keys allowed."""
    if isinstance(schema, dict):
        return {
            key: _opened(value)
            for key, value in schema.items()
            if not (key == "additionalProperties" and value is False)
        }
    return [_opened(v) for v in schema] if isinstance(schema, list) else schema


def looseness(schema: Schema) -> Looseness:
    """Of the schema and its definitions; what needs evidence that a schema has not is 0."""
    inner = (schema.get("definitions") or schema.get("$defs") or {}).values()
    return _sum(map(_place, (schema, *inner)))


def _place(schema: Schema) -> Looseness:
    """One place: null beside anything is no leaf."""
    parts = schema.get("anyOf") or [schema]
    if len(parts) > 1:
        parts = [part for part in parts if part.get("type") != "null"]
    return _sum(map(_part, parts))


def _part(schema: Schema) -> Looseness:
    if "properties" in schema:
        fields = schema["properties"]
        optional = len(fields.keys() - set(schema.get("required", ())))
        own = Looseness(records=1, fields=len(fields), optional=optional)
        return own + _sum(map(_place, fields.values()))
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            return _place(schema[key])
    if "$ref" in schema:
        return Looseness()
    anything = not schema.keys() & {"type", "enum", "const"}
    bare = schema.get("type") in ("array", "object")
    return Looseness(leaves=1, json=anything or bare)


def _sum(parts: Iterable[Looseness]) -> Looseness:
    return functools.reduce(Looseness.__add__, parts, Looseness())
