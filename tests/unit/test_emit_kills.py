"""A run that is killed, or that another one runs beside."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
import typing
from pathlib import Path

import pytest
from test_emit import FIRST, SECOND, contents, emit, planned

from pmgen.emit import WriteError, locked, recover, write
from pmgen.emit import write as write_function
from pmgen.emit.manifest import MANIFEST, load
from pmgen.emit.moves import drop_empty, move_in

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = int(os.environ.get("PMGEN_KILLS", "25"))
FOREIGN = {"mine.txt": b"mine", "inner/mine/notes.md": b"notes"}
MANY = {f"m{n}.py": b"# first\n" * n for n in range(40)} | FIRST
MORE = {f"m{n}.py": b"# second\n" * n for n in range(0, 60, 2)} | SECOND

WRITER = """
    import sys
    sys.path.insert(0, {tests!r})
    from pathlib import Path
    from test_emit import planned
    from test_emit_kills import MANY, MORE
    from pmgen.emit import recover, write
    out = Path({out!r})
    recover(out.parent)
    print("ready", flush=True)
    while True:
        for tree in (MORE, MANY):
            write([planned(out, tree)])
"""


def writer(out: Path) -> subprocess.Popen[str]:
    """A process that writes the one tree and the other, for ever."""
    script = WRITER.format(tests=str(Path(__file__).parent), out=str(out))
    asked = [sys.executable, "-c", textwrap.dedent(script)]
    return subprocess.Popen(asked, stdout=subprocess.PIPE, text=True)


def killed(out: Path, after: float) -> None:
    """The writer, killed so many seconds after it began."""
    with writer(out) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(after)
        process.send_signal(signal.SIGKILL)


def with_foreign(out: Path) -> None:
    for path, content in FOREIGN.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)


def test_who_is_killed_leaves_the_old_client_or_the_new_one(tmp_path: Path) -> None:
    out = tmp_path / "generated" / "shop"
    emit(out, MANY)
    with_foreign(out)
    chance = random.Random(7)  # noqa: S311 - spreads the kills
    amid = 0
    for _ in range(KILLS):
        killed(out, chance.uniform(0, 0.03))
        found = contents(out)
        which = len(MORE) + len(FOREIGN) == len(found)
        assert found == {**(MORE if which else MANY), **FOREIGN}
        manifest = load((out / MANIFEST).read_bytes())
        assert manifest.files.keys() == (MORE if which else MANY).keys()
        amid += stage(out).exists()
    assert amid
    recover(out.parent)
    assert [path.name for path in out.parent.iterdir()] == ["shop"]
    assert planned(out, MANY).edited == ()


def stage(out: Path) -> Path:
    return out.parent / f".pmgen-{out.name}"


def test_what_a_killed_run_left_is_taken_away(tmp_path: Path) -> None:
    out = tmp_path / "shop"
    emit(out, FIRST)
    (stage(out) / "new").mkdir(parents=True)
    (stage(out) / "new" / "half.py").write_bytes(b"ha")
    recover(tmp_path)
    emit(out, SECOND)
    assert contents(out) == SECOND
    assert [path.name for path in tmp_path.iterdir()] == ["shop"]


def test_a_client_between_two_steps_comes_back(tmp_path: Path) -> None:
    out = tmp_path / "shop"
    emit(out, FIRST)
    stage(out).mkdir()
    out.rename(stage(out) / "old")
    recover(tmp_path)
    assert contents(out) == FIRST


def test_nothing_is_recovered_where_nothing_is(tmp_path: Path) -> None:
    recover(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_what_comes_while_a_client_is_written_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "shop"
    emit(out, FIRST)
    with_foreign(out)
    real = write_function.__globals__["swap"]

    def late(new: Path, place: Path, spare: Path) -> Path:
        (place / "late.txt").write_bytes(b"late")
        (place / "mine.txt").unlink()
        (place / "mine.txt").write_bytes(b"changed meanwhile")
        found: Path = real(new, place, spare)
        return found

    monkeypatch.setitem(write_function.__globals__, "swap", late)
    emit(out, SECOND)
    foreign = {**FOREIGN, "late.txt": b"late", "mine.txt": b"changed meanwhile"}
    assert contents(out) == {**SECOND, **foreign}


def test_links_and_modes_of_the_users_stay(tmp_path: Path) -> None:
    out = tmp_path / "shop"
    emit(out, FIRST)
    (out / "link").symlink_to("a.py")
    (out / "dangling").symlink_to("nowhere")
    (out / "tool.sh").write_bytes(b"#!/bin/sh\n")
    (out / "tool.sh").chmod(0o750)
    out.chmod(0o755)
    (out / "inner").chmod(0o711)
    emit(out, SECOND)
    assert (os.readlink(out / "link"), os.readlink(out / "dangling")) == (
        "a.py",
        "nowhere",
    )
    assert (out / "tool.sh").stat().st_mode & 0o777 == 0o750
    assert (out / "inner").stat().st_mode & 0o777 == 0o711


def test_a_client_that_is_a_link_is_written_where_it_leads(tmp_path: Path) -> None:
    real, out = tmp_path / "real" / "shop", tmp_path / "out" / "shop"
    emit(real, FIRST)
    out.parent.mkdir()
    out.symlink_to(real)
    emit(out, SECOND)
    assert out.is_symlink()
    assert contents(real) == SECOND


def test_bytecode_goes_with_the_module_that_changes(tmp_path: Path) -> None:
    out = tmp_path / "shop"
    emit(out, FIRST)
    for path in (
        "__pycache__/a.cpython-311.pyc",
        "inner/__pycache__/b.cpython-311.pyc",
    ):
        (out / path).parent.mkdir(exist_ok=True)
        (out / path).write_bytes(b"code")
    emit(out, SECOND)
    assert {p for p in contents(out) if p.endswith(".pyc")} == {
        "inner/__pycache__/b.cpython-311.pyc"
    }


def test_of_two_clients_none_is_written_if_one_cannot_be(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    emit(one, FIRST)
    emit(other, FIRST)
    (other / "new").write_bytes(b"a file where a folder must be")
    with pytest.raises(WriteError, match="other"):
        write([planned(one, SECOND), planned(other, SECOND)])
    assert contents(one) == FIRST
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "other"]


class BrokenError(Exception):
    """Something fails."""


def test_files_that_are_moved_one_by_one_make_the_same(tmp_path: Path) -> None:
    out = tmp_path / "shop"
    emit(out, FIRST)
    with_foreign(out)
    moved(out, fails=False)
    assert contents(out) == {**SECOND, **FOREIGN}
    assert planned(out, SECOND).is_empty
    assert not (out / "inner" / "deep").exists()


def test_files_that_are_moved_one_by_one_go_back_one_by_one(tmp_path: Path) -> None:
    out = tmp_path / "shop"
    emit(out, FIRST)
    with_foreign(out)
    with pytest.raises(BrokenError):
        moved(out, fails=True)
    assert contents(out) == {**FIRST, **FOREIGN}
    assert not (out / "new").exists()


def moved(out: Path, *, fails: bool) -> None:
    """The second tree, as where the folder cannot be exchanged."""
    plan = planned(out, SECOND)
    for path, content in plan.writes.items():
        place = stage(out) / "new" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    with contextlib.ExitStack() as back:
        move_in(plan, out, stage(out), back)
        if fails:
            raise BrokenError
        back.pop_all()
    drop_empty(plan, out)


@pytest.fixture
def overlay(tmp_path: Path) -> Iterator[Path]:
    """A file system whose folders cannot be moved, as in a container; only root can make one."""
    low, up, work, here = (tmp_path / name for name in ("low", "up", "work", "here"))
    for folder in (low, up, work, here):
        folder.mkdir()
    emit(low / "shop", FIRST)
    layers = f"lowerdir={low},upperdir={up},workdir={work}"
    asked = ["mount", "-t", "overlay", "overlay", "-o", layers, str(here)]
    if subprocess.run(asked, check=False, capture_output=True).returncode:
        pytest.skip("overlayfs cannot be mounted here")
    yield here
    subprocess.run(["umount", str(here)], check=True)  # noqa: S607 - as root


def test_a_client_in_an_images_layer_is_written(overlay: Path) -> None:
    emit(overlay / "shop", SECOND)
    assert contents(overlay / "shop") == SECOND
    assert [path.name for path in overlay.iterdir()] == ["shop"]


HOLDER = """
    import sys
    from pathlib import Path
    from pmgen.emit import locked
    with locked(Path({out!r}), lambda: print("waits", flush=True), shared={shared}):
        print("holds", flush=True)
        sys.stdin.read()
"""


def holder(out: Path, *, shared: bool) -> subprocess.Popen[str]:
    """A process that holds the folder until its input ends."""
    script = textwrap.dedent(HOLDER.format(out=str(out), shared=shared))
    return subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize("missing", [False, True])
def test_a_second_run_waits_and_says_so(tmp_path: Path, missing: bool) -> None:
    out = tmp_path / "generated" / "deep"
    if not missing:
        out.mkdir(parents=True)
    with holder(out, shared=False) as first:
        assert line(first) == "holds"
        with holder(out, shared=False) as second:
            assert line(second) == "waits"
            first.kill()
            assert line(second) == "holds"
            second.kill()


def test_those_who_only_read_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with holder(tmp_path, shared=True) as first, holder(tmp_path, shared=True) as other:
        assert (line(first), line(other)) == ("holds", "holds")
        with holder(tmp_path, shared=False) as writes:
            assert line(writes) == "waits"
            first.kill()
            other.kill()
            assert line(writes) == "holds"
            writes.kill()


def test_a_lock_ends_with_its_block_and_leaves_no_file(tmp_path: Path) -> None:
    waits: list[str] = []
    for _ in range(2):
        with locked(tmp_path, lambda: waits.append("waits"), shared=False):
            assert list(tmp_path.iterdir()) == []
    assert waits == []


def test_who_waited_for_a_folder_that_was_missing_holds_the_one_that_was_made(
    tmp_path: Path,
) -> None:
    out = tmp_path / "generated"
    with holder(out, shared=False) as first:
        assert line(first) == "holds"
        with holder(out, shared=False) as second:
            assert line(second) == "waits"
            out.mkdir()
            first.kill()
            assert line(second) == "holds"
            with holder(out, shared=False) as third:
                assert line(third) == "waits"
                third.kill()
            second.kill()
