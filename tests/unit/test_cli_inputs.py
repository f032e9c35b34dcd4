"""What the commands read: files and folders, encodings, and the values that come from beside a collection."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import build
import pytest
from command import (
    PING,
    REPLY,
    REQUEST,
    SOUND,
    found_by,
    one_refusal,
    packages,
    put,
    run,
    written,
)
from command import here as here

from pmgen import inputs, project
from pmgen.configuration import Beside, Project, ProjectError
from pmgen.diagnostics import Rule

CANARY = "S3cr3tCanary"
PAT: build.Data = {"type": "bearer", "bearer": {"token": "{{pat}}"}}
ENVIRONMENT = {"name": "Dev", "values": []}
#: What generate writes of it shows which scope its base comes from.
CALLS = build.collection(build.item(build.get("{{base}}/users"), REPLY))
COMMANDS = ["generate", "check", "inspect"]


def values(**given: build.Data) -> build.Data:
    """An environment, or globals."""
    return {"name": "Dev", "values": build.pairs(**given)}


def bases(package: str = "generated/shop") -> list[str]:
    """The scopes whose value of ``base`` stands in the client."""
    text = written(package)[f"{package}/client.py"].decode()
    found = ("collection", "environment", "globals", "other")
    return [scope for scope in found if f"https://{scope}.test" in text]


# --- environment and globals ---


@pytest.mark.parametrize(
    ("collection", "environment", "globals_", "expected"),
    [
        (True, True, True, "environment"),
        (True, False, True, "collection"),
        (False, True, True, "environment"),
        (True, True, False, "environment"),
        (True, False, False, "collection"),
        (False, False, True, "globals"),
    ],
)
def test_environment_goes_before_collection_and_collection_before_globals(
    collection: bool, environment: bool, globals_: bool, expected: str
) -> None:
    own = build.pairs(base="https://collection.test") if collection else []
    put("shop.json", {**CALLS, "variable": own})
    options: list[str] = []
    for is_given, scope in ((environment, "environment"), (globals_, "globals")):
        if is_given:
            put(f"{scope}.json", values(base=f"https://{scope}.test"))
            options += [f"--{scope}", f"{scope}.json"]
    result = run("generate", "shop.json", *options)
    assert (result.exit_code, result.stderr) == (0, "")
    assert bases() == [expected]


def test_a_variable_that_is_switched_off_is_looked_up_further() -> None:
    off = {"key": "base", "value": "https://environment.test"}
    put("shop.json", {**CALLS, "variable": build.pairs(base="https://collection.test")})
    for flag in ({"enabled": False}, {"disabled": True}):
        put("env.json", {"values": [{**off, **flag}]})
        options = ("--environment", "env.json")
        result = run("generate", "shop.json", *options)
        assert result.exit_code == 0
        assert result.stderr == "shop.json: 1 note; `pmgen inspect` shows them.\n"
        assert bases() == ["collection"]
        assert found_by("shop.json", *options) == [("PM060", "env.json", "/values/0")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("dev.json", values(base="https://environment.test")),
        ("dev.json", {"environment": values(base="https://environment.test")}),
        ("dev.json", build.pairs(base="https://environment.test")),
        (
            "dev.environment.yaml",
            b"name: Dev\nvalues:\n  - key: base\n    value: https://environment.test\n",
        ),
        (
            "dev.globals.yml",
            b'values: [{key: base, value: "https://environment.test"}]',
        ),
        ("dev.txt", values(base="https://environment.test")),
        (
            "dev.json",
            json.dumps(values(base="https://environment.test")).encode("utf-16"),
        ),
    ],
)
@pytest.mark.parametrize("option", ["--environment", "--globals"])
def test_an_environment_has_many_forms(
    option: str, name: str, data: build.Data
) -> None:
    put("shop.json", CALLS)
    put(name, data)
    result = run("generate", "shop.json", option, name)
    assert (result.exit_code, result.stderr) == (0, "")
    assert bases() == ["environment"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (SOUND, "a Postman collection"),
        ({"collection": SOUND}, "a Postman collection"),
        ({"requests": []}, "a Postman collection of format 1.0"),
        ({"name": "x", "request": "http://h"}, "a Postman request"),
        ([{"name": "x", "request": "http://h"}], "a list of Postman items"),
        ({"collections": [], "globals": []}, "a Postman data dump"),
        ({"openapi": "3.1.0"}, "an OpenAPI description"),
        ({"base": "https://h.test"}, "an object"),
        ({"values": {"base": "x"}}, "an object"),
        (5, "no JSON object"),
    ],
)
@pytest.mark.parametrize("option", ["--environment", "--globals"])
def test_what_is_no_environment_is_told_what_it_is(
    option: str, data: build.Data, word: str
) -> None:
    put("shop.json", CALLS)
    put("env.json", data)
    for command in COMMANDS:
        result = run(command, "shop.json", option, "env.json")
        one_refusal(result, "PM012", "env.json:1:", f"this is {word}")
    assert not Path("generated").exists()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--environment", "--globals"])
def test_an_environment_that_cannot_be_read_is_told(option: str, command: str) -> None:
    put("shop.json", CALLS)
    Path("folder").mkdir()
    put("broken.json", b'{"values": [}')
    for path, code, words in [
        ("nope.json", "PM001", ("nope.json: ", "No such file")),
        ("folder", "PM001", ("folder: ", "a file is expected")),
        ("broken.json", "PM003", ("broken.json:1:13:",)),
    ]:
        one_refusal(run(command, "shop.json", option, path), code, *words)
    assert not Path("generated").exists()


def test_broken_yaml_is_told_as_yaml() -> None:
    put("shop.json", CALLS)
    put("dev.environment.yaml", b"values:\n  - key: {{base}}\n    value: 1\n  [\n")
    result = run("inspect", "shop.json", "--environment", "dev.environment.yaml")
    one_refusal(result, "PM013", "dev.environment.yaml:", "Mend the file.")


def test_a_value_of_a_wrong_type_is_told_in_its_own_file() -> None:
    put("shop.json", CALLS)
    put("env.json", {"values": [5, *build.pairs(base="https://environment.test")]})
    result = run("generate", "shop.json", "--environment", "env.json")
    assert result.exit_code == 0
    assert result.stderr == (
        "env.json:1:13: warning PM005 Expected a variable ({key, value}), found a "
        "number. Mend this place of the collection; it was left out. [/values/0]\n"
    )
    assert bases() == ["environment"]


@pytest.mark.parametrize("option", ["--environment", "--globals"])
@pytest.mark.parametrize(
    "row",
    [
        {"key": "pin", "type": "secret"},
        {"key": "pin", "secret": True},
        {"key": "access_token"},
        {"key": "x-api-key", "type": "default"},
    ],
)
def test_a_secret_of_an_environment_reaches_no_file_and_no_message(
    option: str, row: build.Data
) -> None:
    name = f"{{{{{row['key']}}}}}"
    query = {"host": ["h", "test"], "path": [name], "query": build.pairs(q=name)}
    auth = build.auth("bearer", token=name)
    body = {"mode": "raw", "raw": f'{{"a": {name}, "b": "{name}"}}'}
    request = {
        "method": "POST",
        "url": query,
        "auth": auth,
        "header": [
            *build.pairs(A=name),
            *build.pairs(**{"Content-Type": "application/json"}),
        ],
        "body": body,
    }
    reply = {"code": 200, "body": f'{{"a": {name}}}'}
    put("shop.json", build.collection(build.item(request, reply)))
    rows = [{**row, "value": CANARY}, *build.pairs(outer=f"x{name}")]
    put("env.json", {"values": rows})
    result = run("generate", "shop.json", option, "env.json")
    assert result.exit_code == 0
    assert [path for path, raw in written().items() if CANARY.encode() in raw] == []
    inspected = run("inspect", "--json", "shop.json", option, "env.json")
    for output in (result.output, inspected.output):
        assert CANARY not in output


def test_a_secret_of_the_environment_hides_the_collections_value() -> None:
    put("shop.json", {**CALLS, "variable": build.pairs(base="https://collection.test")})
    row = {"key": "base", "value": "https://environment.test", "type": "secret"}
    put("env.json", {"values": [row]})
    assert run("generate", "shop.json", "--environment", "env.json").exit_code == 0
    assert bases() == []


def test_a_change_of_the_environment_makes_the_client_stale() -> None:
    put("shop.json", CALLS)
    options = ("shop.json", "--environment", "env.json")
    put("env.json", values(base="https://environment.test"))
    run("generate", *options)
    assert run("check", *options).exit_code == 0
    put("env.json", values(base="https://other.test"))
    result = run("check", *options)
    assert result.exit_code == 1
    assert "generated/shop/client.py: would change" in result.stdout


def test_the_manifest_lists_every_file_that_was_read() -> None:
    put("in/shop.json", CALLS)
    put("env/dev.json", values())
    put("env/world.json", values())
    files = ("--environment", "env/dev.json", "--globals", "env/world.json")
    run("generate", "in/shop.json", *files)
    manifest = json.loads(written()["generated/shop/.pmgen.json"])
    assert {key: read["name"] for key, read in manifest["inputs"].items()} == {
        "source": "shop.json",
        "environment": "dev.json",
        "globals": "world.json",
    }
    digests = {read["sha256"] for read in manifest["inputs"].values()}
    raws = [Path(path).read_bytes() for path in ("in/shop.json", "env/dev.json")]
    assert {hashlib.sha256(raw).hexdigest() for raw in raws} == digests


def test_the_manifest_tells_files_of_one_name_apart() -> None:
    put("in/shop.json", CALLS)
    put("env/shop.json", values())
    run("generate", "in/shop.json", "--environment", "env/shop.json")
    manifest = json.loads(written()["generated/shop/.pmgen.json"])
    own, beside = manifest["inputs"]["source"], manifest["inputs"]["environment"]
    assert own["name"] == beside["name"] == "shop.json"
    assert own["sha256"] != beside["sha256"]


def test_variables_in_a_circle_are_told_at_the_collections_own() -> None:
    rows = build.pairs(a="{{b}}", b="{{a}}", fine="x")
    put("shop.json", build.collection(build.item(REQUEST), variable=rows))
    assert found_by("shop.json") == [
        ("PM062", "shop.json", "/variable/0"),
        ("PM062", "shop.json", "/variable/1"),
    ]
    assert run("generate", "shop.json").exit_code == 0


@pytest.mark.parametrize("option", ["--environment", "--globals"])
def test_a_circle_of_an_environment_is_told_in_its_own_file(option: str) -> None:
    put("shop.json", SOUND)
    put("env.json", values(a="{{a}}"))
    found = found_by("shop.json", option, "env.json")
    assert found == [("PM062", "env.json", "/values/0")]


# --- folders ---


def test_a_folder_stands_for_the_json_files_in_it() -> None:
    put("in/b.json", SOUND)
    put("in/a.postman_collection.json", SOUND)
    put("in/notes.txt", b"no collection")
    put("in/inner/c.json", SOUND)
    result = run("generate", "in")
    assert (result.exit_code, result.stderr) == (0, "")
    assert packages() == ["a", "b"]
    lines = [line.partition(":")[0] for line in result.stdout.splitlines()]
    assert lines == ["generated/a", "generated/b"]


def test_a_bad_file_in_a_folder_writes_nothing() -> None:
    put("in/a.json", SOUND)
    put("in/b.json", {"openapi": "3.1.0"})
    one_refusal(run("generate", "in"), "PM004", "in/b.json:1:1:")
    assert not Path("generated").exists()


@pytest.mark.parametrize(
    "data",
    [
        ENVIRONMENT,
        {"environment": ENVIRONMENT},
        build.pairs(a="b"),
        {**ENVIRONMENT, "_postman_variable_scope": "globals"},
    ],
)
def test_an_environment_is_passed_over_in_a_folder_and_refused_by_name(
    data: build.Data,
) -> None:
    put("collections/a.json", SOUND)
    put("collections/dev.json", data)
    for sources in ((), ("collections",)):
        result = run("generate", *sources)
        assert result.exit_code == 0
        assert result.stderr == (
            "collections/dev.json: info PM061 This is an environment or globals; it makes "
            "no client. Give it with --environment or --globals to use it.\n"
        )
        assert packages() == ["a"]
    result = run("generate", "collections/dev.json")
    one_refusal(result, "PM014", "collections/dev.json:1:")
    result = run("generate", "collections/a.json", "collections/dev.json")
    one_refusal(result, "PM014", "collections/dev.json:1:")


def test_what_is_passed_over_is_a_note_in_its_file() -> None:
    put("collections/a.json", SOUND)
    put("collections/dev.json", ENVIRONMENT)
    request = project.Job((), None, Beside(), force=False)
    one, other = project.compile_all(request, Project())
    assert (one.source, one.diagnostics) == ("collections/a.json", ())
    assert [target.name for target in one.targets] == ["a"]
    assert (other.source, other.targets) == ("collections/dev.json", ())
    assert [(d.rule, d.file) for d in other.diagnostics] == [
        (Rule.ENVIRONMENT_UNUSED, "collections/dev.json")
    ]


def test_check_says_that_there_are_no_clients() -> None:
    put("only/dev.json", ENVIRONMENT)
    assert run("check", "only").stdout == "No clients: up to date.\n"


def test_a_dump_with_an_environment_in_it_is_not_passed_over() -> None:
    """It has another error besides."""
    put("collections/a.json", {"collections": [ENVIRONMENT, {"swagger": "2.0"}]})
    result = run("generate")
    assert result.exit_code == 2
    assert " error PM004 " in result.stderr


def test_folders_of_format_3_lie_beside_json_files() -> None:
    put("collections/a.json", SOUND)
    put("collections/My Shop/ping.request.yaml", PING)
    put("collections/Deep/Carts/ping.request.yml", PING)
    put("collections/Only/.resources/definition.yaml", b"$kind: collection\n")
    put("collections/Empty/notes.yaml", b"a: 1\n")
    put("collections/dev/dev.environment.yaml", b"name: Dev\nvalues: []\n")
    result = run("generate")
    assert result.exit_code == 0
    assert packages() == ["a", "deep", "my_shop", "only"]


def test_folders_of_format_3_need_no_json_file_beside_them() -> None:
    put("collections/Shop/ping.request.yaml", PING)
    put("collections/Other/ping.request.yaml", PING)
    assert run("generate").exit_code == 0
    assert packages() == ["other", "shop"]


@pytest.mark.parametrize("source", ["git/Shop", "git/Shop/", "./git/../git/Shop"])
def test_a_folder_of_format_3_is_one_collection_named_by_itself(source: str) -> None:
    put("git/Shop/ping.request.yaml", PING)
    put("git/Shop/Carts/ping.request.yaml", PING)
    assert run("generate", source).exit_code == 0
    assert packages() == ["shop"]
    lines = run("inspect", source).stdout.splitlines()
    assert lines == [
        "Shop  (2 requests, 0 saved responses)",
        "  ping  GET https://h.test/ping  (no example)",
        "  Carts/",
        "    ping  GET https://h.test/ping  (no example)",
    ]


def test_json_files_in_a_folder_of_format_3_are_not_its_own() -> None:
    put("Shop/ping.request.yaml", PING)
    put("Shop/data.json", b"[1, 2]")
    result = run("generate", "Shop")
    assert (result.exit_code, result.stderr) == (0, "")
    assert packages() == ["shop"]


def test_the_working_folder_of_format_3_has_its_own_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put("Shop/ping.request.yaml", PING)
    monkeypatch.chdir("Shop")
    assert run("inspect", ".").stdout.startswith("Shop  (1 request, ")


def test_an_export_of_a_workspace_is_its_collections() -> None:
    put("postman/collections/Shop/ping.request.yaml", PING)
    put("postman/collections/Other/ping.request.yaml", PING)
    put("postman/environments/dev.environment.yaml", b"name: Dev\nvalues: []\n")
    assert run("generate", "postman/collections").exit_code == 0
    assert packages() == ["other", "shop"]


def test_a_fault_in_a_file_of_a_folder_is_told_in_that_file() -> None:
    put("Shop/ping.request.yaml", PING)
    put("Shop/bad.request.yaml", PING + b"headers: 5\n")
    put("Shop/broken.request.yaml", b"url: {{base}}/x\n")
    result = run("inspect", "Shop")
    assert result.exit_code == 2
    errors = [line for line in result.stderr.splitlines() if " error " in line]
    assert [line.split()[0] for line in errors] == ["Shop/broken.request.yaml:1:6:"]
    Path("Shop/broken.request.yaml").unlink()
    assert run("inspect", "Shop").stderr.startswith("Shop/bad.request.yaml:5:10: ")


@pytest.mark.parametrize("command", ["generate", "check"])
def test_a_folder_without_a_collection_is_told(command: str) -> None:
    Path("empty").mkdir()
    put("notes/notes.txt", b"x")
    put("notes/deep/a.json", SOUND)
    for folder in ("empty", "notes"):
        result = run(command, folder)
        one_refusal(result, "PM004", f"{folder}: ", f"No collection in {folder}")


def test_inspect_shows_all_collections_of_a_folder() -> None:
    put("in/a.json", SOUND)
    put("in/b.JSON", SOUND)
    assert run("inspect", "in").stdout.count("Shop  (") == 2
    shown = json.loads(run("inspect", "in", "--json").stdout)
    assert len(shown["collections"]) == 2
    one = json.loads(run("inspect", "in/a.json", "--json").stdout)["totals"]
    assert shown["totals"] == {key: 2 * number for key, number in one.items()}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_missing_source_is_told(command: str) -> None:
    one_refusal(run(command, "nope.json"), "PM001", "nope.json: ", "No such file")
    one_refusal(run(command, "nope/"), "PM001", "nope", "No such file")


def test_links_are_followed_and_circles_of_them_end() -> None:
    put("Shop/ping.request.yaml", PING)
    put("other/pong.request.yaml", PING)
    Path("Shop/link").symlink_to(Path("other").resolve(), target_is_directory=True)
    Path("other/back").symlink_to(Path("Shop").resolve(), target_is_directory=True)
    result = run("inspect", "Shop")
    assert result.stdout.startswith("Shop  (2 requests, ")


# --- several collections in a source ---


def test_each_collection_of_a_dump_is_a_client() -> None:
    other = {"info": {"name": "Other One"}, "item": SOUND["item"]}
    put("dump.json", {"collections": [SOUND, other, SOUND]})
    result = run("generate", "dump.json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert packages() == ["other_one", "shop", "shop_2"]
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == [
        "generated/shop",
        "generated/other_one",
        "generated/shop_2",
    ]
    check = run("check", "dump.json")
    assert check.stdout == "shop, other_one, shop_2: up to date.\n"


def test_a_list_of_collections_is_as_many_clients() -> None:
    put("all.json", [SOUND, {"info": {"name": "Other"}, "item": []}])
    assert run("generate", "all.json").exit_code == 0
    assert packages() == ["other", "shop"]


def test_what_is_no_collection_in_a_dump_is_left_out() -> None:
    put("dump.json", {"collections": [None, SOUND, {"a": 1}, ENVIRONMENT]})
    result = run("generate", "dump.json")
    assert result.exit_code == 0
    assert [line.partition("[")[2] for line in result.stderr.splitlines()] == [
        "/collections/2]",
        "/collections/3]",
    ]
    assert packages() == ["shop"]


@pytest.mark.parametrize("name", ["a" * 300, "x\0y"])
def test_a_path_that_cannot_be_is_told(name: str) -> None:
    put("pmgen.toml", f"sources = [{json.dumps(name)}]\n".encode())
    one_refusal(run("generate"), "PM001")


def test_a_pipe_is_no_source() -> None:
    os.mkfifo("pipe.json")
    one_refusal(run("inspect", "pipe.json"), "PM001", "no regular file")


def test_what_is_not_the_collections_is_not_read() -> None:
    put("ws/postman/collections/Shop/ping.request.yaml", PING)
    put("ws/k8s/d.yaml", b"a: 1\na: 2\n")
    put("ws/k8s/broken.yaml", b"{{{")
    Path("ws/k8s/gone.yaml").symlink_to("nowhere")
    result = run("inspect", "ws", "--strict")
    assert (result.exit_code, result.stderr) == (0, "")


def test_settings_for_no_package_are_an_error() -> None:
    put("collections/shop.json", SOUND)
    put("pmgen.toml", b'[collections.shpo]\nenvironment = "x.json"\n')
    one_refusal(run("generate"), "PM008", "`collections.shpo`", "there are shop")


def secret_places(
    environment: build.Data, *items: build.Data, **more: build.Data
) -> str:
    """Everything that is generated and printed for a collection with that environment."""
    put("shop.json", build.collection(*items, **more))
    put("env.json", environment)
    result = run("generate", "shop.json", "--environment", "env.json")
    assert result.exit_code == 0, result.stderr
    texts = [content.decode() for content in written().values()]
    shown = run("inspect", "shop.json", "--environment", "env.json", "--json").stdout
    return "\n".join([*texts, shown, result.stderr])


def test_what_the_collection_calls_secret_is_secret_in_the_environment() -> None:
    request = build.get("http://h.test/x?pin={{pin}}", header=build.pairs(X="{{pin}}"))
    rows = [{"key": "pin", "type": "secret", "value": ""}]
    everything = secret_places(values(pin=CANARY), build.item(request), variable=rows)
    assert CANARY not in everything


def test_what_an_auth_uses_is_secret_everywhere() -> None:
    request = build.get("http://h.test/{{derived}}", auth=PAT)
    reply = {
        "name": "ok",
        "code": 200,
        "_postman_previewlanguage": "json",
        "body": '{"n": {{pat}}}',
    }
    nested = build.get("http://h.test/{{outer_{{pat}}}}")
    environment = values(pat="31415926", derived="pre-{{pat}}")
    everything = secret_places(
        environment, build.item(request, reply), build.item(nested, name="b")
    )
    assert "31415926" not in everything


def test_a_client_of_a_dump_and_one_of_a_file_may_not_share_a_package() -> None:
    put("dump.json", {"collections": [SOUND]})
    put("shop.json", SOUND)
    result = run("generate", "dump.json", "shop.json")
    one_refusal(result, "PM008", "shop.json: ", "dump.json makes the package shop too")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_dump_without_a_collection_is_told(command: str) -> None:
    put("dump.json", {"collections": [], "environments": []})
    one_refusal(run(command, "dump.json"), "PM004", "dump.json:1:1:", "no collection")


# --- encodings, standard input ---

UMLAUT = json.dumps(
    build.collection(build.item(REQUEST, name="Grün")), ensure_ascii=False
)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"],
)
@pytest.mark.parametrize("has_mark", [False, True])
def test_every_unicode_encoding_is_read(encoding: str, has_mark: bool) -> None:
    mark = "\ufeff" if has_mark and encoding[-3:] in ("-le", "-be") else ""
    put("shop.json", (mark + UMLAUT).encode(encoding))
    result = run("inspect", "shop.json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "  Grün  GET " in result.stdout


def test_other_bytes_are_latin_1_and_a_warning() -> None:
    raw = UMLAUT.encode("latin-1")
    put("shop.json", raw)
    for command in ("inspect", "generate", "check"):
        result = run(command, "shop.json")
        assert result.exit_code == 0
        at = raw.index(b"\xfc")
        assert result.stderr.startswith(
            f"shop.json:1:{at + 1}: warning PM002 Byte {at} is not utf-8; "
            "the file was read as latin-1. Save the file as UTF-8.\n"
        )
    assert "  Grün  GET " in run("inspect", "shop.json").stdout
    assert run("inspect", "--strict", "shop.json").exit_code == 3


def test_the_encoding_of_an_environment_is_told_in_its_file() -> None:
    put("shop.json", SOUND)
    put("env.json", json.dumps(values(a="ü"), ensure_ascii=False).encode("latin-1"))
    found = found_by("shop.json", "--environment", "env.json")
    assert found == [("PM002", "env.json", "")]


def test_standard_input_is_a_source_of_any_shape() -> None:
    result = run("generate", "-", stdin=json.dumps(SOUND).encode("utf-16"))
    assert (result.exit_code, packages()) == (0, ["collection"])
    two = json.dumps({"collections": [SOUND, SOUND]}).encode()
    result = run("generate", "-", "--out", "two", stdin=two)
    assert (result.exit_code, packages("two")) == (0, ["shop", "shop_2"])


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "PM003"),
        (b"{", "PM003"),
        (b"name: x\n", "PM003"),
        (b'{"values": []}', "PM014"),
    ],
)
def test_bad_standard_input_is_told_by_its_name(raw: bytes, code: str) -> None:
    for command in COMMANDS:
        one_refusal(run(command, "-", stdin=raw), code, "-:1:")


def test_standard_input_goes_with_an_environment() -> None:
    put("env.json", values(base="https://environment.test"))
    stdin = json.dumps(CALLS).encode()
    assert run("generate", "-", "--environment", "env.json", stdin=stdin).exit_code == 0
    assert bases("generated/collection") == ["environment"]


def test_a_credential_whose_name_is_made_of_another_is_secret_too() -> None:
    auth: build.Data = {"type": "bearer", "bearer": {"token": "{{t_{{stage}}}}"}}
    request = build.get("http://h.test/x", auth=auth)
    reply = {"name": "ok", "code": 200, "body": '{"n": {{t_live}}}'}
    reply["_postman_previewlanguage"] = "json"
    environment = values(stage="live", t_live="31415926")
    everything = secret_places(environment, build.item(request, reply))
    assert "31415926" not in everything


def test_a_circle_of_an_environment_has_its_line() -> None:
    put("shop.json", SOUND)
    put("env.json", b'{"values": [\n {"key": "a",\n "value": "{{a}}"}]}')
    result = run("inspect", "shop.json", "--environment", "env.json")
    assert "env.json:2:2: warning PM062 " in result.stderr


def test_a_folder_that_cannot_be_listed_is_told() -> None:
    """A missing folder stands for one without permission, which the superuser does not have."""
    with pytest.raises(ProjectError) as caught:
        list(inputs._walk(Path("gone")))
    assert caught.value.diagnostic.rule is Rule.UNREADABLE


def test_a_file_nests_at_most_300_deep() -> None:
    for depth, code in ((290, 0), (310, 2)):
        value = json.loads("[" * depth + "]" * depth)
        put("shop.json", build.collection(variable=[{"key": "a", "value": value}]))
        result = run("inspect", "shop.json")
        assert result.exit_code == code
    assert "shop.json:1:" in result.stderr
    assert "PM007 Nested more than 300 deep" in result.stderr
