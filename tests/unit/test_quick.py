"""Runs that are told again, and all that makes them run again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import typing
from pathlib import Path

import pytest
from command import SOUND, WARNED, put

from pmgen.quick import footprint, store
from pmgen.quick.replay import Recorder, replayed

if typing.TYPE_CHECKING:
    from collections.abc import Callable

PROBE = "import sys; sys.argv = ['pmgen', *sys.argv[1:]]; from pmgen.__main__ import main\ntry:\n    main()\nfinally:\n    print(*sorted(m for m in sys.modules if '.' not in m), file=open('modules', 'w'))"


@pytest.fixture(autouse=True)
def cache(
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A cache of its own, in an empty project."""
    found = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("PMGEN_CACHE_DIR", str(found))
    monkeypatch.chdir(tmp_path)
    return found


def pmgen(*arguments: str) -> tuple[int, str, str, set[str]]:
    """Exit code, what it printed, and which modules it had loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr, {*Path("modules").read_text().split()}  # fmt: skip


def quick(*arguments: str) -> bool:
    """Whether a run was told again."""
    return "click" not in pmgen(*arguments)[3]


@pytest.fixture
def generated() -> None:
    """A project whose client is up to date, by two runs."""
    put("collections/shop.json", SOUND)
    assert pmgen("generate")[0] == 0
    assert pmgen("check")[0] == 0


@pytest.mark.usefixtures("generated")
@pytest.mark.parametrize("command", ["generate", "check"])
def test_what_is_told_again_is_what_a_run_would_tell(command: str) -> None:
    again = pmgen(command)
    assert "click" not in again[3]
    assert again[:3] == pmgen(command, "--no-cache")[:3]


@pytest.mark.usefixtures("generated")
def test_telling_again_loads_nothing_that_it_does_not_need() -> None:
    heavy = {
        "click",
        "jinja2",
        "black",
        "jsonschema",
        "json",
        "pathlib",
        "typing",
        "re",
    }
    assert not pmgen("generate")[3] & heavy


@pytest.mark.parametrize("command", ["generate", "check"])
def test_warnings_and_strictness_are_told_again(command: str) -> None:
    put("collections/shop.json", WARNED)
    pmgen("generate")
    first = pmgen(command, "--strict")
    again = pmgen(command, "--strict")
    assert (first[0], again[0]) == (3, 3)
    assert "warning" in again[2]
    assert again[2] == first[2]
    assert "click" not in again[3]


def edit(path: str) -> None:
    Path(path).write_text(Path(path).read_text() + "\n")


CHANGES: dict[str, Callable[[], object]] = {
    "the source": lambda: put("collections/shop.json", WARNED),
    "a source that comes": lambda: put("collections/other.json", SOUND),
    "a source that goes": lambda: Path("collections/shop.json").unlink(),
    "a setting": lambda: put("pmgen.toml", b"# nothing\n"),
    "a generated file": lambda: edit("generated/shop/client.py"),
    "a generated file that is gone": lambda: Path("generated/shop/py.typed").unlink(),
    "the manifest": lambda: edit("generated/shop/.pmgen.json"),
    "the client": lambda: Path("generated").rename("elsewhere"),
}


@pytest.mark.usefixtures("generated")
@pytest.mark.parametrize("change", [*CHANGES])
@pytest.mark.parametrize("command", ["generate", "check"])
def test_whatever_changes_makes_it_run(command: str, change: str) -> None:
    assert quick(command)
    CHANGES[change]()
    assert not quick(command)


@pytest.mark.usefixtures("generated")
def test_a_file_that_is_not_pmgens_changes_nothing() -> None:
    put("generated/shop/mine.txt", b"mine")
    assert quick("generate")
    assert quick("check")


@pytest.mark.parametrize("where", ["option", "settings"])
def test_environments_count(where: str) -> None:
    put("shop.json", SOUND)
    put("env.json", {"name": "e", "values": []})
    asked = ["generate", "shop.json"]
    if where == "option":
        asked += ["--environment", "env.json"]
    else:
        put("pmgen.toml", b'environment = "env.json"\n')
    assert not quick(*asked)
    assert quick(*asked)
    put("env.json", {"name": "e", "values": [{"key": "a", "value": "b"}]})
    assert not quick(*asked)


@pytest.mark.usefixtures("generated")
def test_other_arguments_are_another_run() -> None:
    assert not quick("check", "--strict")
    assert quick("check", "--strict")
    assert quick("check")


@pytest.mark.usefixtures("generated")
def test_what_fails_or_differs_is_not_kept() -> None:
    put("collections/shop.json", WARNED)
    assert [pmgen("check")[0] for _ in range(2)] == [1, 1]
    put("collections/shop.json", b"{")
    assert [pmgen("generate")[0] for _ in range(2)] == [2, 2]


@pytest.mark.usefixtures("generated")
@pytest.mark.parametrize(
    "arguments", [("generate", "--force"), ("check", "--no-cache")]
)
def test_some_arguments_always_run(arguments: tuple[str, ...]) -> None:
    assert not quick(*arguments)
    assert not quick(*arguments)


def test_without_a_cache_everything_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    put("shop.json", SOUND)
    for chosen in ("", "/dev/null/none"):
        monkeypatch.setenv("PMGEN_CACHE_DIR", chosen)
        assert not quick("generate", "shop.json")
        assert not quick("generate", "shop.json")


@pytest.mark.usefixtures("generated")
def test_a_broken_record_is_none(cache: Path) -> None:
    for record in (cache / "runs").iterdir():
        record.write_bytes(b"\xff broken")
    assert not quick("check")
    assert quick("check")


def test_a_later_change_of_what_was_read_counts_although_it_came_before_the_end(
    tmp_path: Path,
) -> None:
    """The source changes while a run is at work: the record is of what was read."""
    put("shop.json", SOUND)
    recorder = Recorder(["generate", "shop.json"])
    recorder.reads(["shop.json"])
    put("shop.json", WARNED)
    recorder.ended([], [(False, "told", False)], 0)
    assert replayed(["generate", "shop.json"]) is None
    put("shop.json", SOUND)
    assert replayed(["generate", "shop.json"]) == 0
    assert tmp_path.exists()


def test_folders_are_known_by_all_that_is_in_them(tmp_path: Path) -> None:
    def now() -> str:
        return footprint.digests([str(tmp_path)])[str(tmp_path)]

    seen = {now()}
    put(str(tmp_path / "a" / "b.yaml"), b"1")
    seen.add(now())
    put(str(tmp_path / "a" / "b.yaml"), b"2")
    seen.add(now())
    (tmp_path / "a" / "b.yaml").rename(tmp_path / "a" / "c.yaml")
    seen.add(now())
    (tmp_path / "loop").symlink_to(tmp_path)
    assert now() in seen
    put(str(tmp_path / ".git" / "x"), b"1")
    assert now() in seen
    assert len(seen) == 4


def test_the_oldest_records_go(cache: Path) -> None:
    for n in range(5):
        store.save("runs", f"r{n}", n)
        os.utime(cache / "runs" / f"r{n}", (n, n))
    store.save("runs", "last", 9)
    store.prune(str(cache / "runs"), 3)
    assert sorted(p.name for p in (cache / "runs").iterdir()) == ["last", "r3", "r4"]
    assert (store.load("runs", "last"), store.load("runs", "r0")) == (9, None)


@pytest.mark.usefixtures("generated")
def test_pmgen_itself_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = footprint.program()
    assert footprint.program() == before
    monkeypatch.setattr(sys, "version", "4.0")
    assert footprint.program() != before


@pytest.mark.usefixtures("generated")
def test_json_is_told_again() -> None:
    first = pmgen("check", "--output-format", "json")
    again = pmgen("check", "--output-format", "json")
    assert json.loads(again[1])["up_to_date"] is True
    assert again[:3] == first[:3]
    assert "click" not in again[3]
