"""Changes as Markdown for a comment on a pull request: a heading for each level, a bullet for each change."""

from __future__ import annotations

import itertools
import re
import typing

from pmgen.diagnostics import printable
from pmgen.diff.kinds import KINDS
from pmgen.diff.levels import ADDITIVE, BREAKING, DOCS, INFERENCE, LEVELS

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pmgen.diff.model import Change

NOTHING = "Nothing changes for users."
_TITLES = {
    BREAKING: "Breaking: code that uses the client must change, or does something else",
    INFERENCE: "Only inferred: other examples, so that types are wider or narrower",
    ADDITIVE: "Additive: code that uses the client goes on as it is",
    DOCS: "Documentation only",
}
_MOST = 3
"""Things of one change that are named where it is told once."""
_LONGEST = 120
"""Characters of a value."""


def markdown(found: Mapping[str, Sequence[Change]]) -> str:
    """By package. One line where there is nothing."""
    parts = [_client(name, changes) for name, changes in found.items() if changes]
    return "\n\n".join(parts) or NOTHING


def _client(package: str, changes: Sequence[Change]) -> str:
    counts = (
        f"{len(own)} {level}"
        for level in LEVELS
        if (own := [change for change in changes if change.level is level])
    )
    blocks = [f"## {_code(package)}: {', '.join(counts)}"]
    for level, group in itertools.groupby(changes, key=lambda change: change.level):
        blocks += [f"### {_TITLES[level]}", "\n".join(_bullets([*group]))]
    return "\n\n".join(blocks)


def _bullets(changes: Sequence[Change]) -> Iterator[str]:
    """A change that many things share is told once."""
    alike: dict[typing.Hashable, list[Change]] = {}
    for number, change in enumerate(changes):
        key = (change.kind, change.what, change.was, change.now)
        alike.setdefault(key if KINDS[change.kind].joins else number, []).append(change)
    for own in alike.values():
        names = [_code(change.subject) for change in own]
        rest = len(names) - _MOST
        more = f" and {rest} more" if rest > 0 else ""
        yield f"- {', '.join(names[:_MOST])}{more}: {text(own[0])}"


def text(change: Change) -> str:
    """What changed of its subject, in words."""
    values = {
        "what": _shown(change.what),
        "was": _shown(change.was),
        "now": _shown(change.now),
    }
    return KINDS[change.kind].text.format(**values)


def _shown(value: str) -> str:
    short = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
    return _code(short) if short else "empty"


def _code(value: str) -> str:
    """A code span; its fence is longer than any run of backticks in the value."""
    shown = printable(value)
    runs = [len(run) for run in re.findall("`+", shown)]
    fence = "`" * (max(runs, default=0) + 1)
    space = " " if runs or shown != shown.strip() else ""
    return f"{fence}{space}{shown}{space}{fence}"
