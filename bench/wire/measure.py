"""One collection: recorded twice, compared."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import typing

if typing.TYPE_CHECKING:
    from pathlib import Path

    from wire.oracle import Oracle

Item: typing.TypeAlias = tuple[str, ...]
"""The names of its folders and its own."""


@dataclasses.dataclass(frozen=True, slots=True)
class Measured:
    """``sent`` of the items by Postman; how many of these the client sends alike. ``problem``: why nothing is known.

    ``differing``: each category of difference with its item. ``loose``: items that Postman refuses to send and the
    client sends, with Postman's reason.
    """

    name: str
    problem: str = ""
    sent: int = 0
    semantic: int = 0
    exact: int = 0
    differing: tuple[tuple[str, Item], ...] = ()
    loose: tuple[tuple[str, Item], ...] = ()


def measured(source: Path, oracle: Oracle, scratch: Path) -> Measured:
    """Collections of other formats than 2 send nothing in the oracle, and are left out."""
    name = source.stem
    if not _is_format_2(source):
        return Measured(name)
    made = [scratch / f"{name}.{kind}" for kind in ("environment", "postman", "client")]
    environment, theirs, ours = made
    problem = oracle.record(source, environment, theirs)
    if problem:
        return Measured(name, f"the oracle: {problem}")
    problem = _record(source, environment, ours, oracle.files)
    if problem:
        return Measured(name, f"pmgen wire: {problem}")
    return _compared(name, theirs, ours, oracle)


def _is_format_2(source: Path) -> bool:
    try:
        found = json.loads(source.read_text("utf-8-sig"))
    except ValueError:
        return False
    inner = found.get("collection") if isinstance(found, dict) else None
    whole = inner if isinstance(inner, dict) else found
    return isinstance(whole, dict) and "item" in whole and "info" in whole


def _record(source: Path, environment: Path, out: Path, files: Path) -> str:
    asked = [
        *(sys.executable, "-m", "pmgen", "wire", str(source), "--out", str(out)),
        *("--environment", str(environment), "--files", str(files)),
    ]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stderr.strip()[-300:] if done.returncode not in (0, 3) else ""


def _compared(name: str, theirs: Path, ours: Path, oracle: Oracle) -> Measured:
    lines, sends = _lines(theirs), {n for n, line in _lines(ours).items() if not line["error"]}  # fmt: skip
    sent = {index for index, line in lines.items() if not line["error"]}
    semantic, exact = (
        _mismatches(theirs, ours, oracle, mode) for mode in ("", "--exact")
    )
    differing = (
        (difference["category"], tuple(map(str, found["path"])))
        for index, found in semantic.items()
        if index in sent
        for difference in found["differences"]
    )
    refused = ((lines[n]["error"], tuple(lines[n]["path"])) for n in sends & lines.keys() - sent)  # fmt: skip
    return Measured(
        name,
        sent=len(sent),
        semantic=len(sent - semantic.keys()),
        exact=len(sent - exact.keys()),
        differing=tuple(differing),
        loose=tuple(refused),
    )


def _lines(recorded: Path) -> dict[int, typing.Any]:
    found = map(json.loads, recorded.read_text("utf-8").splitlines())
    return {line["index"]: line for line in found}


def _mismatches(
    theirs: Path, ours: Path, oracle: Oracle, mode: str
) -> dict[int, typing.Any]:
    asked = [sys.executable, str(oracle.folder / "compare.py"), str(theirs), str(ours)]
    asked += ["--json", "--show", "1000000", *([mode] if mode else [])]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return {found["index"]: found for found in json.loads(done.stdout)["mismatches"]}
