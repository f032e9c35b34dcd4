"""What edits of requests and folders mean for users."""

# ruff: noqa: S106 - variables, no passwords

from __future__ import annotations

import build
import pytest
from editing import (
    FORECAST,
    HARBOUR,
    PRICES,
    Edit,
    added,
    at,
    in_parts,
    means,
    take,
    url,
)

BERTH = "Marinas/Berths/Update a berth"
SIGNED = build.auth("bearer", token="{{weather_token}}")


EDITS: dict[str, Edit] = {
    "a request removed": Edit(
        HARBOUR,
        lambda d: take(d, PRICES),
        ("breaking operation-removed client.marinas.prices.price_list(...)",),
    ),
    "redirects that are not followed": Edit(
        "protocol_behavior",
        lambda d: at(d, "Followed").update(
            protocolProfileBehavior={"followRedirects": False}
        ),
        ("additive operation-redirects client.followed(...) follows -> returns",),
    ),
    "a form sent in parts": Edit(
        "forms_files_and_graphql",
        lambda d: in_parts(at(d, "Log in")["request"]["body"]),
        ("additive operation-body client.log_in(...) form -> parts",),
    ),
    "a request added": Edit(
        HARBOUR,
        lambda d: added(d, "News", "{{base_url}}/news"),
        ("additive operation-added client.news(...)",),
    ),
    "a request moved": Edit(
        HARBOUR,
        lambda d: at(d, "Vessels")["item"].append(take(d, PRICES)),
        (
            "breaking operation-moved client.marinas.prices.price_list(...) client.marinas.prices.price_list(...) -> client.vessels.price_list(...)",
        ),
    ),
    "a request renamed, which renames no method": Edit(
        HARBOUR,
        lambda d: at(d, PRICES).update(name="Tariffs"),
        (
            "docs operation-docs client.marinas.prices.price_list(...) name Price list -> Tariffs",
        ),
    ),
    "a folder renamed, which renames no attribute": Edit(
        HARBOUR,
        lambda d: at(d, "Marinas").update(name="Harbours"),
        ("docs folder-docs client.marinas name Marinas -> Harbours",),
    ),
    "a folder moved": Edit(
        HARBOUR,
        lambda d: at(d, "Bookings")["item"].append(take(d, "Invoices")),
        (
            "breaking folder-moved client.invoices client.invoices -> client.bookings.invoices",
        ),
    ),
    "another method": Edit(
        HARBOUR,
        lambda d: at(d, BERTH)["request"].update(method="PUT"),
        (
            "additive operation-method client.marinas.berths.update_a_berth(...) PATCH -> PUT",
        ),
    ),
    "another path": Edit(
        HARBOUR,
        lambda d: url(d, FORECAST)["path"].append("hourly"),
        (
            "additive operation-url client.weather.forecast(...) {base_url}/weather/{station}/forecast -> {base_url}/weather/{station}/forecast/hourly",
        ),
    ),
    "another server": Edit(
        HARBOUR,
        lambda d: url(d, PRICES).update(host=["{{prices_url}}"]),
        (
            "breaking setting-added-required Client(...) prices_url",
            "breaking operation-server client.marinas.prices.price_list(...) {base_url} -> {prices_url}",
        ),
    ),
    "another constant header": Edit(
        "headers",
        lambda d: at(d, "Send headers")["request"]["header"][0].update(
            value="text/plain"
        ),
        (
            "additive operation-headers client.send_headers(...) Accept application/vnd.example+json;v={1} -> text/plain",
        ),
    ),
    "another GraphQL query": Edit(
        "forms_files_and_graphql",
        lambda d: at(d, "Query")["request"]["body"]["graphql"].update(
            query="query Q($id: ID!) { pets(id: $id) { name } }"
        ),
        (
            "breaking argument-removed client.query(...) o",
            "additive operation-query client.query(...) query Q($id: ID!, $first: Int = 3, $o: [Order!]) { pets(id: $id, first: $first, o: $o) { name } } -> query Q($id: ID!) { pets(id: $id) { name } }",
        ),
    ),
    "another auth": Edit(
        HARBOUR,
        lambda d: at(d, "Weather").update(auth=SIGNED),
        (
            "breaking setting-added-required Client(...) weather_token",
            "breaking setting-removed Client(...) weather_key",
            "additive operation-auth client.weather.forecast(...) apikey: weather_key -> bearer: weather_token",
            "additive operation-auth client.weather.warnings(...) apikey: weather_key -> bearer: weather_token",
        ),
    ),
    "another description": Edit(
        HARBOUR,
        lambda d: at(d, FORECAST)["request"].update(description="New."),
        (
            "docs operation-docs client.weather.forecast(...) description Wind, waves and water level for the next hours. -> New.",
        ),
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_means_this(name: str) -> None:
    assert means(EDITS[name]) == [*EDITS[name].meaning]
