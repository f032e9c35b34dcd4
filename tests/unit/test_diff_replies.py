"""What edits of saved examples mean for users."""

from __future__ import annotations

import copy

import build
import pytest
from editing import (
    FORECAST,
    HARBOUR,
    Edit,
    added,
    at,
    means,
    replace,
    replies,
    reply,
    saved,
    url,
)

TWO = build.collection(
    build.item(
        build.get("{{base}}/notes/:id"),
        saved(200, {"id": 1, "title": "x", "text": "y"}),
        name="Get note",
    ),
    build.item(
        build.get("{{base}}/pets/:id"),
        saved(200, {"id": 2, "by": "Ann", "text": "z"}),
        name="Get pet",
    ),
)
FAILING = build.collection(
    build.item(build.get("{{base}}/notes/:id"), saved(404, {"why": "x"}), name="Get"),
    build.item(
        build.get("{{base}}/pets/:id"),
        saved(409, {"why": "x"}),
        saved(409, "no"),
        name="Get either",
    ),
)
BOOKING = "Bookings/Get a booking"

EDITS: dict[str, Edit] = {
    "a field removed": Edit(
        HARBOUR,
        lambda d: replies(d, FORECAST, lambda b: b.pop("station", None)),
        ("breaking field-removed shop.weather.models.Forecast station str -> ",),
    ),
    "a field added": Edit(
        HARBOUR,
        lambda d: replies(d, FORECAST, lambda b: b.update(sunrise="04:58")),
        ("additive field-added shop.weather.models.Forecast sunrise  -> str",),
    ),
    "a field of another type": Edit(
        HARBOUR,
        lambda d: replies(d, FORECAST, lambda b: b.update(station=5)),
        ("breaking field-changed shop.weather.models.Forecast station str -> int",),
    ),
    "an example with a null": Edit(
        HARBOUR,
        lambda d: reply(d, FORECAST, lambda b: b.update(station=None)),
        (
            "inference field-nullable shop.weather.models.Forecast station str -> str | None",
        ),
    ),
    "an example without a key": Edit(
        HARBOUR,
        lambda d: reply(d, FORECAST, lambda b: b.pop("station")),
        (
            "inference field-optional shop.weather.models.Forecast station str -> str | None",
        ),
    ),
    "an example of another type": Edit(
        HARBOUR,
        lambda d: reply(d, FORECAST, lambda b: b.update(station=5)),
        (
            "inference field-wider shop.weather.models.Forecast station str -> str | int",
        ),
    ),
    "an example with a key more": Edit(
        HARBOUR,
        lambda d: reply(d, FORECAST, lambda b: b.update(moon=1)),
        ("additive field-added shop.weather.models.Forecast moon  -> int | None",),
    ),
    "an example with a decimal": Edit(
        HARBOUR,
        lambda d: reply(
            d, "Vessels/List vessels", lambda b: b["page"].update(total=1.5)
        ),
        ("inference field-wider shop.models.Page total int -> float",),
    ),
    "an example with another text": Edit(
        HARBOUR,
        lambda d: reply(
            d, "Marinas/Berths/Get a berth", lambda b: b.update(state="sunk")
        ),
        (
            "docs field-docs shop.models.Berth state closed, free, reserved, taken -> closed, free, reserved, sunk, taken",
        ),
    ),
    "an example without a key that may be null": Edit(
        HARBOUR,
        lambda d: reply(d, "Vessels/List vessels", lambda b: b["page"].pop("next")),
        (
            "inference field-optional shop.models.Page next str | None -> str | Unset | None",
        ),
    ),
    "an example like another": Edit(
        HARBOUR, lambda d: reply(d, FORECAST, lambda _: None), ()
    ),
    "an example of a type that has no date": Edit(
        HARBOUR,
        lambda d: reply(d, BOOKING, lambda b: b.update(created_at="soon")),
        (
            "breaking field-changed shop.bookings.models.Booking created_at datetime -> str",
        ),
    ),
    "an example with a null, and another request": Edit(
        HARBOUR,
        lambda d: (
            reply(d, FORECAST, lambda b: b.update(station=None)),
            url(d, FORECAST)["path"].append("hourly"),
        ),
        (
            "breaking field-nullable shop.weather.models.Forecast station str -> str | None",
            "additive operation-url client.weather.forecast(...) {base_url}/weather/{station}/forecast -> {base_url}/weather/{station}/forecast/hourly",
        ),
    ),
    "a failure": Edit(
        HARBOUR,
        lambda d: at(d, "Weather/Warnings")["response"].append(saved(500, {"oops": 1})),
        (
            "additive error-class-added shop InternalServerError",
            "additive error-body-added client.weather.warnings(...) InternalServerError (500)  -> InternalServerErrorReply",
            "additive class-added shop.weather.models.InternalServerErrorReply",
        ),
    ),
    "a failure without its examples": Edit(
        HARBOUR,
        lambda d: at(d, "Invoices/Download an invoice")["response"].pop(),
        (
            "breaking error-class-removed shop GoneError",
            "breaking error-body-removed client.invoices.download_an_invoice(...) GoneError (410) DownloadAnInvoiceError -> ",
            "docs field-docs shop.invoices.models.DownloadAnInvoiceError title Expired, Unknown file -> Unknown file",
        ),
    ),
    "a status": Edit(
        HARBOUR,
        lambda d: at(d, "Vessels/Delete a vessel")["response"].append(
            saved(200, {"id": 1})
        ),
        (
            "inference reply-wider client.vessels.delete_a_vessel(...) None -> DeleteAVessel | None",
            "additive class-added shop.vessels.models.DeleteAVessel",
            "docs reply-status-added client.vessels.delete_a_vessel(...) 200",
        ),
    ),
    "a status less": Edit(
        HARBOUR,
        lambda d: at(d, "Bookings/Cancel a booking")["response"].pop(0),
        (
            "inference reply-narrower client.bookings.cancel_a_booking(...) CancelABooking | None -> CancelABooking",
            "docs reply-status-removed client.bookings.cancel_a_booking(...) 204",
        ),
    ),
    "a reply of another type": Edit(
        "lists_and_scalars_at_the_top",
        lambda d: replace(d, "List names", {"a": 1}),
        (
            "breaking reply-changed client.list_names(...) list[str] -> Names",
            "additive class-added shop.models.Names",
        ),
    ),
    "a reply of one more type": Edit(
        "lists_and_scalars_at_the_top",
        lambda d: at(d, "List names")["response"].append(saved(200, [1])),
        ("inference reply-wider client.list_names(...) list[str] -> list[str | int]",),
    ),
    "a first example of a reply": Edit(
        "protocol_behavior",
        lambda d: at(d, "Followed").update(response=[saved(200, {"id": 1})]),
        (
            "breaking reply-changed client.followed(...) Json -> Followed",
            "additive class-added shop.models.Followed",
            "docs reply-status-added client.followed(...) 200",
        ),
    ),
    "a failure of another type": Edit(
        FAILING,
        lambda d: replace(d, "Get", "no"),
        (
            "breaking error-body-changed client.get(...) NotFoundError (404) ErrorReply -> str",
        ),
    ),
    "a failure of one more type": Edit(
        FAILING,
        lambda d: at(d, "Get")["response"].append(saved(404, "no")),
        (
            "inference error-body-wider client.get(...) NotFoundError (404) ErrorReply -> ErrorReply | str",
        ),
    ),
    "a failure of one type less": Edit(
        FAILING,
        lambda d: at(d, "Get either")["response"].pop(),
        (
            "inference error-body-narrower client.get_either(...) ConflictError (409) ErrorReply | str -> ErrorReply",
        ),
    ),
    "a first example": Edit(
        "query_parameters",
        lambda d: added(d, "News", "{{base}}/news", saved(200, {"id": 1})),
        (
            "additive operation-added client.news(...)",
            "additive class-added shop.models.News",
        ),
    ),
    "a class that another folder has, too": Edit(
        HARBOUR,
        lambda d: at(d, "Vessels")["item"].append(
            copy.deepcopy(at(d, "Weather/Forecast"))
        ),
        (
            "breaking class-moved shop.weather.models.Forecast shop.weather.models.Forecast -> shop.models.Forecast",
            "breaking class-moved shop.weather.models.Hour shop.weather.models.Hour -> shop.models.Hour",
            "breaking class-moved shop.weather.models.Wind shop.weather.models.Wind -> shop.models.Wind",
            "additive operation-added client.vessels.forecast(...)",
        ),
    ),
    "two classes that are one now": Edit(
        TWO,
        lambda d: replies(
            d, "Get note", lambda b: b.update(by="Bob") or b.pop("title")
        ),
        (
            "breaking class-merged shop.models.Pet shop.models.Pet -> shop.models.Note",
            "breaking field-removed shop.models.Note title str -> ",
            "additive field-added shop.models.Note by  -> str",
            "docs field-docs shop.models.Note text y -> y, z",
            "docs field-docs shop.models.Pet by Ann -> Ann, Bob",
            "docs field-docs shop.models.Pet text z -> y, z",
        ),
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_means_this(name: str) -> None:
    assert means(EDITS[name]) == [*EDITS[name].meaning]
