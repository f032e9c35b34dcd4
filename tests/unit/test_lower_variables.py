"""``{{x}}`` by the rules of POSTMAN.md 3.3."""

from __future__ import annotations

import pytest

from pmgen.api import Ref
from pmgen.lower import variables


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{b}}", "B"),
        ("x{{b}}y{{b}}", "xByB"),
        ("{{a_{{n}}}}", "nested"),
        ("{{{b}}}", "{B}"),
        ("\\{{b}}", "\\B"),
        ("{{ b }}", "spaced"),
        ("{{B}}", "{{B}}"),
        ("{{}}", "{{}}"),
        ("{b}", "{b}"),
        ("{{missing}}", "{{missing}}"),
        ("{{empty}}", ""),
        ("{{outer}}", "<B>"),
        ("{{self}}", "{{self}}"),
        ("{{naïve name.1}}", "ok"),
    ],
)
def test_variables_are_replaced_as_plain_text(text: str, expected: str) -> None:
    values = {
        "b": "B",
        " b ": "spaced",
        "n": "1",
        "a_1": "nested",
        "empty": "",
        "outer": "<{{b}}>",
        "self": "{{self}}",
        "naïve name.1": "ok",
    }
    assert variables.substitute(text, values) == expected


@pytest.mark.parametrize(("length", "expected"), [(19, "end"), (20, "{{v20}}")])
def test_a_chain_of_variables_is_followed_19_times(length: int, expected: str) -> None:
    values = {f"v{n}": f"{{{{v{n + 1}}}}}" for n in range(1, length)}
    assert variables.substitute("{{v1}}", {**values, f"v{length}": "end"}) == expected


def test_a_variable_that_grows_by_itself_ends() -> None:
    assert variables.substitute("{{a}}", {"a": "x{{a}}"}).count("x") == 19


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("a", ("a",)),
        ("{{a}}", (Ref("a"),)),
        ("x{{a}}y{{b}}", ("x", Ref("a"), "y", Ref("b"))),
        ("{{a}}{{a}}", (Ref("a"), Ref("a"))),
        ("{{}}{a}", ("{{}}{a}",)),
    ],
)
def test_a_template_is_text_and_references(text: str, expected: object) -> None:
    assert variables.template(text, Ref) == expected
