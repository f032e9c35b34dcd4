"""Where classes live: in the nearest folder that holds all their places, so that modules import only upwards."""

from __future__ import annotations

import pytest
from seen import origin, reply

from pmgen.infer import Array, Choice, Field, Map, Record, Ref, Scalar, Type, TypeTable
from pmgen.names.homes import Chain, homes

AROUND: dict[str, Chain] = {
    "top": ("",),
    "cats": ("", "pets", "cats"),
    "dogs": ("", "pets", "dogs"),
    "pets": ("", "pets"),
    "carts": ("", "carts"),
}


def record(*operations: str, holds: Type | None = None) -> Record:
    """A record of these operations' replies."""
    found = Field("x", holds or Scalar("string"), True, 1, 1, 0)
    return Record((found,), tuple(origin(reply(name)) for name in operations))


CASES: list[tuple[list[Record], list[Chain]]] = [
    ([record("cats")], [AROUND["cats"]]),
    ([record("cats", "cats")], [AROUND["cats"]]),
    ([record("cats", "dogs")], [AROUND["pets"]]),
    ([record("cats", "pets")], [AROUND["pets"]]),
    ([record("cats", "carts")], [AROUND["top"]]),
    # What a shared one holds is imported from where it is shared, at any remove.
    (
        [record("cats", "dogs", holds=Ref(1)), record("cats")],
        [AROUND["pets"], AROUND["pets"]],
    ),
    (
        [
            record("cats", "dogs", holds=Array(Ref(1))),
            record("cats", holds=Map(Ref(2))),
            record("dogs", holds=Ref(2)),
        ],
        [AROUND["pets"]] * 3,
    ),
    (
        [
            record("cats", "carts", holds=Choice("t", (("a", Ref(1)), ("b", Ref(2))))),
            record("cats"),
            record("carts"),
        ],
        [AROUND["top"]] * 3,
    ),
    # The holder found after what it holds has gone its way.
    (
        [
            record("cats", holds=Ref(1)),
            record("cats", holds=Ref(2)),
            record("cats", holds=Ref(0)),
            record("cats", "carts", holds=Ref(0)),
        ],
        [AROUND["top"]] * 4,
    ),
    # What holds a shared one stays.
    (
        [record("cats", holds=Ref(1)), record("cats", "dogs")],
        [AROUND["cats"], AROUND["pets"]],
    ),
]


@pytest.mark.parametrize(("records", "expected"), CASES)
def test_homes(records: list[Record], expected: list[Chain]) -> None:
    table = TypeTable(tuple(records), {})
    assert list(homes(AROUND, table)) == expected
