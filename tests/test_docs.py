"""The documentation tells the truth: what it shows is what comes out, and no room is missing."""

from __future__ import annotations

import dataclasses
import inspect
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from pmgen.python import model
from pmgen.resources import templates

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
    return "\n".join(filter(None, (done.stdout.strip(), done.stderr.strip())))


def test_the_readme_shows_what_inspect_prints() -> None:
    command = "pmgen inspect collections/zoho_crm.json"
    assert run(*command.split()) == shown(command)


def test_the_readme_shows_what_schema_prints() -> None:
    command = (
        'pmgen schema collections/zoho_crm.json --operation "Job Details" --status 404'
    )
    assert run(*shlex.split(command)) == shown(command)


def test_the_readme_shows_what_generate_prints(tmp_path: Path) -> None:
    source = str(ROOT / "collections" / "zoho_crm.json")
    assert run("pmgen", "generate", source, folder=tmp_path) == shown(
        "pmgen generate collections/zoho_crm.json"
    )


def test_the_readme_shows_what_an_error_looks_like(tmp_path: Path) -> None:
    broken = (
        '{"info": {"name": "x"},\n'
        ' "item": [\n'
        '<<<<<<< HEAD\n {"name": "a"}\n=======\n {"name": "b"}\n>>>>>>> b\n]}\n'
    )
    (tmp_path / "broken.json").write_text(broken, encoding="utf-8")
    assert run("pmgen", "generate", "broken.json", folder=tmp_path) == shown(
        "pmgen generate broken.json"
    )


ORDERS = r"""{
  "info": {"name": "Orders"},
  "item": [
    {"name": "List orders", "request": "https://api.example.com/orders", "response": [
      {"name": "Two orders", "code": 200, "_postman_previewlanguage": "json",
       "body": "[{\"id\": 1, \"sum\": 5}, {\"id\": \"<integer>\", \"sum\": 7},]"}]},
    {"name": "Create order", "request": {"method": "POST", "url": "https://api.example.com/orders"}, "response": [
      {"name": "Cut short", "code": 201, "_postman_previewlanguage": "json",
       "body": "{\"id\": 3, \"lines\": [{"},
      5]}
  ]
}
"""


def test_the_readme_shows_what_could_not_be_used(tmp_path: Path) -> None:
    (tmp_path / "orders.json").write_text(ORDERS, encoding="utf-8")
    assert run("pmgen", "inspect", "orders.json", folder=tmp_path) == shown(
        "pmgen inspect orders.json"
    )


def test_the_readme_shows_what_types_prints(tmp_path: Path) -> None:
    lines = shown("cat bookings.jsonl")
    (tmp_path / "bookings.jsonl").write_text(lines + "\n", encoding="utf-8")
    assert "$ pmgen types bookings.jsonl > booking.py\n" in README
    printed = run("pmgen", "types", "bookings.jsonl", folder=tmp_path)
    fields, usage = re.findall(r"```python\n(.*?)```", told_of_types(), re.S)
    without_docs = re.sub(r'^    """.*"""\n', "", printed, flags=re.M)
    assert fields in without_docs
    assert "".join(f"    {line}\n" for line in usage.splitlines()) in printed


def told_of_types() -> str:
    """The README's section."""
    _, _, rest = README.partition("## Types of any JSON\n")
    return rest.partition("\n## ")[0]


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


def model_in_words() -> str:
    """Every class that templates see, with its fields, as docs/templates.md lists them."""
    found = []
    for name, kind in vars(model).items():
        if not (isinstance(kind, type) and dataclasses.is_dataclass(kind)):
            continue
        about = " ".join(inspect.cleandoc(kind.__doc__ or "").split())
        fields = [f"* `{f.name}`: `{f.type}`" for f in dataclasses.fields(kind)]
        found.append("\n".join([f"### {name}", "", about, "", *fields]))
    return "\n\n".join(found) + "\n"


def test_the_model_that_templates_see_is_told() -> None:
    place = ROOT / "docs" / "templates.md"
    head, mark, told = place.read_text("utf-8").partition("<!-- the model -->\n")
    if os.environ.get("PMGEN_UPDATE_GOLDEN"):
        place.write_text(f"{head}{mark}\n{model_in_words()}", "utf-8")
        return
    assert told == "\n" + model_in_words()


@pytest.mark.parametrize("name", [*templates()])
def test_every_template_is_told(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "templates.md").read_text("utf-8")
