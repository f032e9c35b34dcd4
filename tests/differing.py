"""Two versions of a collection compared in memory; and versions that no user can tell from each other."""

from __future__ import annotations

import json
import typing
import uuid

from pmgen.diff import compare
from pmgen.diff.model import Pair, Version
from pmgen.names import Kept, names_of, remember
from pmgen.options import Options
from pmgen.pipeline import File, Inputs, analyse, named

if typing.TYPE_CHECKING:
    import random

    from pmgen.diff.model import Change

Data: typing.TypeAlias = typing.Any


def changes(
    old: Data, new: Data, was: Options | None = None, now: Options | None = None
) -> tuple[Change, ...]:
    """What the users of the client ``shop`` meet otherwise; options of both sides, as pmgen.toml has them."""
    return compared(old, new, was, now)[1]


def compared(
    old: Data, new: Data, was: Options | None = None, now: Options | None = None
) -> tuple[Pair, tuple[Change, ...]]:
    """Both sides, and the same."""
    options = was or Options("shop")
    before = version(old, options, Kept())
    found = before.analysis
    kept = remember(found.api, found.table, before.names)
    after = version(new, now or options, kept)
    pair = Pair("shop", before, after)
    return pair, compare(pair)


def version(data: Data, options: Options, kept: Kept) -> Version:
    """A collection under its names."""
    front = analyse(
        Inputs(File("shop.json", json.dumps(data).encode())), options.overrides
    )
    (found,) = named(front, options, {"shop": kept}).analyses
    names = names_of(found.api, found.table, found.given)
    return Version(found, names, options.overrides)


_IDS = ("id", "uid", "_postman_id", "_exporter_id")


def reordered(value: Data, rng: random.Random) -> Data:
    """The same with new ids, and with items, folders and keys in another order.

    Other lists have an order that counts: of replies, headers, parts of a path.
    """
    if isinstance(value, list):
        return [reordered(member, rng) for member in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    rng.shuffle(keys)
    found = {key: reordered(value[key], rng) for key in keys}
    for key in _IDS:
        if isinstance(found.get(key), str) and ("request" in found or "item" in found):
            found[key] = str(uuid.UUID(int=rng.getrandbits(128)))
    if isinstance(found.get("item"), list):
        rng.shuffle(found["item"])
    return found
