"""What is wrong with a part that the parser refused, in the words of our own schema of the format.

Healthy input never comes here: jsonschema over a whole file costs 55 times as much as decoding it.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import typing

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.postman.node import Refusal, kind_of
from pmgen.source.locate import escape

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import jsonschema

    from pmgen.postman.node import Part, Sink
    from pmgen.source import Json


def explained(sink: Sink) -> tuple[Diagnostic, ...]:
    """What a parse found. A refused part gets all that the schema says about it, in the place of the first refusal."""
    found: list[Diagnostic] = []
    told: set[str] = set()
    parts: set[tuple[str, str]] = set()
    for finding in sink.found:
        if isinstance(finding, Diagnostic):
            found.append(finding)
            continue
        part = finding.part
        if part is not None and (part.pointer, part.definition) not in parts:
            parts.add((part.pointer, part.definition))
            found += _complaints(part, told)
    return (*found, *_unexplained(sink.found, found))


def _unexplained(
    findings: Iterable[Diagnostic | Refusal], found: list[Diagnostic]
) -> Iterator[Diagnostic]:
    """Refusals that the schema has no words for, in the parser's own."""
    pointers = {d.pointer for d in found if d.rule is Rule.WRONG_TYPE}
    for finding in findings:
        if isinstance(finding, Refusal) and finding.found.pointer not in pointers:
            pointers.add(finding.found.pointer)
            yield finding.found


def _complaints(part: Part, told: set[str]) -> Iterator[Diagnostic]:
    """All that the schema says about a part, and was not ``told`` of a part inside of it, or around it."""
    from jsonschema.exceptions import best_match

    validator = _validator(part.schema, part.definition)
    for error in validator.iter_errors(part.value):
        complaint = _complaint(part, best_match([error]) or error)
        if complaint.pointer not in told:
            told.add(complaint.pointer)
            yield complaint


def _complaint(part: Part, error: jsonschema.ValidationError) -> Diagnostic:
    steps = "".join(f"/{escape(str(step))}" for step in error.absolute_path)
    pointer = part.pointer + steps
    return Diagnostic(Rule.WRONG_TYPE, _words(error), pointer, part.trail)


def _words(error: jsonschema.ValidationError) -> str:
    """Types in our words; the rest in jsonschema's, which are good where the value is short."""
    expected = error.schema.get("title") if isinstance(error.schema, dict) else None
    if error.validator == "type" and expected:
        found = kind_of(typing.cast("Json", error.instance))
        return f"Expected {expected}, found {found}"
    return error.message if len(error.message) < 200 else f"Expected {expected}"


@functools.cache
def schema(name: str) -> dict[str, typing.Any]:
    """One of ours: collection, v1, v3 or environment."""
    folder = importlib.resources.files("pmgen.postman") / "schemas"
    text = (folder / f"{name}.json").read_text(encoding="utf-8")
    return typing.cast("dict[str, typing.Any]", json.loads(text))


@functools.cache
def _validator(name: str, definition: str) -> jsonschema.Draft202012Validator:
    """Imported here, since it takes as long as reading a collection of a megabyte."""
    import jsonschema

    whole = schema(name)
    part = {"$ref": f"#/$defs/{definition}", "$defs": whole["$defs"]}
    return jsonschema.Draft202012Validator(part)
