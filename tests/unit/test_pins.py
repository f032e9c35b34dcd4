"""Places as users write them, and pins: what they name, what they may not, and how near they missed."""

from __future__ import annotations

import build
import pytest

from pmgen.infer import decide, endpoints, roles
from pmgen.names import Given, names_of
from pmgen.names.pinned import Pinned, collisions, pinned
from pmgen.names.symbols import Thing
from pmgen.pins import Override, Pin, Place, overrides, pins

PLACES = [
    ("Job 200 $", Place("Job", 200, ())),
    ("Job request $", Place("Job", None, ())),
    ("A b/Job 404 $.a.b", Place("A b/Job", 404, ("a", "b"))),
    ("Job 200 $.a[].b{}", Place("Job", 200, ("a", "[]", "b", "{}"))),
    ('Job 200 $["a b"].c-d', Place("Job", 200, ("a b", "c-d"))),
    ('Job 200 $["\\""]', Place("Job", 200, ('"',))),
    ('Job 200 $[]("card")', Place("Job", 200, ("[]",), "card")),
    ("a 200 $ 404 $", Place("a 200 $", 404, ())),
    ('a 200 $["x 404 $"]', Place("a", 200, ("x 404 $",))),
    ("\n 200 $", Place("\n", 200, ())),
    (" 200 $", Place("", 200, ())),
]


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_a_place_is_read_and_written(text: str, place: Place) -> None:
    assert Place.parse(text) == place
    assert str(place) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "Job", "Job 200", "Job 99 $", "Job 200 .a", "Job 200 $.", "Job 200 $[0]"),
        *("Job 200 $.a b", 'Job 200 $["a]', "Job 200 $(card)", "Job 200 $ "),
    ],
)
def test_anything_else_is_no_place(text: str) -> None:
    with pytest.raises(ValueError, match=r"a place is written"):
        Place.parse(text)


def test_tables_become_pins_and_overrides() -> None:
    found = pins("shop", {"names": {"A/": "a"}, "classes": {"A 200 $": "Shop"}})
    assert found.classes == (Pin(Place("A", 200, ()), "Shop"),)
    assert (found.names[0].trail, found.names[0].name) == ("A/", "a")
    assert overrides({"A 200 $.b": "string | null"}) == (
        Override(Place("A", 200, ("b",)), "string | null"),
    )
    with pytest.raises(ValueError, match="`A 200` is no place"):
        pins("shop", {"fields": {"A 200": "b"}})


ORDER = '{"id": 1, "lines": [{"sku": "x", "made-by": {"id": 2}}]}'
SHOP = build.collection(
    build.folder(
        "Bulk Write",
        build.item(
            build.get("https://h.test/jobs"),
            {"name": "ok", "code": 200, "body": ORDER},
            name="Job Details",
        ),
        build.item(build.get("https://h.test/list"), name="List"),
    ),
    build.folder("Twins", build.item(build.get("https://h.test/1"), name="one")),
    build.folder("Twins", build.item(build.get("https://h.test/2"), name="one")),
    build.folder("Same", build.item(build.get("https://h.test/3"), name="x")),
    build.item(build.get("https://h.test/4"), name="Same"),
)
JOB = "Bulk Write/Job Details"


def held(**tables: dict[str, str]) -> tuple[Pinned, dict[str, str]]:
    """The pins, and the client's names by what they were before the pins."""
    api, _ = build.lowered(SHOP)
    table = decide(roles(api), endpoints(api))
    found = pinned(pins("shop", tables), api, table)
    before, after = names_of(api, table), names_of(api, table, Given(found.names))
    faults = found.faults or collisions(found, after)
    renamed = {
        str(before.found[symbol]): str(name)
        for symbol, name in after.found.items()
        if before.found[symbol] != name and symbol.thing is not Thing.TEST_CLASS
    }
    return Pinned(found.names, found.keys, faults), renamed


HOLD: list[tuple[str, str, str, dict[str, str]]] = [
    ("names", JOB, "job", {"job_details": "job"}),
    ("names", "Bulk Write", "bulk", {"bulk_write": "bulk", "BulkWrite": "Bulk"}),
    ("names", "Same", "mine", {"same_get": "mine"}),
    ("names", "Same/", "mine", {"same": "mine", "same_get": "same", "Same": "Mine"}),
    ("classes", f"{JOB} 200 $", "Order", {"JobDetails": "Order"}),
    ("classes", f"{JOB} 200 $.lines[]", "Row", {"Line": "Row"}),
    ("fields", f"{JOB} 200 $.lines[].sku", "article", {"sku": "article"}),
    ("fields", f'{JOB} 200 $.lines[]["made-by"]', "maker", {"made_by": "maker"}),
]


@pytest.mark.parametrize(("table", "key", "name", "expected"), HOLD)
def test_a_pin_holds(table: str, key: str, name: str, expected: dict[str, str]) -> None:
    found, renamed = held(**{table: {key: name}})
    assert not found.faults
    assert expected.items() <= renamed.items()


def test_what_has_the_name_gives_way() -> None:
    found, renamed = held(classes={f"{JOB} 200 $.lines[]": "JobDetails"})
    assert not found.faults
    assert renamed["Line"] == "JobDetails"
    assert renamed["JobDetails"] != "JobDetails"


FAULTS = [
    (
        "names",
        "Bulk Wriet",
        "x",
        "No folder and no request is called so; near it: 'Bulk Write'",
    ),
    ("names", "Zzz", "x", "No folder and no request is called so"),
    ("names", "Twins", "x", "2 groups are called so"),
    ("names", "Twins/one", "x", "2 operations are called so"),
    ("names", JOB, "Job", "must have lower case"),
    ("names", JOB, "a b", "is no identifier"),
    ("names", JOB, "ﬁ", "is no identifier"),
    ("names", JOB, "", "is no identifier"),
    ("names", JOB, "class", "is a keyword"),
    ("names", JOB, "_job", "begins with an underscore"),
    ("names", JOB, "send", "is reserved"),
    ("names", JOB, "x" * 201, "is longer than"),
    ("names", "Bulk Write", "models", "is reserved"),
    ("classes", f"{JOB} 200 $", "order", "must have a capital"),
    ("classes", "Bulk/Job 200 $", "Order", "No request is called 'Bulk/Job'"),
    ("classes", "Twins/one 200 $", "Order", "2 requests are called 'Twins/one'"),
    ("classes", f"{JOB} 404 $", "Order", "No class stands in its 404, but in: 200"),
    ("classes", f"{JOB} request $", "Order", "in its request, but in: 200"),
    ("classes", "Bulk Write/List 200 $", "Order", "but in: nothing"),
    (
        "classes",
        f"{JOB} 200 $.line[]",
        "Row",
        "No class stands at $.line[]; near it: '$.lines[]'",
    ),
    ("classes", f'{JOB} 200 $("card")', "Row", "No class there is told by 'card'"),
    ("fields", f"{JOB} 200 $.lines[].skus", "x", "no key 'skus'; near it: 'sku'"),
    ("fields", f"{JOB} 200 $.zzz.skus", "x", "No class stands at $.zzz"),
    ("fields", f"{JOB} 200 $", "x", "has no key ''"),
    ("fields", f"{JOB} 200 $.id", "extra", "is reserved"),
]


@pytest.mark.parametrize(("table", "key", "name", "words"), FAULTS)
def test_a_pin_that_cannot_hold_is_told(
    table: str, key: str, name: str, words: str
) -> None:
    found, _ = held(**{table: {key: name}})
    (fault,) = found.faults
    assert words in fault.text
    assert fault.key == f'{table}."{key}"'


def test_two_pins_for_one_name_are_told() -> None:
    found, _ = held(classes={f"{JOB} 200 $": "Order", f"{JOB} 200 $.lines[]": "Order"})
    (fault,) = found.faults
    assert fault.text.startswith("The name 'Order' is taken by the pin classes.")


CARDS = [
    {"type": kind, **more}
    for kind, more in (("card", {"number": 1, "month": 2}), ("bank", {"iban": "x"}))
    for _ in range(3)
]


def test_of_several_classes_at_a_place_the_text_tells_which() -> None:
    reply = {"name": "ok", "code": 200, "body": f'{{"all": {CARDS}}}'.replace("'", '"')}
    data = build.collection(build.item("https://h.test", reply, name="Pay"))
    api, _ = build.lowered(data)
    table = decide(roles(api), endpoints(api))
    if len(table.records) < 3:
        pytest.skip("one class for all kinds")
    names = names_of(api, table).found.values()
    assert {"CardAll", "BankAll"} <= set(map(str, names))
    key = "Pay 200 $.all[]"
    found = pinned(pins("shop", {"classes": {f'{key}("bank")': "Bank"}}), api, table)
    assert not found.faults
    assert "Bank" in map(str, names_of(api, table, Given(found.names)).found.values())
    found = pinned(pins("shop", {"classes": {key: "Bank"}}), api, table)
    assert '("card"), ("bank")' in found.faults[0].text
    found = pinned(pins("shop", {"fields": {f"{key}.type": "kind"}}), api, table)
    assert len(found.names) == 2
