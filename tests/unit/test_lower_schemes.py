"""The table of auths, and the other places that know their types."""

from __future__ import annotations

import typing

import build
import pytest

from pmgen.api import Ref, Role
from pmgen.lower.schemes import SCHEMES
from pmgen.postman.fields import AUTH_TYPES

if typing.TYPE_CHECKING:
    from pmgen.api import Operation

CANARY = "s3cr3t-canary"


def test_every_type_that_is_read_has_a_scheme() -> None:
    assert SCHEMES.keys() == AUTH_TYPES


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, scheme in SCHEMES.items() for name in scheme.credentials],
)
def test_no_credential_is_kept(kind: str, name: str) -> None:
    auth = build.auth(kind, **{name: CANARY, "key": "X-Key"})
    request = build.get("https://h.test/x", auth=auth)
    api, _ = build.lowered(build.collection(build.item(request)))
    assert CANARY not in repr(api)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, scheme in SCHEMES.items() for name in scheme.plain],
)
def test_a_variable_of_an_option_is_a_setting_with_its_value(
    kind: str, name: str
) -> None:
    auth = build.auth(kind, **{"key": "X-Key", name: "{{v}}"})
    request = build.get("https://h.test/x", auth=auth)
    variables = build.pairs(v="here")
    data = build.collection(build.item(request), variable=variables)
    api, _ = build.lowered(data)
    (found,) = (s for s in api.settings if s.source == "{{v}}")
    assert (found.role, found.default) == (Role.OPTION, "here")


def test_what_is_a_credential_anywhere_is_one_everywhere() -> None:
    option = build.auth("awsv4", accessKey="{{a}}", secretKey="{{b}}", region="{{t}}")
    token = {"type": "bearer", "bearer": {"token": "{{t}}"}}
    items = [
        build.item(build.get("https://h.test/x", auth=auth)) for auth in (option, token)
    ]
    variables = build.pairs(t=CANARY)
    api, _ = build.lowered(build.collection(*items, variable=variables))
    (found,) = (s for s in api.settings if s.source == "{{t}}")
    assert (found.role, found.default) == (Role.CREDENTIAL, None)
    assert CANARY not in repr(api)


def grant(**more: build.Data) -> Operation:
    auth = build.auth(
        "oauth2",
        grant_type="client_credentials",
        accessTokenUrl="{{host}}/token",
        clientId="{{i}}",
        clientSecret="{{s}}",
        **more,
    )
    return build.operation(build.get("https://h.test/x", auth=auth))


def test_a_token_that_needs_no_browser_is_fetched() -> None:
    auth = grant(scope="a b", client_authentication="body").auth
    assert auth is not None
    assert auth.kind == "oauth2-grant"
    assert dict(auth.fields) == {
        "clientId": (Ref("{{i}}"),),
        "clientSecret": (Ref("{{s}}"),),
        "username": (),
        "password": (),
        "accessTokenUrl": (Ref("{{host}}"), "/token"),
        "scope": ("a b",),
        "client_authentication": ("body",),
        "grant": ("client_credentials",),
    }


@pytest.mark.parametrize(
    "given",
    [
        {"grant_type": "authorization_code", "accessTokenUrl": "https://h.test/t"},
        {"grant_type": "client_credentials"},
        {"accessTokenUrl": "https://h.test/t"},
    ],
)
def test_other_tokens_are_given(given: build.Data) -> None:
    auth = build.auth("oauth2", accessToken="{{a}}", **given)
    found = build.operation(build.get("https://h.test/x", auth=auth)).auth
    assert found is not None
    assert (found.kind, found.fields[0]) == ("oauth2", ("accessToken", (Ref("{{a}}"),)))


def test_a_token_beside_a_grant_may_be_given() -> None:
    auth = build.auth(
        "oauth2",
        grant_type="client_credentials",
        accessTokenUrl="https://h.test/t",
        clientId="{{i}}",
        clientSecret="{{s}}",
        accessToken="{{a}}",
    )
    item = build.item(build.get("https://h.test/x", auth=auth))
    api, _ = build.lowered(build.collection(item))
    found = {s.source: s.default for s in api.settings if s.role is Role.CREDENTIAL}
    assert found == {"{{i}}": None, "{{s}}": None, "{{a}}": ""}


@pytest.mark.parametrize(
    ("auth", "kind"),
    [
        ({}, "basic"),
        ({"auth": {"type": "noauth"}}, "basic"),
        ({"auth": {"type": "bearer", "bearer": {"token": "{{t}}"}}}, "bearer"),
    ],
)
def test_the_user_of_a_url_counts_without_another_auth(
    auth: dict[str, build.Data], kind: str
) -> None:
    found = build.operation(build.get("https://ann:s3cret@h.test/x", **auth)).auth
    assert found is not None
    assert found.kind == kind
    assert "s3cret" not in repr(found)
