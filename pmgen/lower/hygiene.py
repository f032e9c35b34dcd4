"""Bodies written by hand or faked by a tool -> JSON that is data: repaired where that is certain (DESIGN.md 5)."""

from __future__ import annotations

import dataclasses
import re
import typing

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.source import JsonError, mend, parse_json, parse_noting_repeats
from pmgen.source import repeated_keys as repeats

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmgen.lower.variables import Scope
    from pmgen.source import Json

_UNKNOWN: typing.Final = object()
_NESTING = "<Error: Too many levels of nesting to fake this schema>"

#: What tools write for a value of a type. Those for strings are strings already, and stay.
_TOKENS: Mapping[str, object] = {
    **dict.fromkeys(("integer", "int", "int32", "int64", "long", "short"), 0),
    **dict.fromkeys(("number", "float", "double", "decimal"), 0.5),
    **dict.fromkeys(("boolean", "bool"), True),
    "null": None,
    **dict.fromkeys(("unknown", "any", "object", "array"), _UNKNOWN),
}
#: Those for strings, which are strings where they stand in quotes.
_STRING_TOKENS = frozenset(
    [
        "string",
        "str",
        "text",
        "date",
        "datetime",
        "date-time",
        "time",
        "uuid",
        "guid",
        "email",
        "uri",
        "url",
        "byte",
        "binary",
        "password",
    ]
)
_TOKEN = re.compile(r"<([\w-]+)>")
#: Without one of these in a text there is nothing to replace.
_MARKS = re.compile(r"<|\\u003[cC]|\{\{")


@dataclasses.dataclass(frozen=True, slots=True)
class Cleaned:
    """``repairs``: in words. ``filled``: variables outside of quotes, and ``placeholders``: type names, for which
    values were put. ``unknown``: values nobody knows. ``repeated``: pointers of keys that stand twice.
    """

    value: Json
    repairs: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()


def clean(text: str, scope: Scope, *, mends: bool = True) -> Cleaned:
    """The JSON that a body means. Raises JsonError where that is not certain, or not written where nothing is mended."""
    repairs: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    holes = _Holes(scope, {})
    try:
        value, has_repeats = parse_noting_repeats(text)
        repeated = repeats(text) if has_repeats else ()
    except JsonError as error:
        if error.diagnostic.rule is Rule.LIMIT or not mends:
            raise
        mended = mend(text, holes.fill)
        value, repairs = mended.value, mended.repairs
    if not _MARKS.search(text):
        return Cleaned(value, repairs, repeated=repeated)
    found = _Tokens([], [])
    value = found.replaced(value)
    if value is _UNKNOWN:
        raise JsonError(Diagnostic(Rule.NOT_JSON, f"All of it is {found.unknown[0]}"))
    return Cleaned(
        value,
        repairs,
        filled=tuple(holes.filled),
        placeholders=tuple(dict.fromkeys(found.placeholders)),
        unknown=tuple(found.unknown),
        repeated=repeated,
    )


def told(
    cleaned: Cleaned, rule: Rule, pointer: str, trail: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """What was done to a body; ``rule`` is for its repairs."""
    if cleaned.repairs:
        text = f"The body is not quite JSON: {', '.join(cleaned.repairs)}"
        yield Diagnostic(rule, text, pointer, trail)
    if cleaned.filled:
        text = f"What stands without quotes was filled in: {', '.join(cleaned.filled)}"
        yield Diagnostic(rule, text, pointer, trail)
    if cleaned.placeholders:
        text = f"Values were put for {', '.join(cleaned.placeholders)}"
        yield Diagnostic(Rule.PLACEHOLDERS, text, pointer, trail)
    if cleaned.unknown:
        kinds = ", ".join(dict.fromkeys(cleaned.unknown))
        count = len(cleaned.unknown)
        text = f"{count} value{'s are' if count > 1 else ' is'} unknown: {kinds}"
        yield Diagnostic(Rule.UNKNOWN_VALUES, text, pointer, trail)
    for key in cleaned.repeated:
        text = f"The key {key} of the body stands twice"
        yield Diagnostic(Rule.DUPLICATE_KEY, text, pointer, trail)


@dataclasses.dataclass(frozen=True, slots=True)
class _Holes:
    """Values for what stands where a value should; ``filled`` collects the variables that had one."""

    scope: Scope
    filled: dict[str, None]

    def fill(self, hole: str) -> Json:
        """A variable's value where it is JSON, as Postman would put it there; a type's name as if in quotes."""
        value: Json = hole
        match = _TOKEN.fullmatch(hole)
        name = match.group(1).lower() if match else ""
        if name in _TOKENS:
            return hole  # is replaced, and told, with those in quotes
        if name not in _STRING_TOKENS:
            known = self.scope.values.get(hole[2:-2]) if hole[0] == "{" else None
            try:
                value = parse_json(known or "")
            except JsonError:
                return _Hole(hole)
        self.filled[hole] = None
        return value


class _Hole(str):
    """A hole without a value, told from text that only looks like one."""

    __slots__ = ()


@dataclasses.dataclass(frozen=True, slots=True)
class _Tokens:
    """One walk over a value; the lists collect what it met."""

    placeholders: list[str]
    unknown: list[str]

    def replaced(self, value: Json) -> typing.Any:
        if isinstance(value, dict):
            return {key: self._member(inner) for key, inner in value.items()}
        if isinstance(value, list):
            inner = map(self.replaced, value)
            return [element for element in inner if element is not _UNKNOWN]
        return self._text(value) if isinstance(value, str) else value

    def _member(self, value: Json) -> typing.Any:
        """A key stays with null: that it exists is known."""
        found = self.replaced(value)
        return None if found is _UNKNOWN else found

    def _text(self, text: str) -> object:
        if isinstance(text, _Hole) or text == _NESTING:
            self.unknown.append(str(text))
            return _UNKNOWN
        match = _TOKEN.fullmatch(text)
        found = _TOKENS.get(match.group(1).lower(), text) if match else text
        if found is _UNKNOWN:
            self.unknown.append(text)
        elif found is not text:
            self.placeholders.append(text)
        return found
