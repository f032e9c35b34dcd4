"""Servers as settings of the client."""

from __future__ import annotations

import typing

import build
import pytest

from pmgen.api import Ref, Role

if typing.TYPE_CHECKING:
    from pmgen.api import Api, Setting


def api(*urls: build.Data, **more: build.Data) -> Api:
    items = [build.item(build.get(url)) for url in urls]
    return build.lowered(build.collection(*items, **more))[0]


def settings(found: Api) -> list[tuple[str, Role, str | None]]:
    return [(s.key, s.role, s.default) for s in found.settings]


def servers(found: Api) -> list[build.Data]:
    return [operation.server for operation in build.operations(found)]


def only(found: Api) -> Setting:
    (setting,) = found.settings
    return setting


def test_one_variable_is_one_setting_however_often_it_is_used() -> None:
    found = api("{{base}}/x", "{{base}}/y", {"host": ["{{base}}"], "path": ["z"]})
    assert settings(found) == [("{{base}}", Role.URL, None)]
    assert servers(found) == [(Ref("{{base}}"),)] * 3


def test_the_collections_value_is_the_default() -> None:
    found = api("{{base}}/x", variable=build.pairs(base="https://h.test"))
    assert settings(found) == [("{{base}}", Role.URL, "https://h.test")]


def test_a_value_made_of_variables_is_resolved_and_an_open_one_is_no_default() -> None:
    rows = build.pairs(base="https://{{env}}.test", env="dev")
    assert only(api("{{base}}/x", variable=rows)).default == "https://dev.test"
    assert only(api("{{base}}/x", variable=rows[:1])).default is None


def test_of_two_variables_with_one_key_the_last_is_the_default() -> None:
    rows = [*build.pairs(base="http://a.test"), *build.pairs(base="http://b.test")]
    assert only(api("{{base}}/x", variable=rows)).default == "http://b.test"


def test_several_hosts_are_several_settings_in_the_collections_order() -> None:
    found = api("{{one}}/x", "https://h.test/y", "{{two}}/z", "https://h.test/w")
    assert [s.role for s in found.settings] == [Role.URL] * 3
    keys = [s.key for s in found.settings]
    assert keys[0] == "{{one}}"
    assert keys[2] == "{{two}}"
    assert servers(found) == [(Ref(key),) for key in (*keys, keys[1])]


@pytest.mark.parametrize(
    ("url", "default"),
    [
        ("https://h.test/x", "https://h.test"),
        ("https://h.test:8443/x", "https://h.test:8443"),
        ("h.test/x", "http://h.test"),
        ("localhost:3000", "http://localhost:3000"),
        ("https://H.Test/x", "https://H.Test"),
    ],
)
def test_a_literal_server_is_a_setting_with_that_default(
    url: str, default: str
) -> None:
    found = api(url)
    assert (only(found).role, only(found).default) == (Role.URL, default)
    assert only(found).sample == default


def test_hosts_that_differ_in_case_only_are_one_server() -> None:
    assert len(api("https://H.test/x", "https://h.TEST/y").settings) == 1


def test_servers_that_differ_in_scheme_or_port_are_several() -> None:
    found = api("https://h.test/x", "http://h.test/x", "https://h.test:81/x")
    assert len(found.settings) == 3


def test_each_part_of_a_server_has_its_role() -> None:
    found = api("{{scheme}}://{{host}}:{{port}}/x")
    assert settings(found) == [
        ("{{scheme}}", Role.SCHEME, None),
        ("{{host}}", Role.HOST, None),
        ("{{port}}", Role.PORT, None),
    ]
    template = (Ref("{{scheme}}"), "://", Ref("{{host}}"), ":", Ref("{{port}}"))
    assert servers(found) == [template]


def test_literal_text_around_a_variable_stays_in_the_template() -> None:
    found = api("https://{{env}}.api.test:81/x")
    assert settings(found) == [("{{env}}", Role.HOST, None)]
    assert servers(found) == [("https://", Ref("{{env}}"), ".api.test:81")]


def test_a_variable_that_is_a_base_here_and_a_host_there_is_a_host() -> None:
    """Only a host fits both places."""
    found = api("{{h}}/x", "https://{{h}}/y")
    assert settings(found) == [("{{h}}", Role.HOST, None)]


def test_a_url_without_a_host_takes_the_server_as_a_setting_without_default() -> None:
    found, said = build.lowered(
        build.collection(build.item(build.get({"path": ["x"]})))
    )
    assert only(found).default is None
    assert build.codes(said) == ["PM021"]


def test_a_setting_in_the_path_is_no_argument() -> None:
    found = api("{{base}}/x", "https://h.test/{{base}}/y")
    assert build.operations(found)[1].params == ()


def test_a_description_of_the_variable_comes_along() -> None:
    row = {"key": "base", "value": "https://h.test", "description": "Where."}
    assert only(api("{{base}}/x", variable=[row])).description == "Where."


def test_every_reference_of_a_server_is_a_known_setting() -> None:
    found = api("{{a}}/x", "h.test", "https://{{b}}.test/y", {"path": ["z"]})
    known = {setting.key for setting in found.settings}
    used = {
        part.key
        for template in servers(found)
        for part in template
        if isinstance(part, Ref)
    }
    assert used == known


def test_a_variable_of_several_segments_is_a_setting_of_the_path() -> None:
    found, _ = build.lowered(
        build.collection(
            build.item(build.get("https://h.test/{{base}}/users")),
            variable=build.pairs(base="api/v1"),
        )
    )
    assert [(s.role, s.default) for s in found.settings] == [
        (Role.URL, "https://h.test"),
        (Role.PATH, "api/v1"),
    ]
    assert found.root.operations[0].params == ()


def test_a_server_with_a_user_in_it_is_no_default() -> None:
    found, _ = build.lowered(
        build.collection(
            build.item(build.get("{{base}}/users")),
            variable=build.pairs(base="https://ann:pw@h.test"),
        )
    )
    assert "pw" not in repr(found)
