"""What `check` found, in the styles that people, programs and workflows read."""

from __future__ import annotations

import dataclasses
import json
import typing

from pmgen.diagnostics import Severity, has_errors, outlined, printable, render

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pmgen.diagnostics import Diagnostic
    from pmgen.emit import Plan


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """What the clients are beside what they should be. ``told``: source and what was found in it."""

    plans: tuple[Plan, ...]
    told: tuple[tuple[str, Diagnostic], ...]
    diff: bool

    @property
    def stale(self) -> tuple[Plan, ...]:
        """The clients that `generate` would change."""
        return tuple(plan for plan in self.plans if not plan.is_empty)

    @property
    def failed(self) -> bool:
        """Whether a source has an error, so that nothing is known of its clients."""
        return has_errors(diagnostic for _, diagnostic in self.told)


def text(found: Verdict) -> Iterator[str]:
    """The lines for standard output; with a diff the list of files is not among them, so that it can be applied."""
    if not (found.stale or found.failed):
        names = ", ".join(plan.folder.name for plan in found.plans)
        yield f"{names or 'No clients'}: up to date."
    for plan in found.stale:
        if found.diff:
            yield from plan.diff()
        else:
            yield from _changes(plan)


def _changes(plan: Plan) -> Iterator[str]:
    for change, path in plan.changes():
        yield f"{plan.folder}/{path}: would {change}"


def aside(found: Verdict) -> Iterator[str]:
    """The lines for standard error that go with the text."""
    if found.diff:
        for plan in found.stale:
            yield from _changes(plan)
    if found.failed:
        yield "Nothing was written."
    elif found.stale:
        yield "Not up to date; run `pmgen generate`."


def as_json(found: Verdict) -> Iterator[str]:
    """One object: ``up_to_date`` (null after an error), ``clients`` and ``diagnostics``."""
    whole = {
        "up_to_date": None if found.failed else not found.stale,
        "clients": [_client(plan, diff=found.diff) for plan in found.plans],
        "diagnostics": [
            outlined(dataclasses.replace(told, file=told.file or source))
            for source, told in found.told
        ],
    }
    yield json.dumps(whole, indent=2)


def _client(plan: Plan, *, diff: bool) -> Mapping[str, object]:
    changes = [{"path": path, "change": change} for change, path in plan.changes()]
    told = {"diff": "\n".join(plan.diff())} if diff else {}
    return {"folder": str(plan.folder), "changes": changes, **told}


_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}


def github(found: Verdict) -> Iterator[str]:
    """Commands of a GitHub workflow, which shows them beside the lines that they are about.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
    """
    for source, told in found.told:
        message = render(told, source).partition(f"{told.rule.code} ")[2]
        yield _annotation(
            _LEVELS[told.rule.severity],
            message,
            file=told.file or source,
            line=told.line,
            col=told.column,
            title=told.rule.code,
        )
    for plan in found.stale:
        for change, path in plan.changes():
            message = f"`pmgen generate` would {change} this file."
            file = str(plan.folder / path)
            yield _annotation("error", message, file=file, title="Not up to date")
        if found.diff:
            yield f"::group::{plan.folder}"
            yield from map(printable, plan.diff())  # a line could be a command
            yield "::endgroup::"
    if not (found.stale or found.failed):
        yield from text(found)


def _annotation(level: str, message: str, **where: str | int | None) -> str:
    said = ",".join(f"{k}={_in_property(v)}" for k, v in where.items() if v is not None)
    return f"::{level} {said}::{_in_message(message)}"


def _in_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _in_property(value: str | int) -> str:
    return _in_message(str(value)).replace(":", "%3A").replace(",", "%2C")


STYLES: Mapping[str, Callable[[Verdict], Iterator[str]]] = {
    "text": text,
    "json": as_json,
    "github": github,
}
