"""What the user says of the type at a place, instead of what the examples would give.

    string | null      json      map      record      optional integer      required

A wish must hold for the examples: it may say more than they do, and never the opposite.
"""

from __future__ import annotations

import dataclasses
import typing

from pmgen.infer.types import ANYTHING, Choice, Map, Ref, Scalar, Timestamp, Type, Union

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pmgen.infer.roles import Role
    from pmgen.infer.shape import Shape

Spot: typing.TypeAlias = "tuple[Role, tuple[str, ...]]"
"""A role, and a path as ``Origin`` has it."""

_SCALARS = ("string", "integer", "number", "boolean")
_OBJECTS = ("map", "record")
_KINDS = (*_SCALARS, *_OBJECTS, "json")
_PRESENCE = ("optional", "required")
GRAMMAR = (
    f"[{' | '.join(_PRESENCE)}] and one or more of {', '.join(_KINDS)}, null, with | between; "
    "json, map and record stand alone"
)


class WishError(ValueError):
    """Wishes that can't be granted, each with the reason."""

    def __init__(self, reasons: Mapping[Spot, str]) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reasons.values()))


@dataclasses.dataclass(frozen=True, slots=True)
class Wish:
    """``kinds``: none keeps the types that were seen. ``presence``: optional, required, or "" for as seen."""

    kinds: tuple[str, ...] = ()
    null: bool = False
    presence: str = ""

    @classmethod
    def parse(cls, text: str) -> Wish:
        """Raises ValueError, with the grammar."""
        words = text.split()
        presence = words.pop(0) if words and words[0] in _PRESENCE else ""
        kinds = [kind.strip() for kind in " ".join(words).split("|")] if words else []
        null = "null" in kinds
        covered = {"null"} | ({"integer"} if "number" in kinds else set())
        rest = tuple(kind for kind in kinds if kind not in covered)
        alone = len(rest) == 1 or set(rest) <= set(_SCALARS)
        known = set(rest) <= set(_KINDS) and len(set(kinds)) == len(kinds)
        if not (presence or kinds) or not known or not alone:
            raise ValueError(f"a type is written {GRAMMAR}")
        return cls(rest, null, presence)


class Wishes:
    """All wishes of one collection, and which of them were granted."""

    def __init__(self, wishes: Mapping[Spot, Wish]) -> None:
        self._wishes = wishes
        self._open = dict.fromkeys(wishes, _UNSEEN)

    def __contains__(self, spot: Spot) -> bool:
        return spot in self._wishes

    def __bool__(self) -> bool:
        return bool(self._wishes)

    def object(self, spots: Iterable[Spot]) -> str:
        """`map` or `record` where the user says what the objects are, else ""."""
        found = (self._wishes[spot].kinds for spot in spots if spot in self._wishes)
        return next((kinds[0] for kinds in found if kinds[:1] in _FORCED), "")

    def hide(self, spots: Iterable[Spot]) -> bool:
        """Whether the user says that what lies there is just JSON."""
        return any(
            self._wishes[spot].kinds == ("json",) for spot in spots if spot in self
        )

    def type(self, spots: Iterable[Spot], seen: Type, shape: Shape) -> Type:
        """The type as wished for one of the places that are one. ``shape``: the surface of what was seen."""
        for spot in spots:
            if spot in self:
                wished = _wished(self._wishes[spot], seen, shape)
                told = _NULL if seen == ANYTHING and shape.nulls else seen
                self._tell(spot, "" if wished is not None else _contrary(told))
                seen = seen if wished is None else wished
        return seen

    def required(self, spots: Iterable[Spot], *, seen: bool, always: bool) -> bool:
        """``seen``: what the examples say; ``always``: whether none of them lacks the key."""
        for spot in spots:
            presence = self._wishes[spot].presence if spot in self._wishes else ""
            if presence == "required" and not always:
                self._tell(spot, "Examples lack the key")
            elif presence:
                seen = presence == "required"
        return seen

    def _tell(self, spot: Spot, reason: str) -> None:
        """ "" for granted. Several records may lie at one spot; what one of them refuses is refused."""
        if reason or self._open[spot] == _UNSEEN:
            self._open[spot] = reason

    def check(self) -> None:
        """Raises WishError for those that hold nothing, or contradict the examples."""
        reasons = {spot: reason for spot, reason in self._open.items() if reason}
        if reasons:
            raise WishError(reasons)


_FORCED = (("map",), ("record",))
_UNSEEN = "No example shows this place"


def _wished(wish: Wish, seen: Type, shape: Shape) -> Type | None:
    """None where the examples hold something else."""
    if wish.kinds == ("json",):
        return ANYTHING
    members = seen.members if isinstance(seen, Union) else (seen,)
    nulls = bool(shape.nulls) or _NULL in members  # nothing but nulls has no type
    plain = [member for member in members if member not in (_NULL, ANYTHING)]
    kept = _kept(wish, plain)
    if kept is None or (wish.kinds and (shape.opaque or nulls > wish.null)):
        return None
    null = wish.null or (bool(plain) and nulls)
    found = (*kept, *([_NULL] if null else []))
    return found[0] if len(found) == 1 else Union(found) if found else seen


def _kept(wish: Wish, plain: list[Type]) -> list[Type] | None:
    """The members but null, as wished; ``plain`` are those that were seen."""
    wanted: list[Type] = [Scalar(kind) for kind in wish.kinds if kind in _SCALARS]
    if not wish.kinds:
        return plain
    if wanted:
        covered = all(any(_covers(w, member) for w in wanted) for member in plain)
        return wanted if covered else None
    if not plain and wish.kinds == ("map",):
        return [Map(ANYTHING)]
    fitting = [member for member in plain if _is(wish.kinds[0], member)]
    return plain if fitting == plain != [] else None


_NULL = Scalar("null")


def _covers(wanted: Type, seen: Type) -> bool:
    """Whether all values of the one are values of the other."""
    if wanted == Scalar("string"):
        return isinstance(seen, Timestamp) or seen == wanted
    return seen == wanted or (wanted, seen) == (Scalar("number"), Scalar("integer"))


def _is(kind: str, seen: Type) -> bool:
    return isinstance(seen, Map) if kind == "map" else isinstance(seen, (Ref, Choice))


def _contrary(seen: Type) -> str:
    members = seen.members if isinstance(seen, Union) else (seen,)
    shown = " | ".join(_name(member) for member in members)
    return f"The examples hold something else: {shown}"


def _name(found: Type) -> str:
    match found:
        case Scalar(kind):
            return kind
        case Timestamp():
            return "string (a date)"
        case Map():
            return "map"
        case Ref() | Choice():
            return "record"
        case _:
            return "list"
