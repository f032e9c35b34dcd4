"""Auth in force, credentials as settings, and no credential's value in the IR."""

# ruff: noqa: S106 - variables and canaries, no passwords

from __future__ import annotations

import build
import pytest

from pmgen.api import Ref, Role
from pmgen.diagnostics import Rule

BEARER = build.auth("bearer", token="{{t}}")
BASIC = build.auth("basic", username="{{u}}", password="{{p}}")
APIKEY = build.auth("apikey", key="X-Key", value="{{k}}")
NONE: build.Data = {"type": "noauth"}
MISSING = object()


def _with(data: dict[str, build.Data], auth: build.Data) -> dict[str, build.Data]:
    return data if auth is MISSING else {**data, "auth": auth}


def nested(collection: build.Data, folder: build.Data, item: build.Data) -> build.Data:
    """A collection with a request in a folder in a folder; the outer folder has the auth."""
    request = _with(build.get("https://h.test/x"), item)
    inner = build.folder("G", build.item(request))
    return build.collection(
        _with(build.folder("F", inner), folder), **_with({}, collection)
    )


@pytest.mark.parametrize(
    ("collection", "folder", "item", "kind"),
    [
        (MISSING, MISSING, MISSING, None),
        (MISSING, MISSING, BEARER, "bearer"),
        (MISSING, BEARER, MISSING, "bearer"),
        (BEARER, MISSING, MISSING, "bearer"),
        (BEARER, BASIC, MISSING, "basic"),
        (BEARER, BASIC, APIKEY, "apikey"),
        (BEARER, None, None, "bearer"),
        (BEARER, {}, {"type": None}, "bearer"),
        (BEARER, "noauth", ["noauth"], "bearer"),
        (BEARER, [BASIC], "basic", "bearer"),
        (BEARER, {"type": ""}, {"noauth": []}, "bearer"),
        (BEARER, {"basic": build.pairs(username="u")}, {"type": 5}, "bearer"),
        (None, BEARER, None, "bearer"),
        ([], {}, BASIC, "basic"),
        (NONE, MISSING, MISSING, None),
        (NONE, BEARER, MISSING, "bearer"),
        (NONE, NONE, BASIC, "basic"),
        (BEARER, {"type": "noauth", "noauth": None}, None, None),
        (BEARER, {"type": "magic"}, BASIC, "basic"),
        (BEARER, {"type": "magic"}, None, None),
        (BEARER, BASIC, {"type": "BASIC"}, None),
        (BASIC, {"type": "bearer"}, MISSING, "bearer"),
        (BASIC, {"type": "bearer", "bearer": {"token": "{{t}}"}}, MISSING, "bearer"),
        (BEARER, MISSING, NONE, None),
        (BEARER, NONE, MISSING, None),
        (BEARER, NONE, BASIC, "basic"),
        (BEARER, {"type": "magic"}, MISSING, None),
        (BEARER, {"type": "Basic"}, MISSING, None),
        (BEARER, {"type": "inherit"}, MISSING, None),
        (BEARER, MISSING, build.auth("oauth2", accessToken="x"), "oauth2"),
        (BEARER, {"type": "apikey"}, MISSING, None),
    ],
)
def test_the_nearest_auth_with_a_type_is_in_force(
    collection: build.Data, folder: build.Data, item: build.Data, kind: str | None
) -> None:
    found, _ = build.lowered(nested(collection, folder, item))
    auth = build.operations(found)[0].auth
    assert (auth.kind if auth else None) == kind


@pytest.mark.parametrize(
    ("collection", "kind"), [(MISSING, None), (BASIC, "basic"), (NONE, None)]
)
def test_an_auth_beside_the_request_counts_for_nothing(
    collection: build.Data, kind: str | None
) -> None:
    item = build.item(build.get("https://h.test/x"), auth=BEARER)
    found, _ = build.lowered(build.collection(item, **_with({}, collection)))
    auth = build.operations(found)[0].auth
    assert (auth.kind if auth else None) == kind


@pytest.mark.parametrize(
    ("auth", "rule"),
    [
        ({"type": "magic"}, Rule.AUTH_UNKNOWN),
        ({"type": "Bearer"}, Rule.AUTH_UNKNOWN),
        ({"type": "inherit"}, Rule.AUTH_UNKNOWN),
        ({"type": "NOAUTH"}, Rule.AUTH_UNKNOWN),
        ({"type": "azure"}, Rule.AUTH_UNSUPPORTED),
        ({"type": "sasl"}, Rule.AUTH_UNSUPPORTED),
    ],
)
def test_an_auth_that_is_not_generated_is_reported_at_its_place(
    auth: build.Data, rule: Rule
) -> None:
    _, found = build.lowered(nested(BEARER, auth, MISSING))
    assert [(d.rule, d.pointer, d.trail) for d in found] == [
        (rule, "/item/0/auth", ("F", "G", "one"))
    ]


@pytest.mark.parametrize("auth", [NONE, BEARER, BASIC, APIKEY])
def test_an_auth_of_variables_is_nothing_to_report(auth: build.Data) -> None:
    _, found = build.lowered(nested(MISSING, auth, MISSING))
    assert found == ()


@pytest.mark.parametrize(
    ("auth", "kind", "fields"),
    [
        (BEARER, "bearer", (("token", (Ref("{{t}}"),)),)),
        (
            BASIC,
            "basic",
            (("username", (Ref("{{u}}"),)), ("password", (Ref("{{p}}"),))),
        ),
        (APIKEY, "apikey", (("key", ("X-Key",)), ("value", (Ref("{{k}}"),)))),
        (
            build.auth("apikey", key="k", value="a-{{k}}", **{"in": "query"}),
            "apikey",
            (
                ("key", ("k",)),
                ("value", ("a-", Ref("{{k}}"))),
                ("in", ("query",)),
            ),
        ),
        (
            build.auth("apikey", key="k", value="{{k}}", **{"in": "cookie"}),
            "apikey",
            (("key", ("k",)), ("value", (Ref("{{k}}"),)), ("in", ("cookie",))),
        ),
        (
            build.auth(
                "awsv4",
                accessKey="{{a}}",
                secretKey="",
                sessionToken="",
                region="{{r}}-1",
                addAuthDataToQuery=True,
                unknown="x",
            ),
            "awsv4",
            (
                ("accessKey", (Ref("{{a}}"),)),
                ("secretKey", ()),
                ("sessionToken", ()),
                ("region", (Ref("{{r}}"), "-1")),
                ("addAuthDataToQuery", ("true",)),
            ),
        ),
        (
            build.auth(
                "hawk", authId="{{i}}", authKey="{{k}}", includePayloadHash=False
            ),
            "hawk",
            (("authId", (Ref("{{i}}"),)), ("authKey", (Ref("{{k}}"),))),
        ),
    ],
)
def test_an_auth_is_templates_of_settings(
    auth: build.Data, kind: str, fields: build.Data
) -> None:
    found = build.operation(build.get("https://h.test/x", auth=auth)).auth
    assert found is not None
    assert (found.kind, found.fields) == (kind, fields)


def test_a_variable_used_in_two_auths_is_one_credential() -> None:
    twice = [build.item(build.get("https://h.test/x", auth=BEARER))] * 2
    found, _ = build.lowered(build.collection(*twice))
    assert [(s.key, s.role) for s in found.settings if s.role is Role.CREDENTIAL] == [
        ("{{t}}", Role.CREDENTIAL)
    ]


def test_a_credential_has_no_default_even_if_the_collection_knows_one() -> None:
    data = build.collection(
        build.item(build.get("https://h.test/x", auth=BEARER)),
        variable=build.pairs(t="CANARY"),
    )
    found, _ = build.lowered(data)
    assert [s.default for s in found.settings if s.key == "{{t}}"] == [None]


CANARY = "S3cr3tCanary"


def _url(**more: build.Data) -> build.Data:
    return {"protocol": "https", "host": ["h", "test"], "path": ["x"], **more}


_LEAKS: dict[str, tuple[build.Data, dict[str, build.Data]]] = {
    "query named as a key": (
        build.get(_url(query=build.pairs(api_key=CANARY))),
        {},
    ),
    "disabled query": (
        build.get(_url(query=[{"key": "token", "value": CANARY, "disabled": True}])),
        {},
    ),
    "disabled header": (
        build.get(
            _url(), header=[{"key": "X-Token", "value": CANARY, "disabled": True}]
        ),
        {},
    ),
    "variable in query": (
        build.get(_url(query=build.pairs(q="{{token}}"))),
        {"variable": build.pairs(token=CANARY)},
    ),
    "secret variable in query": (
        build.get(_url(query=build.pairs(q="{{pin}}"))),
        {"variable": [{"key": "pin", "value": CANARY, "type": "secret"}]},
    ),
    "secret variable among others": (
        build.get(_url(query=[*build.pairs(q="{{pin}}"), *build.pairs(q="2")])),
        {"variable": [{"key": "pin", "value": CANARY, "type": "secret"}]},
    ),
    "variable in path": (
        build.get(_url(path=["x", "{{token}}"])),
        {"variable": build.pairs(token=CANARY)},
    ),
    "variable as path variable": (
        build.get(_url(path=[":id"], variable=build.pairs(id="{{token}}"))),
        {"variable": build.pairs(token=CANARY)},
    ),
    "path variable named as a token": (
        build.get(_url(path=[":token"], variable=build.pairs(token=CANARY))),
        {},
    ),
    "secret variable in header": (
        build.get(_url(), header=build.pairs(A="{{pin}}")),
        {"variable": [{"key": "pin", "value": CANARY, "type": "secret"}]},
    ),
    "variable of a variable": (
        build.get(_url(query=build.pairs(q="{{outer}}"))),
        {"variable": build.pairs(outer="a{{token}}", token=CANARY)},
    ),
    "auth that is not generated": (
        build.get(_url(), auth=build.auth("oauth2", accessToken=CANARY)),
        {},
    ),
}


@pytest.mark.parametrize(("request_form", "more"), _LEAKS.values(), ids=list(_LEAKS))
def test_a_credentials_value_is_nowhere_in_the_ir(
    request_form: build.Data, more: dict[str, build.Data]
) -> None:
    found, diagnostics = build.lowered(
        build.collection(build.item(request_form), **more)
    )
    assert build.operations(found)
    assert CANARY not in repr((found, diagnostics))


_LITERALS: dict[str, build.Data] = {
    "bearer": build.get(_url(), auth=build.auth("bearer", token=CANARY)),
    "basic": build.get(
        _url(), auth=build.auth("basic", username="me", password=CANARY)
    ),
    "apikey": build.get(_url(), auth=build.auth("apikey", key="X-Key", value=CANARY)),
    "authorization": build.get(_url(), header=build.pairs(Authorization=CANARY)),
    "cookie": build.get(_url(), header=build.pairs(Cookie=f"sid={CANARY}")),
    "key header": build.get(_url(), header=[{"key": "x-api-key", "value": CANARY}]),
    "userinfo": build.get(f"https://me:{CANARY}@h.test/x"),
}


@pytest.mark.parametrize("request_form", _LITERALS.values(), ids=list(_LITERALS))
def test_a_literal_credential_becomes_a_setting_and_is_reported(
    request_form: build.Data,
) -> None:
    found, diagnostics = build.lowered(build.collection(build.item(request_form)))
    assert Role.CREDENTIAL in {setting.role for setting in found.settings}
    assert Rule.CREDENTIAL_REMOVED in {d.rule for d in diagnostics}
    assert CANARY not in repr(diagnostics)
    assert CANARY not in repr([(s.default, s.sample, s.source) for s in found.settings])
    assert CANARY not in repr(build.operations(found)[0].sent)


@pytest.mark.parametrize("request_form", _LITERALS.values(), ids=list(_LITERALS))
def test_a_literal_credential_is_nowhere_in_the_ir(request_form: build.Data) -> None:
    found, _ = build.lowered(build.collection(build.item(request_form)))
    assert CANARY not in repr(found)


def test_two_literal_credentials_of_one_name_are_two_settings() -> None:
    def item(token: str) -> build.Data:
        auth = build.auth("bearer", token=token)
        return build.item(build.get("https://h.test/x", auth=auth))

    found, _ = build.lowered(build.collection(item("one"), item("two"), item("one")))
    first, second, third = (o.auth for o in build.operations(found))
    assert first == third
    assert first != second
    assert [s.role for s in found.settings].count(Role.CREDENTIAL) == 2


@pytest.mark.parametrize(
    "form",
    [
        "https://{{u}}:{{p}}@h.test/x",
        _url(auth={"user": "{{u}}", "password": "{{p}}"}),
    ],
)
def test_a_user_in_the_url_is_basic_auth_where_no_other_is_in_force(
    form: build.Data,
) -> None:
    item = build.item(build.get(form))
    alone, _ = build.lowered(build.collection(item))
    beside, _ = build.lowered(build.collection(item, auth=BEARER))
    kinds = [build.operations(found)[0].auth for found in (alone, beside)]
    assert [auth.kind for auth in kinds if auth] == ["basic", "bearer"]
    assert {"{{u}}", "{{p}}"} <= {setting.key for setting in alone.settings}
