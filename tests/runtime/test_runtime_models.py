"""Models and codecs: accept, refuse with the right words, print back what was read."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import pickle
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmgen.runtime import codecs, models
from pmgen.runtime.drift import Drift, DriftError, Json
from pmgen.runtime.models import UNSET, Model, Unset
from pmgen.runtime.testing import same_json


@dataclasses.dataclass(slots=True, kw_only=True)
class Tag(Model):
    """As a generated class is: `name` required, `note` optional, `size` optional and nullable."""

    _KEYS: typing.ClassVar[frozenset[str]] = frozenset({"name", "note", "size"})

    name: str
    note: str | None = None
    size: int | Unset | None = UNSET

    @classmethod
    def _parse(cls, data: dict[str, Json], drift: Drift) -> typing.Self:
        model = models.new(cls)
        v = data.get("name", UNSET)
        if type(v) is not str:
            v = drift.at(data, "name", "string")
        model.name = v
        v = data.get("note", UNSET)
        if v is UNSET:
            v = None
        elif type(v) is not str:
            v = drift.at(data, "note", "string")
        model.note = v
        v = data.get("size", UNSET)
        if v is not UNSET and type(v) not in (int, type(None)):
            v = drift.at(data, "size", "integer or null")
        model.size = v
        rest = {key: item for key, item in data.items() if key not in cls._KEYS}
        model.extra = rest or None
        return model

    def _dump(self) -> dict[str, Json]:
        data: dict[str, Json] = {"name": self.name}
        if self.note is not None:
            data["note"] = self.note
        if self.size is not UNSET:
            data["size"] = self.size
        return self._with_extra(data)


ROUND_TRIPS: list[dict[str, Json]] = [
    {"name": "a"},
    {"name": "", "note": "n"},
    {"name": "a", "size": None},
    {"name": "a", "size": 0},
    {"name": "a", "size": 2**80},
    {"name": "\ud800", "more": {"x": [1, 1.0, True, None]}},
    {"name": "a", "extra": 1},
    {"name": "a", "_KEYS": [], "": None},
]


@pytest.mark.parametrize("data", ROUND_TRIPS, ids=ascii)
def test_models_print_back_what_they_read(data: dict[str, Json]) -> None:
    before = copy.deepcopy(data)
    assert same_json(Tag.from_json(data).to_json(), before)
    assert same_json(data, before)


def test_absent_and_null_are_told_apart() -> None:
    assert Tag.from_json({"name": "a"}).size is UNSET
    assert Tag.from_json({"name": "a", "size": None}).size is None
    assert Tag(name="a").to_json() == {"name": "a"}
    assert Tag(name="a", size=None).to_json() == {"name": "a", "size": None}


def test_unknown_keys_are_kept() -> None:
    tag = Tag.from_json({"name": "a", "b": [1], "c": None})
    assert tag.extra == {"b": [1], "c": None}
    assert Tag.from_json({"name": "a"}).extra is None


def test_models_compare_by_value() -> None:
    data = {"name": "a", "b": 1}
    assert Tag.from_json(data) == Tag.from_json(data)
    assert Tag.from_json(data) == Tag(name="a", extra={"b": 1})
    assert Tag.from_json(data) != Tag(name="a")


REFUSED: list[tuple[Json, list[str]]] = [
    ({}, ["$.name: expected string, received nothing"]),
    ({"name": None}, ["$.name: expected string, received null"]),
    ({"name": 1, "note": None}, [
        "$.name: expected string, received integer",
        "$.note: expected string, received null",
    ]),
    ({"name": "a", "size": True}, ["$.size: expected integer or null, received boolean"]),
    ({"name": "a", "size": 1.0}, ["$.size: expected integer or null, received number"]),
    ([], ["$: expected object, received array"]),
    (None, ["$: expected object, received null"]),
    ("x", ["$: expected object, received string"]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "mismatches"), REFUSED, ids=ascii)
def test_models_refuse(data: Json, mismatches: list[str]) -> None:
    with pytest.raises(DriftError) as caught:
        Tag.from_json(data)
    assert list(map(str, caught.value.mismatches)) == mismatches
    assert "Tag" in str(caught.value)


def test_unset_is_one_value() -> None:
    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert copy.copy(UNSET) is copy.deepcopy(UNSET) is UNSET
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET  # noqa: S301 - our own bytes
    assert copy.deepcopy(Tag(name="a")) == Tag(name="a")


def test_dump_finds_models_anywhere() -> None:
    tag = Tag(name="a")
    assert models.dump([{"x": [tag]}, tag, 1]) == [
        {"x": [{"name": "a"}]},
        {"name": "a"},
        1,
    ]


def test_parse_items_and_leaves_keep_what_they_refuse() -> None:
    items: Json = [{"name": "a"}, 5]
    drift = Drift([items])
    assert models.parse_items(Tag, items, drift) == [Tag(name="a"), 5]
    assert list(map(str, drift.mismatches())) == [
        "$[1]: expected object, received integer"
    ]
    leaves: Json = [1, True, "x"]
    drift = Drift([leaves])
    found = models.parse_leaves((int,), "integer", leaves, drift)
    assert (found, found is leaves) == (leaves, False)
    assert [m.path for m in drift.mismatches()] == ["$[1]", "$[2]"]


Any = codecs.Codec[typing.Any]
DAY = datetime.date(2024, 1, 2)
MOMENT = datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
Z = "2006-01-02T15:04:05Z"
ONE_OF = codecs.OneOf(
    codecs.INTEGER, codecs.ListOf(codecs.Date()), codecs.ObjectOf(Tag), codecs.NULL
)

ANYTHING: list[Json] = [{}, [], "", 0, 0.5, True, None]
ACCEPTED: list[tuple[Any, Json, object]] = [
    (codecs.STRING, "", ""),
    (codecs.INTEGER, 2**70, 2**70),
    (codecs.NUMBER, 1, 1),
    (codecs.NUMBER, 1.5, 1.5),
    (codecs.BOOLEAN, False, False),
    (codecs.NULL, None, None),
    (codecs.OBJECT, {"a": 1}, {"a": 1}),
    (codecs.LIST, [1, "a"], [1, "a"]),
    *((codecs.ANY, value, value) for value in ANYTHING),
    (codecs.ObjectOf(Tag), {"name": "a"}, Tag(name="a")),
    (codecs.ListOf(codecs.ObjectOf(Tag)), [{"name": "a"}], [Tag(name="a")]),
    (codecs.ListOf(codecs.STRING), [], []),
    (codecs.MapOf(codecs.ObjectOf(Tag)), {"1": {"name": "a"}}, {"1": Tag(name="a")}),
    (codecs.MapOf(codecs.ListOf(codecs.Date())), {"": ["2024-01-02"]}, {"": [DAY]}),
    (codecs.Date(), "2024-01-02", DAY),
    (codecs.DateTime(Z), "2024-01-02T03:04:05Z", MOMENT),
    (ONE_OF, 5, 5),
    (ONE_OF, None, None),
    (ONE_OF, ["2024-01-02"], [DAY]),
    (ONE_OF, {"name": "a"}, Tag(name="a")),
    (codecs.OneOf(codecs.DateTime(Z), codecs.NULL), "2024-01-02T03:04:05Z", MOMENT),
    (codecs.OneOf(codecs.Date(), codecs.NULL), None, None),
]  # fmt: skip


@pytest.mark.parametrize(("codec", "data", "value"), ACCEPTED)
def test_codecs_accept_and_print_back(codec: Any, data: Json, value: object) -> None:
    before = copy.deepcopy(data)
    found = codec.from_json(data)
    assert (type(found), found) == (type(value), value)
    assert same_json(codec.to_json(found), before)
    assert same_json(data, before)


REFUSED_BY: list[tuple[Any, Json, list[str]]] = [
    (codecs.STRING, 1, ["$: expected string, received integer"]),
    (codecs.STRING, None, ["$: expected string, received null"]),
    (codecs.INTEGER, True, ["$: expected integer, received boolean"]),
    (codecs.INTEGER, 1.0, ["$: expected integer, received number"]),
    (codecs.NUMBER, True, ["$: expected number, received boolean"]),
    (codecs.NUMBER, "1", ["$: expected number, received string"]),
    (codecs.BOOLEAN, 1, ["$: expected boolean, received integer"]),
    (codecs.NULL, 0, ["$: expected null, received integer"]),
    (codecs.OBJECT, [], ["$: expected object, received array"]),
    (codecs.LIST, {}, ["$: expected array, received object"]),
    (codecs.ObjectOf(Tag), [], ["$: expected object, received array"]),
    (codecs.ObjectOf(Tag), {}, ["$.name: expected string, received nothing"]),
    (codecs.ListOf(codecs.STRING), "ab", ["$: expected array, received string"]),
    (codecs.ListOf(codecs.STRING), ["", 1, 2], ["$[1]: expected string, received integer", "$[2]: expected string, received integer"]),
    (codecs.MapOf(codecs.STRING), [], ["$: expected object, received array"]),
    (codecs.MapOf(codecs.STRING), {"a b": 1}, ['$["a b"]: expected string, received integer']),
    (codecs.Date(), "2024-01-02T03:04:05Z", ["$: expected date, received string"]),
    (codecs.Date(), 20240102, ["$: expected date, received integer"]),
    (codecs.DateTime(Z), "2024-01-02", ["$: expected date-time, received string"]),
    (codecs.DateTime(Z), "2024-01-02T03:04:05.000Z", ["$: expected date-time, received string"]),
    (ONE_OF, "a", ["$: expected integer or array or object or null, received string"]),
    (ONE_OF, True, ["$: expected integer or array or object or null, received boolean"]),
    (ONE_OF, ["x"], ["$[0]: expected date, received string"]),
    (codecs.OneOf(codecs.Date(), codecs.NULL), "x", ["$: expected date or null, received string"]),
]  # fmt: skip


@pytest.mark.parametrize(("codec", "data", "mismatches"), REFUSED_BY)
def test_codecs_refuse(codec: Any, data: Json, mismatches: list[str]) -> None:
    with pytest.raises(DriftError) as caught:
        codec.from_json(data)
    assert list(map(str, caught.value.mismatches)) == mismatches


@pytest.mark.parametrize(("codec", "data", "mismatches"), REFUSED_BY)
def test_refused_values_are_kept_and_printed_back(
    codec: Any, data: Json, mismatches: list[str]
) -> None:
    root = [data]
    drift = Drift(root)
    value = codec.read(data, root, 0, drift)
    assert list(map(str, drift.mismatches())) == mismatches
    printed = codec.dump(value)
    # A model's missing key is None and is printed so; all else is as it came.
    added = {"name": None} if isinstance(value, Tag) and data == {} else data
    assert same_json(printed, added)


JSON: st.SearchStrategy[Json] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False),
        st.text(),
        st.sampled_from(["2024-01-02", "2024-01-02T03:04:05Z"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ),
    max_leaves=10,
)
CODECS: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from([
        codecs.STRING, codecs.INTEGER, codecs.NUMBER, codecs.BOOLEAN, codecs.NULL, codecs.OBJECT,
        codecs.LIST, codecs.ANY, codecs.Date(), codecs.DateTime(Z), codecs.OneOf(codecs.Date(), codecs.INTEGER),
    ]),
    lambda inner: st.one_of(
        inner.map(codecs.ListOf),
        inner.map(codecs.MapOf),
        inner.map(lambda item: codecs.OneOf(codecs.ListOf(item), codecs.STRING)),
    ),
    max_leaves=4,
)  # fmt: skip


@given(CODECS, JSON)
def test_no_codec_loses_anything(codec: Any, data: Json) -> None:
    # Whether it is drift or not, what was read is printed back to the letter.
    root = [data]
    assert same_json(codec.dump(codec.read(data, root, 0, Drift(root))), data)
