"""What `check` prints for programs and workflows."""

from __future__ import annotations

import json
from pathlib import Path

import build
import pytest
from command import SOUND, WARNED, here, put, run

__all__ = ["here"]  # a fixture


def stale() -> None:
    """A client that lacks a file and has another one edited."""
    put("collections/shop.json", SOUND)
    assert run("generate").exit_code == 0
    Path("generated/shop/py.typed").unlink()
    put("generated/shop/client.py", b"# edited\n")


def test_json_says_what_would_change() -> None:
    stale()
    result = run("check", "--output-format", "json")
    assert result.exit_code == 1
    assert result.stderr == ""
    assert json.loads(result.stdout) == {
        "up_to_date": False,
        "clients": [
            {
                "folder": "generated/shop",
                "changes": [
                    {"path": "client.py", "change": "change"},
                    {"path": "py.typed", "change": "add"},
                ],
            }
        ],
        "diagnostics": [],
    }


def test_json_has_the_diff_if_it_is_asked_for() -> None:
    stale()
    found = json.loads(run("check", "--output-format", "json", "--diff").stdout)
    assert "-# edited" in found["clients"][0]["diff"].splitlines()


def test_json_says_what_was_found_in_the_source() -> None:
    put("collections/shop.json", WARNED)
    run("generate")
    result = run("check", "--output-format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert found["up_to_date"] is True
    assert {d["file"] for d in found["diagnostics"]} == {"collections/shop.json"}
    assert [d["code"] for d in found["diagnostics"]] == ["PM020", "PM052"]


@pytest.mark.parametrize("data", [b"{", {"a": 1}])
def test_after_an_error_nothing_is_known(data: build.Data) -> None:
    put("collections/shop.json", data)
    result = run("check", "--output-format", "json")
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    assert found["up_to_date"] is None
    assert [d["severity"] for d in found["diagnostics"]] == ["error"]


def test_a_refusal_is_json_too() -> None:
    put("pmgen.toml", b"surprise = 1\n")
    result = run("check", "--output-format", "json")
    assert result.exit_code == 2
    (found,) = json.loads(result.stdout)["diagnostics"]
    assert (found["code"], found["file"]) == ("PM008", "pmgen.toml")


def test_a_workflow_gets_an_annotation_for_each_file() -> None:
    stale()
    result = run("check", "--output-format", "github")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "::error file=generated/shop/client.py,title=Not up to date::"
        "`pmgen generate` would change this file.",
        "::error file=generated/shop/py.typed,title=Not up to date::"
        "`pmgen generate` would add this file.",
    ]


def test_a_workflow_gets_an_annotation_at_the_line_of_a_finding() -> None:
    put("collections/a,b.json", WARNED)
    run("generate")
    result = run("check", "--output-format", "github")
    assert result.exit_code == 0
    first, *_, last = result.stdout.splitlines()
    head, _, message = first.removeprefix("::warning ").partition("::")
    where = dict(pair.split("=") for pair in head.split(","))
    assert where["file"] == "collections/a%2Cb.json"
    assert where["title"] == "PM020"
    assert int(where["line"]) >= 1
    assert message.startswith("No request: ")
    assert last == "a_b: up to date."


def test_what_a_collection_says_is_no_command_of_the_workflow() -> None:
    item = build.item(None, name="100%\n::error::x")
    put("collections/shop.json", build.collection(item))
    run("generate")
    lines = run("check", "--output-format", "github").stdout.splitlines()
    assert [line.split(" ")[0] for line in lines if line.startswith("::")] == [
        "::warning"
    ]


def test_a_diff_in_a_workflow_is_a_group() -> None:
    stale()
    lines = run("check", "--output-format", "github", "--diff").stdout.splitlines()
    assert lines[-1] == "::endgroup::"
    group = lines.index("::group::generated/shop")
    assert "-# edited" in lines[group:]
