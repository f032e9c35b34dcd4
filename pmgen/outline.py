"""What `inspect` shows: collections as trees, for people and as JSON, and what was lost."""

from __future__ import annotations

import collections
import dataclasses
import typing

from pmgen.api import Kind
from pmgen.diagnostics import outlined
from pmgen.infer import Role, Use
from pmgen.names.propose import names_of
from pmgen.names.symbols import Thing
from pmgen.postman import Census, census
from pmgen.python.spelling import annotation
from pmgen.rules import Severity

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pmgen.api import Example, Group, Operation
    from pmgen.diagnostics import Diagnostic
    from pmgen.names import Names
    from pmgen.pipeline import Analysis, Front
    from pmgen.source import Json


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line of the tree. ``note`` says more about the ``text``, such as counts."""

    depth: int
    text: str
    note: str = ""


def as_json(fronts: Iterable[Front]) -> Json:
    """Totals, collections and diagnostics of one or more sources as plain data."""
    fronts = list(fronts)
    analyses = [analysis for front in fronts for analysis in front.analyses]
    return {
        "totals": _totals(analyses),
        "collections": [_collection(analysis) for analysis in analyses],
        "diagnostics": [outlined(d) for front in fronts for d in front.diagnostics],
    }


def refusal(file: str, found: Diagnostic) -> Json:
    """The same where no source could be read at all."""
    told = dataclasses.replace(found, file=file)
    return {
        "totals": _totals([]),
        "collections": [],
        "diagnostics": [outlined(told)],
    }


def tree(analysis: Analysis) -> Iterator[Line]:
    """Folders, requests with their auth, examples with their types."""
    names = names_of(analysis.api, analysis.table, analysis.given)
    yield Line(0, analysis.api.name, _counts(_totals([analysis])))
    yield from _group_lines(analysis.api.root, 1, analysis, names)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many errors, warnings and notes; "" where there is nothing."""
    found = collections.Counter(d.rule.severity for d in diagnostics)
    words = {
        Severity.ERROR: "error",
        Severity.WARNING: "warning",
        Severity.INFO: "note",
    }
    return ", ".join(
        _count(found[severity], word)
        for severity, word in words.items()
        if found[severity]
    )


def _totals(analyses: Iterable[Analysis]) -> dict[str, Json]:
    """``items`` and ``saved_responses`` are what the source holds, the others what is made of it."""
    analyses = list(analyses)
    held = sum((census(found.collection) for found in analyses), Census())
    operations = [o for found in analyses for o in _operations(found)]
    examples = [example for o in operations for example in o.examples]
    return {
        **dataclasses.asdict(held),
        "operations": len(operations),
        "examples": len(examples),
        "json_examples": sum(example.kind is Kind.JSON for example in examples),
    }


def _operations(analysis: Analysis) -> list[Operation]:
    return [o for group in analysis.api.root.walk() for o in group.operations]


def _counts(totals: dict[str, Json]) -> str:
    """The totals in words, what was left out included."""
    items, operations = totals["items"], totals["operations"]
    saved, examples = totals["saved_responses"], totals["examples"]
    words = _count(typing.cast("int", items), "request")
    if operations != items:
        words += f" ({operations} callable)"
    words += ", " + _count(typing.cast("int", saved), "saved response")
    return words + (f" ({examples} used)" if examples != saved else "")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")


def _collection(analysis: Analysis) -> Json:
    names = names_of(analysis.api, analysis.table, analysis.given)
    return {
        "name": analysis.api.name,
        "totals": _totals([analysis]),
        "settings": [str(names(Thing.SETTING, s.key)) for s in analysis.api.settings],
        "operations": [_operation(o, analysis, names) for o in _operations(analysis)],
    }


def _group_lines(
    group: Group, depth: int, analysis: Analysis, names: Names
) -> Iterator[Line]:
    for operation in group.operations:
        auth = f"  [{operation.auth.kind}]" if operation.auth else ""
        called = (
            f"{operation.name or '(no name)'}  {operation.method} {operation.display}"
        )
        found = operation.examples
        note = _count(len(found), "example") if found else "no example"
        yield Line(depth, called + auth, note)
        for example in found:
            kind = _type(operation, example, analysis, names)
            yield Line(depth + 1, f"{example.status} {example.name}: {kind}")
    for inner in group.groups:
        yield Line(depth, f"{inner.name or '(no name)'}/")
        yield from _group_lines(inner, depth + 1, analysis, names)


def _type(
    operation: Operation, example: Example, analysis: Analysis, names: Names
) -> str:
    role = Role(operation.pointer, Use.REPLY, example.status)
    if example.kind is not Kind.JSON or role not in analysis.table.roots:
        return example.language or str(example.kind)
    spelled = annotation(
        analysis.table.roots[role], lambda record: names(Thing.RECORD, record)
    )
    return spelled.replace("_rt.", "").replace("_dt.", "")


def _operation(operation: Operation, analysis: Analysis, names: Names) -> Json:
    examples: list[Json] = [
        {
            "name": example.name,
            "status": example.status,
            "kind": example.kind,
            "type": _type(operation, example, analysis, names),
        }
        for example in operation.examples
    ]
    return {
        "trail": list(operation.trail),
        "pointer": operation.pointer,
        "name": str(names(Thing.OPERATION, operation.pointer)),
        "method": operation.method,
        "url": operation.display,
        "auth": operation.auth.kind if operation.auth else None,
        "examples": examples,
    }
