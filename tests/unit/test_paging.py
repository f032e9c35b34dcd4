"""Pagination as pmgen.toml says it: what it may say, what it names, and how the methods are called."""

from __future__ import annotations

import dataclasses
import json
import tomllib
import typing
from pathlib import Path

import build
import pytest
from command import here as here
from command import one_refusal, put, run, written
from hypothesis import given
from hypothesis import strategies as st
from paged import SHOP, TOML, item, pets, shown

from pmgen.configuration import load
from pmgen.infer import decide, endpoints, roles
from pmgen.names import NOTHING_GIVEN, Given, dump, names_of, recall, remember
from pmgen.names.kept import load as kept
from pmgen.names.pinned import pinned
from pmgen.names.symbols import Symbol, Thing
from pmgen.pagination import Pagination, paginations
from pmgen.paging import paged
from pmgen.pins import path, pins, spelled

if typing.TYPE_CHECKING:
    from pmgen.api import Api
    from pmgen.infer import TypeTable

WANTED = paginations(tomllib.loads(TOML)["collections"]["shop"]["pagination"])


def test_all_that_can_be_said_is_read() -> None:
    put("pmgen.toml", TOML.encode())
    found = load(Path()).pagination["shop"]
    assert found == WANTED
    assert found[2:] == (
        Pagination(
            "Pets/Find pets",
            "cursor",
            items=("found", "pets", "[]"),
            cursor=("next-cursor",),
            parameter="cursor",
        ),
        Pagination(
            "Walks",
            "page",
            items=("walks", "[]"),
            parameter="page",
            start=0,
            more=("meta", "more"),
            pages=("meta", "pages"),
        ),
        Pagination(
            "Visits",
            "offset",
            items=("visits", "[]"),
            parameter="offset",
            size="limit",
        ),
    )
    table = {"style": "next", "items": "${}", "next": "$.n", "other_hosts": True}
    assert paginations({"A": table}) == (
        Pagination("A", "next", items=("{}",), next=("n",), other_hosts=True),
    )


SAID = [
    ("x = 1", '`"x"` is no table'),
    ('A.items = "$[]"', '`"A".style` is none of next, cursor, page, offset'),
    ('A.style = "nxt"', '`"A".style` is none of next'),
    ("A.style = []", '`"A".style` is none of next'),
    ('A = {style = "next", items = "$[]"}', '`"A"` needs `next` or `header`'),
    (
        'A = {style = "next", items = "$[]", next = "$.a", header = "Link"}',
        '`"A"` needs `next` or `header`',
    ),
    ('A = {style = "page", items = "$[]"}', "needs `parameter` for the style page"),
    ('A = {style = "page", parameter = "p"}', "needs `items` for the style page"),
    (
        'A = {style = "page", items = "$[]", parameter = "p", size = "s"}',
        '`"A".size`: the style page has only items, more, pages, parameter, start',
    ),
    ('A = {style = "next", items = 1, next = "$.a"}', '`"A".items` is no text'),
    ('A = {style = "next", items = "a", next = "$.a"}', "items` a path is written"),
    ('A = {style = "next", items = "$.a", next = "$.a"}', '`"A".items` ends with []'),
    ('A = {style = "next", items = "$", next = "$.a"}', '`"A".items` ends with []'),
    ('A = {style = "next", items = "$[]", next = "$"}', "is to lead to one value"),
    ('A = {style = "next", items = "$[]", next = "$[].a"}', "is to lead to one value"),
    ('A = {style = "next", items = "$[]", header = "a b"}', "is no name of a header"),
    (
        'A = {style = "page", items = "$[]", parameter = "p", start = true}',
        '`"A".start` is no whole number',
    ),
    (
        'A = {style = "next", items = "$[]", next = "$.a", other_hosts = 1}',
        '`"A".other_hosts` is neither true nor false',
    ),
    ('A = {style = "page", items = "$[]", parameter = ""}', "parameter` is no text"),
]


@pytest.mark.parametrize(("text", "words"), SAID)
def test_what_makes_no_sense_is_refused(text: str, words: str) -> None:
    put("shop.json", SHOP)
    put("pmgen.toml", f"[collections.shop.pagination]\n{text}\n".encode())
    where = "pmgen.toml: ", "`collections.shop.pagination`: "
    one_refusal(run("generate", "shop.json"), "PM008", *where, words)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["", "$.a", "$[]", "p"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
KEYS = st.sampled_from([f.name for f in dataclasses.fields(Pagination)])
STYLES = st.fixed_dictionaries({"style": st.sampled_from(["next", "page", "offset"])})


@given(st.builds(lambda a, b: {"A": {**b, **a}}, STYLES, st.dictionaries(KEYS, VALUES)))
def test_whatever_is_said_is_read_or_refused(table: build.Data) -> None:
    told = said(table)
    assert told[0].items if isinstance(told, tuple) else '`"A"' in told


def said(table: build.Data) -> tuple[Pagination, ...] | str:
    """What is read, or why it is refused."""
    try:
        return paginations(table)
    except ValueError as error:
        return str(error)


def test_pagination_must_be_a_table() -> None:
    put("pmgen.toml", b"[collections.shop]\npagination = 1\n")
    one_refusal(run("generate"), "PM008", "`collections.shop.pagination`: no table")


LIST = Pagination("Pets/List pets", "next", items=("pets", "[]"), next=("links",))
ODD = Pagination("Odd", "cursor", items=("rows", "[]"), parameter="tag")
FAULTS: list[tuple[Pagination, str, str]] = [
    (
        dataclasses.replace(LIST, trail="Pets/List pet"),
        "",
        "No request is called 'Pets/List pet'; near it: 'Pets/List pets'",
    ),
    (dataclasses.replace(LIST, trail="Twin"), "", "2 requests are called 'Twin'"),
    (dataclasses.replace(LIST, trail="None"), "", "No reply of status 2xx with JSON"),
    (LIST, ".next", "$.links is an object, and not string"),
    (
        dataclasses.replace(LIST, next=("links", "nxt")),
        ".next",
        "Nothing stands at $.links.nxt; there is $.links.next",
    ),
    (
        dataclasses.replace(LIST, items=("Pets", "[]")),
        ".items",
        "Nothing stands at $.Pets; there is $.pets",
    ),
    (
        dataclasses.replace(LIST, items=("links", "[]")),
        ".items",
        "Nothing stands at $.links[]; there is $.links.next",
    ),
    (
        dataclasses.replace(LIST, next=("links", "next", "url")),
        ".next",
        "Nothing stands at $.links.next.url: $.links.next is string or null",
    ),
    (
        dataclasses.replace(ODD, cursor=("at",)),
        ".cursor",
        "$.at is a date, and not string or integer or number; give it the type `string` in `types`",
    ),
    (
        dataclasses.replace(ODD, items=("m", "[]", "[]")),
        ".items",
        "Nothing stands at $.m[][]: $.m[] is unknown",
    ),
    (
        dataclasses.replace(ODD, more=("rows",)),
        ".more",
        "$.rows is a list, and not boolean",
    ),
    (
        dataclasses.replace(ODD, parameter="tga"),
        ".parameter",
        "The request has no query parameter 'tga'; there is 'tag'",
    ),
    (ODD, ".parameter", "The query parameter 'tag' has not one value"),
    (
        dataclasses.replace(ODD, parameter="flag"),
        ".parameter",
        "The query parameter 'flag' has not one value",
    ),
    (
        dataclasses.replace(ODD, parameter="", size="zzz"),
        ".size",
        "The request has no query parameter 'zzz'; there is",
    ),
]


def shop(data: build.Data = SHOP) -> tuple[Api, TypeTable]:
    """A collection's API and types."""
    api, _ = build.lowered(data)
    return api, decide(roles(api), endpoints(api))


@pytest.mark.parametrize(("wanted", "key", "text"), FAULTS)
def test_what_names_nothing_or_the_wrong_is_told(
    wanted: Pagination, key: str, text: str
) -> None:
    api, table = shop()
    same, faults = paged(api, table, (*WANTED, wanted))
    (fault,) = (f for f in faults if f.key == f'pagination."{wanted.trail}"{key}')
    assert fault.text.startswith(text)
    assert same is api


def test_a_parameter_made_of_settings_is_no_number_that_counts() -> None:
    auth = build.auth("bearer", token="{{key}}")  # noqa: S106 - a variable
    request = build.get("https://h.test/a?page={{key}}", auth=auth)
    api, table = shop(build.collection(build.item(request, shown([1]))))
    wanted = Pagination("one", "page", items=("[]",), parameter="page")
    _, (fault,) = paged(api, table, (wanted,))
    assert fault.text == "The query parameter 'page' is made of settings of the client"


def test_faults_are_told_with_their_place_in_the_file() -> None:
    put("shop.json", SHOP)
    put("pmgen.toml", TOML.replace("$.links.next", "$.links.nxt").encode())
    key = 'collections.shop.pagination."Pets/List pets".next: Nothing stands at'
    one_refusal(run("generate", "shop.json"), "PM017", "pmgen.toml: ", key)
    assert not Path("generated").exists()


def test_a_request_of_one_collection_of_several_is_enough() -> None:
    other: dict[str, build.Data] = build.collection(
        item("Walks", "?page=1", {"walks": pets(1)})
    )
    other["info"] = {**other["info"], "name": "Other"}
    put("shop.json", {"collections": [SHOP, other]})
    _, _, walks = TOML.partition('pages = "$.meta.pages"\n')
    put("pmgen.toml", walks.encode())
    assert run("generate", "shop.json").exit_code == 0
    told = {p for p, content in written().items() if b"iterate_visits" in content}
    assert {Path(p).parts[1] for p in told if p.endswith(".py")} == {"shop"}


def test_a_client_has_the_paging_module_only_if_it_needs_it() -> None:
    put("shop.json", SHOP)
    assert run("generate", "shop.json").exit_code == 0
    assert "generated/shop/_runtime/paging.py" not in written()
    assert b"PagingError" not in written()["generated/shop/__init__.py"]
    put("pmgen.toml", TOML.encode())
    assert run("generate", "shop.json").exit_code == 0
    assert "generated/shop/_runtime/paging.py" in written()
    assert b'"PagingError",' in written()["generated/shop/__init__.py"]


def names(
    api: Api,
    table: TypeTable,
    given: Given = NOTHING_GIVEN,
    thing: Thing = Thing.ITERATION,
) -> list[str]:
    """The names of one kind."""
    found = names_of(api, table, given).found
    return [str(name) for symbol, name in found.items() if symbol.thing is thing]


def test_methods_are_called_after_those_that_they_stand_beside() -> None:
    api, table = shop()
    calls = names(api, table, thing=Thing.OPERATION)
    api, _ = paged(api, table, WANTED)
    assert names(api, table, thing=Thing.OPERATION) == calls
    assert sorted(names(api, table)) == [
        *("iterate_find_pets", "iterate_link_pets", "iterate_list_pets"),
        *("iterate_visits", "iterate_walks"),
    ]
    chosen = pinned(pins("shop", {"names": {"Walks": "import_"}}), api, table)
    assert "iterate_import" in names(api, table, Given(chosen.names))


ITERATE = item("Iterate walks", "", {"a": 1})
PAGES = item("Iterate pages of walks", "", {"a": 1})


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ([ITERATE], "iterate_pages_of_walks"),
        ([ITERATE, PAGES], "iterate_walks_2"),
    ],
)
def test_what_has_the_name_keeps_it(more: list[build.Data], name: str) -> None:
    data = build.collection(*SHOP["item"], *more)
    api, table = shop(data)
    api, _ = paged(api, table, WANTED)
    assert name in names(api, table)
    assert "iterate_walks" in names(api, table, thing=Thing.OPERATION)


def test_names_are_kept_for_the_next_run() -> None:
    api, table = shop()
    api, _ = paged(api, table, WANTED)
    section = dump(remember(api, table, names_of(api, table)))
    before = kept(json.loads(json.dumps(section)))
    api, table = shop(build.collection(ITERATE, *SHOP["item"]))
    api, _ = paged(api, table, WANTED)
    given = Given({}, *recall(before, api, table))
    assert "iterate_walks" in names(api, table, given)
    assert "iterate_walks" not in names(api, table, given, Thing.OPERATION)
    assert "iterate_walks" not in names(api, table)
    (walks,) = (o for o in api.root.operations if o.name == "Iterate walks")
    symbol = Symbol(Thing.OPERATION, (walks.pointer,))
    stronger = dataclasses.replace(given, pinned={symbol: "iterate_walks"})
    assert "iterate_walks" in names(api, table, stronger, Thing.OPERATION)
    assert "iterate_pages_of_walks" in names(api, table, stronger)


@pytest.mark.parametrize("text", ["$", "$[]", '$.a[]["b c"]{}', "$.next-page"])
def test_a_path_is_read_and_written(text: str) -> None:
    assert spelled(path(text)) == text


@pytest.mark.parametrize("text", ["", "a", ".a", "$a", "$.", "$[0]", "$.a b", "$.a "])
def test_anything_else_is_no_path(text: str) -> None:
    with pytest.raises(ValueError, match="a path is written"):
        path(text)
