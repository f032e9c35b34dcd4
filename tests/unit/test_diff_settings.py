"""What edits of variables and auths mean for users."""

# ruff: noqa: S106 - variables, no passwords

from __future__ import annotations

import build
import pytest
from editing import HARBOUR, Edit, added, at, means

KEYED = build.collection(
    build.item(build.get("https://h.test/notes"), name="List"),
    auth=build.auth("bearer", token="{{tenant}}"),
)
HOSTED = build.collection(
    build.item(build.get("https://{{tenant}}.test/notes"), name="List")
)
BASIC = build.auth("basic", username="{{username}}", password="{{password}}")

EDITS: dict[str, Edit] = {
    "a setting with a default": Edit(
        HARBOUR,
        lambda d: (
            d["variable"].append({"key": "news_url", "value": "https://n.test"}),
            added(d, "News", "{{news_url}}/news"),
        ),
        (
            "additive setting-added Client(...) news_url  -> https://n.test",
            "additive operation-added client.news(...)",
        ),
    ),
    "a default more": Edit(
        "json_body",
        lambda d: d.update(variable=build.pairs(base="https://h.test")),
        (
            "breaking setting-default Client(...) base https://api.example.test -> https://h.test",
        ),
    ),
    "a credential that is a part of a URL": Edit(
        KEYED,
        lambda d: (
            d.pop("auth"),
            at(d, "List").update(request="https://{{tenant}}.test/notes"),
        ),
        (
            "breaking setting-removed Client(...) base_url",
            "breaking setting-narrower Client(...) tenant Credential -> str",
            "breaking operation-server client.list_(...) {base_url} -> https://{tenant}.test",
            "additive operation-auth client.list_(...) bearer: tenant -> nothing",
        ),
    ),
    "a part of a URL that is a credential": Edit(
        HOSTED,
        lambda d: (
            d.update(auth=build.auth("bearer", token="{{tenant}}")),
            at(d, "List").update(request="https://h.test/notes"),
        ),
        (
            "breaking operation-server client.list_(...) https://{tenant}.test -> {base_url}",
            "additive setting-added Client(...) base_url  -> https://h.test",
            "additive setting-wider Client(...) tenant str -> Credential",
            "additive operation-auth client.list_(...) nothing -> bearer: tenant",
        ),
    ),
    "another default": Edit(
        HARBOUR,
        lambda d: d["variable"][0].update(value="https://v2.test"),
        (
            "breaking setting-default Client(...) base_url https://api.harbour.example/v1 -> https://v2.test",
        ),
    ),
    "a default less": Edit(
        HARBOUR,
        lambda d: d["variable"].pop(0),
        (
            "breaking setting-required Client(...) base_url https://api.harbour.example/v1 -> ",
            "docs setting-docs Client(...) base_url The service, without a slash at the end. -> ",
        ),
    ),
    "another auth for most": Edit(
        "auth_bearer_inherited",
        lambda d: d.update(auth=BASIC),
        (
            "breaking setting-added-required Client(...) password",
            "breaking setting-added-required Client(...) username",
            "breaking setting-removed Client(...) token",
            "additive operation-auth client.inherits(...) bearer: token -> basic: username, password",
        ),
    ),
    "a description": Edit(
        HARBOUR,
        lambda d: d["variable"][0].update(description="Ours."),
        (
            "docs setting-docs Client(...) base_url The service, without a slash at the end. -> Ours.",
        ),
    ),
    "the collection's description": Edit(
        "headers",
        lambda d: d["info"].update(description="New."),
        ("docs client-docs shop description  -> New.",),
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_means_this(name: str) -> None:
    assert means(EDITS[name]) == [*EDITS[name].meaning]
