"""The figures as text."""

from __future__ import annotations

import collections
import dataclasses
import functools
import json
import typing

from holdout import rivals
from holdout.experiment import TOOLS
from holdout.groups import Kind
from holdout.looseness import Looseness
from holdout.verdict import Reason

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from holdout.experiment import Case, Result


def report(results: Sequence[Result]) -> str:
    """Everything about one run."""
    cases = [case for result in results for case in result.cases]
    tools = [tool for tool in TOOLS if all(tool in case.verdicts for case in cases)]
    parts = [_head(results, cases), _rivals()]
    for kind in Kind:
        parts.append(acceptance(kind, _of(kind, cases), tools))
    parts += [_copies(cases), _tolerance(cases), vagueness(results, cases, tools)]
    return "\n\n".join(parts)


def _head(results: Sequence[Result], cases: Sequence[Case]) -> str:
    counts = ", ".join(f"{len(_of(kind, cases))} {kind}" for kind in Kind)
    distinct = len({json.dumps(dataclasses.astuple(case.sample)) for case in cases})
    files = sum(1 for result in results if result.cases)
    read = sum(result.collections for result in results)
    return (
        f"Left out, one at a time: {counts}, from {files} files ({read} collections read).\n"
        f"{distinct} of them are distinct: files of the corpus are versions of each other. pmgen infers from all that\n"
        "stays of the collection; the others, and pmgen where it says so, from the group's own other samples alone."
    )


def _rivals() -> str:
    """Which versions the figures are of."""
    quicktype, genson = rivals.quicktype_version(), rivals.genson_version()
    return "\n".join(
        (
            f"quicktype {quicktype or 'is left out: it takes node, and `npm ci` here'}",
            f"genson {genson or 'is left out: it is not installed'}",
        )
    )


def acceptance(kind: Kind, cases: Sequence[Case], tools: Sequence[str]) -> str:
    """How many each tool accepts, and why it refuses the others, by the first difference."""
    head = (f"{kind} ({len(cases)})", "accepted", "as types stand", *Reason)
    rows = []
    for tool in tools:
        verdicts = [case.verdicts[tool] for case in cases]
        refused = collections.Counter(verdict.refused for verdict in verdicts)
        counts = (refused[None], sum(v.closed for v in verdicts))
        shares = [
            share(n, len(cases)) for n in (*counts, *(refused[r] for r in Reason))
        ]
        rows.append((tool, *shares))
    return (
        table(head, rows)
        + "\naccepted: with unknown keys allowed, as pmgen's always are"
    )


def _copies(cases: Sequence[Case]) -> str:
    """Whether samples are accepted because an equal one was seen elsewhere."""
    lines = []
    for kind in Kind:
        for copied, text in ((True, "with"), (False, "without")):
            found = [case for case in _of(kind, cases) if case.copied is copied]
            lines.append(
                f"{kind} {text} an equal copy elsewhere in the collection: {len(found)}, "
                f"accepted {share(sum(not c.differences for c in found), len(found))}"
            )
    return "\n".join(lines)


def _tolerance(cases: Sequence[Case]) -> str:
    """Of tolerant parsing by generated code."""
    found = [(case, case.parsing) for case in cases if case.parsing]
    refused = [parsing.told for case, parsing in found if case.differences]
    changed = [case for case, parsing in found if not parsing.kept]
    lacking = [any(d.reason is Reason.MISSING for d in c.differences) for c in changed]
    failures = [f"{c.where}: {p.failure}" for c, p in found if p.failure]
    return "\n".join(
        (
            f"Tolerant parsing by generated code: {_of_all([not p.failure for _, p in found])} return;",
            f"{_of_all([p.told for _, p in found])} tell exactly the differences that an independent walk finds "
            f"(of the refused ones {_of_all(refused)});",
            f"{_of_all([p.kept for _, p in found])} print what was read "
            f"(of the others {_of_all(lacking)} lack a required key, which is printed as null).",
            *failures,
        )
    )


def vagueness(
    results: Sequence[Result], cases: Sequence[Case], tools: Sequence[str]
) -> str:
    """How loose the types are: those of the whole corpus, then those that judged the samples."""
    rows = [("pmgen, nothing left out", *_loose(total(r.types for r in results)))]
    for kind in Kind:
        for tool in tools:
            verdicts = [case.verdicts[tool] for case in _of(kind, cases)]
            known = tool.startswith("pmgen")
            rows.append(
                (
                    f"{tool}: {kind}",
                    *_loose(total(v.looseness for v in verdicts), known),
                )
            )
    return table(("reply types", *_LOOSE), rows)


_LOOSE = (
    "records",
    "leaves",
    "Json",
    "fields",
    "optional",
    "none lacked",
    "none here",
    "nullable",
    "none null",
)


def _loose(found: Looseness, known: bool = True) -> tuple[str, ...]:
    """``known``: whether the evidence behind fields is."""
    nulls = (found.nullable, found.unnulled)
    return (
        str(found.records),
        str(found.leaves),
        share(found.json, found.leaves),
        str(found.fields),
        share(found.optional, found.fields),
        share(found.unlacking, found.fields) if known else "-",
        share(found.lent, found.here) if known else "-",
        *(share(n, found.fields) if known else "-" for n in nulls),
    )


def rules(found: Mapping[str, Sequence[Result]]) -> str:
    """What each variant of inference accepts, and what it pays for that."""
    head = ("rules", *(f"{kind}" for kind in Kind), "uncopied", *_LOOSE)
    rows = []
    for name, results in found.items():
        cases = [case for result in results for case in result.cases]
        groups = [_of(kind, cases) for kind in Kind]
        groups.append([case for case in cases if not case.copied])
        accepted = (share(sum(not c.differences for c in g), len(g)) for g in groups)
        rows.append((name, *accepted, *_loose(total(r.types for r in results))))
    return table(head, rows)


def refusals(results: Sequence[Result]) -> str:
    """Every sample that pmgen refuses, with all its differences."""
    lines = []
    for result in results:
        for case in result.cases:
            if case.differences:
                copied = ", copied" * case.copied
                lines.append(f"{case.where} ({case.sample.kind}{copied})")
                lines += (f"    {difference}" for difference in case.differences)
    return "\n".join(lines)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns as wide as what is in them, the first to the left."""
    lines = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            text.ljust(width) if n == 0 else text.rjust(width)
            for n, (text, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def share(part: int, whole: int) -> str:
    """`66.7 %`."""
    return f"{part / whole:.1%}".replace("%", " %") if whole else "-"


def total(found: Iterable[Looseness]) -> Looseness:
    """All together."""
    return functools.reduce(Looseness.__add__, found, Looseness())


def _of_all(held: Sequence[bool]) -> str:
    return f"{sum(held)} of {len(held)}"


def _of(kind: Kind, cases: Iterable[Case]) -> list[Case]:
    return [case for case in cases if case.sample.kind is kind]
