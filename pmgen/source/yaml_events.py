"""Text -> PyYAML's events, and every way in which that fails -> YamlError with a place in the text.

PyYAML reads the syntax of YAML 1.1. Where that is not the syntax of 1.2, this module stands between.
"""

from __future__ import annotations

import dataclasses
import json
import re
import typing

import yaml

from pmgen.diagnostics import Diagnostic, Rule
from pmgen.source.locate import line_and_column

if typing.TYPE_CHECKING:
    from collections.abc import Iterator


class YamlError(ValueError):
    """Text that is no YAML, or YAML that is no JSON value; carries the diagnostic with line and column."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(diagnostic.text)


class PurePython(yaml.BaseLoader):
    """PyYAML's own parser, with tabs where YAML 1.2 and libyaml allow them."""

    def scan_to_next_token(self) -> None:
        """Between tokens, but not where a tab could be indentation."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()

    def scan_plain_spaces(self, indent: int, start_mark: yaml.Mark) -> list[str] | None:
        """Within plain text and at the end of its line."""
        length = 0
        while self.peek(length) in " \t":
            length += 1
        blanks = self.prefix(length)
        if self.peek(length) in "\r\n":
            self.forward(length)
        elif "\t" in blanks:
            self.forward(length)
            return [blanks]
        return super().scan_plain_spaces(indent, start_mark)

    def check_event(self, *choices: typing.Any) -> bool:
        """PyYAML gives no place to ``"\\U00110000"``, nor to a version of 5,000 digits."""
        try:
            return super().check_event(*choices)
        except (ValueError, OverflowError) as error:
            words = "a number is out of range"
            raise yaml.MarkedYAMLError(None, None, words, self.get_mark()) from error


Parser: typing.TypeAlias = "type[yaml.CBaseLoader | PurePython]"

#: libyaml takes a fifth of the time, but not every build of PyYAML has it.
FASTEST: Parser = yaml.CBaseLoader if yaml.__with_libyaml__ else PurePython


def events(text: str, parser: Parser) -> Iterator[yaml.Event]:
    """Each event as soon as the parser is sure of it. Raises what PyYAML raises."""
    reader = parser(text)
    while reader.check_event():
        yield typing.cast("yaml.Event", reader.get_event())


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNUSUAL = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_QUOTED_ONLY = re.compile(r"[\x7f-\x84\x86-\x9f\ufffe\uffff]")
#: The backslash of an escaped surrogate; it is itself not escaped.
_ESCAPED_SURROGATE = re.compile(
    r"(?<!\\)((?:\\\\)*)\\(?=(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2})"
)
#: Whether it is truly an escape does not matter.
_ESCAPED_PRIVATE = re.compile(r"\\(?:u|U0000)([eEfF][0-9a-fA-F]{3})")


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """A text, and the text of equal length that PyYAML reads in its place.

    PyYAML takes U+2028 for a line break, as YAML 1.1 did, and refuses U+0080 and ``\\ud83d`` in quotes, where 1.2 allows
    all that JSON has. Characters of private use that the text has nowhere stand in for them; ``meanings`` has these.
    """

    text: str
    scanned: str
    meanings: dict[int, str]

    def refusal(self, offset: int, words: str) -> YamlError:
        """The text is no YAML that can be read here."""
        return self._error(Rule.NOT_YAML, offset, f"Not valid YAML: {words}")

    def limit(self, offset: int, words: str) -> YamlError:
        """The text is YAML, but too much of it."""
        return self._error(Rule.LIMIT, offset, words)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column. In YAML, a lone carriage return ends a line too."""
        before = self.text[:offset].replace("\r\n", "\n").replace("\r", "\n")
        return line_and_column(before, len(before))

    def _error(self, rule: Rule, offset: int, words: str) -> YamlError:
        line, column = self.place(offset)
        return YamlError(Diagnostic(rule, words, line=line, column=column))

    def text_of(self, event: yaml.ScalarEvent) -> str:
        """What the scalar says, without stand-ins."""
        if not self.meanings:
            return event.value
        value = event.value
        if event.style == '"':
            value = self._with_surrogates(value)
        elif event.style != "'":
            self._check_unquoted(event)
        return value.translate(self.meanings)

    def _with_surrogates(self, value: str) -> str:
        """Two escapes that make one character, as in JSON, become it."""
        backslash = chr(next(iter(self.meanings)))
        escape = re.compile(backslash + r"(?:u|U0000)([dD][0-9a-fA-F]{3})")
        units = escape.sub(lambda found: chr(int(found[1], 16)), value)
        return units.encode("utf-16-le", "surrogatepass").decode(
            "utf-16-le", "surrogatepass"
        )

    def _check_unquoted(self, event: yaml.ScalarEvent) -> None:
        found = _QUOTED_ONLY.search(self.text, start(event), _index(event.end_mark))
        if found:
            words = f"{_named(found)} is allowed in quotes only"
            raise self.refusal(found.start(), words)


def prepared(text: str) -> Source:
    """The text, where it has no character that YAML forbids."""
    text = text.removeprefix("\ufeff")
    source = Source(text, text, {})
    if found := _CONTROL.search(text):
        raise source.refusal(found.start(), f"{_named(found)} is not allowed")
    if found := _SURROGATE.search(text):
        words = f"{_named(found)} is half of a surrogate pair"
        raise source.refusal(found.start(), words)
    unusual = sorted(set(_UNUSUAL.findall(text)))
    if unusual or _ESCAPED_SURROGATE.search(text):
        return _with_stand_ins(text, ["\\", *unusual])
    return source


def _with_stand_ins(text: str, meanings: list[str]) -> Source:
    """The backslash comes first; it is only replaced where it begins an escaped surrogate."""
    used = {*map(ord, set(text)), *(int(c, 16) for c in _ESCAPED_PRIVATE.findall(text))}
    free = (code for code in range(0xE000, 0xF900) if code not in used)
    pairs = dict(zip(free, meanings, strict=False))
    chars = {ord(meaning): chr(code) for code, meaning in pairs.items()}
    backslash = chars.pop(ord("\\"), r"\\")
    scanned = _ESCAPED_SURROGATE.sub(rf"\1{backslash}", text)
    return Source(text, scanned.translate(chars), pairs)


def _named(found: re.Match[str]) -> str:
    return f"the character U+{ord(found.group()):04X}"


def _index(mark: typing.Any) -> int:
    """PyYAML's own lines and columns count otherwise than ours."""
    return typing.cast("int", mark.index)


def start(event: yaml.Event) -> int:
    """Where the event's node begins: at its anchor or tag, if it has one."""
    return _index(event.start_mark)


_CONFLICT = re.compile(r"^<<<<<<< ", re.MULTILINE)


def explained(source: Source, error: yaml.YAMLError) -> YamlError:
    """What PyYAML refuses, with the faults that it does not know."""
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    offsets = [_index(mark) for mark in marks if mark]
    for place in offsets:
        braces = _unquoted_braces(source.text, place)
        if braces is not None:
            return unquoted_value(source, braces, in_flow=False)
    if conflict := _CONFLICT.search(source.text):
        return source.refusal(conflict.start(), "merge conflict markers stand here")
    words = getattr(error, "problem", None) or "it has too many special characters"
    return source.refusal(offsets[0] if offsets else 0, words)


#: The beginning of a line, up to a value that begins with ``{{``.
_BEFORE_BRACES = re.compile(
    r"""[ \t]*+ (?:[-?][ \t]++)*+
    (?: (?=\{\{)
    |   (?: "[^"\r\n]*+" | '[^'\r\n]*+' | (?!["'#])(?:[^:\r\n]|:(?![ \t]))*+ )
        :[ \t]++(?=\{\{)
    )""",
    re.VERBOSE,
)


def _unquoted_braces(text: str, place: int) -> int | None:
    """Where the line of the place has an unquoted value that begins with ``{{``."""
    line = max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1
    found = _BEFORE_BRACES.match(text, line)
    return found.end() if found else None


#: What to put in quotes: a key; a value in a flow collection, where a comma or a bracket ends it; any other value.
_KEY = re.compile(r"\{\{[^{}]*\}\}[^\s:]*")
_IN_FLOW = re.compile(r"\{\{[^{}]*\}\}[^\s,\]}]*")
_LINE = re.compile(r"[^\r\n]*")
_LONGEST = 80


def unquoted_value(source: Source, place: int, *, in_flow: bool) -> YamlError:
    """A variable of Postman where YAML sees a mapping in a mapping: the commonest fault."""
    value = _quoted(source.text, place, _IN_FLOW if in_flow else _LINE)
    return source.refusal(place, f"{{{{ begins a mapping; quote the value: {value}")


def unquoted_key(source: Source, place: int) -> YamlError:
    """The same before a colon."""
    key = _quoted(source.text, place, _KEY)
    return source.refusal(place, f"{{{{ begins a mapping; quote the key: {key}")


def _quoted(text: str, place: int, pattern: re.Pattern[str]) -> str:
    found = pattern.match(text, place) or _LINE.match(text, place)
    value = found.group().partition(" #")[0].rstrip() if found else ""
    if len(value) > _LONGEST:
        value = f"{value[:_LONGEST]}…"
    return json.dumps(value, ensure_ascii=False)
