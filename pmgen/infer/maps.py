"""Which objects are maps: those whose keys are data (DESIGN.md 5)."""

from __future__ import annotations

import re
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Collection

_IDS = re.compile(
    r"\d+"
    r"|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
    r"|\d{4}-\d\d(?:-\d\d)?(?:T[\d:.]+Z?)?"
    r"|(?=[0-9a-fA-F]*\d)[0-9a-fA-F]{16,}"
    # Stand-ins that generators of collections write where a schema allows any keys.
    r"|key_\d+|additionalProp\d+"
)
_FEWEST = 2


def keys_are_data(keys: Collection[str]) -> bool:
    """Two or more keys, all of them numbers, dates or ids."""
    return len(keys) >= _FEWEST and all(map(_IDS.fullmatch, keys))
