"""The documentation tells the truth: what it shows is what comes out, and no room is missing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def shown(command: str) -> str:
    """What the README shows as the output of a command."""
    found = re.search(re.escape(f"$ {command}\n") + r"(.*?)\n(?:\n|```)", README, re.S)
    assert found, f"README.md does not show {command}"
    return found[1]


def run(*command: str, folder: Path = ROOT) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stderr + done.stdout).strip()


def test_the_readme_shows_what_inspect_prints() -> None:
    command = "pmgen inspect collections/zoho_crm.json"
    assert run(*command.split()) == shown(command)


def test_the_readme_shows_what_generate_prints(tmp_path: Path) -> None:
    source = str(ROOT / "collections" / "zoho_crm.json")
    assert run("pmgen", "generate", source, folder=tmp_path) == shown(
        "pmgen generate collections/zoho_crm.json"
    )


def test_the_readme_shows_what_an_error_looks_like(tmp_path: Path) -> None:
    broken = (
        '{"info": {"name": "x"}, "item": [{"name": "Orders", "item": [\n'
        '  {"name": "Create order", "request": "http://h/x",\n'
        '   "response": 5}]}]}\n'
    )
    (tmp_path / "broken.json").write_text(broken, encoding="utf-8")
    assert run("pmgen", "generate", "broken.json", folder=tmp_path) == shown(
        "pmgen generate broken.json"
    )


def test_the_readme_counts_the_tests_of_the_example() -> None:
    told = shown("python -m pytest -q generated/zoho_crm")
    out = run("pytest", "-q", "-p", "no:cacheprovider", "generated/zoho_crm")
    assert out.splitlines()[-1].split(" in ")[0] == told.split(" in ")[0]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "pmgen").rglob("*.py")), ids=lambda path: path.stem
)
def test_the_architecture_names_every_module(path: Path) -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    if path.name not in ("__init__.py", "__main__.py"):
        assert f"`{path.stem}`" in text or f"`{path.name}`" in text


@pytest.mark.parametrize("target", re.findall(r"`make (\w+)`", README))
def test_targets_of_the_readme_exist(target: str) -> None:
    assert re.search(rf"^{target}:", MAKEFILE, re.M)
