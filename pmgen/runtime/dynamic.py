"""Dynamic variables: what Postman itself puts for ``{{$guid}}`` and its like, a new value each time.

Names are Postman's, without the ``$`` (https://learning.postman.com/docs/tests-and-scripts/write-scripts/variables-list/).
What a person, a place or a company is called is Faker's, loaded when it is first asked for; the rest needs no library.
"""

from __future__ import annotations

import functools
import typing

from .dynamic_fake import FAKED
from .dynamic_made import MADE, RANDOM

if typing.TYPE_CHECKING:
    from faker import Faker

T = typing.TypeVar("T")

NAMES = frozenset({*MADE, *FAKED})


def value(name: str) -> str:
    """A new value for ``{{$name}}``.

    Raises KeyError for a name that Postman does not know, ImportError where Faker is needed and not installed.
    """
    if name in MADE:
        return MADE[name]()
    if name in FAKED:
        locale, make = FAKED[name]
        return make(_faker(locale, name))
    raise KeyError(f"Postman has no dynamic variable named ${name}")


def given(argument: T | None, name: str) -> T | str:
    """The argument; a new value for ``{{$name}}`` where it is None. Raises as ``value`` does."""
    return value(name) if argument is None else argument


def _faker(locale: str, name: str) -> Faker:
    """The Faker of a locale; ``name`` is what it is for."""
    try:
        return _loaded(locale)
    except ImportError as error:
        raise ImportError(
            f"{{{{${name}}}}} needs a library: pip install 'Faker'; or give a value of your own"
        ) from error


@functools.cache
def _loaded(locale: str) -> Faker:
    """It takes its chances from the system, as all here do: what an application seeds would repeat the values."""
    import faker

    found = faker.Faker(locale)
    for factory in found.factories:
        factory.random = RANDOM
    return found
