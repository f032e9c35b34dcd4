"""Names of the generated packages: the source's, or that of each collection in it."""

from __future__ import annotations

import itertools
import typing

from pmgen.names import reserved
from pmgen.names.words import snake, words

if typing.TYPE_CHECKING:
    from collections.abc import Iterable


def package_name(stem: str) -> str:
    """The package of a file or folder that is called so."""
    found = snake(words(stem), "collection", longest=100)
    return f"{found}_" if found in reserved.PACKAGES else found


def package_names(stems: Iterable[str]) -> tuple[str, ...]:
    """The same for several beside each other: of two equal names the later gets a number."""
    found: dict[str, None] = {}
    for stem in stems:
        name = package_name(stem)
        tries = itertools.chain([name], (f"{name}_{n}" for n in itertools.count(2)))
        found[next(name for name in tries if name not in found)] = None
    return tuple(found)
