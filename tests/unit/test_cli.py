"""`generate` and `check`, from arguments to exit code: what they write and what they say."""

from __future__ import annotations

import json
from pathlib import Path

import build
import pytest
from command import (
    REPLY,
    REQUEST,
    SOUND,
    WARNED,
    one_refusal,
    packages,
    process,
    put,
    run,
    written,
)
from command import (
    here as here,
)

CANARY = "S3cr3tCanary"


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
    assert "warning PM052 No request / ok: " in result.stderr


#: With a note and no warning: Postman does not send the body of a GET.
NOTED: build.Data = build.collection(
    build.item({**REQUEST, "body": {"mode": "raw", "raw": "{}"}}, REPLY)
)


@pytest.mark.parametrize("command", ["generate", "check", "inspect"])
@pytest.mark.parametrize("data", [SOUND, NOTED], ids=["sound", "noted"])
def test_strict_is_content_without_warnings(data: build.Data, command: str) -> None:
    put("shop.json", data)
    run("generate", "shop.json")
    assert run(command, "--strict", "shop.json").exit_code == 0


def test_strict_still_writes() -> None:
    put("shop.json", WARNED)
    assert run("generate", "--strict", "shop.json").exit_code == 3
    assert Path("generated/shop/client.py").is_file()


def test_strict_looks_at_every_source() -> None:
    put("a.json", WARNED)
    put("b.json", SOUND)
    assert run("generate", "--strict", "a.json", "b.json").exit_code == 3


def test_strict_finds_a_stale_client_first() -> None:
    put("shop.json", WARNED)
    assert run("check", "--strict", "shop.json").exit_code == 1


@pytest.mark.parametrize("command", ["generate", "check"])
def test_notes_are_counted_and_warnings_told(command: str) -> None:
    put("shop.json", NOTED)
    run("generate", "shop.json")
    result = run(command, "shop.json")
    assert result.stderr == "shop.json: 1 note; `pmgen inspect` shows them.\n"
    put("shop.json", build.collection(*NOTED["item"], *WARNED["item"], *NOTED["item"]))
    run("generate", "shop.json")
    *warnings, notes = run(command, "shop.json").stderr.splitlines()
    assert [line.split()[1:3] for line in warnings] == [
        ["warning", "PM020"],
        ["warning", "PM052"],
    ]
    assert notes == "shop.json: 2 notes; `pmgen inspect` shows them."


#: A fault in a place, as JSON text, and what is said: line and column, trail and text, pointer.
_WRONG = """{
  "item": [
    {"name": "bad", "request": {"url": "https://h.test/bad",
      "header": 7}},
    {"name": "good", "request": "https://h.test/good"}
  ]
}
"""
_TOLD = (
    "shop.json:4:17: warning PM005 bad: Expected a list of headers ({key, value}), "
    "lines of text, or a map from name to value, found a number. "
    "Mend this place of the collection; it was left out. [/item/0/request/header]\n"
)


def test_a_value_of_a_wrong_type_is_left_out_and_the_rest_compiles() -> None:
    put("shop.json", _WRONG.encode())
    result = run("generate", "shop.json")
    assert (result.exit_code, result.stderr) == (0, _TOLD)
    requests = written()["generated/shop/requests.py"].decode()
    assert "https://h.test" in written()["generated/shop/client.py"].decode()
    assert "def bad(" in requests
    assert "def good(" in requests


def test_a_value_of_a_wrong_type_is_a_warning_to_strict() -> None:
    put("shop.json", _WRONG.encode())
    for command in ("generate", "check", "inspect"):
        result = run(command, "--strict", "shop.json")
        assert result.exit_code == 3
        assert _TOLD in result.stderr


def test_a_request_of_a_wrong_type_is_told_with_its_loss() -> None:
    put("shop.json", build.collection(build.item(5), build.item(REQUEST, REPLY)))
    result = run("generate", "shop.json")
    assert result.exit_code == 0
    told = [line.split()[1:3] for line in result.stderr.splitlines()]
    assert told == [["warning", "PM020"], ["warning", "PM005"]]


def test_members_of_a_wrong_type_leave_an_empty_client() -> None:
    put("shop.json", {"item": 5})
    result = run("generate", "shop.json")
    assert result.exit_code == 0
    assert "shop.json:1:10: warning PM005 Expected a list" in result.stderr
    assert packages() == ["shop"]


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
    "archive": (b"PK\x03\x04\x14\0", "PM003", ("bad.json:1:1:", "a zip archive")),
    "conflict": (
        b'{\n<<<<<<< HEAD\n"item": []\n=======\n"item": {}\n>>>>>>> x\n}',
        "PM003",
        ("bad.json:2:1:", "merge conflict"),
    ),
    "number": (5, "PM004", ("bad.json:1:1:", "no JSON object")),
    "nothing": ([], "PM004", ("no JSON object",)),
    "something": ({"a": 1}, "PM004", ("neither",)),
    "wrapped": (
        {"collection": {"info": {"name": "x"}}},
        "PM004",
        ("bad.json:1:16:", "neither", "[/collection]"),
    ),
    "openapi": ({"openapi": "3.1.0"}, "PM004", ("an OpenAPI description",)),
    "swagger": ({"swagger": "2.0"}, "PM004", ("a Swagger description",)),
    "environment": (
        {"name": "e", "values": []},
        "PM014",
        ("environment", "--environment or --globals"),
    ),
    "values": ([{"key": "a", "value": "b"}], "PM014", ("environment",)),
    "deep": (b"[" * 50_000, "PM007", ("bad.json",)),
    "digits": (b'{"item": ' + b"1" * 9000 + b"}", "PM007", ("bad.json",)),
    "folders": (
        json.loads('{"item": [' * 62 + "]}" * 62),
        "PM007",
        ("Folders nested more than 60 deep", "[" + "/item/0" * 61 + "]"),
    ),
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


def test_no_collection_at_all_is_told() -> None:
    one_refusal(run("generate"), "PM001", "collections: error", "No such file")
    Path("collections").mkdir()
    one_refusal(run("generate"), "PM004", "collections: error", "No collection in")


@pytest.mark.parametrize(
    "order", [("good.json", "bad.json"), ("bad.json", "good.json")]
)
def test_one_bad_source_among_good_ones_writes_nothing(order: tuple[str, str]) -> None:
    put("good.json", SOUND)
    put("bad.json", b"{")
    one_refusal(run("generate", *order), "PM003", "bad.json")
    assert not Path("generated").exists()


def test_every_error_of_a_file_is_told() -> None:
    deep: build.Data = build.item(REQUEST)
    for _ in range(70):
        deep = build.folder("F", deep)
    put("bad.json", build.collection(build.item(REQUEST), deep, deep))
    result = run("generate", "bad.json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert [line.partition("[")[2] for line in result.stderr.splitlines()] == [
        "/item/1" + "/item/0" * 60 + "]",
        "/item/2" + "/item/0" * 60 + "]",
        "",
    ]
    assert result.stderr.endswith("Nothing was written.\n")
    assert not Path("generated").exists()


def test_two_sources_of_one_package_are_refused() -> None:
    put("a/shop.json", SOUND)
    put("b/Shop.postman_collection.json", SOUND)
    result = run("generate", "a/shop.json", "b/Shop.postman_collection.json")
    one_refusal(result, "PM008", "a/shop.json", "package shop")
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
        b'{"generator":"","inputs":{},"files":{"../x":""}}',
    ],
)
def test_a_broken_manifest_is_told(manifest: bytes) -> None:
    put("shop.json", SOUND)
    put("generated/shop/.pmgen.json", manifest)
    one_refusal(run("generate", "shop.json"), "PM009", ".pmgen.json")
    assert written() == {"generated/shop/.pmgen.json": manifest}


@pytest.mark.parametrize(
    "arguments",
    [
        ["nope"],
        ["generate", "--nope"],
        ["inspect"],
        ["inspect", "a", "b"],
        ["explain", "PM001", "PM002"],
    ],
)
def test_wrong_arguments_are_the_usual_usage_error(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


@pytest.mark.parametrize("command", ["generate", "check", "inspect", "explain"])
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"{command} [OPTIONS]" in result.stdout
    assert command in run("-h").stdout


def test_the_module_runs_as_a_program() -> None:
    put("shop.json", SOUND)
    done = process("generate", "shop.json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert Path("generated/shop/client.py").is_file()
    assert process("generate", "nope.json").returncode == 2


def test_half_a_character_in_a_name_is_no_crash() -> None:
    """JSON may hold a lone surrogate, which no file's encoding can."""
    text = json.dumps(build.collection(build.item(REQUEST, REPLY, name="x\ud800y")))
    put("shop.json", text.encode())
    assert run("generate", "shop.json").exit_code == 0
    assert process("inspect", "shop.json").returncode == 0
