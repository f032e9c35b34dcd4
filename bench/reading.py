"""Reading and lowering a big collection, beside decoding its JSON: CPU time and memory, in one run.

    python bench/reading.py [REQUESTS]

The collection is made by $PMGEN_SHARED/bench/synth.py. What is asked: at most four times `json.loads` and a second, and
at most eight times the file's size in memory, the interpreter included.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import typing
from pathlib import Path

from pmgen import lower, postman, source

if typing.TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(os.environ.get("PMGEN_SHARED", "../shared"))
ROUNDS = 5
_KIB = 1024


def made(requests: int, folder: Path) -> Path:
    """The synthetic collection."""
    maker, path = SHARED / "bench" / "synth.py", folder / "synth.json"
    if not maker.is_file():
        raise SystemExit(f"no {maker}; set PMGEN_SHARED")
    subprocess.run([sys.executable, maker, str(requests), "-o", path], check=True)
    return path


def front_half(raw: bytes) -> None:
    """Bytes to Api."""
    document, _ = source.read("synth.json", raw)
    assert document is not None
    for collection in postman.parse(document, "synth")[0]:
        lower.lower(collection)


def seconds(action: Callable[[bytes], object], raw: bytes) -> float:
    """The least CPU time of several rounds."""
    found = []
    for _ in range(ROUNDS):
        start = time.process_time()
        action(raw)
        found.append(time.process_time() - start)
    return min(found)


def peak(path: Path) -> int:
    """Bytes that a fresh process takes at most for the front half."""
    code = f"import reading, pathlib; reading.front_half(pathlib.Path({str(path)!r}).read_bytes()); reading.tell()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


def tell() -> None:
    """Print the peak of this process."""
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB)


def main() -> None:
    """Measure and print."""
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    with tempfile.TemporaryDirectory() as folder:
        path = made(requests, Path(folder))
        # First: a process inherits the peak of the one that starts it.
        most = peak(path)
        raw = path.read_bytes()
        loads, ours = seconds(json.loads, raw), seconds(front_half, raw)
        limit = 4 * loads + 1
        print(
            f"{requests} requests, {len(raw) / 1e6:.1f} MB: json.loads {loads:.3f} s, reading and lowering {ours:.3f} s "
            f"= {ours / limit:.2f} of the limit ({limit:.3f} s); memory {most / len(raw):.1f} times the file"
        )


if __name__ == "__main__":
    main()
