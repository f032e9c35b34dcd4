"""What edits of parameters and bodies mean for users."""

from __future__ import annotations

import pytest
from editing import (
    BODY,
    HARBOUR,
    Edit,
    at,
    declared,
    means,
    query,
    rename_variable,
    sent,
    swap,
    to_header,
)

REQUIRED = "(Required) Language of texts"

EDITS: dict[str, Edit] = {
    "an argument added": Edit(
        HARBOUR,
        lambda d: query(d, "Vessels/List vessels").append(
            {"key": "lang", "value": "en"}
        ),
        (
            "additive argument-added client.vessels.list_vessels(...) lang  -> str | None",
        ),
    ),
    "a required argument added": Edit(
        HARBOUR,
        lambda d: query(d, "Vessels/List vessels").append(
            {"key": "lang", "value": "en", "description": REQUIRED}
        ),
        (
            "breaking argument-added-required client.vessels.list_vessels(...) lang  -> str",
        ),
    ),
    "an argument removed": Edit(
        "query_parameters",
        lambda d: query(d, "Search").pop(3),
        ("breaking argument-removed client.search(...) deep",),
    ),
    "an argument became required": Edit(
        "query_parameters",
        lambda d: query(d, "Search")[1].update(description=REQUIRED),
        (
            "breaking argument-required client.search(...) page not sent -> ",
            "docs argument-docs client.search(...) page Counts from 1 -> (Required) Language of texts",
        ),
    ),
    "an argument became optional": Edit(
        "query_parameters",
        lambda d: query(d, "Search")[0].update(description="Words"),
        (
            "additive argument-optional client.search(...) q  -> not sent",
            "docs argument-docs client.search(...) q (Required) What to look for -> Words",
        ),
    ),
    "an argument's type is narrower": Edit(
        "query_parameters",
        lambda d: query(d, "Search")[1].update(value="first"),
        (
            "breaking argument-narrower client.search(...) page int | str | None -> str | None",
            "docs argument-sample client.search(...) page 1 -> first",
        ),
    ),
    "an argument's type is wider": Edit(
        "query_parameters",
        lambda d: query(d, "Search")[8].update(value="7"),
        (
            "additive argument-wider client.search(...) from_ str | None -> int | str | None",
            "docs argument-sample client.search(...) from_ 2024-01-02 -> 7",
        ),
    ),
    "an argument's default is another": Edit(
        "headers",
        lambda d: d["variable"][1].update(value="east"),
        (
            'breaking argument-default client.send_headers(...) region "west" -> "east"',
            "docs argument-sample client.send_headers(...) region west -> east",
        ),
    ),
    "an argument lost its default": Edit(
        "headers",
        lambda d: d["variable"].pop(1),
        (
            'breaking argument-required client.send_headers(...) region "west" -> ',
            "docs argument-docs client.send_headers(...) region Part of the data centre's name -> ",
            "docs argument-sample client.send_headers(...) region west -> ",
        ),
    ),
    "an argument of the path got a default": Edit(
        HARBOUR,
        lambda d: d["variable"].append({"key": "vessel_id", "value": "v1"}),
        (
            "breaking argument-keyword client.vessels.delete_a_vessel(...) vessel_id",
            "breaking argument-keyword client.vessels.get_a_vessel(...) vessel_id",
            "breaking argument-keyword client.vessels.replace_a_vessel(...) vessel_id",
            'additive argument-optional client.vessels.delete_a_vessel(...) vessel_id  -> "v1"',
            'additive argument-optional client.vessels.get_a_vessel(...) vessel_id  -> "v1"',
            'additive argument-optional client.vessels.replace_a_vessel(...) vessel_id  -> "v1"',
            "docs argument-sample client.vessels.delete_a_vessel(...) vessel_id 0b9f3a1e-6a57-4f7a-9d0e-51c2b7a4e901 -> v1",
            "docs argument-sample client.vessels.get_a_vessel(...) vessel_id 0b9f3a1e-6a57-4f7a-9d0e-51c2b7a4e901 -> v1",
            "docs argument-sample client.vessels.replace_a_vessel(...) vessel_id 0b9f3a1e-6a57-4f7a-9d0e-51c2b7a4e901 -> v1",
        ),
    ),
    "an argument renamed": Edit(
        "path_variables",
        lambda d: rename_variable(at(d, "Get a member"), "id", "member"),
        ("breaking argument-renamed client.get_a_member(...) id -> member",),
    ),
    "arguments in another order": Edit(
        "path_variables",
        lambda d: swap(at(d, "Get a member")),
        (
            "breaking argument-order client.get_a_member(...) team, id -> id, team",
            "additive operation-url client.get_a_member(...) {base}/teams/{team}/members/{id} -> {base}/members/{id}/teams/{team}",
        ),
    ),
    "an argument sent as a header": Edit(
        "query_parameters",
        lambda d: to_header(at(d, "Search")["request"], 3),
        ("additive argument-sent client.search(...) deep query deep -> header deep",),
    ),
    "a field of a form added": Edit(
        "forms_files_and_graphql",
        lambda d: at(d, "Log in")["request"]["body"]["urlencoded"].append(
            {"key": "otp", "value": "1"}
        ),
        ("additive argument-added client.log_in(...) otp  -> int | str | None",),
    ),
    "an argument that is a file": Edit(
        "forms_files_and_graphql",
        lambda d: at(d, "Upload")["request"]["body"]["formdata"][0].update(
            type="file", src="a.txt"
        ),
        (
            "breaking argument-changed client.upload(...) title str | None -> File | None",
            'docs argument-sample client.upload(...) title x "y" -> ',
        ),
    ),
    "a body that is a file": Edit(
        "json_body",
        lambda d: at(d, "Rename order")["request"].update(
            body={"mode": "file", "file": {"src": "a.bin"}}
        ),
        (
            "breaking body-changed client.rename_order(...) RenameOrderBody | Content -> File",
            "breaking class-removed shop.models.RenameOrderBody",
        ),
    ),
    "a body that is JSON": Edit(
        "text_body",
        lambda d: at(d, "Send a note")["request"].update(body=BODY),
        (
            "additive body-wider client.send_a_note(...) str | bytes -> SendANoteBody | Content",
            "additive class-added shop.models.SendANoteBody",
        ),
    ),
    "a body added": Edit(
        HARBOUR,
        lambda d: at(d, "Vessels/Delete a vessel")["request"].update(body=BODY),
        (
            "breaking body-added client.vessels.delete_a_vessel(...)  -> VesselBody | Content",
            "additive class-added shop.vessels.models.VesselBody",
        ),
    ),
    "a body removed": Edit(
        "json_body",
        lambda d: at(d, "Rename order")["request"].pop("body"),
        (
            "breaking body-removed client.rename_order(...) RenameOrderBody | Content -> ",
            "breaking class-removed shop.models.RenameOrderBody",
        ),
    ),
    "a body of another kind": Edit(
        "json_body",
        lambda d: at(d, "Rename order")["request"].update(
            body={"mode": "raw", "raw": "plain"}
        ),
        (
            "breaking body-narrower client.rename_order(...) RenameOrderBody | Content -> str | bytes",
            "breaking class-removed shop.models.RenameOrderBody",
        ),
    ),
    "a key of a body in all that were seen": Edit(
        "json_body",
        lambda d: sent(d, "Create order", lambda b: b.update(note="x")),
        (
            "breaking field-required shop.models.OrderBody note Json -> str | None",
            "breaking field-narrower shop.models.OrderBody note Json -> str | None",
        ),
    ),
    "a key of a body not in all that were seen": Edit(
        "json_body",
        lambda d: sent(d, "Create order", lambda b: b.pop("lines")),
        (
            "additive field-optional shop.models.OrderBody lines list[Line] -> list[Line] | None",
        ),
    ),
    "a key more in all bodies": Edit(
        "json_body",
        lambda d: (
            sent(d, "Create order", lambda b: b.update(vip=True)),
            declared(d, "Create order", lambda b: b.update(vip=True)),
        ),
        ("breaking field-added-required shop.models.OrderBody vip  -> bool",),
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_means_this(name: str) -> None:
    assert means(EDITS[name]) == [*EDITS[name].meaning]
