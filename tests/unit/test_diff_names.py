"""Names, wishes of the user, and pages: what changes when pmgen.toml does, and what must not."""

from __future__ import annotations

import ast
import copy
import dataclasses
import typing

import build
import pytest
from differing import Data, changes
from editing import HARBOUR, ROOT, line, replies, source, take

from pmgen.configuration import load
from pmgen.diff.kinds import KINDS, level
from pmgen.diff.levels import Level, Uses
from pmgen.options import Options
from pmgen.pins import Call, Override, Pin, Pins, Place

PLAIN = Options("shop")
FORECAST = Place.parse("Weather/Forecast 200 $")


def pinned(**chosen: typing.Any) -> Options:
    """With names that the user has chosen."""
    return Options("shop", pins=Pins("shop", **chosen))


def wishing(spec: str) -> Options:
    """With a wish for the type of a forecast's station."""
    place = dataclasses.replace(FORECAST, path=("station",))
    return Options("shop", overrides=(Override(place, spec),))


def paged(*without: str) -> Options:
    """The golden case's pages, but for those of some requests."""
    found = load(ROOT / "tests" / "golden" / "pagination").pagination["pagination"]
    kept = tuple(p for p in found if p.trail not in without)
    wishes = load(ROOT / "tests" / "golden" / "pagination").overrides["pagination"]
    return Options("shop", pagination=kept, overrides=wishes)


CASES: dict[str, tuple[str, Options, Options, list[str]]] = {
    "a method renamed": (
        HARBOUR,
        PLAIN,
        pinned(names=(Call("Weather/Forecast", "outlook"),)),
        [
            "breaking operation-renamed client.weather.forecast(...)"
            " client.weather.forecast(...) -> client.weather.outlook(...)"
        ],
    ),
    "a folder renamed": (
        HARBOUR,
        PLAIN,
        pinned(names=(Call("Marinas/", "harbours"),)),
        ["breaking folder-moved client.marinas client.marinas -> client.harbours"],
    ),
    "a class renamed": (
        HARBOUR,
        PLAIN,
        pinned(classes=(Pin(FORECAST, "Outlook"),)),
        [
            "breaking class-renamed shop.weather.models.Forecast"
            " shop.weather.models.Forecast -> shop.weather.models.Outlook"
        ],
    ),
    "a field renamed": (
        HARBOUR,
        PLAIN,
        pinned(
            fields=(Pin(dataclasses.replace(FORECAST, path=("station",)), "tower"),)
        ),
        [
            "breaking field-renamed shop.weather.models.Forecast station -> tower",
        ],
    ),
    "the same pin on both sides": (
        HARBOUR,
        pinned(names=(Call("Weather/Forecast", "outlook"),)),
        pinned(names=(Call("Weather/Forecast", "outlook"),)),
        [],
    ),
    "a wider type that is wished for": (
        HARBOUR,
        PLAIN,
        wishing("string | null"),
        [
            "breaking field-nullable shop.weather.models.Forecast station"
            " str -> str | None"
        ],
    ),
    "a narrower type that is wished for": (
        HARBOUR,
        wishing("string | null"),
        PLAIN,
        [
            "additive field-narrower shop.weather.models.Forecast station"
            " str | None -> str"
        ],
    ),
    "pages": (
        "pagination",
        paged("Import"),
        paged(),
        ["additive pages-added client.import_(...)  -> iterate_import"],
    ),
    "pages no more": (
        "pagination",
        paged(),
        paged("Import"),
        ["breaking pages-removed client.import_(...) iterate_import -> "],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_pmgen_toml_changes(name: str) -> None:
    path, was, now, meaning = CASES[name]
    data = source(path)
    assert [line(found) for found in changes(data, data, was, now)] == meaning


PAGES = {
    "of another type": (
        lambda body: body.update(rows=["a"]),
        "breaking pages-changed",
        "str",
    ),
    "of one more type": (
        lambda body: body["rows"].append("a"),
        "inference pages-wider",
        "str | int",
    ),
    "that may be null": (
        lambda body: body["rows"].append(None),
        "inference pages-wider",
        "int | None",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_items_of_pages(name: str) -> None:
    """Other items are told at the method that yields them, too."""
    change, kind, items = PAGES[name]
    old = source("pagination")
    new = copy.deepcopy(old)
    replies(new, "Import", change)
    told = f"{kind} client.import_(...) iterate_import int -> {items}"
    assert told in [line(found) for found in changes(old, new, paged())]


def test_pages_with_fewer_types() -> None:
    old = source("pagination")
    new = copy.deepcopy(old)
    replies(old, "Import", lambda body: body["rows"].append("a"))
    told = (
        "inference pages-narrower client.import_(...) iterate_import str | int -> int"
    )
    assert told in [line(found) for found in changes(old, new, paged())]


def test_a_name_that_meets_another_in_its_new_folder() -> None:
    """The request that moves gives way, and so its method is called otherwise."""
    old: Data = build.collection(
        build.folder("A", build.item(build.get("{{base}}/a"), name="Get")),
        build.folder("B", build.item(build.get("{{base}}/b"), name="Get")),
    )
    new = copy.deepcopy(old)
    new["item"][1]["item"].append(take(new, "A/Get"))
    moved = "breaking operation-moved client.a.get(...) client.a.get(...) -> client.b.get_a(...)"
    assert [line(found) for found in changes(old, new)] == [moved]


def test_the_pages_of_a_renamed_method_keep_their_name() -> None:
    old = source("pagination")
    new = copy.deepcopy(old)
    options = paged()
    now = dataclasses.replace(
        options, pins=Pins("shop", names=(Call("Import", "load"),))
    )
    told = [line(found) for found in changes(old, new, options, now)]
    assert told == [
        "breaking operation-renamed client.import_(...) client.import_(...) -> client.load(...)"
    ]


READ, GIVEN = Uses(), Uses(read=False, given=True)
BOTH, INFERRED = Uses(given=True), Uses(inferred=True)
LEVEL_OF = [
    ("field-wider", READ, Level.BREAKING),
    ("field-wider", GIVEN, Level.ADDITIVE),
    ("field-wider", INFERRED, Level.INFERENCE),
    ("field-narrower", READ, Level.ADDITIVE),
    ("field-narrower", GIVEN, Level.BREAKING),
    ("field-narrower", BOTH, Level.BREAKING),
    ("field-changed", INFERRED, Level.BREAKING),
    ("field-added-required", READ, Level.ADDITIVE),
    ("field-added-required", BOTH, Level.BREAKING),
    ("field-docs", BOTH, Level.DOCS),
]


@pytest.mark.parametrize(("kind", "uses", "expected"), LEVEL_OF)
def test_the_level_is_the_heaviest_of_all_uses(
    kind: str, uses: Uses, expected: Level
) -> None:
    assert level(kind, uses) is expected


def test_each_row_is_told_somewhere_and_nothing_else_is() -> None:
    texts: set[str] = set()
    for path in sorted((ROOT / "pmgen" / "diff").glob("*.py")):
        if path.name != "kinds.py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            texts |= {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    related = {
        f"{kinds}-{relation}"
        for kinds in ("argument", "body", "reply", "error-body", "pages", "field")
        for relation in ("wider", "narrower", "changed")
    }
    assert set(KINDS) == related | (texts & set(KINDS))
    assert all(row.why and row.text for row in KINDS.values())
