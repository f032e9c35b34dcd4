"""Assigning names in one scope: in document order, each takes its first free candidate, a number last.

Laws: unique, valid, nothing reserved, and appending a symbol renames none before it.
"""

from __future__ import annotations

import itertools
import typing
import unicodedata

from pmgen.code import Code

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pmgen.names.symbols import Symbol


def assign(
    proposals: Iterable[tuple[Symbol, tuple[str, ...]]],
    reserved: frozenset[str],
    taken: Iterable[str] = (),
) -> Mapping[Symbol, Code]:
    """``proposals``: each symbol with identifiers, best first. Names that differ only in case count as one.

    A reserved candidate gets a trailing underscore, as PEP 8 has it.
    """
    used = {_folded(name) for name in taken}
    found: dict[Symbol, Code] = {}
    for symbol, candidates in proposals:
        name = next(
            name for name in _tries(candidates, reserved) if _folded(name) not in used
        )
        used.add(_folded(name))
        found[symbol] = Code(name)
    return found


def _tries(candidates: tuple[str, ...], reserved: frozenset[str]) -> Iterable[str]:
    for name in candidates:
        while name in reserved:
            name += "_"
        yield name
    last = candidates[-1].rstrip("_")
    joint = "_" if last.islower() or last.isupper() or not last[-1].isalpha() else ""
    numbered = (f"{last}{joint}{number}" for number in itertools.count(2))
    yield from (name for name in numbered if name not in reserved)


def _folded(name: str) -> str:
    """Python compares identifiers after NFKC, file systems without case; constants are upper-cased names."""
    return unicodedata.normalize("NFKC", name).upper().casefold()
