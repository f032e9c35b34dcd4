"""Statements that are too long for a line: laid out by black, and nothing else of the text touched."""

from __future__ import annotations

import json

import build
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmgen.format import format_source, format_statement
from pmgen.layout import is_long, laid_out, width
from pmgen.options import Options
from pmgen.pipeline import File, Inputs, compile_source
from pmgen.tools import tools

LONG = "a_name_that_is_long_enough_to_need_another_line_" * 2
NAMES = st.text("abc_xyz", min_size=1, max_size=40).map(lambda n: f"n{n}")
TEXTS = st.text("ab c'\"\\[](){}#\té漢,", max_size=60).map(repr)


def calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    arguments = st.lists(inner, max_size=4).map(", ".join)
    return st.one_of(
        st.tuples(NAMES, arguments).map(lambda p: f"{p[0]}({p[1]})"),
        st.tuples(NAMES, NAMES, arguments).map(lambda p: f"{p[0]}.{p[1]}({p[2]})"),
        st.tuples(inner, NAMES).map(lambda p: f"{p[1]}[{p[0]}]"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]} if {p[1]} else None)"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]} == {p[1]})"),
        st.lists(inner, max_size=3).map(lambda i: f"[{', '.join(i)}]"),
        st.tuples(TEXTS, inner).map(lambda p: f"{{{p[0]}: {p[1]}}}"),
    )


EXPRESSIONS = st.recursive(NAMES | TEXTS, calls, max_leaves=8)
STATEMENTS = st.one_of(
    st.tuples(NAMES, EXPRESSIONS).map(lambda p: f"{p[0]} = {p[1]}"),
    st.tuples(NAMES, EXPRESSIONS).map(lambda p: f"{p[0]}: object = {p[1]}"),
    EXPRESSIONS.map(lambda e: f"assert {e}"),
    EXPRESSIONS.map(lambda e: f"return await {e}"),
    st.tuples(NAMES, EXPRESSIONS).map(lambda p: f"data[{p[0]!r}] = {p[1]}"),
)


def module(statements: list[str], indent: int) -> str:
    """Statements in functions, of which only the width is not as black has it."""
    heads = "".join(f"{'    ' * n}def f{n}():\n" for n in range(indent))
    body = "".join(f"{'    ' * indent}{line}\n" for line in statements)
    return heads + body


@given(st.lists(STATEMENTS, min_size=1, max_size=4), st.integers(1, 3))
def test_only_the_width_is_left_to_black(statements: list[str], indent: int) -> None:
    """What black does to short lines (quotes, brackets) is done before, as templates do it."""
    wide = [format_unbroken(line) for line in statements]
    text = module(wide, indent)
    assert laid_out(text, format_statement) == format_statement(text)


def format_unbroken(statement: str) -> str:
    """The statement on one line, otherwise as black has it."""
    import black

    mode = black.Mode(line_length=10_000, magic_trailing_comma=False)
    return black.format_str(statement, mode=mode).rstrip("\n")


@pytest.mark.parametrize(
    "text",
    [
        f"def f(self, {LONG}: int) -> {LONG}:\n    pass\n",
        f"class A:\n    @decorated\n    def f(self) -> {LONG}:\n        return 1\n",
        f"class A:\n    async def {LONG}(self, a: int) -> int:\n        return 1\n",
        f"class A:\n    @decorated({LONG}, {LONG})\n    def f(self):\n        pass\n",
        f"def f():\n    if a:\n        b\n    elif {LONG} is {LONG}:\n        c\n",
        f"def f():\n    with raises({LONG}, {LONG}) as caught:\n        c\n",
        f'def f():\n    """{LONG} {LONG}\n\n    {LONG} {LONG}(\n    """\n    return 1\n',
        f"x = 1  # {LONG} {LONG}\n",
        f"x = (\n    {LONG}({LONG}, {LONG}),\n    1,\n)\n",
        f"x = {{\n    'a': [\n        {LONG}({LONG}),\n    ],\n}}\n".replace("'", '"'),
        f"f(1)({LONG}, {LONG})\n",
        f"def f():\n    return await {LONG}.{LONG}({LONG})\n",
        f"from .{LONG} import a, {LONG}\n",
        f"{LONG} = {LONG}()\n",
        f"assert {LONG}[0].{LONG} == datetime.fromisoformat('2024')\n".replace(
            "'", '"'
        ),
        f'x = "{"漢" * 50}", {LONG}\n',
    ],
)
def test_it_is_what_black_does_to_the_file(text: str) -> None:
    assert laid_out(text, format_statement) == format_statement(text)


def test_what_fits_is_not_looked_at() -> None:
    def never(text: str) -> str:
        raise AssertionError(text)

    text = "x   =  {1:2}\n" + "y = '" + "a" * 82 + "'\n"
    assert laid_out(text, never) == text


@pytest.mark.parametrize(
    ("line", "long"),
    [
        ("a" * 88, False),
        ("a" * 89, True),
        ("漢" * 44, False),
        ("漢" * 44 + "a", True),
        ("e\u0301" * 60, False),
    ],
)
def test_columns_are_counted_as_black_counts_them(line: str, long: bool) -> None:
    assert is_long(line) is long
    assert (width(line) > 88) is long


ONE = build.item("http://h.test/x", name="One")
REPLY: build.Data = {"name": "ok", "code": 200, "body": "[1]"}


@pytest.mark.parametrize(
    "members",
    [
        (),
        (ONE,),
        (build.folder("F", ONE),),
        (build.folder("F"),),
        (build.item("/no/server", name="Nowhere"),),
        (build.item(build.get("http://h.test/x"), REPLY, name="List"),),
        (build.item(build.get("http://h.test/x"), {**REPLY, "body": ""}),),
        (
            build.item(
                {**build.get("http://h.test/x"), "method": "DELETE"},
                {"name": "n", "code": 204},
            ),
        ),
    ],
)
def test_small_clients_are_as_black_has_them(members: tuple[build.Data, ...]) -> None:
    data = json.dumps(build.collection(*members)).encode()
    result = compile_source(Inputs(File("x.json", data)), Options(), tools())
    for client in result.clients:
        for path, content in client.tree.items():
            if path.endswith(".py") and content:
                assert format_source(path, content.decode()) == content.decode(), path
