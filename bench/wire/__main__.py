"""What generated clients send, beside what Postman sends: matched items per collection, and the table of the others.

    python -m wire [--every N] [--only TEXT] [--show K]        (PYTHONPATH=bench; `make wire` does it)

The oracle is $PMGEN_SHARED/wire: Postman's own runtime against a recorder. Variables that a collection does not define
are defined (`--define-missing`), and `pmgen wire` gets the same environment. Exits with 1 below 99.5 % of the items that
Postman sends semantically the same, or 97 % exactly; and where the oracle's self-test, made of oddities, has an item that
differs without a reason in ``wire.reasons``, or a reason for one that does not differ.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import os
import sys
import tempfile
import typing
from pathlib import Path

from wire import tables
from wire.measure import Measured, measured
from wire.oracle import Oracle, OracleError

if typing.TYPE_CHECKING:
    from collections.abc import Sequence

SEMANTIC, EXACT = 99.5, 97.0


def main() -> int:
    """Print it."""
    options = _options()
    shared = Path(os.environ.get("PMGEN_SHARED", "../shared"))
    if not (shared / "wire").is_dir():
        print(f"no oracle at {shared / 'wire'}; set PMGEN_SHARED", file=sys.stderr)
        return 0 if options.if_there else 2
    try:
        oracle = Oracle.prepare(shared / "wire", Path(options.build))
    except OracleError as error:
        print(error, file=sys.stderr)
        return 2
    test, *corpus = _measured(_files(shared, options), oracle)
    wrong = tables.self_test(test)
    return int(_corpus(corpus, options.show) or wrong)


def _measured(files: Sequence[Path], oracle: Oracle) -> list[Measured]:
    with (
        tempfile.TemporaryDirectory() as folder,
        concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as threads,
    ):
        return [*threads.map(lambda f: measured(f, oracle, Path(folder)), files)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m wire")
    parser.add_argument("--every", type=int, default=1, help="every Nth collection")
    parser.add_argument("--only", default="", help="collections with this in the name")
    parser.add_argument("--show", type=int, default=3, help="examples of each category")
    parser.add_argument("--build", default=".venv/.wire", help="where npm installs")
    parser.add_argument(
        "--if-there", action="store_true", help="no fault where $PMGEN_SHARED is none"
    )
    return parser.parse_args()


def _files(shared: Path, options: argparse.Namespace) -> Sequence[Path]:
    """The self-test of the oracle, and the corpus."""
    corpus = sorted((shared / "corpus" / "collections").glob("*.json"))
    chosen = [f for f in corpus if options.only in f.name][:: options.every]
    return [shared / "wire" / "test" / "collection.json", *chosen]


def _corpus(every: Sequence[Measured], show: int) -> bool:
    """Print the tables; whether a bar is missed."""
    tables.each(every)
    tables.categories("what differs", (found.differing for found in every), show)
    tables.categories(
        "what Postman refuses and the client sends",
        (found.loose for found in every),
        show,
    )
    sent = sum(found.sent for found in every)
    alike = sum(found.semantic for found in every), sum(found.exact for found in every)
    semantic, exact = (100 * count / sent if sent else 100.0 for count in alike)
    broken = [found for found in every if found.problem]
    print(f"\n{sent} items sent by Postman; the same semantically {semantic:.2f} %, "
          f"exactly {exact:.2f} %; {len(broken)} collections without a result")  # fmt: skip
    return bool(broken) or semantic < SEMANTIC or exact < EXACT


if __name__ == "__main__":
    sys.exit(main())
