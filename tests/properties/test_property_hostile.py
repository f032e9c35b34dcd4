"""A collection is untrusted text: wherever it stands, it ends up inside string constants of the client."""

from __future__ import annotations

import ast
import importlib
import io
import json
import pathlib
import sys
import tokenize
import typing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmgen import resources
from pmgen.options import Options
from pmgen.pipeline import File, Inputs, Resources, Result, compile_source
from pmgen.tools import tools as real_tools

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

# No spelling of a name keeps three capitals and a small letter, so as an identifier it can only be escaped text.
CANARY = "PWNed9x"
PAYLOADS = [
    f'"); import {CANARY} #',
    f"'); {CANARY}() #",
    f'"""\n{CANARY}()\n"""',
    f'\\"""\n{CANARY}()\n',
    f"\\'''\n{CANARY}()",
    f"\\\n{CANARY}()",
    f"\n{CANARY}()\n",
    f"\r{CANARY}()\r",
    f"\x0c{CANARY}()\x0c",
    f"\u2028{CANARY}()",
    f"{{{{ {CANARY}() }}}}",
    f"{{% for x in {CANARY} %}}",
    f"{{{CANARY}}}",
    f"{{0.{CANARY}!r}}",
    f"%({CANARY})s",
    f"# -*- coding: {CANARY} -*-",
    f"../../{CANARY}",
    f"C:\\{CANARY}",
    f"\x00{CANARY}",
    f"\ud800{CANARY}",
    f"class {CANARY}: pass",
    f"]}}); {CANARY}(",
    f"noqa type: ignore # fmt: off {CANARY}",
]
PIECES = st.text(st.sampled_from("\"'\\\n\r{}#%()[],:; /?&=.a\ud800\u2028"), max_size=8)
TEXTS = st.one_of(
    st.sampled_from(PAYLOADS),
    st.tuples(PIECES, PIECES).map(CANARY.join),
    st.tuples(st.text(max_size=5), st.text(max_size=5)).map(CANARY.join),
)


def collection(text: str) -> dict[str, object]:
    """Every text that a collection can hold, hostile."""
    value: dict[str, object] = {text: text, f"b{text}": [{text: 1, "n": None}]}
    body = json.dumps(value)
    pair = {"key": text, "value": text, "description": text}
    request: dict[str, object] = {
        "method": "POST",
        "description": text,
        "header": [pair, {"key": "X", "value": f"{text}{{{{{text}}}}}"}],
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": text}]},
        "body": {
            "mode": "raw",
            "raw": body,
            "options": {"raw": {"language": "json"}},
        },
        "url": {
            "raw": text,
            "protocol": "https",
            "host": [text, "{{host}}"],
            "path": [text, f":{text}", "{{" + text + "}}"],
            "query": [pair, {"key": f"q{text}", "value": "{{" + text + "}}"}],
            "variable": [{"key": text, "value": text, "description": text}],
        },
    }
    plain: dict[str, object] = {
        **request,
        "method": "GET",
        "url": "https://h.test/{{" + text + "}}/" + text,
        "auth": {"type": text, text: [{"key": text, "value": text}]},
        "body": None,
    }
    replies = [
        {
            "name": text,
            "originalRequest": sent,
            "status": text,
            "code": code,
            "header": [{"key": "Content-Type", "value": kind}, pair],
            "body": content,
        }
        for sent, code, kind, content in [
            (request, 200, "application/json", body),
            (request, 404, "application/json", body),
            (plain, 200, text, text),
        ]
    ]
    item = {"name": text, "request": request, "response": replies[:2]}
    other = {"name": text, "request": plain, "response": replies[2:]}
    return {
        "info": {"name": text, "description": text, "_postman_id": text},
        "item": [
            {"name": text, "description": text, "item": [item, other]},
            item,
            other,
        ],
        "variable": [{"key": text, "value": text, "description": text}],
        "auth": {
            "type": "apikey",
            "apikey": [{"key": "key", "value": text}, {"key": "value", "value": text}],
        },
    }


def compiled(text: str, *, formatted: bool) -> Result:
    """The client. Without black it is what the templates print, and a hundred times quicker."""
    tools = Resources(
        resources.templates(),
        resources.runtime(),
        real_tools().format if formatted else lambda _, source: source,
    )
    raw = json.dumps(collection(text)).encode()
    return compile_source(
        Inputs(File(f"{text}.json", raw)), Options(name="hostile"), tools
    )


def sources(result: Result) -> Iterator[tuple[str, str]]:
    """The generated modules."""
    assert result.clients, result.diagnostics
    for path, content in result.clients[0].tree.items():
        if path.endswith(".py") and not path.startswith("_runtime/"):
            yield path, content.decode()


KNOWN = frozenset(
    [
        "__future__",
        "asyncio",
        "dataclasses",
        "datetime",
        "functools",
        "httpx2",
        "pytest",
        "typing",
    ]
)
TOP = (
    ast.Import,
    ast.ImportFrom,
    ast.Assign,
    ast.AnnAssign,
    ast.ClassDef,
    ast.FunctionDef,
    ast.If,
)


def identifiers(node: ast.AST) -> Iterator[str]:
    """All text of a node that is no constant."""
    for name, value in ast.iter_fields(node):
        constant = isinstance(node, ast.Constant) and name == "value"
        if isinstance(value, str) and not constant:
            yield value


def assert_harmless(source: str) -> None:
    """The canary stands in string constants only, and the module does nothing that no template says."""
    tree = ast.parse(source)
    for statement in tree.body:
        docstring = isinstance(statement, ast.Expr) and isinstance(
            statement.value, ast.Constant
        )
        assert docstring or isinstance(statement, TOP), ast.dump(statement)
    for node in ast.walk(tree):
        assert not any(CANARY in name for name in identifiers(node)), ast.dump(node)
        if isinstance(node, ast.Import):
            assert {alias.name for alias in node.names} <= KNOWN
        if isinstance(node, ast.ImportFrom) and not node.level:
            assert node.module in KNOWN
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        assert token.type == tokenize.STRING or CANARY not in token.string, token


@pytest.mark.parametrize("text", PAYLOADS, ids=ascii)
def test_payloads_stay_text(text: str) -> None:
    found = list(sources(compiled(text, formatted=False)))
    # The folder's own modules were made, or nothing hostile was rendered at all.
    assert len(found) > 6
    assert sum(CANARY in source for _, source in found) > 3
    for _, source in found:
        assert_harmless(source)


@given(TEXTS)
@settings(max_examples=40)
def test_any_text_stays_text(text: str) -> None:
    for _, source in sources(compiled(text, formatted=False)):
        assert_harmless(source)


@pytest.mark.parametrize("text", PAYLOADS[:3], ids=ascii)
def test_payloads_stay_text_after_black(text: str) -> None:
    for _, source in sources(compiled(text, formatted=True)):
        assert_harmless(source)


@given(TEXTS)
@settings(max_examples=40)
def test_no_path_leaves_the_package(text: str) -> None:
    tree = compiled(text, formatted=False).clients[0].tree
    assert tree is not None
    for path in tree:
        pure = pathlib.PurePosixPath(path)
        assert not pure.is_absolute()
        assert ".." not in pure.parts
        assert not pathlib.PureWindowsPath(path).drive
        assert path.isprintable()
        assert CANARY not in path


@pytest.mark.parametrize("text", PAYLOADS, ids=ascii)
def test_hostile_clients_import(
    text: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = compiled(text, formatted=False)
    assert result.clients
    for path, content in result.clients[0].tree.items():
        file = tmp_path / "hostile" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    try:
        for path, _ in sources(result):
            parts = ["hostile", *pathlib.PurePosixPath(path).with_suffix("").parts]
            importlib.import_module(".".join(parts).removesuffix(".__init__"))
    finally:
        for name in [n for n in sys.modules if n.partition(".")[0] == "hostile"]:
            del sys.modules[name]
