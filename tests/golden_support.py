"""Golden cases: where they lie, how they are compiled, how trees are written and compared.

Run as a program, it prints the digest of every case's tree: tests run it under other environments.
"""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import typing

from pmgen.configuration import load
from pmgen.diagnostics import render
from pmgen.options import Options
from pmgen.pins import FILE, Pins
from pmgen.pipeline import File, Inputs, Result, compile_source
from pmgen.tools import tools

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCE = "collection.json"
BESIDE = ("environment.json", "globals.json")
SETTINGS = FILE
UPDATE = "PMGEN_UPDATE_GOLDEN"

Tree: typing.TypeAlias = "Mapping[str, bytes]"


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """One folder of tests/golden; without ``expected/`` it is an error case."""

    name: str
    folder: pathlib.Path

    @property
    def expected(self) -> pathlib.Path:
        """The generated tree, `_runtime/` left out."""
        return self.folder / "expected"

    @property
    def diagnostics(self) -> pathlib.Path:
        """Everything that is reported, one finding on a line."""
        return self.folder / "diagnostics.txt"

    def compile(self) -> Result:
        """The case as a package of its own name, so that all cases can lie in one folder."""
        return compile_source(self.inputs(), self.options(), tools())

    def options(self) -> Options:
        """What the case's pmgen.toml says, if it has one, of the collection of its name."""
        project = load(self.folder)
        return Options(
            name=self.name,
            pins=project.pins.get(self.name, Pins(self.name)),
            overrides=project.overrides.get(self.name, ()),
            pagination=project.pagination.get(self.name, ()),
        )

    def inputs(self) -> Inputs:
        """The collection, with environment and globals where the case has them."""
        source = self._file(SOURCE)
        assert source is not None
        return Inputs(source, *map(self._file, BESIDE))

    def _file(self, name: str) -> File | None:
        path = self.folder / name
        return File(name, path.read_bytes()) if path.is_file() else None


def cases() -> list[Case]:
    """All cases, in order of name."""
    found = sorted((ROOT / "tests" / "golden").glob(f"*/{SOURCE}"))
    return [Case(path.parent.name, path.parent) for path in found]


def reported(result: Result) -> bytes:
    """The result's diagnostics, as diagnostics.txt has them."""
    lines = [render(diagnostic, SOURCE) for diagnostic in result.diagnostics]
    return "".join(f"{line}\n" for line in lines).encode()


def compared(result: Result) -> Tree:
    """The part of the tree that stands in ``expected/``."""
    tree = tree_of(result)
    return {p: c for p, c in tree.items() if not p.startswith("_runtime/")}


def tree_of(result: Result) -> Tree:
    """The files of the one client; none after an error."""
    return result.clients[0].tree if result.clients else {}


def read_tree(folder: pathlib.Path) -> Tree:
    """Path -> content of every file below a folder; nothing where there is no folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write_tree(folder: pathlib.Path, tree: Tree) -> None:
    """Make the folder hold the tree and nothing else; an empty tree has no folder."""
    if folder.exists():
        shutil.rmtree(folder)
    for path, content in tree.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def differences(expected: Tree, found: Tree) -> Iterator[str]:
    """Stray, missing and changed files, the last with a unified diff."""
    for path in sorted({*expected, *found}):
        if path not in found:
            yield f"missing: {path} is expected and was not generated"
        elif path not in expected:
            yield f"stray: {path} was generated and is not expected"
        elif expected[path] != found[path]:
            yield _diff(path, expected[path], found[path])


def _diff(path: str, expected: bytes, found: bytes) -> str:
    old, new = (
        content.decode(errors="backslashreplace").split("\n")
        for content in (expected, found)
    )
    lines = difflib.unified_diff(
        old, new, f"expected/{path}", f"found/{path}", lineterm=""
    )
    # Bytes may differ where no line does: in line ends, or in what is no UTF-8.
    return "\n".join(lines) or f"bytes differ: {path}"


def updating() -> bool:
    """Whether expectations are to be rewritten. Never in CI: there a difference is a failure."""
    wanted = os.environ.get(UPDATE, "") not in ("", "0")
    if wanted and os.environ.get("CI"):
        raise RuntimeError(f"{UPDATE} is refused where CI is set")
    return wanted


def digest(tree: Tree) -> str:
    """sha256 over paths and contents, each with its length before it."""
    found = hashlib.sha256()
    for path, content in tree.items():
        for part in (path.encode(), content):
            found.update(b"%d:" % len(part) + part)
    return found.hexdigest()


def digests(results: Mapping[str, Result]) -> dict[str, list[str]]:
    """Of each case the digests of its tree and of its diagnostics."""
    return {
        name: [
            digest(tree_of(result)),
            hashlib.sha256(reported(result)).hexdigest(),
        ]
        for name, result in results.items()
    }


def run(
    *arguments: str | pathlib.Path, cwd: pathlib.Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """This Python with the arguments. Only what it needs of the environment is passed on."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "SYSTEMROOT")}
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env={**kept, **environment},
        capture_output=True,
        encoding="utf-8",
        errors="backslashreplace",
        check=False,
    )


def run_pytest(
    folder: pathlib.Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """The generated tests below a folder, with no configuration and no plugin of ours."""
    options = ("-q", "-W", "error", "-p", "no:cacheprovider", "-c", os.devnull)
    where = (f"--rootdir={folder}", str(folder))
    return run(
        *("-B", "-m", "pytest", *options, *arguments, *where),
        cwd=folder,
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
    )


if __name__ == "__main__":
    print(json.dumps(digests({case.name: case.compile() for case in cases()})))
