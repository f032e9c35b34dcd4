"""Names kept from run to run: what is written down, who is found again, and what a broken section does."""

from __future__ import annotations

import copy
import json
import random
import typing
from pathlib import Path

import build
import edits
import pytest
from command import here as here
from command import one_refusal, put, run, written

from pmgen.infer import decide, endpoints, roles
from pmgen.names import Kept, KeptError, dump, load, names_of, remember

REPLY = {"name": "ok", "code": 200, "body": '{"id": 1, "firstName": "x"}'}
SHOP: build.Data = build.collection(
    build.folder(
        "Users",
        build.item(build.get("{{base}}/users/:userId"), REPLY, name="Get"),
        build.item(build.get("{{base}}/users"), name="List"),
    ),
    build.folder(
        "Carts",
        build.item(
            build.get("{{base}}/carts"),
            {"name": "ok", "code": 200, "body": '{"a": [1], "b": {"c": true}}'},
            name="Get",
        ),
    ),
)


def section(data: build.Data) -> build.Data:
    """What the manifest of a first run holds."""
    api, _ = build.lowered(data)
    table = decide(roles(api), endpoints(api))
    return dump(remember(api, table, names_of(api, table)))


def test_what_is_written_down() -> None:
    found = section(SHOP)
    assert found["settings"] == {"{{base}}": "base"}
    assert found["folders"] == {
        "Users": {"name": "users"},
        "Carts": {"name": "carts"},
    }
    calls = found["requests"]
    assert list(calls) == ["Users/Get", "Users/List", "Carts/Get"]
    assert calls["Users/Get"]["params"] == {":userId": "user_id"}
    assert found["classes"] == {
        "Get": {"at": ["Users/Get 200 $"], "fields": {"firstName": "first_name"}},
        "GetReply": {"at": ["Carts/Get 200 $"]},
        "B": {"at": ["Carts/Get 200 $.b"]},
    }


def test_ids_and_trails_that_are_taken_are_written_down() -> None:
    data = copy.deepcopy(SHOP)
    data["item"].append(build.folder("Users", build.item("{{base}}", name="a/b")))
    data["item"][0]["id"] = "f1"
    data["item"][0]["item"][0]["_postman_id"] = "r1"
    data["item"].append(build.item("{{base}}/9", name="Users/a/b"))
    found = section(data)
    assert found["folders"]["Users"]["id"] == "f1"
    assert found["folders"]["Users #2"] == {"name": "users_get", "trail": "Users"} or (
        found["folders"]["Users #2"]["trail"] == "Users"
    )
    assert found["requests"]["Users/Get"]["id"] == "r1"
    assert {call.get("folder") for call in found["requests"].values()} >= {"Users #2"}
    assert load(json.loads(json.dumps(found))) == load(found)


def test_a_literal_credential_is_known_by_its_requests_and_leaves_no_trace() -> None:
    secret = build.get("https://h.test", header=build.pairs(Authorization="hunter2"))
    found = section(build.collection(build.item(secret, name="Ping")))
    assert found["settings"] == {
        "server:https://h.test": "base_url",
        "header:authorization of Ping": "header_authorization",
    }


@pytest.mark.parametrize("edit", edits.EDITS)
def test_an_edit_renames_nothing_that_stays(edit: str) -> None:
    for seed in range(20):
        rng = random.Random(seed)  # noqa: S311  # for tests
        data = copy.deepcopy(SHOP)
        before = edits.view(data, Kept())
        assert before is not None
        assert edits.EDITS[edit](data, rng)
        after = edits.view(data, before.kept)
        assert after is not None
        assert not list(edits.renamed(before, after))


def test_the_law_finds_what_is_renamed() -> None:
    """The test above would pass if it compared nothing."""
    data = copy.deepcopy(SHOP)
    before = edits.view(data, Kept())
    assert before is not None
    data["item"].reverse()
    data["item"][1]["item"].reverse()
    after = edits.view(data, Kept())
    assert after is not None
    assert list(edits.renamed(before, after))


def moved(
    data: build.Data, change: typing.Callable[[build.Data], None]
) -> tuple[list[str], list[str]]:
    """Methods and classes after a change, with the names from before."""
    data = copy.deepcopy(data)
    before = edits.view(data, Kept())
    assert before is not None
    change(data)
    after = edits.view(data, before.kept)
    assert after is not None
    methods = [n for place, n in after.names.items() if place[0] == "operation"]
    return methods, list(after.classes.values())


def test_a_request_that_is_edited_moved_or_called_otherwise_keeps_its_names() -> None:
    def edit(data: build.Data) -> None:
        data["item"][0]["item"][0]["request"]["url"] = "{{base}}/people/:userId"

    def move(data: build.Data) -> None:
        data["item"][1]["item"].append(data["item"][0]["item"].pop(1))

    def rename(data: build.Data) -> None:
        data["item"][0]["item"][0]["name"] = "Fetch"

    assert moved(SHOP, edit)[0] == ["get", "list_", "get"]
    assert moved(SHOP, move)[0] == ["get", "get", "list_"]
    assert moved(SHOP, rename) == (["get", "list_", "get"], ["Get", "GetReply", "B"])


def test_a_request_that_comes_to_another_of_its_name_gives_way() -> None:
    def move(data: build.Data) -> None:
        data["item"][1]["item"].insert(0, data["item"][0]["item"].pop(0))

    methods, classes = moved(SHOP, move)
    assert methods == ["list_", "get_users_user_id", "get"]
    assert classes == ["Get", "GetReply", "B"]


def test_of_merged_classes_one_name_lives_on() -> None:
    def merge(data: build.Data) -> None:
        reply = data["item"][0]["item"][0]["response"][0]
        data["item"][1]["item"][0]["response"][0]["body"] = reply["body"]

    _, classes = moved(SHOP, merge)
    assert set(classes) == {"Get"}


def test_a_field_keeps_its_name_when_its_like_appears_before_it() -> None:
    body = '{"first_name": 1, "id": 1, "firstName": "x"}'

    def add(data: build.Data) -> None:
        data["item"][0]["item"][0]["response"][0]["body"] = body

    data = copy.deepcopy(SHOP)
    before = edits.view(data, Kept())
    assert before is not None
    add(data)
    after = edits.view(data, before.kept)
    assert after is not None
    assert after.fields["Get", "firstName"] == "first_name"
    assert after.fields["Get", "first_name"] == "first_underscore_name"


BROKEN: list[tuple[build.Data, str]] = [
    ([], "`names`"),
    ({"names": {}}, "unknown key 'names'"),
    ({"settings": []}, "in the wrong place"),
    ({"settings": {"x": 5}}, "'5' in the wrong place"),
    (
        {"settings": {"x": "import os"}},
        "'import os', the name of a setting, is no identifier",
    ),
    ({"settings": {"x": "class"}}, "is a keyword"),
    ({"settings": {"x": "X"}}, "must have lower case"),
    ({"folders": {"A": {"name": "../a"}}}, "is no identifier"),
    ({"folders": {"A": {"name": "__init__"}}}, "underscore"),
    ({"folders": {"A": "a"}}, "in the wrong place"),
    ({"folders": {"A": {"name": "a", "class": "A"}}}, "unknown key 'class'"),
    ({"requests": {"A": {}}}, "'', the name of a operation, is no identifier"),
    ({"requests": {"A": {"name": "a", "id": 5}}}, "'5' in the wrong place"),
    ({"requests": {"A": {"name": "a", "params": {"?x": "a b"}}}}, "no identifier"),
    ({"classes": {"A(B)": {"at": []}}}, "is no identifier"),
    ({"classes": {"a": {"at": []}}}, "a capital at its start"),
    ({"classes": {"A": {"at": "x 200 $"}}}, "in the wrong place"),
    ({"classes": {"A": {"at": ["x"]}}}, "'x' is no place"),
    ({"classes": {"A": {"at": [], "fields": {"x": "ﬁ"}}}}, "is no identifier"),
    ({"requests": {"A": {"name": "a", "folder": "B"}}}, "no folder 'B'"),
    ({"folders": {"A": {"name": "a", "folder": "B"}}}, "no folder 'B'"),
    ({"codecs": {"a": "A 200 $"}}, "upper case"),
    ({"codecs": {"A": ["A 200 $"]}}, "in the wrong place"),
]


@pytest.mark.parametrize(("found", "words"), BROKEN)
def test_a_broken_section_is_refused(found: build.Data, words: str) -> None:
    with pytest.raises(KeptError) as caught:
        load(found)
    assert words in str(caught.value) or words == "`names`"


def test_a_section_that_names_nothing_that_is_there_does_nothing() -> None:
    found = {
        "settings": {"{{gone}}": "gone"},
        "folders": {"Gone": {"name": "gone"}},
        "requests": {"Gone/x": {"name": "gone", "digest": "1.2"}},
        "classes": {"Gone": {"at": ["Gone/x 200 $", "nobody 404 $"]}},
        "codecs": {"GONE": "nobody 200 $"},
    }
    fresh, after = edits.view(SHOP, Kept()), edits.view(SHOP, load(found))
    assert fresh is not None
    assert after is not None
    assert after.names == fresh.names


def manifest() -> build.Data:
    """The manifest that was written."""
    return json.loads(written()["generated/shop/.pmgen.json"])


def test_generate_keeps_the_names_and_check_knows_them() -> None:
    put("shop.json", SHOP)
    assert run("generate", "shop.json").exit_code == 0
    first = manifest()
    data = copy.deepcopy(SHOP)
    data["item"].reverse()
    put("shop.json", data)
    assert run("generate", "shop.json").exit_code == 0
    assert set(manifest()["names"]["classes"]) == set(first["names"]["classes"])
    assert run("check", "shop.json").exit_code == 0
    shown = json.loads(run("inspect", "shop.json", "--json").stdout)
    assert [
        o["examples"][0]["type"]
        for o in shown["collections"][0]["operations"]
        if o["examples"]
    ] == ["GetReply", "Get"]


def test_a_manifest_without_names_is_as_good_as_none() -> None:
    put("shop.json", SHOP)
    run("generate", "shop.json")
    found = manifest()
    del found["names"]
    put("generated/shop/.pmgen.json", found)
    assert run("generate", "shop.json").exit_code == 0
    assert manifest()["names"]


@pytest.mark.parametrize(
    "names", [5, [], {"classes": {"import os": {"at": []}}}, {"x": 1}]
)
def test_a_manifest_with_broken_names_is_told_and_nothing_written(
    names: build.Data,
) -> None:
    put("shop.json", SHOP)
    run("generate", "shop.json")
    put("generated/shop/.pmgen.json", {**manifest(), "names": names})
    before = written()
    for command in ("generate", "check", "inspect"):
        one_refusal(run(command, "shop.json"), "PM009", ".pmgen.json: error", "`names`")
    assert written() == before


def test_a_pin_of_the_project_is_stronger_than_a_kept_name() -> None:
    put("shop.json", SHOP)
    run("generate", "shop.json")
    put(
        "pmgen.toml",
        b'[collections.shop.names]\n"Users/Get" = "fetch"\n'
        b'[collections.shop.classes]\n"Users/Get 200 $" = "User"\n'
        b'[collections.shop.fields]\n"Users/Get 200 $.firstName" = "name"\n',
    )
    assert run("generate", "shop.json").exit_code == 0
    assert manifest()["names"]["classes"]["User"]["fields"] == {"firstName": "name"}
    assert manifest()["names"]["requests"]["Users/Get"]["name"] == "fetch"
    Path("pmgen.toml").unlink()
    assert run("generate", "shop.json").exit_code == 0
    assert "User" in manifest()["names"]["classes"]


def test_a_pin_that_holds_nothing_is_an_error() -> None:
    put("shop.json", SHOP)
    put("pmgen.toml", b'[collections.shop.names]\n"Usres" = "people"\n')
    for command in ("generate", "check", "inspect"):
        result = run(command, "shop.json")
        assert result.exit_code == 2
        assert 'pmgen.toml: error PM017 collections.shop.names."Usres": No folder' in (
            result.stderr
        )
        assert "near it: 'Users'" in result.stderr
    assert not written()


def test_a_pin_may_be_for_any_collection_of_a_source() -> None:
    other: build.Data = build.collection(build.item("https://h.test", name="Only here"))
    other["info"]["name"] = "Other"
    put("dump.json", {"version": 1, "collections": [SHOP, other]})
    put("pmgen.toml", b'[collections.dump.names]\n"Only here" = "here"\n')
    result = run("generate", "dump.json")
    assert result.exit_code == 0, result.stderr
    put("pmgen.toml", b'[collections.dump.names]\n"Nowhere" = "here"\n')
    result = run("generate", "dump.json")
    assert result.exit_code == 2
    assert result.stderr.count("PM017") == 1
