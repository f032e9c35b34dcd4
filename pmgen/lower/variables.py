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
_INNER = re.compile(r"(\{\{[^{}]*)\{\{([^{}]+)\}\}")
_WITH_USER = re.compile(r"://[^/?#]*@")
_PASSES = 19
_MOST_GROWTH = 100_000


def names(text: str) -> list[str]:
    """The variables of a text, in order, repeats included."""
    return _VARIABLE.findall(text) if "{{" in text else []


def is_nested(text: str) -> bool:
    """Whether a variable's name is made of another variable, as in ``{{a_{{b}}}}``."""
    return "{{" in text and bool(_NESTED.search(text))


def template(text: str, ref: Callable[[str], Ref]) -> Template:
    """The text with each ``{{x}}`` as ``ref("x")``."""
    if "{{" not in text:
        return (text,) if text else ()
    return tuple(part for part in _parts(text, ref) if part)


def substitute(text: str, values: Mapping[str, str]) -> str:
    """Replace what is known, again and again as Postman does; the rest stays."""
    if "{{" not in text:
        return text
    longest = len(text) + _MOST_GROWTH
    for _ in range(_PASSES):
        if _grown(text, values) > longest:
            break
        replaced = _VARIABLE.sub(lambda m: values.get(m.group(1), m.group()), text)
        if replaced == text:
            break
        text = replaced
    return text


def _grown(text: str, values: Mapping[str, str]) -> int:
    """How long the text would be. One value may be of any length; several may hold each other, and double each time."""
    used = names(text)
    if len(used) < 2:
        return 0
    return len(text) + sum(len(values.get(name, "")) for name in used)


def _parts(text: str, ref: Callable[[str], Ref]) -> Iterator[str | Ref]:
    end = 0
    for match in _VARIABLE.finditer(text):
        yield text[end : match.start()]
        yield ref(match.group(1))
        end = match.end()
    yield text[end:]


@dataclasses.dataclass(frozen=True, slots=True)
class Values:
    """The variables that come from beside the collection."""

    environment: tuple[Variable, ...] = ()
    globals: tuple[Variable, ...] = ()


NOTHING_BESIDE = Values()


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """All variables by precedence. A secret's value is not kept: it must reach no generated file.

    ``unfinished`` are those whose values go in circles, or through more variables than Postman follows.
    """

    values: Mapping[str, str]
    descriptions: Mapping[str, str]
    unfinished: tuple[Variable, ...] = ()

    @classmethod
    def of(
        cls,
        collection: tuple[Variable, ...],
        beside: Values = NOTHING_BESIDE,
        credentials: frozenset[str] = frozenset(),
    ) -> Scope:
        """The environment hides the collection, which hides the globals; of two equal keys in one the last wins.

        A name that any of them calls secret is secret; so are ``credentials``, the names that auths use.
        """
        every = (*beside.globals, *collection, *beside.environment)
        merged = {variable.key: variable for variable in every}
        secret = credentials | {variable.key for variable in every if variable.secret}
        raw = {
            key: variable.value
            for key, variable in merged.items()
            if key not in secret and not is_secret(key)
        }
        values = {key: substitute(f"{{{{{key}}}}}", raw) for key in raw}
        return cls(
            values,
            {key: variable.description for key, variable in merged.items()},
            tuple(
                merged[key]
                for key, value in values.items()
                if any(name in raw for name in names(value))
            ),
        )

    def unnested(self, text: str) -> str:
        """``{{a_{{b}}}}`` with the inner variable replaced, as far as its value is known."""
        longest = len(text) + _MOST_GROWTH
        for _ in range(_PASSES):
            replaced = _INNER.sub(self._with_inner, text)
            if replaced == text or _grown(replaced, self.values) > longest:
                break
            text = replaced
        return text

    def _with_inner(self, match: re.Match[str]) -> str:
        value = self.values.get(match.group(2))
        return match.group() if value is None else match.group(1) + value

    def default(self, name: str) -> str | None:
        """A value that may stand in generated code: known, complete and no secret."""
        value = self.values.get(name, "")
        hidden = names(value) or _WITH_USER.search(value)
        return None if not value or hidden else value
