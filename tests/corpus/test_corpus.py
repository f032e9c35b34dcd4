"""The real collections of $PMGEN_SHARED/corpus: all are read, what compiles imports and passes its own tests.

PMGEN_CORPUS_EVERY=N takes every Nth file. PMGEN_CORPUS_BLACK=1 formats with black, as `generate` does, and checks that
black then changes nothing; without it the files are compiled unformatted, which is ten times as fast.
"""

from __future__ import annotations

import compileall
import concurrent.futures
import dataclasses
import os
import re
import subprocess
import sys
import typing
from pathlib import Path

import pytest

from pmgen import format
from pmgen.configuration import Beside
from pmgen.diagnostics import render
from pmgen.inputs import read
from pmgen.options import Options
from pmgen.pipeline import compile_source
from pmgen.tools import tools

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.corpus

SHARED = Path(os.environ.get("PMGEN_SHARED", "../shared"))
EVERY = int(os.environ.get("PMGEN_CORPUS_EVERY", "1"))
BLACK = os.environ.get("PMGEN_CORPUS_BLACK") == "1"


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """A collection of the corpus, and what came of it: a tree, or the first error."""

    package: str
    tree: Mapping[str, bytes]
    refusal: str = ""


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    folder = SHARED / "corpus"
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder}; set PMGEN_SHARED")
    files = [*sorted(folder.glob("collections/*.json")), *sorted(folder.glob("v3/*"))]
    return [outcome for path in files[::EVERY] for outcome in _compiled(path)]


@pytest.fixture(scope="module")
def generated(
    outcomes: list[Outcome], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for outcome in outcomes:
        for path, content in outcome.tree.items():
            place = folder / outcome.package / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
    return folder


def _compiled(path: Path) -> list[Outcome]:
    """One for each collection in a file or folder."""
    package = "c_" + re.sub(r"\W", "_", path.stem)
    result = compile_source(read(str(path), Beside()), Options(package), tools())
    errors = [render(d, path.name) for d in result.diagnostics if d.is_error]
    if errors:
        return [Outcome(package, {}, errors[0])]
    return [
        Outcome(f"{package}_{number}", client.tree)
        for number, client in enumerate(result.clients)
    ]


def test_all_compile(outcomes: list[Outcome]) -> None:
    print(f"\n{len(outcomes)} collections")
    assert not [outcome.refusal for outcome in outcomes if not outcome.tree]


def test_everything_is_bytecode(generated: Path) -> None:
    assert compileall.compile_dir(generated, quiet=2, workers=0)


def test_everything_imports(generated: Path) -> None:
    modules = [
        ".".join(path.relative_to(generated).with_suffix("").parts)
        for path in sorted(generated.rglob("*.py"))
    ]
    listed = generated / "modules.txt"
    listed.write_text("\n".join(modules), encoding="utf-8")
    script = (
        "import importlib\n"
        "for name in open('modules.txt', encoding='utf-8').read().split():\n"
        "    importlib.import_module(name.removesuffix('.__init__'))\n"
    )
    _run([sys.executable, "-W", "error", "-c", script], generated)


def test_generated_tests_pass(generated: Path) -> None:
    (generated / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
    out = _run([sys.executable, "-m", "pytest", "-q", "-n", "auto", "."], generated)
    print("\n" + out.strip().splitlines()[-1])


@pytest.mark.skipif(not BLACK, reason="PMGEN_CORPUS_BLACK is not set")
def test_black_changes_nothing(generated: Path) -> None:
    sources = [p for p in generated.rglob("*.py") if p.stat().st_size]
    with concurrent.futures.ProcessPoolExecutor() as processes:
        differing = processes.map(_is_changed, sources, chunksize=20)
        changed = [p for p, is_so in zip(sources, differing, strict=True) if is_so]
    print(f"\n{len(sources)} files, {len(changed)} would change")
    assert not changed


def _is_changed(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return format.format_source(str(path), text) != text


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]
    return done.stdout
