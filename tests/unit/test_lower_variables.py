"""``{{x}}`` by the rules of POSTMAN.md 3.2 and 3.3: substitution, scopes, names made of variables."""

# ruff: noqa: S106 - variables and canaries, no passwords

from __future__ import annotations

import subprocess
import sys
import typing

import build
import pytest

from pmgen import lower
from pmgen.api import Kind, Ref
from pmgen.diagnostics import Rule
from pmgen.lower import Values, variables
from pmgen.lower.variables import Scope
from pmgen.postman import Variable

if typing.TYPE_CHECKING:
    from pmgen import api


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
        ("{{b", "{{b"),
        ("b}}", "b}}"),
        ("{{b}", "{{b}"),
        ("{{{{bb}}}}", "B"),
        ("{{x{{missing}}}}", "{{x{{missing}}}}"),
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
        "bb": "b",
    }
    assert variables.substitute(text, values) == expected


def chain(length: int) -> dict[str, str]:
    """v1 leads to v2, and so on; the value of the last is "end"."""
    values = {f"v{n}": f"{{{{v{n + 1}}}}}" for n in range(1, length)}
    return {**values, f"v{length}": "end"}


@pytest.mark.parametrize(
    ("length", "expected"),
    [(1, "end"), (18, "end"), (19, "end"), (20, "{{v20}}"), (21, "{{v20}}")],
)
def test_a_chain_of_variables_is_followed_19_times(length: int, expected: str) -> None:
    assert variables.substitute("{{v1}}", chain(length)) == expected


def test_a_variable_that_grows_by_itself_ends() -> None:
    assert variables.substitute("{{a}}", {"a": "x{{a}}"}) == "x" * 19 + "{{a}}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("a", ("a",)),
        ("{{a}}", (Ref("a"),)),
        ("x{{a}}y{{b}}", ("x", Ref("a"), "y", Ref("b"))),
        ("{{a}}{{a}}", (Ref("a"), Ref("a"))),
        ("{{}}{a}", ("{{}}{a}",)),
        ("{{{a}}}", ("{", Ref("a"), "}")),
    ],
)
def test_a_template_is_text_and_references(text: str, expected: object) -> None:
    assert variables.template(text, Ref) == expected


@pytest.mark.parametrize(
    ("text", "names", "is_nested"),
    [
        ("", [], False),
        ("x", [], False),
        ("{{a}}{{ b }}{{a}}", ["a", " b ", "a"], False),
        ("{{{a}}}", ["a"], False),
        ("{{a}}_{{b}}", ["a", "b"], False),
        ("{{a_{{b}}}}", ["b"], True),
        ("{{{{b}}}}", ["b"], True),
        ("{{a}} {{c{{b}}", ["a", "b"], True),
    ],
)
def test_names_of_variables(text: str, names: list[str], is_nested: bool) -> None:
    assert variables.names(text) == names
    assert variables.is_nested(text) is is_nested


# --- scopes ---


def rows(values: dict[str, str] | None = None, /, **more: str) -> tuple[Variable, ...]:
    """Variables, each with a place that tells its value."""
    found = {**(values or {}), **more}
    return tuple(Variable(key, value, f"/{value}") for key, value in found.items())


def scope(**own: str) -> Scope:
    return Scope.of(rows(own))


def test_environment_goes_before_collection_and_collection_before_globals() -> None:
    found = Scope.of(
        rows(ec="C", cg="C", all="C", c="C"),
        Values(rows(ec="E", eg="E", all="E", e="E"), rows(cg="G", eg="G", all="G")),
    )
    assert found.values == {
        "ec": "E",
        "cg": "C",
        "eg": "E",
        "all": "E",
        "c": "C",
        "e": "E",
    }


def test_a_value_may_be_made_of_variables_of_every_scope() -> None:
    found = Scope.of(
        rows(base="{{scheme}}://{{host}}", host="collection"),
        Values(rows(host="environment"), rows(scheme="https", host="globals")),
    )
    assert found.values["base"] == "https://environment"


def test_an_empty_value_hides_the_next_scopes() -> None:
    found = Scope.of(rows(a="C"), Values(rows(a=""), rows(a="G")))
    assert variables.substitute("x{{a}}", found.values) == "x"
    assert found.default("a") is None


@pytest.mark.parametrize("place", ["environment", "collection", "globals"])
def test_of_two_equal_keys_of_a_scope_the_last_counts(place: str) -> None:
    twice = (*rows(a="1"), *rows(a="2"))
    found = {
        "environment": Scope.of((), Values(environment=twice)),
        "collection": Scope.of(twice),
        "globals": Scope.of((), Values(globals=twice)),
    }[place]
    assert found.values == {"a": "2"}


def test_a_secret_has_no_value_and_hides_the_next_scopes() -> None:
    pin = Variable("pin", "1", "", secret=True, description="d")
    found = Scope.of(
        rows(pin="2", token="3", outer="x{{pin}}"), Values((pin,), rows(pin="4"))
    )
    assert found.values == {"outer": "x{{pin}}"}
    assert (found.default("pin"), found.default("token")) == (None, None)
    assert found.default("outer") is None
    assert found.descriptions["pin"] == "d"


def test_what_one_scope_calls_secret_is_secret_in_all() -> None:
    pin = Variable("pin", "1", "", secret=True)
    found = Scope.of((pin,), Values(rows(pin="2")))
    assert found.values == {}


@pytest.mark.parametrize(
    ("value", "default"),
    [
        ("x", "x"),
        ("", None),
        ("{{missing}}", None),
        ("x{{self}}", None),
        ("https://h.test", "https://h.test"),
        ("https://me:pw@h.test", None),
        ("https://h.test/a@b", "https://h.test/a@b"),
        ("me@h.test", "me@h.test"),
    ],
)
def test_a_default_is_known_and_complete_and_no_secret(
    value: str, default: str | None
) -> None:
    assert scope(a=value, self="{{self}}").default("a") == default
    assert scope().default("a") is None


@pytest.mark.parametrize(
    ("own", "unfinished"),
    [
        ({"a": "1", "b": "{{a}}", "c": "{{missing}}"}, []),
        ({"a": "{{a}}"}, ["a"]),
        ({"a": "x{{a}}"}, ["a"]),
        ({"a": "{{b}}", "b": "{{a}}"}, ["a", "b"]),
        ({"a": "{{b}}", "b": "{{c}}", "c": "{{b}}"}, ["a", "b", "c"]),
        ({"a": "{{b_{{n}}}}", "n": "1", "b_1": "{{a}}"}, ["a", "b_1"]),
        (chain(19), []),
        (chain(20), ["v1"]),
        (chain(21), ["v1", "v2"]),
    ],
)
def test_values_that_do_not_end_are_told(
    own: dict[str, str], unfinished: list[str]
) -> None:
    assert [v.key for v in scope(**own).unfinished] == unfinished


def test_a_chain_of_20_has_no_default_and_one_of_19_has() -> None:
    assert scope(**chain(19)).default("v1") == "end"
    found = scope(**chain(20))
    assert (found.default("v1"), found.default("v2")) == (None, "end")
    assert found.values["v1"] == "{{v20}}"


def test_a_request_follows_a_chain_19_times_too() -> None:
    data = build.collection(
        build.item(build.get("https://h.test/x?q={{v1}}")),
        variable=build.pairs(**chain(19)),
    )
    found, told = build.lowered(data)
    request = build.operations(found)[0].sent
    assert request is not None
    assert request.url == "https://h.test/x?q=end"
    assert told == ()


def test_a_chain_of_20_is_told() -> None:
    data = build.collection(
        build.item("http://h.test/x"), variable=build.pairs(**chain(20))
    )
    _, told = build.lowered(data)
    assert [(d.rule, d.pointer) for d in told] == [
        (Rule.SCOPE_UNFINISHED, "/variable/0")
    ]


#: Variables that double, by themselves and one after the other.
_BOMBS = {
    "circle": build.pairs(a="{{a}}{{a}}"),
    "chain": build.pairs(
        a="{{b1}}" * 1000, **{f"b{n}": f"{{{{b{n + 1}}}}}" * 1000 for n in range(1, 9)}
    ),
}


@pytest.mark.parametrize("rows", _BOMBS.values(), ids=list(_BOMBS))
def test_variables_that_grow_without_end_take_little_memory(rows: build.Data) -> None:
    data = build.collection(
        build.item(build.get("https://h.test/x?q={{a}}")), variable=rows
    )
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        "from pmgen.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "inspect", "-"],
        input=build.read(data).raw,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode in (0, 2)
    assert b"Traceback" not in done.stderr


# --- names made of variables ---

ENVIRONMENT = rows(
    {
        "b": "1",
        "c": "b",
        "a_1": "nested",
        "env": "dev",
        "base_dev": "https://dev.test",
        "n_1": "5",
        "p_1": "8443",
        "url_1": "{{base_{{env}}}}/v2",
    }
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{a_{{b}}}}", "{{a_1}}"),
        ("{{a_{{b}}_{{b}}}}", "{{a_1_1}}"),
        ("{{a_{{{{c}}}}}}", "{{a_1}}"),
        ("{{{{c}}}}", "{{b}}"),
        ("{{b}}", "{{b}}"),
        ("{{b}}_{{b}}", "{{b}}_{{b}}"),
        ("{{{b}}}", "{{{b}}}"),
        ("x{{a_{{b}}}}y{{a_{{missing}}}}", "x{{a_1}}y{{a_{{missing}}}}"),
        ("{{a_{{token}}}}", "{{a_{{token}}}}"),
    ],
)
def test_inner_variables_are_replaced_and_outer_ones_stay(
    text: str, expected: str
) -> None:
    found = Scope.of(rows(token="1"), Values(ENVIRONMENT))
    assert found.unnested(text) == expected


def lowered(form: build.Data, **more: build.Data) -> api.Operation:
    """The operation of a request in the environment above."""
    data = build.collection(build.item(form), **more)
    found, said = lower.lower(build.sound(data), Values(ENVIRONMENT))
    assert {d.rule for d in said} <= {Rule.BODY_UNTYPED, Rule.BODY_REPAIRED}
    (operation,) = build.operations(found)
    return operation


def test_a_nested_name_in_the_url() -> None:
    found = lowered(build.get("{{base_{{env}}}}/{{a_{{b}}}}/x-{{a_{{b}}}}"))
    assert found.server == (Ref("{{base_dev}}"),)
    assert found.path == ("/", Ref("{{a_1}}"), "/x-", Ref("{{a_1}}"))
    assert found.display == "{{base_dev}}/{{a_1}}/x-{{a_1}}"
    assert [(p.key, p.default) for p in found.params] == [("{{a_1}}", "nested")]
    assert found.sent is not None
    assert found.sent.url == "https://base-dev.test/nested/x-nested"


def test_a_nested_name_in_a_url_of_parts() -> None:
    url = {
        "protocol": "{{s_{{b}}}}",
        "host": ["{{a_{{b}}}}", "test"],
        "port": "{{p_{{b}}}}",
        "path": [":id"],
        "variable": build.pairs(id="{{a_{{b}}}}"),
    }
    found = lowered(build.get(url))
    assert found.server == (
        *(Ref("{{s_1}}"), "://", Ref("{{a_1}}"), ".test:", Ref("{{p_1}}")),
    )
    assert [(p.key, p.seen) for p in found.params] == [(":id", ("nested",))]


def test_a_nested_name_in_the_query() -> None:
    found = lowered(build.get("https://h.test/x?k_{{a_{{b}}}}={{a_{{b}}}}"))
    (param,) = found.params
    assert (param.wire, param.sample) == ("k_nested", ("nested",))
    assert found.sent is not None
    assert found.sent.url == "https://h.test/x?k_nested=nested"


def test_a_nested_name_in_a_header() -> None:
    header = [{"key": "X-{{a_{{b}}}}", "value": "v {{a_{{b}}}}"}]
    found = lowered(build.get("https://h.test/x", header=header))
    assert found.headers == (("X-nested", ("v ", Ref("{{a_1}}"))),)
    assert [(p.key, p.default) for p in found.params] == [("{{a_1}}", "nested")]


def test_a_nested_name_in_a_credential() -> None:
    token = build.auth("bearer", token="{{t_{{b}}}}")
    expected = (("token", (Ref("{{t_1}}"),)),)
    own = lowered(build.get("https://h.test/x", auth=token))
    inherited = lowered(build.get("https://h.test/x"), auth=token)
    for found in (own, inherited):
        assert found.auth is not None
        assert found.auth.fields == expected


def test_a_nested_name_in_the_auth_of_a_folder() -> None:
    auth = build.auth("apikey", key="X-{{a_{{b}}}}", value="{{k_{{b}}}}")
    folder = build.folder("F", build.item("https://h.test/x"), auth=auth)
    parsed = build.sound(build.collection(folder))
    found, _ = lower.lower(parsed, Values(ENVIRONMENT))
    own = build.operations(found)[0].auth
    assert own is not None
    assert own.fields == (("key", ("X-nested",)), ("value", (Ref("{{k_1}}"),)))


def test_a_nested_name_in_a_body() -> None:
    raw = '{"n": {{n_{{b}}}}, "s": "{{a_{{b}}}}"}'
    options = {"raw": {"language": "json"}}
    form = {"mode": "raw", "raw": raw, "options": options}
    found = lowered({"method": "POST", "url": "https://h.test/x", "body": form}).body
    assert found is not None
    assert (found.kind, found.values) == (Kind.JSON, ({"n": 5, "s": "{{a_1}}"},))
    assert found.text == '{"n": {{n_1}}, "s": "{{a_1}}"}'


def test_a_nested_name_in_a_form() -> None:
    fields = [{"key": "k{{a_{{b}}}}", "value": "{{a_{{b}}}}"}]
    form = {"mode": "urlencoded", "urlencoded": fields}
    found = lowered({"method": "POST", "url": "https://h.test/x", "body": form})
    assert found.params[0].wire == "knested"
    assert found.sent is not None
    assert found.sent.form == "knested=nested"


def test_a_nested_name_in_a_variable() -> None:
    found = Scope.of((), Values(ENVIRONMENT))
    assert found.default("url_1") == "https://dev.test/v2"


def test_a_nested_name_that_nobody_knows_is_no_crash_and_not_sent() -> None:
    form = build.get("https://h.test/{{a_{{missing}}}}?q={{a_{{missing}}}}")
    found = lowered(form)
    assert found.sent is None
