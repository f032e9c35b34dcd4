"""Own templates in place of pmgen's, and all that can be wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import SOUND, here, one_refusal, put, run

from pmgen import resources

__all__ = ["here"]  # a fixture


def own(name: str, text: str) -> None:
    """A project with a collection and one template of its own."""
    put("collections/shop.json", SOUND)
    put("pmgen.toml", b'templates = "mine"\n')
    put(f"mine/{name}", text.encode())


def generated(path: str) -> str:
    result = run("generate")
    assert (result.exit_code, result.stderr) == (0, "")
    return Path("generated/shop", path).read_text(encoding="utf-8")


def test_a_template_takes_the_place_of_pmgens() -> None:
    own("folder.py.j2", "{{ doc|docstring(0) }}\n\nANSWER = {{ m.class_name }}\n")
    assert "ANSWER = Users" in generated("users/__init__.py")


def test_the_others_stay_as_they_are() -> None:
    put("collections/shop.json", SOUND)
    before = generated("client.py")
    own("folder.py.j2", '"""Mine."""\n')
    assert generated("client.py") == before


def test_pmgens_own_can_be_used_in_it() -> None:
    own("requests.py.j2", '{% include "pmgen/requests.py.j2" %}\n\nMINE = True\n')
    before = resources.templates()["requests.py.j2"]
    found = generated("users/requests.py")
    assert found.endswith("\nMINE = True\n")
    assert "_rt.Operation(" in found
    assert before == resources.templates()["requests.py.j2"]


def test_black_formats_what_own_templates_make() -> None:
    own("folder.py.j2", "x = { 'a':1 }\nclass   A : pass")
    assert generated("users/__init__.py") == 'x = {"a": 1}\n\n\nclass A:\n    pass\n'


def test_a_file_that_is_no_template_is_left_alone() -> None:
    own("README.txt", "how we do it")
    assert run("generate").exit_code == 0


def test_a_template_of_another_name_is_a_typo() -> None:
    own("clients.py.j2", "")
    one_refusal(run("generate"), "PM018", "mine/clients.py.j2", "client.py.j2")


def test_a_folder_that_is_none_is_told() -> None:
    put("collections/shop.json", SOUND)
    put("pmgen.toml", b'templates = "mine"\n')
    one_refusal(run("generate"), "PM018", "mine", "Cannot be read")


def test_a_template_that_is_no_text_is_told() -> None:
    own("folder.py.j2", "")
    put("mine/folder.py.j2", b"\xff\xfe")
    one_refusal(run("generate"), "PM018", "mine", "Cannot be read")


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("x = 1\n{% for y in %}\n", 2, "Expected an expression"),
        ("\n\n{{ m.no_such_thing }}\n", 3, "no_such_thing"),
        ("{{ m.doc }}", 1, "raw str"),
        ("x\n{{ 'a' ~ 'b' }}", 2, "no operators"),
        ("x\n{{ doc|docstring }}", 2, "docstring"),
        ("{{ doc|no_such_filter }}", 1, "no_such_filter"),
        ("\n{{ m.methods[0].title[99].x|py }}", 2, "no element"),
        ("\n\n{{ (1 // 0)|py }}", 3, "ZeroDivisionError"),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", 1, "RecursionError"),
    ],
)
def test_a_template_that_fails_is_told_with_its_line(
    text: str, line: int, word: str
) -> None:
    own("group.py.j2", text)
    result = run("generate")
    one_refusal(result, "PM018", f"mine/group.py.j2:{line}:1", word)
    assert not Path("generated").exists()


def test_a_fault_in_a_macro_is_told_where_it_is() -> None:
    macros = resources.templates()["_macros.j2"]
    own(
        "_macros.j2", macros + "\n{% macro imports(x) %}\n{{ x.nothing }}{% endmacro %}"
    )
    line = macros.count("\n") + 3
    one_refusal(run("generate"), "PM018", f"mine/_macros.j2:{line}:1", "nothing")


def test_a_template_that_is_missing_is_told() -> None:
    own("group.py.j2", '{% include "other.j2" %}')
    one_refusal(run("generate"), "PM018", "mine/group.py.j2", "other.j2")


@pytest.mark.parametrize("text", ["def f(:\n", "x = 'open\n", "return 1\n"])
def test_what_is_no_python_is_told_with_its_template(text: str) -> None:
    own("folder.py.j2", text)
    result = run("generate")
    one_refusal(result, "PM018", "mine", "users/__init__.py, from folder.py.j2")
    assert not Path("generated").exists()


def test_check_uses_them_too() -> None:
    own("folder.py.j2", '"""Mine."""\n')
    run("generate")
    assert run("check").exit_code == 0
    put("mine/folder.py.j2", b'"""Mine, changed."""\n')
    assert run("check").exit_code == 1
