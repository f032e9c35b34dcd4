"""What generated clients send, beside what Postman sends: matched items per collection, and the table of the others.

    python -m wire [--every N] [--only TEXT] [--show K]        (PYTHONPATH=bench; `make wire` does it)

The oracle is $PMGEN_SHARED/wire: Postman's own runtime against a recorder. Variables that a collection does not define
are defined (`--define-missing`), and `pmgen wire` gets the same environment. Exits with 1 below 99.5 % of the items that
Postman sends semantically the same, or 97 % exactly.
"""

from __future__ import annotations

import argparse
import collections
import concurrent.futures
import os
import sys
import tempfile
import typing
from pathlib import Path

from wire.measure import Measured, measured
from wire.oracle import Oracle, OracleError

if typing.TYPE_CHECKING:
    from collections.abc import Sequence

SEMANTIC, EXACT = 99.5, 97.0
SELF_TEST = "collection"


def main() -> int:
    """Print it."""
    options = _options()
    shared = Path(os.environ.get("PMGEN_SHARED", "../shared"))
    if not (shared / "wire").is_dir():
        print(f"no oracle at {shared / 'wire'}; set PMGEN_SHARED", file=sys.stderr)
        return 2
    try:
        oracle = Oracle.prepare(shared / "wire", Path(options.build))
    except OracleError as error:
        print(error, file=sys.stderr)
        return 2
    files = _files(shared, options)
    with tempfile.TemporaryDirectory() as folder, _threads() as threads:
        found = [*threads.map(lambda f: measured(f, oracle, Path(folder)), files)]
    _print(found, options.show)
    return _verdict(found)


def _threads() -> concurrent.futures.ThreadPoolExecutor:
    """Each waits for processes."""
    return concurrent.futures.ThreadPoolExecutor(os.cpu_count())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m wire")
    parser.add_argument("--every", type=int, default=1, help="every Nth collection")
    parser.add_argument("--only", default="", help="collections with this in the name")
    parser.add_argument("--show", type=int, default=3, help="examples of each category")
    parser.add_argument("--build", default=".venv/.wire", help="where npm installs")
    return parser.parse_args()


def _files(shared: Path, options: argparse.Namespace) -> Sequence[Path]:
    """The self-test of the oracle, and the corpus."""
    corpus = sorted((shared / "corpus" / "collections").glob("*.json"))
    every = [shared / "wire" / "test" / "collection.json", *corpus]
    return [f for f in every if options.only in f.name][:: options.every]


def _print(found: Sequence[Measured], show: int) -> None:
    for each in found:
        if each.problem:
            print(f"{each.name}: {each.problem}")
        elif each.sent:
            print(
                f"{each.name}: {each.semantic} semantically and {each.exact} exactly of {each.sent} sent"
            )
    examples: dict[str, list[str]] = collections.defaultdict(list)
    for each in found:
        for category, item in each.mismatches:
            examples[category].append(f"{each.name}: {item}")
    print("\nwhat differs")
    for category, items in sorted(examples.items(), key=lambda pair: -len(pair[1])):
        print(f"  {category:12} {len(items):5}   {'; '.join(items[:show])}")


def _verdict(every: Sequence[Measured]) -> int:
    """Of the corpus. The self-test is made of oddities, and stands in the table only."""
    found = [each for each in every if each.name != SELF_TEST]
    sent = sum(each.sent for each in found)
    shares = [
        100 * sum(count) / sent if sent else 0.0
        for count in zip(*((each.semantic, each.exact) for each in found), strict=True)
    ]
    broken = [each for each in found if each.problem]
    print(f"\n{sent} items sent by Postman; the same semantically {shares[0]:.2f} %, "
          f"exactly {shares[1]:.2f} %; {len(broken)} collections without a result")  # fmt: skip
    return int(bool(broken or (sent and (shares[0] < SEMANTIC or shares[1] < EXACT))))


if __name__ == "__main__":
    sys.exit(main())
