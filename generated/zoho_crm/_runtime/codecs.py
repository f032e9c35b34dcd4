"""Values that are no model: what a reply may be at its top, and fields whose type is built of others.

A codec reads ``owner[key]``; what it does not accept is drift and stays as it is.
"""

from __future__ import annotations

import datetime
import json
import typing

from . import dates
from .drift import Drift, DriftError, Json
from .models import Model, dump

T = typing.TypeVar("T")


class Codec(typing.Generic[T]):
    """Reads and prints one JSON value. ``kinds`` are the Python types that json.loads gives for it."""

    kinds: tuple[type, ...]
    expected: str

    def from_json(self, data: Json) -> T:
        """Read decoded JSON. Raises DriftError where it does not have the examples' shape."""
        root = [data]
        drift = Drift(root)
        value = self.read(data, root, 0, drift)
        if drift:
            raise DriftError("the value", drift.mismatches())
        return typing.cast("T", value)

    def to_json(self, value: T) -> Json:
        """The JSON that from_json accepts."""
        return self.dump(value)

    def read(self, value: Json, owner: Json, key: str | int, drift: Drift) -> Json:
        """The value of ``owner[key]``."""
        if type(value) in self.kinds:
            return value
        return drift.at(owner, key, self.expected)

    def dump(self, value: Json) -> Json:
        """The value as JSON; what is no value of this codec's stays as it is."""
        return dump(value)


class Leaf(Codec[typing.Any]):
    """A value that needs no conversion."""

    def __init__(self, expected: str, *kinds: type) -> None:
        self.expected, self.kinds = expected, kinds


STRING = Leaf("string", str)
INTEGER = Leaf("integer", int)
NUMBER = Leaf("number", float, int)
BOOLEAN = Leaf("boolean", bool)
NULL = Leaf("null", type(None))
OBJECT = Leaf("object", dict)
LIST = Leaf("array", list)
ANY = Leaf("any value", dict, list, str, int, float, bool, type(None))


class ObjectOf(Codec[typing.Any]):
    """An object that becomes a model."""

    expected, kinds = "object", (dict,)

    def __init__(self, model: type[Model]) -> None:
        self._model = model

    def read(self, value: Json, owner: Json, key: str | int, drift: Drift) -> Json:
        """A model."""
        if type(value) is dict:
            return self._model._parse(value, drift)
        return drift.at(owner, key, self.expected)


class ListOf(Codec[typing.Any]):
    """A list whose items are read by one codec."""

    expected, kinds = "array", (list,)

    def __init__(self, item: Codec[typing.Any]) -> None:
        self._item = item

    def read(self, value: Json, owner: Json, key: str | int, drift: Drift) -> Json:
        """A new list."""
        if type(value) is not list:
            return drift.at(owner, key, self.expected)
        read = self._item.read
        return [read(item, value, index, drift) for index, item in enumerate(value)]

    def dump(self, value: Json) -> Json:
        """A list of dumped items."""
        if type(value) is not list:
            return dump(value)
        return [self._item.dump(item) for item in value]


class MapOf(Codec[typing.Any]):
    """An object whose keys are data."""

    expected, kinds = "object", (dict,)

    def __init__(self, value: Codec[typing.Any]) -> None:
        self._value = value

    def read(self, value: Json, owner: Json, key: str | int, drift: Drift) -> Json:
        """A new dict."""
        if type(value) is not dict:
            return drift.at(owner, key, self.expected)
        read = self._value.read
        return {name: read(item, value, name, drift) for name, item in value.items()}

    def dump(self, value: Json) -> Json:
        """A dict of dumped values."""
        if type(value) is not dict:
            return dump(value)
        return {key: self._value.dump(item) for key, item in value.items()}


class DateTime(Codec[typing.Any]):
    """A date and time in one style; text of another style stays text, and is drift."""

    expected, kinds = "date-time", (str,)

    def __init__(self, style: str) -> None:
        self._style = style

    def read(self, value: Json, owner: Json, key: str | int, drift: Drift) -> Json:
        """A datetime (or a date)."""
        found = self.parsed(value)
        return drift.at(owner, key, self.expected) if found is None else found

    def parsed(self, value: Json) -> datetime.date | None:
        """None for what is no text of the style."""
        return dates.parse(value, self._style) if type(value) is str else None

    def dump(self, value: Json) -> Json:
        """Text in the style."""
        if isinstance(value, datetime.date):
            return dates.print_(value, self._style)
        return dump(value)


class Date(DateTime):
    """A date as ``2006-01-02``."""

    expected = "date"

    def __init__(self) -> None:
        super().__init__(dates.DATE)


class ChoiceOf(Codec[typing.Any]):
    """An object that becomes one of several models, told by the text under one key."""

    expected, kinds = "object", (dict,)

    def __init__(self, tag: str, cases: dict[str, type[Model]]) -> None:
        self._tag, self._cases = tag, cases
        self._known = " or ".join(map(json.dumps, cases))

    def read(self, value: Json, owner: Json, key: str | int, drift: Drift) -> Json:
        """A model; an object that is none of them stays as it is."""
        if type(value) is not dict:
            return drift.at(owner, key, self.expected)
        found = value.get(self._tag)
        model = self._cases.get(found) if type(found) is str else None
        if model is None:
            drift.at(value, self._tag, self._known, shown=True)
            return value
        return model._parse(value, drift)


class OneOf(Codec[typing.Any]):
    """One of several, told apart by JSON type."""

    def __init__(self, *codecs: Codec[typing.Any]) -> None:
        self._by_kind = {kind: codec for codec in codecs for kind in codec.kinds}
        self.kinds = tuple(self._by_kind)
        self.expected = " or ".join(codec.expected for codec in codecs)

    def read(self, value: Json, owner: Json, key: str | int, drift: Drift) -> Json:
        """As the codec of the value's JSON type reads it."""
        codec = self._by_kind.get(type(value))
        if codec is None:
            return drift.at(owner, key, self.expected)
        if isinstance(codec, DateTime):
            found = codec.parsed(value)
            return drift.at(owner, key, self.expected) if found is None else found
        return codec.read(value, owner, key, drift)

    def dump(self, value: Json) -> Json:
        """As the codec of the value's JSON type prints it."""
        kind = str if isinstance(value, datetime.date) else type(value)
        codec = self._by_kind.get(kind)
        return dump(value) if codec is None else codec.dump(value)
