"""The core schema of YAML 1.2: what a scalar's text is. https://yaml.org/spec/1.2.2/#103-core-schema"""

from __future__ import annotations

import math
import re
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pmgen.source.strict import Json

#: Python prints no longer number, and reads none that is decimal.
_TOO_LONG = 10**4300


def _integer(text: str) -> int:
    try:
        value = int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    except ValueError:
        value = _TOO_LONG
    if abs(value) >= _TOO_LONG:
        raise OverflowError("A number has too many digits")
    return value


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise OverflowError("A number is out of range")
    return value


_TYPES: dict[str, tuple[re.Pattern[str], Callable[[str], Json]]] = {
    "null": (re.compile(r"|~|null|Null|NULL"), lambda _: None),
    "bool": (
        re.compile(r"true|True|TRUE|false|False|FALSE"),
        lambda text: text[0] in "tT",
    ),
    "int": (re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"), _integer),
    # Without .inf and .nan: JSON does not have them, so they are text.
    "float": (
        re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"),
        _float,
    ),
    "str": (re.compile(r".*", re.DOTALL), str),
}

#: ``!!map`` and ``!!seq``.
_NO_SCALAR = (re.compile(r"(?!)"), str)

#: What a plain scalar can be; the first that fits.
PLAIN = tuple(_TYPES)
TEXT = ("str",)


def read_scalar(text: str, types: Iterable[str]) -> Json:
    """As the first type that fits. Raises ValueError where none does, OverflowError where the number is too big."""
    for name in types:
        pattern, read = _TYPES.get(name, _NO_SCALAR)
        if pattern.fullmatch(text):
            return read(text)
    raise ValueError("no type fits")
