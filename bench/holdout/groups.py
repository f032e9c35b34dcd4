"""Which samples are left out, and what stays of the examples without them.

Replies: of each operation and status with two or more distinct JSON examples, the first three, each in turn. Items: of
each list of two or more distinct objects inside an example, the last one, three lists of an example at most.
"""

from __future__ import annotations

import collections
import dataclasses
import enum
import itertools
import json
import random
import typing

from pmgen.infer import Use

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pmgen.infer import Role
    from pmgen.source import Json

MOST = 40
"""Samples that one file may give: a few files have more than all the others together."""
_REPLIES = 3
_LISTS = 3
_WALKED = 20
_LAST = 12
"""A long list tells no more when its last item is left out than when its twelfth is."""

Steps: typing.TypeAlias = "tuple[str | int, ...]"


class Kind(enum.StrEnum):
    """What is left out: an example, or an object of a list inside one."""

    REPLIES = "replies"
    ITEMS = "items"


@dataclasses.dataclass(frozen=True, slots=True)
class Sample:
    """``test`` is left out; ``train`` are the other members of its group, each once."""

    kind: Kind
    train: tuple[Json, ...]
    test: Json


@dataclasses.dataclass(frozen=True, slots=True)
class LeftOut:
    """A sample and its place: the list at ``path`` of the example ``whole``. ``rest``: the role's examples without it."""

    sample: Sample
    role: Role
    path: Steps
    whole: Json
    rest: tuple[Json, ...]


def chosen(
    roles: Mapping[Role, tuple[Json, ...]], most: int | None = MOST
) -> list[LeftOut]:
    """The samples of one collection, the same ones in each run; None for all that there are."""
    found = list(groups(roles))
    if most is None or len(found) <= most:
        return found
    return random.Random(1).sample(found, most)  # noqa: S311 - repeatable, not secret


def groups(roles: Mapping[Role, tuple[Json, ...]]) -> Iterator[LeftOut]:
    """Everything that can be left out."""
    for role, values in roles.items():
        if role.use is not Use.REPLY:
            continue
        distinct = _distinct(v for v in values if isinstance(v, (dict, list)) and v)
        if len(distinct) > 1:
            for key in itertools.islice(distinct, _REPLIES):
                yield _reply(role, values, distinct, key)
        for key, whole in distinct.items():
            for path, found in itertools.islice(_lists(whole), _LISTS):
                yield from _item(role, values, (key, whole), (path, found))


def _reply(
    role: Role, values: tuple[Json, ...], distinct: Mapping[str, Json], key: str
) -> LeftOut:
    train = tuple(value for other, value in distinct.items() if other != key)
    rest = tuple(value for value in values if _key(value) != key)
    test = distinct[key]
    return LeftOut(Sample(Kind.REPLIES, train, test), role, (), test, rest)


def _item(
    role: Role,
    values: tuple[Json, ...],
    example: tuple[str, Json],
    place: tuple[Steps, list[Json]],
) -> Iterator[LeftOut]:
    """The list's last distinct object, if there are two."""
    key, whole = example
    path, found = place
    distinct = _distinct(found)
    if len(distinct) < 2:
        return
    last = list(distinct)[:_LAST][-1]
    train = tuple(item for other, item in distinct.items() if other != last)
    gone = frozenset(i for i, item in enumerate(found) if _key(item) == last)
    less = without(whole, path, gone)
    rest = tuple(less if _key(value) == key else value for value in values)
    sample = Sample(Kind.ITEMS, train, distinct[last])
    yield LeftOut(sample, role, path, whole, rest)


def without(value: Json, path: Steps, gone: frozenset[int]) -> Json:
    """A copy of the value whose list at the path lacks some of its items."""
    if not path:
        return [item for i, item in enumerate(_list(value)) if i not in gone]
    step, *rest = path
    if isinstance(value, dict):
        return {
            key: without(item, tuple(rest), gone) if key == step else item
            for key, item in value.items()
        }
    return [
        without(item, tuple(rest), gone) if i == step else item
        for i, item in enumerate(_list(value))
    ]


def _list(value: Json) -> list[Json]:
    assert isinstance(value, list)
    return value


def _lists(value: Json, path: Steps = ()) -> Iterator[tuple[Steps, list[Json]]]:
    """Every list of two or more objects, the outer ones first."""
    if isinstance(value, list):
        if len(value) > 1 and all(isinstance(item, dict) and item for item in value):
            yield path, value
        for i, item in enumerate(value[:_WALKED]):
            yield from _lists(item, (*path, i))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _lists(item, (*path, key))


def _distinct(values: Iterable[Json]) -> dict[str, Json]:
    return {_key(value): value for value in values}


def _key(value: Json) -> str:
    """Equal for equal JSON: 1, 1.0 and true differ, the order of keys does not count."""
    return json.dumps(value, sort_keys=True)


class Copies:
    """Whether a sample that was left out stands elsewhere in the collection as well, so that it was seen after all."""

    def __init__(self, roles: Mapping[Role, tuple[Json, ...]]) -> None:
        self._own = {role: _digests(values) for role, values in roles.items()}
        self._all: collections.Counter[int] = collections.Counter()
        for own in self._own.values():
            self._all.update(own)

    def has(self, left_out: LeftOut) -> bool:
        """Whether one stays."""
        (digest,) = _digests((left_out.sample.test,), deep=False)
        others = self._all[digest] - self._own[left_out.role][digest]
        return others > 0 or digest in _digests(left_out.rest)


def _digests(values: Iterable[Json], *, deep: bool = True) -> collections.Counter[int]:
    """How often each object and list occurs in the values; not ``deep``: of the values themselves only."""
    found: collections.Counter[int] = collections.Counter()

    def digest(value: Json) -> int:
        if isinstance(value, dict):
            own = hash(frozenset((k, digest(v)) for k, v in value.items()))
        elif isinstance(value, list):
            own = hash(tuple(map(digest, value)))
        else:
            return hash((type(value), value))
        found[own] += 1
        return own

    top = [digest(value) for value in values]
    return found if deep else collections.Counter(top)
