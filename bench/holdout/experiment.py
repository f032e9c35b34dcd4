"""Leaving samples out, one after another: a file of the corpus at a time, files side by side."""

from __future__ import annotations

import dataclasses
import functools
import multiprocessing
import typing

from holdout import generated, rivals
from holdout.corpus import collections
from holdout.groups import MOST, Copies, Kind, chosen
from holdout.looseness import Looseness, lent, looseness
from holdout.variants import ALL, variants
from holdout.verdict import Reason, Verdict
from holdout.walk import Difference, differences, item_type
from pmgen.infer import Use

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from holdout.corpus import Collection
    from holdout.groups import LeftOut, Sample
    from holdout.variants import Decide
    from pmgen.infer import Type, TypeTable
    from pmgen.source import Json

WHOLE = "pmgen, whole collection"
ALONE = "pmgen, the group alone"
GENSON = "genson"
QUICKTYPE = "quicktype"
TOOLS = (WHOLE, ALONE, QUICKTYPE, GENSON)


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """``most`` samples of a file, None for all. Not ``thorough``: only what the variant's types accept."""

    variant: str = ALL
    most: int | None = MOST
    thorough: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class Parsing:
    """What generated code made of a sample.

    ``told``: it lists exactly the differences that the walk finds; ``kept``: printed again, it is what was read.
    """

    failure: str
    told: bool
    kept: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """One sample left out. ``copied``: an equal one stands elsewhere in the collection."""

    sample: Sample
    where: str
    copied: bool
    differences: tuple[Difference, ...]
    parsing: Parsing | None
    verdicts: dict[str, Verdict]


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """Of one file. ``types``: how loose its reply types are with nothing left out."""

    file: str
    cases: tuple[Case, ...]
    collections: int
    types: Looseness


def run(paths: Sequence[Path], plan: Plan, workers: int) -> list[Result]:
    """All files, in the order of their names."""
    with multiprocessing.Pool(workers) as pool:
        found = pool.map(functools.partial(of_file, plan=plan), paths, chunksize=1)
    return sorted(found, key=lambda result: result.file)


def with_quicktype(results: Sequence[Result], workers: int) -> list[Result]:
    """With quicktype's verdicts, if it is here. It takes many samples at once, since node is slow to start."""
    if not rivals.quicktype_version():
        return list(results)
    samples = [case.sample for result in results for case in result.cases]
    schemas = iter(rivals.quicktype(samples, workers))
    return [
        dataclasses.replace(
            result, cases=tuple(_with(case, next(schemas)) for case in result.cases)
        )
        for result in results
    ]


def _with(case: Case, schema: rivals.Schema | None) -> Case:
    verdict = rivals.verdict(schema, case.sample.test)
    return dataclasses.replace(case, verdicts={**case.verdicts, QUICKTYPE: verdict})


def of_file(path: Path, plan: Plan) -> Result:
    """One file."""
    found = collections(path)
    decide = variants()[plan.variant]
    cases = tuple(case for each in found for case in _cases(each, decide, plan))
    types = (_types(each, decide) for each in found)
    return Result(
        path.name,
        cases,
        len(found),
        functools.reduce(Looseness.__add__, types, Looseness()),
    )


def _types(found: Collection, decide: Decide) -> Looseness:
    table = decide(found.roles, found.endpoints)
    replies = {r: t for r, t in table.roots.items() if r.use is Use.REPLY}
    own = (lent(type_, found.roles[role], table) for role, type_ in replies.items())
    return functools.reduce(Looseness.__add__, own, looseness(replies.values(), table))


def _cases(found: Collection, decide: Decide, plan: Plan) -> Iterator[Case]:
    copies = Copies(found.roles)
    for left_out in chosen(found.roles, plan.most):
        yield _case(left_out, found, decide, copies, thorough=plan.thorough)


def _case(
    left_out: LeftOut,
    found: Collection,
    decide: Decide,
    copies: Copies,
    *,
    thorough: bool,
) -> Case:
    sample, role = left_out.sample, left_out.role
    where = f"{found.file}: {found.called[role.operation]}, {role.status}"
    copied = copies.has(left_out)
    table = decide({**found.roles, role: left_out.rest}, found.endpoints)
    type_ = _place(left_out, table)
    told = _differences(type_, sample.test, table)
    own = left_out.rest if sample.kind is Kind.REPLIES else sample.train
    verdicts = {WHOLE: _verdict(told, type_, own, table)}
    if not thorough:
        return Case(sample, where, copied, told, None, verdicts)
    alone = decide({role: sample.train}, found.endpoints)
    root = alone.roots[role]
    told_alone = _differences(root, sample.test, alone)
    verdicts[ALONE] = _verdict(told_alone, root, sample.train, alone)
    if rivals.genson_version():
        verdicts[GENSON] = rivals.verdict(rivals.genson(sample), sample.test)
    parsing = _parsing(type_, table, sample.test, told)
    return Case(sample, where, copied, told, parsing, verdicts)


def _place(left_out: LeftOut, table: TypeTable) -> Type | None:
    """The type that the sample should be of."""
    root = table.roots[left_out.role]
    if left_out.sample.kind is Kind.REPLIES:
        return root
    return item_type(root, left_out.whole, left_out.path, table)


def _differences(
    found: Type | None, test: Json, table: TypeTable
) -> tuple[Difference, ...]:
    if found is None:
        return (Difference(Reason.OTHER, "$", "nothing", "a value"),)
    return tuple(differences(found, test, table))


def _verdict(
    told: tuple[Difference, ...],
    found: Type | None,
    own: tuple[Json, ...],
    table: TypeTable,
) -> Verdict:
    """Strict parsing lets unknown keys pass, so that pmgen's types are as open as they stand."""
    loose = Looseness()
    if found is not None:
        loose = looseness((found,), table) + lent(found, own, table)
    return Verdict(told[0].reason if told else None, not told, loose)


def _parsing(
    found: Type | None, table: TypeTable, test: Json, told: tuple[Difference, ...]
) -> Parsing | None:
    if found is None:
        return None
    codec = generated.reader(found, table)
    try:
        parsed = generated.parse(codec, test)
    except Exception as error:  # noqa: BLE001 - that there is none is what is measured
        return Parsing(repr(error), False, False)
    walked = sorted((d.path, d.expected, d.received) for d in told)
    listed = sorted((m.path, m.expected, m.received) for m in parsed.mismatches)
    return Parsing("", walked == listed, parsed.kept)
