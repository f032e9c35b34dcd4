"""Text of a collection as Python and Markdown: nothing leaves its literal, its docstring or its line."""

from __future__ import annotations

import ast
import math
import re
import typing

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pmgen.code import Code
from pmgen.format import format_source
from pmgen.python.literal import literal, string
from pmgen.python.model import File
from pmgen.render import RenderError, render_file
from pmgen.render.filters import docstring, fenced, plain

if typing.TYPE_CHECKING:
    from pmgen.python import Package
    from pmgen.source import Json

HOSTILE = [
    "",
    " ",
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "\\\\",
    '\\"',
    '\\"""',
    '"\\',
    '""""',
    'a"',
    'a""',
    "a\\",
    "\\N{BULLET}",
    "\\u0041",
    "\\",
    "\x00",
    "\x07",
    "\x0c",
    "\x1c",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\u202e",
    "\ud800",
    "\udfff",
    "\U0001f4a5",
    "\r\n",
    "\n",
    "\t",
    "a\rb",
    "{{ x }} {% raw %} {# c #}",
    "{x} ${x} %(x)s",
    "`x` | *y* <b>&amp;",
    '"); import os #',
    "é" * 50,
    "名" * 60,
    "word " * 40,
    "x" * 200,
]
HARD = st.text(st.sampled_from("\"'\\\n {}a#"), max_size=12)
TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    HARD,
    st.text(max_size=30),
    st.text(st.characters(codec=None, categories=["Cs", "Cc", "Cf", "Zl", "Zp"])),
    st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join),
)
PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]))
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=2**64, max_value=2**200),
    st.floats(allow_nan=False),
    st.sampled_from([0.0, -0.0, 1.0, 1e16, 1e-7, 5e-324, math.inf, -math.inf, 1e300]),
    TEXT,
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)
    ),
    max_leaves=8,
)


def marked(value: Json) -> object:
    """The value so that == tells 1, True, 1.0 and -0.0 apart."""
    if isinstance(value, list):
        return [marked(item) for item in value]
    if isinstance(value, dict):
        return [(key, marked(item)) for key, item in value.items()]
    return type(value).__name__, repr(value)


def rendered(template: str, **model: object) -> str:
    """The template with ``m`` as its model, through the renderer itself."""
    file = File("x.py", "x.j2", "", typing.cast("Package", model))
    return render_file(file, {"x.j2": template})


@given(JSON)
def test_literals_are_the_value(value: Json) -> None:
    assert marked(ast.literal_eval(literal(value))) == marked(value)


@given(TEXT)
def test_string_literals_show_what_they_hold(text: str) -> None:
    # Bidi marks, controls and line separators would let a literal look like something else.
    assert str.__str__(string(text)).isprintable()


@given(JSON)
def test_literals_survive_template_and_formatter(value: Json) -> None:
    source = format_source("x.py", rendered("x = {{ m.value|py }}\n", value=value))
    (statement,) = ast.parse(source).body
    assert isinstance(statement, ast.Assign)
    assert marked(ast.literal_eval(statement.value)) == marked(value)
    source.encode()


@given(st.one_of(TEXT, LEAVES))
def test_black_leaves_leaves_as_they_are(value: Json) -> None:
    source = f"x = {literal(value)}\n"
    assert format_source("x.py", source) == source


def defined(text: str, indent: int) -> str:
    """A module whose only statement holds the docstring, ``indent`` deep."""
    heads = {0: "", 4: "def f():\n    ", 8: "class C:\n    def f():\n        "}
    return f"{heads[indent]}{docstring(text, indent)}\n"


def documented(source: str, indent: int) -> ast.Module | ast.ClassDef | ast.FunctionDef:
    """What has the docstring; checks that nothing else is there."""
    node: ast.Module | ast.ClassDef | ast.FunctionDef = ast.parse(source)
    for _ in range(indent // 4):
        (inner,) = node.body
        assert isinstance(inner, (ast.ClassDef, ast.FunctionDef))
        node = inner
    return node


INDENTS = st.sampled_from([0, 4, 8])


@given(TEXT, INDENTS)
def test_docstrings_hold_everything(text: str, indent: int) -> None:
    source = defined(text, indent)
    owner = documented(source, indent)
    assert len(owner.body) == 1
    assert ast.get_docstring(owner)
    source.encode()
    assert all(char.isprintable() or char == "\n" for char in source)


@given(TEXT, INDENTS)
def test_docstrings_say_what_the_text_says(text: str, indent: int) -> None:
    assert_says(text, indent)


@pytest.mark.parametrize("text", ['"""', 'a """', '""""', 'a\n"""\nb'])
def test_docstrings_say_three_quotes(text: str) -> None:
    assert_says(text, 4)


def assert_says(text: str, indent: int) -> None:
    """Lines may be broken anew at blanks and lose their ends; every other character stays."""
    found = ast.get_docstring(documented(defined(text, indent), indent))
    assert found is not None
    assert squeezed(found) == (squeezed(text) or ".")


def squeezed(text: str) -> str:
    """The text without what separates words; a docstring cannot hold lone surrogates."""
    return re.sub(r"\s", "", re.sub(r"[\ud800-\udfff]", "\ufffd", text))


@given(TEXT, INDENTS)
def test_docstrings_fit_where_they_can_be_broken(text: str, indent: int) -> None:
    assert_fits(text.lstrip(), indent)


@pytest.mark.parametrize("start", ["\n", "\r\n", " \n\n"])
def test_docstrings_fit_after_blank_lines(start: str) -> None:
    assert_fits(start + "word " * 30, 4)


def assert_fits(text: str, indent: int) -> None:
    """No line with a blank to break it at is too long; black leaves closing quotes where they are."""
    for line in map(str.rstrip, defined(text, indent).splitlines()):
        words = line.removesuffix('"""').strip().removeprefix('"""').strip()
        assert len(line.removesuffix('"""')) <= 88 or " " not in words


@given(TEXT, INDENTS)
def test_black_leaves_docstrings_as_they_are(text: str, indent: int) -> None:
    # The text is held between two plain lines: what black does to blanks around a text stands below.
    assert_stable(f"x{text}\nend", indent)


@given(st.lists(PRINTABLE.filter(bool), max_size=30).map(" ".join), INDENTS)
def test_black_leaves_prose_as_it_is(text: str, indent: int) -> None:
    assert_stable(text, indent)


def assert_stable(text: str, indent: int) -> None:
    """Black leaves the docstring alone."""
    source = defined(text, indent)
    assert format_source("x.py", source) == source


@pytest.mark.parametrize("text", [" a", "  - a", "\ta", " a\nb"])
def test_black_leaves_leading_blanks(text: str) -> None:
    assert_stable(text, 4)


@pytest.mark.parametrize(
    "text",
    ["a\n  b", "a\n\n    b\n      c", "a:\n\t- b\n\t- c", "- " + "word " * 30],
)
def test_black_leaves_indented_blocks(text: str) -> None:
    assert_stable(text, 4)


@pytest.mark.parametrize("length", [83, 84, 85])
@pytest.mark.parametrize("indent", [0, 4, 8])
def test_black_leaves_lines_that_just_fit(length: int, indent: int) -> None:
    room = length - indent
    assert_stable(("word " * 20)[: room - 1].rstrip().ljust(room, "x"), indent)


DOCSTRINGS = [
    ("", '"""."""'),
    ("\n \n", '"""."""'),
    ("One.", '"""One."""'),
    ('"x"', '"""\\"x\\" """'),
    ('a"""b', '"""a\\"\\"\\"b"""'),
    ("a\\", '"""a\\\\"""'),
    ("a\nb", '"""a\n    b\n    """'),
    ("a\n\n\nb\n\n", '"""a\n\n\n    b\n    """'),
    ("\ud800\x00", '"""\ufffd\\x00"""'),
]


@pytest.mark.parametrize(("text", "expected"), DOCSTRINGS)
def test_docstring_spelling(text: str, expected: str) -> None:
    assert docstring(text, 4) == expected


# What Markdown takes as the start of a block, a link, emphasis, code or HTML.
MARKUP = "\\`*_{}[]<>#|!&"


@given(TEXT)
def test_plain_text_is_one_line_without_markup(text: str) -> None:
    found = str.__str__(plain(text))
    assert found.isprintable()
    raw = re.sub(r"\\.", "", found)
    assert not set(raw) & set(MARKUP)
    unescaped = re.sub(r"\\(.)", r"\1", found)
    assert squeezed(unescaped) == squeezed(
        "".join(char for char in text if char.isprintable())
    )


@given(TEXT)
def test_fenced_text_is_one_piece_of_code(text: str) -> None:
    found = str.__str__(fenced(text))
    assert found.isprintable()
    assert found[0] == found[-1] == "`"
    assert "`" not in found[1:-1]
    # A bar ends the cell of a table, even in code.
    assert not re.search(r"(?<!\\)\|", found)


def test_fenced_code_is_never_empty() -> None:
    # Two backticks alone open a code span that ends somewhere else.
    assert str.__str__(fenced("")) != "``"


@given(TEXT)
@settings(max_examples=100)
def test_templates_cannot_print_a_collections_text(text: str) -> None:
    with pytest.raises(RenderError, match="raw str"):
        rendered("x = {{ m.text }}\n", text=text)


LEAKS = [
    ("{{ m.text }}", "raw str"),
    ('"{{ m.text }}"', "raw str"),
    ("{{ m.number }}", "raw int"),
    ("{{ m.flag }}", "raw bool"),
    ("{{ m.none }}", "raw NoneType"),
    ("{{ m.texts }}", "raw tuple"),
    ("{{ m.texts[0] }}", "raw str"),
    ("{{ loop }}", "undefined"),
    ("{{ m.code ~ m.text }}", "no operators"),
    ("{{ m.text ~ m.code }}", "no operators"),
    ("{{ m.code + m.text }}", "no operators"),
    ("{{ m.text + m.code }}", "no operators"),
    ("{{ m.code % m.text }}", "no operators"),
    ("{{ '%s' % m.code }}", "no operators"),
    ("{{ m.code * 2 }}", "no operators"),
    ("{% set x = m.code + m.text %}{{ x }}", "no operators"),
    ("{{ m.text if m.flag else m.code }}", "raw str"),
    ("{% for t in m.texts %}{{ t }}{% endfor %}", "raw str"),
    ("{% for t in m.texts %}{{ loop.index }}{% endfor %}", "raw int"),
    ("{% macro f(t) %}{{ t }}{% endmacro %}{{ f(m.text) }}", "raw str"),
    ("{% set x %}{{ m.text }}{% endset %}{{ x }}", "raw str"),
    ("{% filter bracket(0) %}{{ m.text }}{% endfilter %}", "raw str"),
    ("{% autoescape false %}{{ m.text }}{% endautoescape %}", "raw str"),
    ("{{ m.text|safe }}", "No filter named 'safe'"),
    ("{{ m.texts|join(', ') }}", "No filter named 'join'"),
    ("{{ m.text|upper }}", "No filter named 'upper'"),
    ("{{ m.missing }}", "no attribute 'missing'"),
]


@pytest.mark.parametrize(("template", "message"), LEAKS)
def test_the_gate_refuses(template: str, message: str) -> None:
    with pytest.raises(RenderError, match=message):
        rendered(
            template,
            text="x",
            texts=("x", "y"),
            code=Code("x{}"),
            number=1,
            flag=True,
            none=None,
        )


@pytest.mark.parametrize(
    "call",
    [
        "join(m.texts)",
        "format(m.text)",
        "replace('x', m.text)",
        "__add__(m.text)",
        "__mod__(m.text)",
    ],
)
def test_methods_of_code_let_nothing_raw_through(call: str) -> None:
    with pytest.raises(RenderError):
        rendered(
            f"{{{{ m.code.{call} }}}}", text="+ 1", texts=("+ 1",), code=Code("x{}%s")
        )


PASSES = [
    ("{{ m.code }}", "a<b & 'c'"),
    ("{{ m.text|py }}", "\"a<b & 'c'\""),
    ("{{ m.text|docstring(0) }}", '"""a<b & \'c\'"""'),
    ("{% set x %}{{ m.code }}{% endset %}{{ x }}", "a<b & 'c'"),
    ("{% macro f(t) %}({{ t }}){% endmacro %}{{ f(m.code) }}", "(a<b & 'c')"),
    (
        "{% macro f() %}({{ caller() }}){% endmacro %}{% call f() %}x{% endcall %}",
        "(x)",
    ),
]


@pytest.mark.parametrize(("template", "expected"), PASSES)
def test_what_passes_the_gate_is_unchanged(template: str, expected: str) -> None:
    # Markup escapes HTML wherever it can; Python must not see that.
    text = "a<b & 'c'"
    assert rendered(template, code=Code(text), text=text) == expected


@given(JSON, TEXT)
def test_values_and_docs_side_by_side_are_two_statements(
    value: Json, text: str
) -> None:
    assume(text.strip())
    template = "{{ m.text|docstring(0) }}\n\nx = {{ m.value|py }}\n"
    source = format_source("x.py", rendered(template, text=text, value=value))
    doc, assigned = ast.parse(source).body
    assert isinstance(doc, ast.Expr)
    assert isinstance(assigned, ast.Assign)
    assert marked(ast.literal_eval(assigned.value)) == marked(value)
