"""``{{x}}``: text -> templates, and values by Postman's rules (POSTMAN.md 3.2, 3.3)."""

from __future__ import annotations

import dataclasses
import re
import typing

from pmgen.lower.secrets import is_secret

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pmgen.api import Ref, Template
    from pmgen.postman import Variable

_VARIABLE = re.compile(r"\{\{([^{}]+)\}\}")
_NESTED = re.compile(r"\{\{[^{}]*\{\{")
_WITH_USER = re.compile(r"://[^/?#]*@")
_PASSES = 19


def names(text: str) -> list[str]:
    """The variables of a text, in order, repeats included."""
    return _VARIABLE.findall(text)


def is_nested(text: str) -> bool:
    """Whether a variable's name is made of another variable, as in ``{{a_{{b}}}}``."""
    return bool(_NESTED.search(text))


def template(text: str, ref: Callable[[str], Ref]) -> Template:
    """The text with each ``{{x}}`` as ``ref("x")``."""
    return tuple(part for part in _parts(text, ref) if part)


def substitute(text: str, values: Mapping[str, str]) -> str:
    """Replace what is known, again and again as Postman does; the rest stays."""
    for _ in range(_PASSES):
        replaced = _VARIABLE.sub(lambda m: values.get(m.group(1), m.group()), text)
        if replaced == text:
            break
        text = replaced
    return text


def _parts(text: str, ref: Callable[[str], Ref]) -> Iterator[str | Ref]:
    end = 0
    for match in _VARIABLE.finditer(text):
        yield text[end : match.start()]
        yield ref(match.group(1))
        end = match.end()
    yield text[end:]


@dataclasses.dataclass(frozen=True, slots=True)
class Scope:
    """The collection's variables. A secret's value is not kept: it must reach no generated file."""

    values: Mapping[str, str]
    descriptions: Mapping[str, str]

    @classmethod
    def of(cls, variables: tuple[Variable, ...]) -> Scope:
        """Of two variables with one key the last wins."""
        raw = {v.key: v.value for v in variables if not (v.secret or is_secret(v.key))}
        return cls(
            {key: substitute(value, raw) for key, value in raw.items()},
            {v.key: v.description for v in variables},
        )

    def default(self, name: str) -> str | None:
        """A value that may stand in generated code: known, complete and no secret."""
        value = self.values.get(name, "")
        hidden = names(value) or _WITH_USER.search(value)
        return None if not value or hidden else value
