"""What `inspect` shows: the collection as a tree, for people and as JSON."""

from __future__ import annotations

import typing

from pmgen.infer import Role, Use
from pmgen.names.propose import names_of
from pmgen.names.symbols import Thing
from pmgen.python.spelling import annotation

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.api import Example, Group, Operation
    from pmgen.diagnostics import Diagnostic
    from pmgen.names import Names
    from pmgen.pipeline import Analysis
    from pmgen.source import Json


def as_json(analysis: Analysis, diagnostics: tuple[Diagnostic, ...]) -> Json:
    """Folders, requests, examples and diagnostics as plain data."""
    names = names_of(analysis.api, analysis.table)
    operations = [o for g in analysis.api.root.walk() for o in g.operations]
    return {
        "name": analysis.api.name,
        "requests": len(operations),
        "saved_responses": sum(len(o.examples) for o in operations),
        "settings": [str(names(Thing.SETTING, s.key)) for s in analysis.api.settings],
        "operations": [_operation(o, analysis, names) for o in operations],
        "diagnostics": [_diagnostic(d) for d in diagnostics],
    }


def as_lines(analysis: Analysis) -> Iterator[str]:
    """The tree, a line each."""
    names = names_of(analysis.api, analysis.table)
    yield analysis.api.name
    yield from _group_lines(analysis.api.root, "  ", analysis, names)


def _group_lines(
    group: Group, indent: str, analysis: Analysis, names: Names
) -> Iterator[str]:
    for operation in group.operations:
        auth = f"  [{operation.auth.kind}]" if operation.auth else ""
        yield f"{indent}{operation.name or '(no name)'}  {operation.method} {operation.display}{auth}"
        for example in operation.examples:
            kind = _type(operation, example, analysis, names)
            yield f"{indent}    {example.status} {example.name}: {kind}"
    for inner in group.groups:
        yield f"{indent}{inner.name or '(no name)'}/"
        yield from _group_lines(inner, f"{indent}  ", analysis, names)


def _type(
    operation: Operation, example: Example, analysis: Analysis, names: Names
) -> str:
    role = Role(operation.pointer, Use.REPLY, example.status)
    if example.value is None or role not in analysis.table.roots:
        return str(example.kind)
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


def _diagnostic(diagnostic: Diagnostic) -> Json:
    return {
        "code": diagnostic.rule.code,
        "severity": diagnostic.rule.severity,
        "text": diagnostic.text,
        "remedy": diagnostic.rule.remedy,
        "pointer": diagnostic.pointer,
        "trail": list(diagnostic.trail),
        "line": diagnostic.line,
        "column": diagnostic.column,
    }
