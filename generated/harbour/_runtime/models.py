"""Base of the generated dataclasses, and what their generated parsing code calls.

A generated ``_parse`` checks every value that it reads. What differs from the examples is drift: it is recorded and
the value is kept as received, so that an API that grew a field or sends a null breaks no caller.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping, Sequence

from .drift import Drift, DriftError, Json


class Unset:
    """The type of UNSET."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: typing.Final[typing.Any] = Unset()
"""A key that is not there, for fields that can be null as well."""

new = object.__new__


@dataclasses.dataclass(slots=True, kw_only=True)
class Model:
    """Base of the generated dataclasses. ``extra`` holds received keys that no example had."""

    extra: dict[str, Json] | None = dataclasses.field(default=None, repr=False)

    @classmethod
    def from_json(cls, data: Json) -> typing.Self:
        """Build from decoded JSON. Raises DriftError where it does not have the examples' shape."""
        root = [data]
        drift = Drift(root)
        model = (
            cls._parse(data, drift)
            if type(data) is dict
            else drift.at(root, 0, "object")
        )
        if drift:
            raise DriftError(cls.__name__, drift.mismatches())
        return typing.cast("typing.Self", model)

    def to_json(self) -> dict[str, Json]:
        """The JSON object that from_json accepts: keys as on the wire, nothing lost."""
        return self._dump()

    @classmethod
    def _parse(cls, data: dict[str, Json], drift: Drift) -> typing.Self:
        """Generated: every known key checked and stored. The base knows none."""
        del drift
        return cls(extra=data or None)

    def _dump(self) -> dict[str, Json]:
        """Generated: every known key. The base knows none."""
        return self._with_extra({})

    def _with_extra(self, data: dict[str, Json]) -> dict[str, Json]:
        if self.extra is not None:
            data.update(self.extra)
        return data


def unknown(data: dict[str, Json], known: frozenset[str]) -> dict[str, Json] | None:
    """What of a received object no example had; None for nothing."""
    return {key: value for key, value in data.items() if key not in known} or None


def parse_items(model: type[Model], items: list[Json], drift: Drift) -> list[Json]:
    """Parse a list of objects."""
    parse = model._parse
    return [
        parse(item, drift) if type(item) is dict else drift.at(items, index, "object")
        for index, item in enumerate(items)
    ]


def parse_leaves(
    kinds: tuple[type, ...], expected: str, items: list[Json], drift: Drift
) -> list[Json]:
    """Check a list of values that need no conversion; a new list, so that the model owns it."""
    return [
        item if type(item) in kinds else drift.at(items, index, expected)
        for index, item in enumerate(items)
    ]


def dump(value: Json) -> Json:
    """A value as JSON: models anywhere in it become objects; whatever else it holds stays."""
    if isinstance(value, Model):
        return value._dump()
    if isinstance(value, Mapping):
        return {key: dump(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [dump(item) for item in value]
    return value
