"""A tree against a directory: all or nothing, and nothing that is not pmgen's."""

from __future__ import annotations

import json
import typing

import pytest

from pmgen.emit import (
    MANIFEST,
    Manifest,
    Plan,
    WriteError,
    plan,
    read_manifest,
    write,
)
from pmgen.emit.manifest import ManifestError, digest, load

if typing.TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FIRST = {"a.py": b"a\n", "inner/b.py": b"b\n", "inner/deep/c.py": b"c\n"}
SECOND = {"a.py": b"A\n", "inner/b.py": b"b\n", "new/d.py": b"d\n"}


INPUTS = {"source": {"name": "shop.json", "sha256": "00"}}


def planned(folder: Path, tree: Mapping[str, bytes]) -> Plan:
    return plan(folder, tree, Manifest.of("pmgen 0", INPUTS, tree))


def emit(folder: Path, tree: Mapping[str, bytes]) -> Plan:
    """Write it as a run does that finds nothing edited."""
    found = planned(folder, tree)
    assert found.edited == ()
    write([found])
    return found


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the manifest."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def everything(folder: Path) -> dict[str, bytes | None]:
    """Files with their bytes, and folders: all there is."""
    return {
        path.relative_to(folder).as_posix(): (
            path.read_bytes() if path.is_file() else None
        )
        for path in folder.rglob("*")
    }


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A client's folder, which is not there yet."""
    return tmp_path / "generated" / "shop"


def test_a_tree_is_written_with_its_manifest(out: Path) -> None:
    found = emit(out, FIRST)
    assert contents(out) == FIRST
    assert found.unchanged == 0
    manifest = json.loads((out / MANIFEST).read_bytes())
    assert manifest["files"] == {path: digest(c) for path, c in FIRST.items()}
    assert manifest["inputs"] == INPUTS


def test_names_are_written_a_line_for_each_thing(out: Path) -> None:
    names = {"classes": {"A": {"at": ["x 200 $"]}, "B": {}}, "codecs": {}}
    dumped = Manifest.of("pmgen 0", INPUTS, FIRST, names).dump()
    assert b'      "A": {"at": ["x 200 $"]},\n      "B": {}\n    },\n' in dumped
    assert load(dumped).names == names
    assert load(Manifest.of("pmgen 0", INPUTS, FIRST).dump()).names == {}
    (out.parent).mkdir(parents=True)
    assert read_manifest(out) is None


@pytest.mark.parametrize("names", ["null", "[]", "5", '"x"'])
def test_names_that_are_no_object_are_refused(names: str) -> None:
    raw = f'{{"generator": "g", "inputs": {{}}, "files": {{}}, "names": {names}}}'
    with pytest.raises(ManifestError, match="`names` is no object"):
        load(raw.encode())


def test_nothing_but_the_tree_is_left_behind(out: Path) -> None:
    emit(out, FIRST)
    emit(out, SECOND)
    assert [path.name for path in out.parent.iterdir()] == ["shop"]


def test_a_second_run_changes_nothing_and_touches_nothing(out: Path) -> None:
    emit(out, FIRST)
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*")}
    found = planned(out, FIRST)
    assert found.is_empty
    assert found.unchanged == len(FIRST) + 1
    write([found])
    assert {p: p.stat().st_mtime_ns for p in out.rglob("*")} == before


def test_only_what_differs_is_written(out: Path) -> None:
    emit(out, FIRST)
    kept = (out / "inner/b.py").stat().st_mtime_ns
    found = emit(out, SECOND)
    assert set(found.writes) == {"a.py", "new/d.py", MANIFEST}
    assert (out / "inner/b.py").stat().st_mtime_ns == kept
    assert contents(out) == SECOND


def test_a_plan_tells_what_would_happen(out: Path) -> None:
    emit(out, FIRST)
    assert list(planned(out, SECOND).changes()) == [
        ("change", MANIFEST),
        ("change", "a.py"),
        ("remove", "inner/deep/c.py"),
        ("add", "new/d.py"),
    ]
    assert contents(out) == FIRST


def test_a_diff_is_unified_and_names_the_client(out: Path) -> None:
    emit(out, {"a.py": b"one\ntwo\n"})
    lines = list(planned(out, {"a.py": b"one\nzwei\n"}).diff())
    assert "--- a/shop/a.py" in lines
    assert "+++ b/shop/a.py" in lines
    assert {"-two", "+zwei", " one"} <= set(lines)


def test_a_diff_of_bytes_that_are_no_text_is_no_crash(out: Path) -> None:
    emit(out, {"a.bin": b"\xff\xfe\x00"})
    assert "+x" in list(planned(out, {"a.bin": b"x"}).diff())


def test_pruning_takes_only_what_the_manifest_lists(out: Path) -> None:
    emit(out, FIRST)
    (out / "inner/deep/mine.py").write_bytes(b"mine")
    (out / "notes.txt").write_bytes(b"mine")
    found = emit(out, {"a.py": b"a\n"})
    assert found.removes == ("inner/b.py", "inner/deep/c.py")
    assert contents(out) == {
        "a.py": b"a\n",
        "inner/deep/mine.py": b"mine",
        "notes.txt": b"mine",
    }


def test_folders_that_pruning_empties_go_and_caches_do_not_hold_them(
    out: Path,
) -> None:
    emit(out, FIRST)
    (out / "inner/deep/__pycache__").mkdir()
    (out / "inner/deep/__pycache__/c.pyc").write_bytes(b"")
    emit(out, {"a.py": b"a\n"})
    assert [path.name for path in out.iterdir() if path.is_dir()] == []


def test_the_clients_own_folder_stays_even_if_empty(out: Path) -> None:
    emit(out, FIRST)
    emit(out, {})
    assert [path.name for path in out.iterdir()] == [MANIFEST]


def test_a_folder_that_was_empty_before_is_not_touched(out: Path) -> None:
    emit(out, FIRST)
    (out / "mine").mkdir()
    emit(out, SECOND)
    assert (out / "mine").is_dir()


def test_a_file_that_is_gone_is_written_again(out: Path) -> None:
    emit(out, FIRST)
    (out / "a.py").unlink()
    emit(out, FIRST)
    assert contents(out) == FIRST


def test_a_listed_file_that_is_gone_needs_no_pruning(out: Path) -> None:
    emit(out, FIRST)
    (out / "inner/deep/c.py").unlink()
    assert planned(out, SECOND).removes == ()


@pytest.mark.parametrize("path", ["a.py", "inner/deep/c.py"])
def test_a_file_edited_by_hand_is_told_whether_changed_or_pruned(
    out: Path, path: str
) -> None:
    emit(out, FIRST)
    (out / path).write_bytes(b"edited\n")
    assert planned(out, SECOND).edited == (path,)


def test_an_edit_is_told_even_if_the_tree_did_not_change(out: Path) -> None:
    emit(out, FIRST)
    (out / "a.py").write_bytes(b"edited\n")
    assert planned(out, FIRST).edited == ("a.py",)


def test_a_foreign_file_in_the_way_is_told(out: Path) -> None:
    out.mkdir(parents=True)
    (out / "a.py").write_bytes(b"mine\n")
    assert planned(out, FIRST).edited == ("a.py",)


def test_an_edit_that_is_what_would_be_written_is_none(out: Path) -> None:
    emit(out, FIRST)
    (out / "a.py").write_bytes(SECOND["a.py"])
    assert planned(out, SECOND).edited == ()


def test_forcing_is_writing_the_plan_all_the_same(out: Path) -> None:
    emit(out, FIRST)
    (out / "a.py").write_bytes(b"edited\n")
    write([planned(out, SECOND)])
    assert contents(out) == SECOND


def test_a_lost_manifest_is_made_again_over_equal_files(out: Path) -> None:
    emit(out, FIRST)
    (out / MANIFEST).unlink()
    found = emit(out, FIRST)
    assert set(found.writes) == {MANIFEST}


def test_without_a_manifest_nothing_is_pruned(out: Path) -> None:
    emit(out, FIRST)
    (out / MANIFEST).unlink()
    assert planned(out, {"a.py": b"a\n"}).removes == ()


def _blocked(out: Path, kind: str, path: str) -> None:
    """Something at the path that no file can replace."""
    (out / path).unlink(missing_ok=True)
    if kind == "folder":
        (out / path).mkdir(parents=True)
    else:
        (out / path).parent.parent.mkdir(parents=True, exist_ok=True)
        (out / path).parent.write_bytes(b"a file where a folder must be")


def _tree_with(path: str) -> dict[str, bytes]:
    return SECOND if path == MANIFEST else {**SECOND, path: b"z\n"}


#: The last file that is moved, and the manifest, which is moved after it.
BLOCKS = [("folder", "z/last.py"), ("file", "z/last.py"), ("folder", MANIFEST)]


@pytest.mark.parametrize(("kind", "path"), BLOCKS)
def test_a_failure_in_the_middle_is_an_oserror(out: Path, kind: str, path: str) -> None:
    emit(out, FIRST)
    _blocked(out, kind, path)
    with pytest.raises(WriteError, match=r"\S"):
        write([planned(out, {**SECOND, path: b"z\n"})])


@pytest.mark.parametrize(("kind", "path"), BLOCKS)
def test_a_failure_in_the_middle_leaves_all_files_as_before(
    out: Path, kind: str, path: str
) -> None:
    emit(out, FIRST)
    _blocked(out, kind, path)
    before = {p: c for p, c in everything(out).items() if c is not None}
    with pytest.raises(WriteError, match=r"\S"):
        write([planned(out, _tree_with(path))])
    assert {p: c for p, c in everything(out).items() if c is not None} == before


def test_a_failure_in_the_middle_leaves_no_folders(out: Path) -> None:
    emit(out, FIRST)
    _blocked(out, "folder", "z/last.py")
    before = everything(out)
    with pytest.raises(WriteError, match=r"\S"):
        write([planned(out, {**SECOND, "z/last.py": b"z\n"})])
    assert set(everything(out)) == set(before)


def test_a_failure_leaves_no_staging_folder(out: Path) -> None:
    _blocked(out, "folder", "a.py")
    with pytest.raises(WriteError, match=r"\S"):
        write([planned(out, FIRST)])
    assert [path.name for path in out.parent.iterdir()] == ["shop"]


def test_after_a_failure_the_next_run_mends(out: Path) -> None:
    emit(out, FIRST)
    _blocked(out, "folder", "z/last.py")
    wanted = {**SECOND, "z/last.py": b"z\n"}
    with pytest.raises(WriteError, match=r"\S"):
        write([planned(out, wanted)])
    (out / "z/last.py").rmdir()
    write([planned(out, wanted)])
    assert contents(out) == wanted


def _manifest(files: object, **more: object) -> bytes:
    whole = {"generator": "g", "inputs": {}, "files": files}
    return json.dumps({**whole, **more}).encode()


@pytest.mark.parametrize(
    "path",
    ["../x", "a/../../x", "..", "/etc/passwd", "a\\b", "..\\x", "inner/.."],
)
def test_a_manifest_whose_paths_leave_the_folder_is_refused(
    out: Path, path: str
) -> None:
    victim = out.parent / "x"
    emit(out, FIRST)
    victim.write_bytes(b"a\n")
    (out / MANIFEST).write_bytes(_manifest({path: digest(b"a\n")}))
    with pytest.raises(ManifestError):
        planned(out, FIRST)
    assert victim.read_bytes() == b"a\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nonsense",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b'"x"',
        _manifest(None),
        _manifest(5),
        _manifest("ab"),
        _manifest({"a.py": 5}),
        _manifest({"a.py": None}),
        _manifest({}, surprise=1),
        _manifest({})[:-5],
    ],
)
def test_a_broken_manifest_is_refused(out: Path, raw: bytes) -> None:
    emit(out, FIRST)
    (out / MANIFEST).write_bytes(raw)
    with pytest.raises(ManifestError):
        planned(out, FIRST)


@pytest.mark.parametrize(
    "raw",
    [_manifest([]), _manifest([["a.py", "x"]]), b"[" * 100_000],
    ids=["list", "pairs", "deep"],
)
def test_a_manifest_of_another_shape_is_refused(out: Path, raw: bytes) -> None:
    emit(out, FIRST)
    (out / MANIFEST).write_bytes(raw)
    with pytest.raises(ManifestError):
        planned(out, SECOND)


def test_a_manifest_reads_back_as_it_was_written() -> None:
    manifest = Manifest.of(
        "pmgen 0", {"source": {"name": "naïve.json", "sha256": "00"}}, FIRST
    )
    assert load(manifest.dump()) == manifest
