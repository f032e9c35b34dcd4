"""Bundling: a module and what it uses of others, with names kept apart; and what it takes for granted of the runtime."""

from __future__ import annotations

import symtable
import typing

import pytest
from printed import executed

from pmgen import resources
from pmgen.bundle import BundleError, bundle
from pmgen.bundle.pieces import read

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "from __future__ import annotations\n"
RUNTIME = {
    "api.py": HEAD + "from .base import Base, make\nfrom .other import helper\n",
    "base.py": f'''"""The base."""

{HEAD}
import json
import typing
from collections.abc import Sequence

from . import other

T = typing.TypeVar("T")


class Base(typing.Generic[T]):
    """Every class."""

    def text(self) -> str:
        """What helper makes of it."""
        return other.helper(self, json.dumps(1))


# Why it is
# as it is.
LIMIT = 3
"""How many."""


def make(found: Sequence[T]) -> Base[T]:
    """Not more than LIMIT."""
    if len(found) > LIMIT:
        raise ValueError(f"{{len(found)}} of {{LIMIT}}")
    return typing.cast("Base[T]", unused_by_nobody())


def unused_by_nobody() -> object:
    return Base()


def unused() -> None:
    """Nobody calls it."""
''',
    "other.py": HEAD + "\n\ndef helper(found: object, text: str) -> str:\n"
    "    return type(found).__name__ + text\n\n\nunused = 1\n",
}


def main(body: str) -> str:
    """A generated module."""
    return (
        f'"""What it is."""\n\n{HEAD}\nfrom ._runtime import api as _rt\n\n\n{body}\n'
    )


USER = main("class Thing(_rt.Base[int]):\n    x: int = 1\n\n\nTHING = _rt.make([1])")


def test_what_is_used_is_there_and_nothing_else() -> None:
    text = bundle(USER, RUNTIME)
    assert executed(text).Thing().text() == "Thing1"
    assert "_rt" not in text
    assert "def unused()" not in text
    assert "unused = 1" not in text
    assert text.startswith('"""What it is."""\n\nfrom __future__')


def test_classes_come_as_early_as_they_can() -> None:
    text = bundle(USER, RUNTIME)
    places = [text.index(part) for part in ("class Base", "class Thing", "def helper")]
    assert places == sorted(places)
    assert text.index("def make") < text.index("THING = make([1])")


def test_comments_and_docstrings_go_with_their_statement() -> None:
    text = bundle(USER, RUNTIME)
    assert '# Why it is\n# as it is.\nLIMIT = 3\n"""How many."""\n' in text


@pytest.mark.parametrize(
    "name", ["LIMIT", "Base", "T", "ValueError", "Sequence", "Thing"]
)
def test_the_main_module_keeps_its_names(name: str) -> None:
    body = f"class {name}(_rt.Base[int]):\n    x: int = 1\n\n\nMADE = _rt.make"
    module = executed(bundle(main(body), RUNTIME))
    assert getattr(module, name)().text() == f"{name}1"
    assert type(module.MADE([])).__mro__[1].__name__ == "Generic"
    with pytest.raises(ValueError, match="4 of 3"):
        module.MADE([1, 2, 3, 4])


def test_equal_names_of_two_modules_are_kept_apart() -> None:
    runtime = {
        "api.py": HEAD + "from .one import a\nfrom .two import b\n",
        "one.py": HEAD + "_N = 1\n\n\ndef a() -> int:\n    return _N\n",
        "two.py": HEAD + "_N = 2\n\n\ndef b() -> int:\n    return _N\n",
    }
    module = executed(bundle(main("def f():\n    return _rt.a(), _rt.b()"), runtime))
    assert module.f() == (1, 2)


@pytest.mark.parametrize("name", ["nothing", "helper.nothing"])
def test_what_is_not_there_is_a_defect(name: str) -> None:
    runtime = {"api.py": HEAD + "from .gone import helper\n"}
    with pytest.raises(BundleError):
        bundle(main(f"X = _rt.{name}"), runtime)


def test_two_classes_of_one_name_are_a_defect() -> None:
    with pytest.raises(BundleError, match="A: defined twice"):
        bundle(main("class A:\n    x = 1\n\n\nclass A:\n    x = 2"), RUNTIME)


def locals_of(table: symtable.SymbolTable) -> Iterator[str]:
    """Names that functions bind for themselves."""
    for child in table.get_children():
        if child.get_type() == "function":
            yield from (s.get_name() for s in child.get_symbols() if s.is_local())
        yield from locals_of(child)


MODULES = ("drift", "models", "codecs", "dates")


@pytest.mark.parametrize("name", MODULES)
def test_no_local_of_the_runtime_is_called_as_something_global(name: str) -> None:
    """`bundle` resolves names without looking at scopes."""
    text = resources.runtime()[f"{name}.py"].decode()
    found = set(locals_of(symtable.symtable(text, name, "exec")))
    assert not found & set(read(name, text).known)


@pytest.mark.parametrize("name", MODULES)
def test_the_runtime_does_nothing_at_its_top_but_define(name: str) -> None:
    """A statement that binds no name would be left out."""
    text = resources.runtime()[f"{name}.py"].decode()
    assert all(piece.binds for piece in read(name, text).pieces)


def test_every_name_of_the_runtime_can_be_had_by_a_class() -> None:
    runtime = {n: raw.decode() for n, raw in resources.runtime().items()}
    known = [read(name, runtime[f"{name}.py"]).known for name in MODULES]
    names = sorted({name for found in known for name in found if name[0].isupper()})
    body = "".join(f"class {n}(_rt.Model):\n    pass\n\n\n" for n in names)
    used = ("Date", "DateTime", "ListOf", "MapOf", "ObjectOf", "ChoiceOf", "LogDrift")
    body += "ALL = [_rt.OneOf, _rt.dump, _rt.new, _rt.NULL, "
    body += ", ".join(f"_rt.{name}" for name in used) + "]"
    module = executed(bundle(main(body), runtime))
    assert {vars(module)[name].__name__ for name in names} == set(names)
    codec = module._ListOf(module._OneOf(module._Date(), module.ALL[3]))
    assert codec.to_json(codec.from_json(["2024-01-02", None])) == ["2024-01-02", None]
    with pytest.raises(ValueError, match="expected date or null"):
        codec.from_json([1])
