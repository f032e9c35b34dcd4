"""The real collections of $PMGEN_SHARED/corpus: all are read, what compiles imports and passes its own tests.

PMGEN_CORPUS_EVERY=N takes every Nth file. PMGEN_CORPUS_BLACK=1 formats with black, as `generate` does, and checks that
black then changes nothing; without it the files are compiled unformatted, which is ten times as fast.
"""

from __future__ import annotations

import compileall
import dataclasses
import os
import re
import subprocess
import sys
import typing
from pathlib import Path

import pytest

from pmgen import format, resources
from pmgen.diagnostics import render
from pmgen.options import Options
from pmgen.pipeline import File, Inputs, Resources, compile_source

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.corpus

SHARED = Path(os.environ.get("PMGEN_SHARED", "../shared"))
EVERY = int(os.environ.get("PMGEN_CORPUS_EVERY", "1"))
BLACK = os.environ.get("PMGEN_CORPUS_BLACK") == "1"
_NOT_V2 = re.compile(r"format 1\.0")


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """A file of the corpus, and what came of it: a tree, or the first error."""

    file: Path
    package: str
    tree: Mapping[str, bytes]
    refusal: str


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    folder = SHARED / "corpus" / "collections"
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder}; set PMGEN_SHARED")
    found = [_compiled(path) for path in sorted(folder.glob("*.json"))[::EVERY]]
    return [o for o in found if not _NOT_V2.search(o.refusal)]


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


def _compiled(path: Path) -> Outcome:
    package = "c_" + re.sub(r"\W", "_", path.stem)
    tools = Resources(
        resources.templates(),
        resources.runtime(),
        format.format_source if BLACK else lambda _, text: text,
    )
    inputs = Inputs(File(path.name, path.read_bytes()))
    result = compile_source(inputs, Options(package), tools)
    errors = [render(d, path.name) for d in result.diagnostics if d.is_error]
    tree = result.clients[0].tree if result.clients else {}
    return Outcome(path, package, tree, errors[0] if errors else "")


def test_nearly_all_compile(outcomes: list[Outcome]) -> None:
    refused = [outcome for outcome in outcomes if not outcome.tree]
    print(f"\n{len(outcomes)} collections of v2.0 and v2.1, {len(refused)} refused")
    for outcome in refused:
        print("  " + outcome.refusal)
    assert all(outcome.refusal for outcome in refused)
    assert len(refused) <= 0.02 * len(outcomes)


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
    changed = [
        path
        for path in sources
        if (text := path.read_text(encoding="utf-8"))
        != format.format_source(str(path), text)
    ]
    print(f"\n{len(sources)} files, {len(changed)} would change")
    assert not changed


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]
    return done.stdout
