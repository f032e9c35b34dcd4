"""`inspect`: the tree, what was lost, the same as JSON, and both on a terminal."""

# ruff: noqa: S106 - variables, no passwords

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
    plain,
    process,
    put,
    run,
    terminal,
)
from command import (
    here as here,
)

EVIL = "a\x1b[31mb\nc\u202ed [red]e[/red] :smile:"

#: A bit of everything that the tree shows.
RICH: build.Data = build.collection(
    build.item(REQUEST, REPLY, {"name": "gone", "code": 404}, name="Get user"),
    build.folder(
        "Pages",
        build.item(
            build.get("https://h.test/p?x=1", auth=build.auth("bearer", token="{{t}}")),
            {
                "name": "page",
                "code": 201,
                "body": "<html></html>",
            },
            {
                "name": "list",
                "code": 200,
                "body": "[1, 2.5]",
            },
            {
                "name": "logo",
                "code": 203,
                "body": "",
                "header": build.pairs(**{"Content-Type": "image/png"}),
            },
            name="",
        ),
        build.folder("", build.item("https://h.test/deep", name="Deep")),
        build.folder("Empty"),
    ),
    build.item(None, REPLY, name="Lost"),
    info={"name": "Rich"},
)


def test_the_tree_has_folders_requests_auths_and_examples_with_their_types() -> None:
    put("shop.json", RICH)
    result = run("inspect", "shop.json")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Rich  (4 requests (3 callable), 6 saved responses (5 used))",
        "  Get user  GET https://h.test/users/:id  (2 examples)",
        "    200 ok: User",
        "    404 gone: empty",
        "  Pages/",
        "    (no name)  GET https://h.test/p  [bearer]  (3 examples)",
        "      201 page: html",
        "      200 list: list[float]",
        "      203 logo: bytes",
        "    (no name)/",
        "      Deep  GET https://h.test/deep  (no example)",
    ]
    assert not Path("generated").exists()


def test_a_text_beside_json_of_the_same_status_stays_a_text() -> None:
    replies = [{"code": 200, "body": "<html></html>"}, {"code": 200, "body": "[1]"}]
    put("shop.json", build.collection(build.item(REQUEST, *replies)))
    assert run("inspect", "shop.json").stdout.splitlines()[2:] == [
        "    200 : html",
        "    200 : list[int]",
    ]


def test_a_sound_collection_says_nothing_else() -> None:
    put("shop.json", SOUND)
    result = run("inspect", "shop.json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "Shop  (1 request, 1 saved response)",
        "  Users/",
        "    Get user  GET https://h.test/users/:id  (1 example)",
        "      200 ok: User",
    ]


def test_each_collection_of_a_source_is_a_tree() -> None:
    put("dump.json", {"collections": [SOUND, {"info": {"name": "B"}, "item": []}]})
    lines = run("inspect", "dump.json").stdout.splitlines()
    roots = [line for line in lines if not line.startswith(" ")]
    assert roots == [
        "Shop  (1 request, 1 saved response)",
        "B  (0 requests, 0 saved responses)",
    ]


def test_findings_come_one_on_a_line_and_a_summary_last() -> None:
    get = {**REQUEST, "body": {"mode": "raw", "raw": "{}"}}
    put("shop.json", build.collection(*WARNED["item"], build.item(get)))
    lines = run("inspect", "shop.json").stderr.splitlines()
    assert [line.partition(" ")[2].partition(":")[0] for line in lines[:3]] == [
        "warning PM020 No request",
        "warning PM052 No request / ok",
        "info PM041 one",
    ]
    assert lines[3:] == [
        "shop.json: 2 warnings, 1 note; `pmgen explain CODE` says more."
    ]


def test_notes_alone_are_shown_and_counted() -> None:
    get = {**REQUEST, "body": {"mode": "raw", "raw": "{}"}}
    put("shop.json", build.collection(build.item(get), build.item(get)))
    lines = run("inspect", "shop.json").stderr.splitlines()
    assert [" info PM041 " in line for line in lines] == [True, True, False]
    assert lines[-1] == "shop.json: 2 notes; `pmgen explain CODE` says more."


@pytest.mark.parametrize(
    ("data", "code", "summary"),
    [
        (b"{", "PM003", "bad.json: 1 error; `pmgen explain CODE` says more."),
        ({"a": 1}, "PM004", "bad.json: 1 error; `pmgen explain CODE` says more."),
        ({"values": []}, "PM014", "bad.json: 1 error; `pmgen explain CODE` says more."),
    ],
)
@pytest.mark.parametrize("options", [(), ("--strict",)])
def test_an_error_exits_with_2_and_shows_no_tree(
    options: tuple[str, ...], data: build.Data, code: str, summary: str
) -> None:
    put("bad.json", data)
    result = run("inspect", *options, "bad.json")
    one_refusal(result, code, "bad.json:1:")
    assert result.stderr.splitlines()[-1] == summary


def test_json_tells_an_error_too() -> None:
    put("bad.json", {"swagger": "2.0"})
    result = run("inspect", "--json", "bad.json")
    assert (result.exit_code, result.stderr) == (2, "")
    assert json.loads(result.stdout) == {
        "totals": dict.fromkeys(
            (
                "folders",
                "items",
                "saved_responses",
                "operations",
                "examples",
                "json_examples",
            ),
            0,
        ),
        "collections": [],
        "diagnostics": [
            {
                "code": "PM004",
                "severity": "error",
                "file": "bad.json",
                "text": "This is a Swagger description, not a Postman collection",
                "remedy": (
                    "Give a Postman collection, request, folder, data dump, "
                    "or a v3 folder."
                ),
                "pointer": "",
                "trail": [],
                "line": 1,
                "column": 1,
            }
        ],
    }


def test_json_has_totals_collections_and_diagnostics() -> None:
    put("in/shop.json", RICH)
    result = run("inspect", "--json", "in/shop.json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert list(found) == ["totals", "collections", "diagnostics"]
    assert found["totals"] == {
        "folders": 3,
        "items": 4,
        "saved_responses": 6,
        "operations": 3,
        "examples": 5,
        "json_examples": 2,
    }
    (collection,) = found["collections"]
    assert (collection["name"], collection["totals"]) == ("Rich", found["totals"])
    assert collection["settings"] == ["base_url", "t"]
    assert collection["operations"][1] == {
        "trail": ["Pages", ""],
        "pointer": "/item/1/item/0",
        "name": "get_p",
        "method": "GET",
        "url": "https://h.test/p",
        "auth": "bearer",
        "examples": [
            {"name": "page", "status": 201, "kind": "text", "type": "html"},
            {"name": "list", "status": 200, "kind": "json", "type": "list[float]"},
            {"name": "logo", "status": 203, "kind": "bytes", "type": "bytes"},
        ],
    }
    assert [
        (d["code"], d["severity"], d["file"], d["pointer"], d["trail"])
        for d in found["diagnostics"]
    ] == [
        ("PM020", "warning", "in/shop.json", "/item/2", ["Lost"]),
        ("PM052", "warning", "in/shop.json", "/item/2/response/0", ["Lost", "ok"]),
    ]


def test_json_has_the_place_of_what_it_reports() -> None:
    text = json.dumps(WARNED, indent=1)
    put("shop.json", text.encode())
    result = run("inspect", "--json", "shop.json")
    found = json.loads(result.stdout)["diagnostics"][0]
    lines = text.splitlines()
    assert lines[found["line"] - 1][found["column"] - 1 :] == "{"
    assert lines[found["line"]].strip() == '"name": "No request",'


def test_the_totals_of_several_collections_are_their_sum() -> None:
    put("dump.json", {"collections": [RICH, SOUND, WARNED]})
    found = json.loads(run("inspect", "--json", "dump.json").stdout)
    totals = [collection["totals"] for collection in found["collections"]]
    assert [total["items"] for total in totals] == [4, 1, 2]
    assert found["totals"] == {
        key: sum(total[key] for total in totals) for key in totals[0]
    }


def test_examples_of_orphans_count_as_saved_and_not_as_used() -> None:
    example = b"$kind: http-example\nresponse:\n  statusCode: 200\n  body: {}\n"
    put("Shop/ping.request.yaml", b"$kind: http-request\nurl: https://h.test\n")
    put("Shop/lost.example.yaml", example)
    found = json.loads(run("inspect", "--json", "Shop").stdout)
    assert found["totals"] == {
        "folders": 0,
        "items": 1,
        "saved_responses": 1,
        "operations": 1,
        "examples": 0,
        "json_examples": 0,
    }
    assert [(d["code"], d["file"]) for d in found["diagnostics"]] == [
        ("PM027", "Shop/lost.example.yaml")
    ]


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_strict_exits_with_3_whatever_is_shown(options: tuple[str, ...]) -> None:
    put("shop.json", WARNED)
    assert run("inspect", *options, "shop.json").exit_code == 0
    assert run("inspect", "--strict", *options, "shop.json").exit_code == 3
    put("shop.json", SOUND)
    assert run("inspect", "--strict", *options, "shop.json").exit_code == 0


def test_standard_input_is_a_source() -> None:
    result = run("inspect", "-", stdin=json.dumps(WARNED).encode())
    assert result.exit_code == 0
    assert result.stderr.startswith("-:1:")
    assert result.stdout.startswith("Shop  (2 requests (1 callable), ")


def _evil() -> build.Data:
    reply = {**REPLY, "name": EVIL}
    return build.collection(
        build.item(REQUEST, reply, name=EVIL),
        build.folder(EVIL, build.item(None, reply, name=EVIL)),
        info={"name": EVIL},
    )


def test_a_pipe_carries_no_control_character_of_a_name() -> None:
    put("shop.json", _evil())
    for result in (run("inspect", "shop.json"), run("generate", "shop.json")):
        assert result.exit_code == 0
        for output in (result.stdout, result.stderr):
            assert "\x1b" not in output
            assert "\u202e" not in output
            assert "b\nc" not in output


def test_a_terminal_obeys_no_name_of_a_collection() -> None:
    put("shop.json", _evil())
    seen = terminal("inspect", "shop.json")
    assert seen.code == 0
    name = "a\\u001b[31mb c\\u202ed [red]e[/red] :smile:"
    assert seen.stdout.count(name) == 2
    assert seen.stderr.count(f"{name} / {name}") == 2
    for output in seen[1:]:
        assert "\x1b[31m" not in output
        assert "\u202e" not in output


def test_a_terminal_shows_a_tree_with_dim_notes() -> None:
    put("shop.json", RICH)
    seen = terminal("inspect", "shop.json")
    assert seen.code == 0
    assert plain(seen.stdout).splitlines() == [
        "Rich  4 requests (3 callable), 6 saved responses (5 used)",
        "├── Get user  GET https://h.test/users/:id  2 examples",
        "│   ├── 200 ok: User",
        "│   └── 404 gone: empty",
        "└── Pages/",
        "    ├── (no name)  GET https://h.test/p  [bearer]  3 examples",
        "    │   ├── 201 page: html",
        "    │   ├── 200 list: list[float]",
        "    │   └── 203 logo: bytes",
        "    └── (no name)/",
        "        └── Deep  GET https://h.test/deep  no example",
    ]
    assert "\x1b[2m  2 examples\x1b[0m" in seen.stdout


def test_a_terminal_groups_findings_by_rule_the_worst_first() -> None:
    get = {**REQUEST, "body": {"mode": "raw", "raw": "{}"}}
    noted = build.item(get, name="noted")
    lost = build.item(None, REPLY, name="Lost")
    put("shop.json", build.collection(noted, lost, noted, build.item(5), lost))
    seen = terminal("inspect", "shop.json")
    heads = [line for line in seen.stderr.splitlines() if line.startswith("\x1b")]
    assert heads == [
        "\x1b[1;33mwarning PM005\x1b[0m  "
        "Mend this place of the collection; it was left out.",
        "\x1b[1;33mwarning PM020\x1b[0m  Give the item a request with a URL.",
        "\x1b[1;33mwarning PM052\x1b[0m  "
        "Mend the example, or the request that it belongs to.",
        "\x1b[1;36minfo PM041\x1b[0m  "
        "Set disableBodyPruning in the request's settings to send it.",
    ]
    lines = plain(seen.stderr).splitlines()
    groups = [line.partition(": ")[0].split()[-1] for line in lines[3:6]]
    assert groups == ["Lost", "one", "Lost"]
    assert lines[-1] == (
        "shop.json: 6 warnings, 2 notes; `pmgen explain CODE` says more."
    )


def test_a_terminal_shows_an_error_in_red() -> None:
    put("bad.json", b"{")
    seen = terminal("inspect", "bad.json")
    assert (seen.code, seen.stdout) == (2, "")
    assert seen.stderr.startswith("\x1b[1;31merror PM003\x1b[0m  ")
    assert "  \x1b[2mbad.json:1:2\x1b[0m Not valid JSON" in seen.stderr


def test_each_stream_is_judged_by_itself() -> None:
    put("shop.json", WARNED)
    piped = run("inspect", "shop.json")
    seen = terminal("inspect", "shop.json", stdout=False)
    assert seen.stdout == piped.stdout
    assert "\x1b[1;33mwarning PM020\x1b[0m" in seen.stderr
    seen = terminal("inspect", "shop.json", stderr=False)
    assert "├── " in seen.stdout or "└── " in seen.stdout
    assert seen.stderr == piped.stderr


def test_json_is_json_on_a_terminal_too() -> None:
    put("shop.json", WARNED)
    seen = terminal("inspect", "--json", "shop.json")
    assert (seen.code, seen.stderr) == (0, "")
    assert json.loads(seen.stdout) == json.loads(
        run("inspect", "--json", "shop.json").stdout
    )


def test_generate_shows_its_warnings_on_a_terminal_likewise() -> None:
    put("shop.json", WARNED)
    seen = terminal("generate", "shop.json")
    assert seen.code == 0
    assert "\x1b" not in seen.stdout
    assert "\x1b[1;33mwarning PM020\x1b[0m" in seen.stderr


FOREIGN: build.Data = build.collection(
    build.item(REQUEST, REPLY, name="日本 \U0001f600"), build.item(None, name="Grün")
)


def test_a_plain_pipe_gets_names_it_cannot_show_and_no_traceback() -> None:
    put("shop.json", FOREIGN)
    done = process("inspect", "shop.json")
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b" warning PM020 " in done.stderr


def test_a_terminal_shows_names_of_all_languages() -> None:
    put("shop.json", FOREIGN)
    seen = terminal("inspect", "shop.json")
    assert "日本 \U0001f600  GET " in seen.stdout
    assert "Grün: " in seen.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_plain_terminal_gets_names_it_cannot_show_and_no_traceback(
    encoding: str,
) -> None:
    put("shop.json", FOREIGN)
    seen = terminal("inspect", "shop.json", encoding=encoding)
    assert seen.code == 0
    assert "-- \\u65e5\\u672c \\U0001f600  GET " in seen.stdout
    name = "Gr\\xfcn" if encoding == "ascii" else "Grün"
    assert f"\x1b[1m{name}: \x1b[0m" in seen.stderr


def test_json_says_it_too_where_nothing_can_be_read() -> None:
    result = run("inspect", "nope.json", "--json")
    assert result.exit_code == 2
    shown = json.loads(result.stdout)
    assert shown["collections"] == []
    assert shown["totals"]["items"] == 0
    (found,) = shown["diagnostics"]
    assert (found["code"], found["file"]) == ("PM001", "nope.json")
