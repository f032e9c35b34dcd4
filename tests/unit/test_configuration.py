"""pmgen.toml: what it says, what it must not say, and who is stronger."""

from __future__ import annotations

from pathlib import Path

import build
import pytest
from command import REPLY, SOUND, one_refusal, packages, put, run, written
from command import here as here

from pmgen.configuration import Beside, Project, ProjectError, load
from pmgen.pins import Call, Override, Pin, Pins, Place

CALLS = build.collection(build.item(build.get("{{base}}/users"), REPLY))


def values(name: str) -> build.Data:
    """An environment by whose name its base is called."""
    return {"values": build.pairs(base=f"https://{name}.test")}


def base(package: str) -> str:
    """The name of the environment that the client's base comes from; "" for none."""
    text = written()[f"generated/{package}/client.py"].decode()
    _, found, rest = text.partition('"https://')
    return rest.partition(".test")[0] if found else ""


def test_without_a_file_everything_has_its_default() -> None:
    assert load(Path()) == Project(("collections",), "generated", Beside(), {})
    put("pmgen.toml", b"")
    assert load(Path()) == Project()


def test_every_key_is_read() -> None:
    put(
        "pmgen.toml",
        b'sources = ["a.json", "b"]\n'
        b'out = "clients"\n'
        b'environment = "env.json"\n'
        b'globals = "globals.yaml"\n'
        b"[collections.shop]\n"
        b'environment = "shop.json"\n'
        b"[collections.empty]\n",
    )
    assert load(Path()) == Project(
        sources=("a.json", "b"),
        out="clients",
        beside=Beside("env.json", "globals.yaml"),
        collections={"shop": Beside("shop.json", None), "empty": Beside()},
    )


def test_the_settings_of_a_package_go_before_the_projects() -> None:
    project = Project(
        beside=Beside("env.json", "globals.json"),
        collections={
            "shop": Beside(environment="shop.json"),
            "zoo": Beside("zoo.json", "zoo_globals.json"),
            "empty": Beside(),
        },
    )
    assert project.beside_of("shop") == Beside("shop.json", "globals.json")
    assert project.beside_of("zoo") == Beside("zoo.json", "zoo_globals.json")
    assert project.beside_of("empty") == Beside("env.json", "globals.json")
    assert project.beside_of("other") == Beside("env.json", "globals.json")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b'sauces = ["a"]\n', "Unknown key 'sauces'"),
        (b"[tool]\n", "Unknown key 'tool'"),
        (b'[collections.shop]\nenv = "x"\n', "Unknown key 'collections.shop.env'"),
        (b'[collections.shop]\nout = "x"\n', "Unknown key 'collections.shop.out'"),
        (b"[collections.shop.deep]\n", "Unknown key 'collections.shop.deep'"),
        (b"sources = 5\n", "`sources` is no list of paths"),
        (b'sources = "a.json"\n', "`sources` is no list of paths"),
        (b"sources = [5]\n", "`sources` is no list of paths"),
        (b"out = 5\n", "`out` is no path"),
        (b"environment = []\n", "`environment` is no path"),
        (b"globals = true\n", "`globals` is no path"),
        (b"collections = []\n", "`collections` is no table of tables"),
        (b'[collections]\nshop = "x"\n', "`collections.shop` is no table"),
        (b"[collections.shop]\nglobals = 5\n", "`globals` is no path"),
        (b"out = \n", "line 1, column 7"),
        (b'out = "a"\nout = "b"\n', "line 2"),
        (b"\xff = 1\n", "utf-8"),
    ],
)
def test_a_faulty_file_is_told_and_nothing_written(text: bytes, words: str) -> None:
    put("shop.json", SOUND)
    put("pmgen.toml", text)
    with pytest.raises(ProjectError) as caught:
        load(Path())
    assert caught.value.file == "pmgen.toml"
    assert words in caught.value.diagnostic.text
    for command in ("generate", "check", "inspect"):
        one_refusal(run(command, "shop.json"), "PM008", "pmgen.toml: error", words)
    assert not Path("generated").exists()


PINS = (
    b'[collections.shop.names]\n"Bulk Write" = "bulk"\n'
    b'[collections.shop.classes]\n"Job 200 $.a[]" = "A"\n'
    b'[collections.shop.fields]\n"Job request $[\\"b c\\"]" = "b"\n'
    b'[collections.shop.types]\n"Job 200 $.a" = "string | null"\n'
)


def test_pins_and_overrides_are_read() -> None:
    put("pmgen.toml", PINS)
    found = load(Path())
    place = Place("Job", 200, ("a", "[]"))
    assert found.pins == {
        "shop": Pins(
            "shop",
            names=(Call("Bulk Write", "bulk"),),
            classes=(Pin(place, "A"),),
            fields=(Pin(Place("Job", None, ("b c",)), "b"),),
        )
    }
    spec = Override(Place("Job", 200, ("a",)), "string | null")
    assert found.overrides == {"shop": (spec,)}
    assert found.collections == {"shop": Beside()}


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (b"names = 5", "`collections.shop.names` is no table of texts"),
        (b"[collections.shop.names]\na = 5", "is no table of texts"),
        (b"[collections.shop.types]\na = []", "is no table of texts"),
        (b'[collections.shop.classes]\na = "A"', "`a` is no place"),
        (b'[collections.shop.fields]\n"a 200" = "b"', "`a 200` is no place"),
        (b'[collections.shop.types]\n"a 20 $" = "b"', "`a 20 $` is no place"),
    ],
)
def test_a_faulty_table_of_pins_is_told(table: bytes, words: str) -> None:
    put("shop.json", SOUND)
    put("pmgen.toml", b"[collections.shop]\n" + table + b"\n")
    one_refusal(run("generate", "shop.json"), "PM008", "pmgen.toml: error", words)
    assert not Path("generated").exists()


def test_of_several_unknown_keys_the_first_is_told() -> None:
    put("pmgen.toml", b"b = 1\na = 1\n")
    with pytest.raises(ProjectError, match="Unknown key 'a'"):
        load(Path())


def test_an_environment_of_the_project_counts_for_every_source() -> None:
    put("a.json", CALLS)
    put("b.json", CALLS)
    put("env.json", values("project"))
    put("pmgen.toml", b'sources = ["a.json", "b.json"]\nenvironment = "env.json"\n')
    assert run("generate").exit_code == 0
    assert (base("a"), base("b")) == ("project", "project")
    assert run("check").exit_code == 0


def test_a_package_has_its_own_environment() -> None:
    put("My Shop.postman_collection.json", CALLS)
    put("b.json", CALLS)
    put("env.json", values("project"))
    put("shop_env.json", values("own"))
    put(
        "pmgen.toml",
        b'environment = "env.json"\n[collections.my_shop]\nenvironment="shop_env.json"\n',
    )
    run("generate", "My Shop.postman_collection.json", "b.json")
    assert (base("my_shop"), base("b")) == ("own", "project")


def test_a_folder_of_format_3_and_standard_input_have_their_names_too() -> None:
    request = b'$kind: http-request\nname: get\nurl: "{{base}}/x"\n'
    put("My Shop/get.request.yaml", request)
    put("env.json", values("own"))
    put(
        "pmgen.toml",
        b'[collections.my_shop]\nenvironment = "env.json"\n'
        b'[collections.collection]\nenvironment = "env.json"\n',
    )
    assert run("generate", "My Shop").exit_code == 0
    assert run("generate", "-", stdin=build.read(CALLS).raw).exit_code == 0
    assert (base("my_shop"), base("collection")) == ("own", "own")


def test_options_are_stronger_than_the_file() -> None:
    put("shop.json", CALLS)
    put("env.json", values("project"))
    put("other.json", values("option"))
    put("pmgen.toml", b'[collections.shop]\nenvironment = "env.json"\n')
    run("generate", "shop.json", "--environment", "other.json")
    assert base("shop") == "option"


def test_an_option_leaves_the_other_file_in_force() -> None:
    put("shop.json", CALLS)
    put("env.json", {"values": build.pairs(other="x")})
    put("globals.json", values("globals"))
    put("pmgen.toml", b'globals = "globals.json"\nenvironment = "nope.json"\n')
    run("generate", "shop.json", "--environment", "env.json")
    assert base("shop") == "globals"


def test_inspect_looks_at_the_file_too() -> None:
    put("shop.json", CALLS)
    put("pmgen.toml", b'[collections.shop]\nglobals = "nope.json"\n')
    one_refusal(run("inspect", "shop.json"), "PM001", "nope.json: ")
    assert run("inspect", "-", stdin=build.read(CALLS).raw).exit_code == 0


def test_named_sources_stand_for_those_of_the_file() -> None:
    put("a.json", SOUND)
    put("b.json", SOUND)
    put("pmgen.toml", b'sources = ["a.json"]\nout = "clients"\n')
    assert run("generate", "b.json").exit_code == 0
    assert packages("clients") == ["b"]


def test_no_sources_are_told() -> None:
    put("pmgen.toml", b"sources = []\n")
    result = run("generate")
    assert result.exit_code == 2
    assert "pmgen.toml" in result.stderr
