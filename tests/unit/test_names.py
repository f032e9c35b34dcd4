"""What things are called: short where it can be, told apart by what a reader sees, numbered last."""

from __future__ import annotations

import json

import build
import pytest

from pmgen.infer import decide, endpoints, roles
from pmgen.names import names_of
from pmgen.names.english import singular
from pmgen.names.symbols import Thing


def called(*items: build.Data, **more: build.Data) -> dict[Thing, list[str]]:
    """The names of a collection's client, by what has them, in document order."""
    api, _ = build.lowered(build.collection(*items, **more))
    table = decide(roles(api), endpoints(api))
    found: dict[Thing, list[str]] = {}
    for symbol, name in names_of(api, table).found.items():
        found.setdefault(symbol.thing, []).append(str(name))
    return found


def reply(body: build.Data, status: int = 200, name: str = "ok") -> build.Data:
    """A saved reply with this JSON."""
    return {"name": name, "code": status, "body": json.dumps(body)}


def get(name: str, *replies: build.Data, url: str = "https://h.test/x") -> build.Data:
    """A GET request."""
    return build.item(build.get(url), *replies, name=name)


FIELDS = [
    (["id", "_id"], ["id", "underscore_id"]),
    (["_id", "id"], ["underscore_id", "id"]),
    (["_id"], ["id"]),
    (["iban", "IBAN"], ["iban", "iban_upper"]),
    (["IBAN", "iban"], ["iban_upper", "iban"]),
    (["Email", "email"], ["email_capital", "email"]),
    (["userId", "user_id"], ["user_id_camel", "user_id"]),
    (["userId", "UserId"], ["user_id", "user_id_capital"]),
    (["+1", "-1"], ["plus_1", "dash_1"]),
    (["a-b", "a.b", "a b"], ["a_b", "a_dot_b", "a_space_b"]),
    (["class", "Class"], ["class_", "class_capital"]),
    (["x" * 50 + "1", "x" * 50 + "2"], ["x" * 40, "x" * 50 + "2"]),
]


@pytest.mark.parametrize(("keys", "expected"), FIELDS)
def test_fields(keys: list[str], expected: list[str]) -> None:
    found = called(get("Shop", reply(dict.fromkeys(keys, 1))))
    assert found[Thing.FIELD] == expected


OPERATIONS = [
    ([get("Get it", url="h/a"), get("Get it", url="h/b")], ["get_it", "get_it_b"]),
    (
        [get("Users", url="h/v1/users"), get("Users", url="h/v2/users")],
        ["users", "users_v2"],
    ),
    (
        [
            get("Pay"),
            build.item({"method": "PUT", "url": "https://h.test/x"}, name="Pay"),
        ],
        ["pay", "pay_put"],
    ),
    ([get("Pay"), get("pay")], ["pay", "pay_lower"]),
    ([get("Pay"), get("Pay!")], ["pay", "pay_bang"]),
    ([get("Pay"), get("Pay"), get("Pay")], ["pay", "pay_2", "pay_3"]),
    (
        [
            get("List all the users of an organisation by name"),
            get("List all the users of an organisation by id"),
        ],
        [
            "list_all_the_users_of_an_organisation_by",
            "list_all_the_users_of_an_organisation_by_id",
        ],
    ),
]


@pytest.mark.parametrize(("items", "expected"), OPERATIONS)
def test_operations(items: list[build.Data], expected: list[str]) -> None:
    assert called(*items)[Thing.OPERATION] == expected


def test_classes_are_unique_within_a_client() -> None:
    found = called(
        build.folder("Orders", get("Get", reply({"user": {"a": 1}, "x": 1}))),
        build.folder("Carts", get("Get", reply({"user": {"b": "x"}, "y": 1}))),
        build.folder("Sales", get("Get", reply({"user": {"c": []}, "z": 1}))),
    )
    assert found[Thing.RECORD] == [
        *("Get", "User"),
        *("GetReply", "GetUser"),
        *("SalesGetReply", "SalesGetUser"),
    ]


def test_a_class_that_is_alike_in_name_is_told_by_its_place() -> None:
    nested = {"user": {"a": 1}, "owner": {"user": {"b": 1}}}
    found = called(get("Get shop", reply(nested)))
    assert found[Thing.RECORD] == ["Shop", "User", "Owner", "OwnerUser"]


def test_replies_of_several_statuses() -> None:
    found = called(
        get("Get shop", reply({"a": 1}), reply({"b": 1}, 201), reply({"c": 1}, 202))
    )
    assert found[Thing.RECORD] == ["Shop", "GetShop", "GetShopAcceptedReply"]


def test_folders_of_one_name_are_told_by_what_they_hold() -> None:
    put = {"method": "PUT", "url": "https://h.test/x"}
    found = called(
        build.folder("Users", get("List")),
        build.folder("Users", build.item(put, name="Save")),
        build.folder("Users", get("List"), get("Find")),
        build.folder("Users", get("List")),
    )
    assert found[Thing.GROUP] == ["users", "users_put", "users_find", "users_2"]
    assert found[Thing.GROUP_CLASS][1:] == [
        *("Users", "UsersPut", "UsersFind", "Users2")
    ]
    assert found[Thing.TEST_MODULE] == [
        *("client", "users", "users_put", "users_find", "users_2")
    ]


def test_an_operation_gives_way_to_a_folder() -> None:
    found = called(get("Users"), build.folder("Users", get("List")))
    assert found[Thing.GROUP] == ["users"]
    assert found[Thing.OPERATION] == ["users_get", "list_"]
    assert found[Thing.TEST_CLASS] == ["TestUsersGet", "TestList"]


def test_test_modules_of_deep_folders() -> None:
    deep = "A rather long name of a folder"
    found = called(
        build.folder(deep, build.folder(deep, build.folder("x", get("a")))),
        build.folder("b", build.folder(deep, build.folder("x", get("a")))),
    )
    assert len(set(found[Thing.TEST_MODULE])) == len(found[Thing.TEST_MODULE])
    assert max(map(len, found[Thing.TEST_MODULE])) <= 60
    assert not [name for name in found[Thing.TEST_MODULE] if name[-1].isdigit()]


def test_settings_are_told_by_who_uses_them() -> None:
    found = called(
        *(
            build.folder(
                name,
                build.item(
                    build.get("https://h.test", header=build.pairs(Authorization=name)),
                    name="Ping",
                ),
            )
            for name in ("One", "Two", "Three")
        )
    )
    assert found[Thing.SETTING] == [
        "base_url",
        "header_authorization",
        "authorization",
        "authorization_three",
    ]


SINGULARS = [
    *(("addresses", "address"), ("statuses", "status"), ("data", "datum")),
    *(("series", "series"), ("news", "news"), ("children", "child")),
    *(("people", "person"), ("criteria", "criterion"), ("indices", "index")),
    *(("analyses", "analysis"), ("links", "link"), ("名前", "名前")),
]


@pytest.mark.parametrize(("plural", "expected"), SINGULARS)
def test_singular(plural: str, expected: str) -> None:
    assert singular((plural,)) == (expected,)
