"""What a collection says of how requests are sent: flags of the collection, its folders, its items."""

from __future__ import annotations

import build
import pytest

from pmgen.diagnostics import Rule
from pmgen.postman import Folder, Item


def flags(**said: build.Data) -> build.Data:
    return {"protocolProfileBehavior": said}


def nested(collection: build.Data, folder: build.Data, item: build.Data) -> Item:
    inner = build.folder("F", build.item("http://h", **item), **folder)
    (found,) = build.parse(build.collection(inner, **collection))[0].root.members
    assert isinstance(found, Folder)
    (member,) = found.members
    assert isinstance(member, Item)
    return member


@pytest.mark.parametrize(
    ("collection", "folder", "item", "follows"),
    [
        ({}, {}, {}, True),
        (flags(followRedirects=False), {}, {}, False),
        (flags(followRedirects=False), flags(followRedirects=True), {}, True),
        ({}, flags(followRedirects=False), flags(followRedirects=None), False),
        ({}, flags(followRedirects=False), flags(followRedirects="true"), False),
        ({}, {}, flags(followRedirects=False), False),
    ],
)
def test_the_nearest_word_on_redirects_counts(
    collection: build.Data, folder: build.Data, item: build.Data, follows: bool
) -> None:
    assert nested(collection, folder, item).behavior.follows_redirects is follows


@pytest.mark.parametrize(
    ("folder", "item", "dropped"),
    [
        ({"user-agent": True}, None, {"user-agent"}),
        ({"user-agent": True}, {}, set()),
        ({"user-agent": True}, {"accept": True, "connection": False}, {"accept"}),
        ({"User-Agent": True, "accept": "true"}, None, set()),
        (["user-agent"], None, set()),
        ({"content-type": True, "x-mine": True}, None, {"content-type"}),
    ],
)
def test_headers_that_are_not_added(
    folder: build.Data, item: build.Data, dropped: set[str]
) -> None:
    found = nested(
        {}, flags(disabledSystemHeaders=folder), flags(disabledSystemHeaders=item)
    )
    assert found.behavior.drops == dropped


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"followRedirects": False, "disableBodyPruning": True}, ""),
        ({"disabledSystemHeaders": {"accept": True}}, ""),
        ({"disabledSystemHeaders": {"host": False}}, ""),
        ({"disabledSystemHeaders": {"host": True}}, "disabledSystemHeaders.host"),
        ({"maxRedirects": 3, "disableCookies": True}, "disableCookies, maxRedirects"),
    ],
)
def test_what_is_left_to_the_http_client_is_told(said: build.Data, told: str) -> None:
    item = build.item("http://h", **flags(**said))
    _, found = build.parse(build.collection(item))
    texts = [f"The client does not act upon {told}"] if told else []
    assert [(d.rule, d.text) for d in found] == [
        (Rule.BEHAVIOUR_IGNORED, text) for text in texts
    ]
