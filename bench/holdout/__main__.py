"""python -m holdout [--all] [--rules] [--refused] [--every N]: needs $PMGEN_SHARED; `make holdout` installs the others.

--all: every sample, not 40 of a file at most. --rules: what each rule of inference earns, instead of the comparison.
--refused: what pmgen refuses, sample by sample. --every N: every Nth file, for a first look.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
from pathlib import Path

from holdout import experiment, report
from holdout.corpus import corpus
from holdout.experiment import Plan
from holdout.groups import MOST
from holdout.variants import variants

SHARED = Path(os.environ.get("PMGEN_SHARED", "../shared"))


def main() -> None:
    """Measure and print."""
    given = _arguments()
    paths = corpus(SHARED)[:: given.every]
    plan = Plan(most=None if given.all else MOST)
    if given.rules:
        plan = dataclasses.replace(plan, thorough=False)
        found = {
            name: experiment.run(
                paths, dataclasses.replace(plan, variant=name), given.workers
            )
            for name in variants()
        }
        print(report.rules(found))
        return
    results = experiment.run(paths, plan, given.workers)
    results = experiment.with_quicktype(results, given.workers)
    print(report.report(results))
    if given.refused:
        print()
        print(report.refusals(results))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="holdout", description=__doc__)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--refused", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
