"""The commands, from arguments to exit code: what they write and what they say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import typing
from pathlib import Path

import build
import pytest
from click.testing import CliRunner

from pmgen.cli import main

if typing.TYPE_CHECKING:
    from click.testing import Result

CANARY = "S3cr3tCanary"
REQUEST = build.get("https://h.test/users/:id?page=1")
REPLY = {"name": "ok", "code": 200, "body": '{"id": 1, "name": "Ann"}'}
SOUND = build.collection(
    build.folder("Users", build.item(REQUEST, REPLY, name="Get user"))
)
WARNED = build.collection(
    build.item(REQUEST, REPLY, name="Get user"), build.item(None, name="No request")
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project, which is where commands run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: str, data: build.Data) -> None:
    """A file with this JSON, or these bytes."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    Path(path).write_bytes(raw)


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    """A command in this process; whatever it did not catch fails the test."""
    result = CliRunner().invoke(main, arguments, input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def written(folder: str = "generated") -> dict[str, bytes]:
    return {
        path.as_posix(): path.read_bytes()
        for path in Path(folder).rglob("*")
        if path.is_file()
    }


def one_refusal(result: Result, code: str, *words: str) -> None:
    """Exit 2, nothing on stdout, and exactly one error, which says the words."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    errors = [line for line in result.stderr.splitlines() if " error PM" in line]
    assert len(errors) == 1, result.stderr
    assert f" error {code} " in errors[0]
    for word in words:
        assert word in errors[0]


def test_generate_writes_a_package_named_after_the_file() -> None:
    put("My Shop.postman_collection.json", SOUND)
    result = run("generate", "My Shop.postman_collection.json")
    assert (result.exit_code, result.stderr) == (0, "")
    files = written()
    assert {"generated/my_shop/__init__.py", "generated/my_shop/client.py"} <= set(
        files
    )
    listed = json.loads(files["generated/my_shop/.pmgen.json"])["files"]
    assert {f"generated/my_shop/{path}" for path in listed} == set(files) - {
        "generated/my_shop/.pmgen.json"
    }
    assert f"{len(files)} files written, 0 removed, 0 unchanged" in result.stdout


def test_generating_again_changes_nothing() -> None:
    put("shop.json", SOUND)
    run("generate", "shop.json")
    before = written()
    result = run("generate", "shop.json")
    assert result.exit_code == 0
    assert f"0 files written, 0 removed, {len(before)} unchanged" in result.stdout
    assert written() == before


def test_without_a_source_the_folder_of_collections_is_compiled() -> None:
    put("collections/a.json", SOUND)
    put("collections/b.json", SOUND)
    put("collections/notes.txt", b"no collection")
    assert run("generate").exit_code == 0
    assert sorted(path.name for path in Path("generated").iterdir()) == ["a", "b"]


def test_pmgen_toml_names_sources_and_out() -> None:
    put("in/a.json", SOUND)
    put("b.json", SOUND)
    put("pmgen.toml", b'sources = ["in", "b.json"]\nout = "clients"\n')
    assert run("generate").exit_code == 0
    assert sorted(path.name for path in Path("clients").iterdir()) == ["a", "b"]
    assert not Path("generated").exists()


def test_out_is_stronger_than_pmgen_toml() -> None:
    put("shop.json", SOUND)
    put("pmgen.toml", b'out = "clients"\n')
    assert run("generate", "shop.json", "--out", "elsewhere/deep").exit_code == 0
    assert Path("elsewhere/deep/shop/client.py").is_file()
    assert not Path("clients").exists()


def test_standard_input_is_a_source() -> None:
    result = run("generate", "-", stdin=json.dumps(SOUND).encode())
    assert result.exit_code == 0
    assert Path("generated/collection/client.py").is_file()


def test_a_client_of_several_requests_loses_those_that_go() -> None:
    put("shop.json", SOUND)
    run("generate", "shop.json")
    put("shop.json", build.collection(build.item(REQUEST, REPLY)))
    assert run("generate", "shop.json").exit_code == 0
    assert not Path("generated/shop/users").exists()


def test_what_pmgen_did_not_write_stays() -> None:
    put("shop.json", SOUND)
    put("generated/shop/mine.py", b"mine")
    put("generated/other/mine.py", b"mine")
    assert run("generate", "shop.json").exit_code == 0
    assert written()["generated/shop/mine.py"] == b"mine"
    assert written("generated/other") == {"generated/other/mine.py": b"mine"}


def test_an_edited_file_is_refused_and_lost_by_force_only() -> None:
    put("shop.json", SOUND)
    run("generate", "shop.json")
    sound = written()
    put("generated/shop/client.py", b"edited")
    edited = written()
    one_refusal(run("generate", "shop.json"), "PM010", "client.py", "--force")
    assert written() == edited
    assert run("generate", "shop.json", "--force").exit_code == 0
    assert written() == sound


def test_check_is_content_after_generate() -> None:
    put("shop.json", SOUND)
    run("generate", "shop.json")
    result = run("check", "shop.json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "up to date" in result.stdout


def test_check_finds_what_generate_would_do_and_writes_nothing() -> None:
    put("shop.json", SOUND)
    result = run("check", "shop.json")
    assert result.exit_code == 1
    assert "generated/shop/client.py: would add" in result.stdout
    assert "pmgen generate" in result.stderr
    assert not Path("generated").exists()


def test_check_finds_an_edit_and_a_missing_file() -> None:
    put("shop.json", SOUND)
    run("generate", "shop.json")
    put("generated/shop/client.py", b"edited")
    Path("generated/shop/py.typed").unlink()
    before = written()
    result = run("check", "shop.json")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "generated/shop/client.py: would change",
        "generated/shop/py.typed: would add",
    ]
    assert written() == before


def test_check_diff_is_a_unified_diff_on_stdout() -> None:
    put("shop.json", SOUND)
    run("generate", "shop.json")
    put("generated/shop/client.py", b"edited\n")
    result = run("check", "--diff", "shop.json")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[:2] == ["--- a/shop/client.py", "+++ b/shop/client.py"]
    assert "-edited" in lines
    assert "generated/shop/client.py: would change" in result.stderr


@pytest.mark.parametrize("command", ["generate", "check", "inspect"])
def test_strict_exits_with_3_if_there_are_warnings(command: str) -> None:
    put("shop.json", WARNED)
    run("generate", "shop.json")
    assert run(command, "shop.json").exit_code == 0
    result = run(command, "--strict", "shop.json")
    assert result.exit_code == 3
    assert "warning PM020 No request: " in result.stderr


@pytest.mark.parametrize("command", ["generate", "check", "inspect"])
def test_strict_is_content_without_warnings(command: str) -> None:
    put("shop.json", SOUND)
    run("generate", "shop.json")
    assert run(command, "--strict", "shop.json").exit_code == 0


def test_strict_still_writes() -> None:
    put("shop.json", WARNED)
    assert run("generate", "--strict", "shop.json").exit_code == 3
    assert Path("generated/shop/client.py").is_file()


def test_inspect_shows_the_tree() -> None:
    put("shop.json", SOUND)
    result = run("inspect", "shop.json")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:2] == ["Shop", "  Users/"]
    assert lines[2] == "    Get user  GET https://h.test/users/:id"
    assert lines[3].startswith("        200 ok: ")
    assert not Path("generated").exists()


def test_inspect_shows_warnings_and_notes_after_the_tree() -> None:
    get = {**REQUEST, "body": {"mode": "raw", "raw": "{}"}}
    put("shop.json", build.collection(build.item(get)))
    assert "info PM041 one: " in run("inspect", "shop.json").stderr
    assert "1 notes" in run("generate", "shop.json").stderr


def test_inspect_json_is_json() -> None:
    put("shop.json", WARNED)
    result = run("inspect", "--json", "shop.json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert (found["name"], found["requests"], found["saved_responses"]) == (
        "Shop",
        1,
        1,
    )
    (operation,) = found["operations"]
    assert operation["trail"] == ["Get user"]
    assert (operation["method"], operation["auth"]) == ("GET", None)
    assert [e["status"] for e in operation["examples"]] == [200]
    assert [(d["code"], d["severity"], d["line"]) for d in found["diagnostics"]] == [
        ("PM020", "warning", 1)
    ]


def test_a_terminal_obeys_no_name_of_a_collection() -> None:
    evil = "a\x1b[31mb\nc\u202ed"
    put(
        "shop.json",
        build.collection(build.item(REQUEST, name=evil), build.item(None, name=evil)),
    )
    result = run("inspect", "shop.json")
    assert result.exit_code == 0
    for output in (result.stdout, result.stderr):
        assert "\x1b" not in output
        assert "\u202e" not in output
        assert "b\nc" not in output


def test_a_literal_credential_reaches_no_file_and_no_message() -> None:
    auth = build.auth("bearer", token=CANARY)
    header = build.pairs(Cookie=CANARY)
    url = {"host": ["h", "test"], "path": ["x"], "query": build.pairs(api_key=CANARY)}
    item = build.item(build.get(url, auth=auth, header=header))
    data = build.collection(item, variable=build.pairs(token=CANARY))
    put("shop.json", data)
    result = run("generate", "shop.json")
    assert result.exit_code == 0
    assert [path for path, raw in written().items() if CANARY.encode() in raw] == []
    for output in (result.output, run("inspect", "--json", "shop.json").output):
        assert CANARY not in output


#: Files that no command can use: bytes or JSON, code, and words of the message.
_BAD: dict[str, tuple[build.Data, str, tuple[str, ...]]] = {
    "empty": (b"", "PM003", ("bad.json:1:1:",)),
    "broken": (b'{"item": [\n  {"name": }]}', "PM003", ("bad.json:2:12:",)),
    "cut": (json.dumps(SOUND).encode()[:-20], "PM003", ("bad.json:1:",)),
    "html": (b"<!doctype html>", "PM003", ("bad.json:1:1:",)),
    "number": (5, "PM004", ("bad.json:1:1:",)),
    "list": ([SOUND], "PM004", ("JSON object",)),
    "something": ({"a": 1}, "PM004", ("neither",)),
    "environment": ({"name": "e", "values": []}, "PM004", ("environment",)),
    "format 1": ({"id": "c", "requests": []}, "PM004", ("1.0",)),
    "openapi": ({"openapi": "3.1.0"}, "PM004", ("OpenAPI",)),
    "wrong item": ({"item": 5}, "PM005", ("bad.json:1:10:", "[/item]")),
    "wrong request": (
        build.collection(build.item(5)),
        "PM005",
        ("one:", "[/item/0/request]"),
    ),
    "wrong header": (
        build.collection(build.item(build.get("https://h.test", header=[7]))),
        "PM005",
        ("[/item/0/request/header/0]",),
    ),
    "deep": (b"[" * 50_000, "PM007", ("bad.json",)),
    "digits": (b'{"item": ' + b"1" * 9000 + b"}", "PM007", ("bad.json",)),
}


@pytest.mark.parametrize("command", ["generate", "check", "inspect"])
@pytest.mark.parametrize("name", _BAD)
def test_a_bad_file_is_one_message_and_nothing_written(name: str, command: str) -> None:
    data, code, words = _BAD[name]
    put("bad.json", data)
    one_refusal(run(command, "bad.json"), code, *words)
    assert not Path("generated").exists()


@pytest.mark.parametrize("command", ["generate", "check", "inspect"])
def test_a_missing_file_is_told(command: str) -> None:
    one_refusal(run(command, "nope.json"), "PM001", "nope.json: ", "No such file")


@pytest.mark.parametrize("command", ["generate", "check", "inspect"])
def test_a_folder_is_no_collection(command: str) -> None:
    Path("folder").mkdir()
    one_refusal(run(command, "folder"), "PM004", "folder")


def test_no_collection_at_all_is_told() -> None:
    one_refusal(run("generate"), "PM001", "collections")
    Path("collections").mkdir()
    one_refusal(run("generate"), "PM001", "collections")


@pytest.mark.parametrize(
    "order", [("good.json", "bad.json"), ("bad.json", "good.json")]
)
def test_one_bad_source_among_good_ones_writes_nothing(order: tuple[str, str]) -> None:
    put("good.json", SOUND)
    put("bad.json", b"{")
    one_refusal(run("generate", *order), "PM003", "bad.json")
    assert not Path("generated").exists()


def test_every_error_of_a_file_is_told() -> None:
    put("bad.json", build.collection(build.item(5), build.item(6)))
    result = run("generate", "bad.json")
    assert result.exit_code == 2
    assert result.stderr.count(" error PM005 ") == 2


def test_two_sources_of_one_package_are_refused() -> None:
    put("a/shop.json", SOUND)
    put("b/Shop.postman_collection.json", SOUND)
    result = run("generate", "a/shop.json", "b/Shop.postman_collection.json")
    one_refusal(result, "PM008", "a/shop.json", "package shop")
    assert not Path("generated").exists()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (b'sauces = ["a"]\n', "sauces"),
        (b"sources = 5\n", "sources"),
        (b"sources = [5]\n", "sources"),
        (b"out = 5\n", "out"),
        (b"out = \n", "line 1, column 7"),
        (b"\xff = 1\n", "utf-8"),
    ],
)
def test_a_faulty_pmgen_toml_is_told(text: bytes, word: str) -> None:
    put("shop.json", SOUND)
    put("pmgen.toml", text)
    one_refusal(run("generate", "shop.json"), "PM008", "pmgen.toml", word)
    assert not Path("generated").exists()


def test_a_file_in_the_place_of_the_output_is_told() -> None:
    put("shop.json", SOUND)
    put("out", b"mine")
    one_refusal(run("generate", "shop.json", "--out", "out"), "PM009", "out/shop")
    assert Path("out").read_bytes() == b"mine"


def test_a_file_in_the_place_of_the_client_is_told() -> None:
    put("shop.json", SOUND)
    put("generated/shop", b"mine")
    one_refusal(run("generate", "shop.json"), "PM009", "generated/shop")
    assert written() == {"generated/shop": b"mine"}


def test_an_unwritable_client_keeps_the_others_unwritten() -> None:
    put("a.json", SOUND)
    put("b.json", SOUND)
    put("generated/b", b"mine")
    assert run("generate", "a.json", "b.json").exit_code == 2
    assert written() == {"generated/b": b"mine"}


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{}",
        b'{"generator":"","source":"","source_sha256":"","files":{"../x":""}}',
    ],
)
def test_a_broken_manifest_is_told(manifest: bytes) -> None:
    put("shop.json", SOUND)
    put("generated/shop/.pmgen.json", manifest)
    one_refusal(run("generate", "shop.json"), "PM009", ".pmgen.json")
    assert written() == {"generated/shop/.pmgen.json": manifest}


@pytest.mark.parametrize(
    "arguments", [["nope"], ["generate", "--nope"], ["inspect"], ["inspect", "a", "b"]]
)
def test_wrong_arguments_are_the_usual_usage_error(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


@pytest.mark.parametrize("command", ["generate", "check", "inspect"])
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"{command} [OPTIONS]" in result.stdout
    assert command in run("-h").stdout


def process(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command as a user runs it, without a UTF-8 terminal."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii:strict", "LC_ALL": "C"}
    return subprocess.run(
        [sys.executable, "-m", "pmgen", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env=environment,
    )


def test_the_module_runs_as_a_program() -> None:
    put("shop.json", SOUND)
    done = process("generate", "shop.json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert Path("generated/shop/client.py").is_file()
    assert process("generate", "nope.json").returncode == 2


def test_a_plain_terminal_gets_names_it_cannot_show_and_no_traceback() -> None:
    put("shop.json", build.collection(build.item(REQUEST, name="日本 \U0001f600")))
    done = process("inspect", "shop.json")
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0


def test_half_a_character_in_a_name_is_no_crash() -> None:
    """JSON may hold a lone surrogate, which no file's encoding can."""
    text = json.dumps(build.collection(build.item(REQUEST, REPLY, name="x\ud800y")))
    put("shop.json", text.encode())
    assert run("generate", "shop.json").exit_code == 0
    assert process("inspect", "shop.json").returncode == 0
