"""Dynamic variables in paths and headers: arguments that need not be given (POSTMAN.md 3.10)."""

from __future__ import annotations

import typing

import build
import pytest

from pmgen import lower, resources
from pmgen.api import Param, Ref, Where
from pmgen.lower.dynamic import NAMES
from pmgen.lower.own import own_values
from pmgen.lower.variables import Values
from pmgen.options import Options
from pmgen.pipeline import File, Inputs, Resources, compile_source
from pmgen.postman import Variable

if typing.TYPE_CHECKING:
    from pmgen.api import Operation

URL = "https://h.test/x"


def in_header(text: str, **more: build.Data) -> Param:
    """The one parameter of a request with one header; keywords are keys of the collection."""
    header = [{"key": "X-Id", "value": text}]
    (found,) = build.operation(build.get(URL, header=header), **more).params
    return found


def in_path(*segments: str, **more: build.Data) -> Operation:
    return build.operation(build.get("https://h.test/" + "/".join(segments)), **more)


def variable(key: str, value: str, **more: build.Data) -> build.Data:
    return [{"key": key, "value": value, **more}]


@pytest.mark.parametrize("name", sorted(NAMES - {"$randomPassword"}))
def test_each_is_an_optional_argument(name: str) -> None:
    found = in_header(f"a {{{{{name}}}}} b")
    assert (found.required, found.default) == (False, None)
    assert f"${found.dynamic}" == found.wire == name
    (found,) = in_path(f"{{{{{name}}}}}.json").params
    assert (found.required, found.default) == (False, None)
    assert (f"${found.dynamic}", found.where) == (name, Where.PATH)


def test_a_password_is_a_credential_in_a_header_all_the_same() -> None:
    """Its name says so; a credential is never made up."""
    header = [{"key": "X-Id", "value": "{{$randomPassword}}"}]
    found = build.operation(build.get(URL, header=header))
    assert found.params == ()
    assert found.credentials == (("X-Id", (Ref("{{$randomPassword}}"),)),)


@pytest.mark.parametrize(
    "name", ["$nothing", "guid", "$GUID", "$ guid", " $guid", "$randomint"]
)
def test_other_names_must_be_given(name: str) -> None:
    found = in_header(f"{{{{{name}}}}}")
    assert (found.dynamic, found.required) == ("", True)


def test_a_variable_of_the_user_wins() -> None:
    found = in_header("{{$guid}}", variable=variable("$guid", "mine"))
    assert (found.dynamic, found.default, found.required) == ("", "mine", False)


@pytest.mark.parametrize("more", [{}, {"type": "secret"}])
def test_one_without_a_value_that_may_be_shown_must_be_given(more: build.Data) -> None:
    value = "hidden" if more else ""
    found = in_header("{{$guid}}", variable=variable("$guid", value, **more))
    assert (found.dynamic, found.default, found.required) == ("", None, True)


def test_a_disabled_variable_is_none() -> None:
    rows = variable("$guid", "mine", disabled=True)
    found = in_header("{{$guid}}", variable=rows)
    assert (found.dynamic, found.required) == ("guid", False)


@pytest.mark.parametrize("beside", ["environment", "globals"])
def test_variables_beside_the_collection_win_too(beside: str) -> None:
    values = Values(**{beside: (Variable("$guid", "mine", "/values/0"),)})
    data = build.collection(build.item(build.get("https://h.test/{{$guid}}")))
    found, _ = lower.lower(build.sound(data), values)
    (param,) = build.operations(found)[0].params
    assert (param.dynamic, param.default) == ("", "mine")


def test_a_variable_may_be_nothing_but_a_dynamic_one() -> None:
    rows = [*variable("id", "{{inner}}"), *variable("inner", "{{$guid}}")]
    found = in_header("{{id}}", variable=rows)
    assert (found.wire, found.dynamic, found.required) == ("id", "guid", False)


@pytest.mark.parametrize("value", ["a-{{$guid}}", "{{$guid}}{{$guid}}", "{{$nothing}}"])
def test_one_that_is_more_must_be_given(value: str) -> None:
    found = in_header("{{id}}", variable=variable("id", value))
    assert (found.dynamic, found.required) == ("", True)


def test_a_variable_whose_dynamic_one_the_user_defines_has_its_value() -> None:
    rows = [*variable("id", "{{$guid}}"), *variable("$guid", "mine")]
    found = in_header("{{id}}", variable=rows)
    assert (found.dynamic, found.default) == ("", "mine")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("$timestamp", "int"),
        ("$randomInt", "int"),
        ("$randomBoolean", "bool"),
        ("$randomLatitude", "float"),
        ("$randomLongitude", "float"),
        ("$randomPrice", "float"),
        ("$guid", "str"),
        ("$isoTimestamp", "str"),
        ("$randomBankAccount", "str"),
    ],
)
def test_its_kind_is_known(name: str, kind: str) -> None:
    assert in_header(f"{{{{{name}}}}}").kind == kind
    assert in_path(f"{{{{{name}}}}}").params[0].kind == kind


def test_what_examples_sent_is_better_evidence() -> None:
    reply = {"name": "ok", "code": 200, "originalRequest": build.get(URL + "/abc")}
    found = build.operation(build.get(URL + "/{{$randomInt}}"), reply).params[0]
    assert (found.kind, found.seen, found.sample) == ("str", ("abc",), ("abc",))
    assert found.dynamic == "randomInt"


def test_it_is_one_argument_in_several_places() -> None:
    header = [{"key": "X-Id", "value": "{{$guid}}"}]
    found = build.operation(
        build.get("https://h.test/{{$guid}}/{{$guid}}", header=header)
    )
    assert [param.key for param in found.params] == ["{{$guid}}"]
    assert found.path == ("/", Ref("{{$guid}}"), "/", Ref("{{$guid}}"))
    assert found.headers == (("X-Id", (Ref("{{$guid}}"),)),)


def test_a_setting_wins() -> None:
    """What an auth is made of must be the same everywhere."""
    found = build.operation(
        build.get("https://h.test/{{$guid}}"),
        auth=build.auth("apikey", key="X-Key", value="{{$guid}}"),
    )
    assert found.params == ()
    assert found.path == ("/", Ref("{{$guid}}"))


def test_the_request_of_tests_has_the_sample() -> None:
    found = in_path("{{$randomInt}}", "{{$randomCity}}")
    assert found.sent is not None
    assert found.sent.url == "https://h.test/7/randomcity"


def test_wire_gives_it_like_any_other() -> None:
    data = build.collection(build.item(build.get("https://h.test/{{$guid}}")))
    parsed = build.sound(data)
    (call,) = own_values(parsed, lower.lower(parsed)[0]).calls.values()
    assert [*call.arguments] == ["{{$guid}}"]
    assert all(call.arguments["{{$guid}}"])


def compiled(*items: build.Data) -> dict[str, str]:
    """The files of the client of a collection of these items."""
    tools = Resources(resources.templates(), resources.runtime(), lambda _, text: text)
    source = Inputs(File("shop.json", build.read(build.collection(*items)).raw))
    result = compile_source(source, Options("shop"), tools)
    assert result.clients, result.diagnostics
    return {path: content.decode() for path, content in result.clients[0].tree.items()}


MADE = build.item(build.get("https://h.test/{{$guid}}"), name="Made")
PLAIN = build.item(build.get("https://h.test/{{guid}}"), name="Plain")


def test_the_request_is_made_with_a_new_value() -> None:
    tree = compiled(MADE)
    text = tree["requests.py"]
    assert "from ._runtime import dynamic as _rt_dynamic\n" in text
    assert '"guid": _rt_dynamic.given(guid, "guid"),' in text
    assert "guid: str | None = None" in text
    said = "guid: Part of the path `$guid`. A new value each time where none is given."
    assert said in " ".join(tree["client.py"].split())


def test_only_clients_that_use_it_have_the_modules() -> None:
    modules = {"_runtime/dynamic.py", "_runtime/dynamic_made.py"}
    modules |= {"_runtime/dynamic_fake.py", "_runtime/dynamic_words.py"}
    assert modules <= compiled(MADE).keys()
    plain = compiled(PLAIN)
    assert not modules & plain.keys()
    assert "dynamic" not in plain["requests.py"]


def test_only_requests_modules_that_use_it_import_it() -> None:
    tree = compiled(MADE, build.folder("Inner", PLAIN), build.folder("Other", MADE))
    assert "dynamic" not in tree["inner/requests.py"]
    assert "from .._runtime import dynamic as _rt_dynamic" in tree["other/requests.py"]


def test_generated_tests_give_it_everywhere() -> None:
    """A value made anew would need what makes it, and would be another one each time."""
    reply = {"name": "ok", "code": 204}
    item = build.item(build.get("https://h.test/{{$randomCity}}"), reply, name="Made")
    text = compiled(item)["tests/test_client.py"]
    calls = text.count("made(")
    assert calls >= 3  # the request, and a reply to sync and async
    assert text.count('random_city="randomcity"') == calls
