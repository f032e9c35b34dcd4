"""Type inference of whole collections, beside genson on the same bodies: CPU time, in one run.

    python bench/inference.py

The collections are made by $PMGEN_SHARED/bench/synth.py. What is asked: at most three times genson's time for 1,000
requests, and linear growth to 3,000. genson makes a schema for each operation and status alone; pmgen compares all of
them with each other as well.
"""

from __future__ import annotations

import functools
import importlib
import tempfile
import time
import typing
from pathlib import Path

from reading import ROUNDS, made

from pmgen import lower, postman, source
from pmgen.infer import decide, endpoints, roles

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pmgen.api import Api
    from pmgen.source import Json

SIZES = (1000, 3000)


def api(path: Path) -> Api:
    """The collection, lowered."""
    document, _ = source.read(path.name, path.read_bytes())
    assert document is not None
    (collection,), _ = postman.parse(document, "synth")
    return lower.lower(collection)[0]


def by_genson(samples: Iterable[tuple[Json, ...]]) -> None:
    """A schema for each role."""
    genson = importlib.import_module("genson")  # of the extra `bench`; without types
    for values in samples:
        builder = genson.SchemaBuilder()
        for value in values:
            builder.add_object(value)
        builder.to_schema()


def seconds(action: Callable[[], object]) -> float:
    """The least CPU time of several rounds."""
    found = []
    for _ in range(ROUNDS):
        start = time.process_time()
        action()
        found.append(time.process_time() - start)
    return min(found)


def main() -> None:
    """Print a line for each size."""
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            found = api(made(size, Path(folder)))
            samples, ends = roles(found), endpoints(found)
            ours = seconds(functools.partial(decide, samples, ends))
            theirs = seconds(functools.partial(by_genson, samples.values()))
            print(
                f"{size} requests, {len(samples)} schemas: pmgen {ours:.2f} s, "
                f"genson {theirs:.2f} s, ratio {ours / theirs:.2f}"
            )


if __name__ == "__main__":
    main()
