"""Assigning names in one scope: what is given holds; then each takes its first free candidate, in document order.

Laws: unique, valid, nothing reserved; appending a symbol renames none before it; a number comes last, after everything
that a reader could see of the difference.
"""

from __future__ import annotations

import dataclasses
import itertools
import typing
import unicodedata

from pmgen.code import Code
from pmgen.names.symbols import NOTHING_GIVEN
from pmgen.names.words import LONGEST, fits

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pmgen.names.symbols import Given, Symbol

Words: typing.TypeAlias = "tuple[str, ...]"
Spell: typing.TypeAlias = "Callable[[Words, int], str]"

LONGER, FULL = 2 * LONGEST, 5 * LONGEST
"""A name is cut at LONGEST; if that takes what tells it from another, at more."""


@dataclasses.dataclass(frozen=True, slots=True)
class Proposal:
    """What a symbol may be called. ``names``: best first; ``marks``: what may be put after the last of them.

    The marks of one kind of symbol stand in the same order; one is used only if it tells. ``natural``: the first name
    is how the API itself calls the thing, so it has a better right to it than others have. ``longest``: of all names,
    where less than FULL will do, such as in names of files.
    """

    symbol: Symbol
    names: tuple[Words, ...]
    spell: Spell
    reserved: frozenset[str]
    marks: tuple[Words, ...] = ()
    natural: bool = False
    longest: int = FULL

    def is_like(self, other: Proposal) -> bool:
        """Whether a reader sees no difference."""
        return (self.names, self.marks) == (other.names, other.marks)


def assign(
    proposals: Iterable[Proposal],
    taken: Iterable[str] = (),
    given: Given = NOTHING_GIVEN,
) -> dict[Symbol, Code]:
    """A name for each. Those that differ only in case count as one.

    A reserved candidate gets a trailing underscore, as PEP 8 has it; a reserved given name counts as none.
    """
    proposals = list(proposals)
    scope = _Scope(taken)
    for proposal, name in _in_force(proposals, given):
        scope.give(proposal, name)
    waiting = [p for p in proposals if p.symbol not in scope.found]
    for proposal in sorted(waiting, key=lambda p: not p.natural):
        scope.choose(proposal)
    return {p.symbol: scope.found[p.symbol] for p in proposals}


def _in_force(
    proposals: Sequence[Proposal], given: Given
) -> Iterator[tuple[Proposal, str]]:
    """Given names, the strongest first: what the user chose, what was here before, what came from elsewhere."""
    kept = [p for p in proposals if p.symbol in given.kept]
    for names, found in (
        (given.pinned, [p for p in proposals if p.symbol in given.pinned]),
        (given.kept, [p for p in kept if p.symbol not in given.moved]),
        (given.kept, [p for p in kept if p.symbol in given.moved]),
    ):
        for proposal in found:
            yield proposal, names[proposal.symbol]


class _Scope:
    """Names that are taken, by whom, and what was found."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._used: dict[str, Proposal | None] = {_folded(name): None for name in taken}
        self.found: dict[Symbol, Code] = {}

    def give(self, proposal: Proposal, name: str) -> None:
        """The name that it is to have, if that is free. What is no identifier must not become Code, whoever gives it."""
        is_fit = name.isidentifier() and name not in proposal.reserved
        if is_fit and proposal.symbol not in self.found:
            self._take(proposal, name)

    def choose(self, proposal: Proposal) -> None:
        """The first free name that tells it from those who have the better ones."""
        rivals: list[Proposal] = []
        for tries in (_plain, _told, _in_full, _numbered):
            if tries is not _numbered and any(map(proposal.is_like, rivals)):
                continue
            for name in tries(proposal, rivals):
                name = _allowed(name, proposal.reserved)
                if self._take(proposal, name):
                    return
                rival = self._used[_folded(name)]
                rivals += [rival] if rival else []

    def _take(self, proposal: Proposal, name: str) -> bool:
        free = _folded(name) not in self._used
        if free:
            self._used[_folded(name)] = proposal
            self.found[proposal.symbol] = Code(name)
        return free


def _plain(proposal: Proposal, _: Sequence[Proposal]) -> Iterator[str]:
    """The first name, cut if need be; the others whole, since a cut may take the very words that tell."""
    first, *others = proposal.names
    yield _spelled(proposal, first, LONGEST)
    for words in others:
        if fits(words, min(LONGER, proposal.longest)):
            yield _spelled(proposal, words, LONGER)
    yield _spelled(proposal, first, LONGER)


def _told(proposal: Proposal, rivals: Sequence[Proposal]) -> Iterator[str]:
    """With what of its own name was cut, or the first mark that none of the rivals has: its own words, else all."""
    room = min(LONGER, proposal.longest)
    alike = [r for r in rivals if r.symbol.thing is proposal.symbol.thing]
    whole = proposal.names[0]
    own = _own(whole, {r.names[0] for r in alike})
    ends = [own] if own != whole else []
    for mine, theirs in zip(proposal.marks, _marks(proposal, rivals), strict=True):
        ends += [_own(mine, theirs), mine] if mine not in theirs else []
    for end in filter(None, ends):
        base = _cut(proposal.names[-1], room - sum(map(len, end)) - len(end))
        yield _spelled(proposal, (*base, *end), LONGER)


def _own(mine: Words, theirs: set[Words]) -> Words:
    """The words that nobody else has."""
    known = {word for words in theirs for word in words}
    return tuple(word for word in mine if word not in known)


def _cut(words: Words, longest: int) -> Words:
    while words and not fits(words, longest):
        words = words[:-1]
    return words


def _in_full(proposal: Proposal, rivals: Sequence[Proposal]) -> Iterator[str]:
    """With every mark in which it differs from anyone."""
    for words in proposal.names:
        yield _spelled(proposal, words, FULL)
    pairs = zip(proposal.marks, _marks(proposal, rivals), strict=True)
    differing = [mine for mine, theirs in pairs if theirs - {mine}]
    shown = [word for mark in differing for word in mark]
    yield _spelled(proposal, (*proposal.names[-1], *shown), FULL)


def _numbered(proposal: Proposal, _: Sequence[Proposal]) -> Iterator[str]:
    name = _spelled(proposal, proposal.names[0], LONGEST).rstrip("_")
    joint = "_" if name.islower() or name.isupper() or not name[-1].isalpha() else ""
    numbered = (f"{name}{joint}{number}" for number in itertools.count(2))
    return (name for name in numbered if name not in proposal.reserved)


def _marks(proposal: Proposal, rivals: Sequence[Proposal]) -> list[set[Words]]:
    """What the rivals of its own kind have in the place of each mark."""
    alike = [r for r in rivals if r.symbol.thing is proposal.symbol.thing]
    return [{r.marks[n] for r in alike} for n in range(len(proposal.marks))]


def _spelled(proposal: Proposal, words: Words, longest: int) -> str:
    return proposal.spell(words, min(longest, proposal.longest))


def _allowed(name: str, reserved: frozenset[str]) -> str:
    while name in reserved:
        name += "_"
    return name


def _folded(name: str) -> str:
    """Python compares identifiers after NFKC, file systems without case; constants are upper-cased names."""
    return unicodedata.normalize("NFKC", name).upper().casefold()
