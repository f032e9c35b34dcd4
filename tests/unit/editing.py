"""Edits of our own collections, as people make them, and what they mean for the users of a client."""

from __future__ import annotations

import copy
import json
import typing
from pathlib import Path

import build
from differing import Data, changes

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from pmgen.diff.model import Change

ROOT = Path(__file__).parent.parent.parent
HARBOUR = "collections/harbour.json"
GOLDEN = "tests/golden/{}/collection.json"
FORECAST = "Weather/Forecast"
PRICES = "Marinas/Prices/Price list"
BODY = {
    "mode": "raw",
    "raw": '{"why": "sold"}',
    "options": {"raw": {"language": "json"}},
}


def source(path: Data) -> Data:
    """A collection of our own, by its path or the name of its golden case; or one of this module."""
    if not isinstance(path, str):
        return path
    found = path if "/" in path else GOLDEN.format(path)
    return json.loads((ROOT / found).read_text(encoding="utf-8"))


def at(data: Data, trail: str) -> Data:
    """A folder or request by the names on the way."""
    for name in trail.split("/"):
        data = next(item for item in data["item"] if item["name"] == name)
    return data


def around(data: Data, trail: str) -> list[Data]:
    """The list that a folder or request is in."""
    outer = trail.rpartition("/")[0]
    return typing.cast("list[Data]", (at(data, outer) if outer else data)["item"])


def take(data: Data, trail: str) -> Data:
    """The same, out of its list."""
    found = at(data, trail)
    around(data, trail).remove(found)
    return found


def query(data: Data, trail: str) -> list[Data]:
    """The query of a request."""
    return typing.cast("list[Data]", at(data, trail)["request"]["url"]["query"])


def reply(data: Data, trail: str, change: Callable[[Data], object]) -> Data:
    """The first example saved once more with its body changed."""
    found = at(data, trail)["response"]
    new = copy.deepcopy(found[0])
    body = json.loads(new["body"])
    change(body)
    found.append({**new, "name": f"{new['name']} again", "body": json.dumps(body)})
    return found


def replies(data: Data, trail: str, change: Callable[[Data], object]) -> None:
    """Every successful example of a request changed in its place."""
    for found in at(data, trail)["response"]:
        if found["code"] < 300:
            body = json.loads(found["body"])
            change(body)
            found["body"] = json.dumps(body)


def means(edit: Edit) -> list[str]:
    """The changes that an edit makes, a line for each."""
    old = source(edit.source)
    new = copy.deepcopy(old)
    edit.make(new)
    assert new != old
    return [line(found) for found in changes(old, new)]


def line(found: Change) -> str:
    """A change on one line."""
    values = f"{found.was} -> {found.now}" if found.was or found.now else ""
    parts = (found.level, found.kind, found.subject, found.what, values)
    return " ".join(filter(None, parts))


def added(data: Data, name: str, url: Data, *saved: Data) -> Data:
    """A request at the end of the collection."""
    data["item"].append(build.item(build.get(url), *saved, name=name))
    return data


def saved(status: int, body: Data) -> Data:
    """An example."""
    return {"name": "Saved", "code": status, "body": json.dumps(body)}


def url(data: Data, trail: str) -> Data:
    """The URL of a request."""
    return at(data, trail)["request"]["url"]


class Edit(typing.NamedTuple):
    """A change that people make to a collection, and all that it means for users."""

    source: Data
    make: Callable[[Data], object]
    meaning: tuple[str, ...] = ()


def rename_variable(item: Data, old: str, new: str) -> None:
    """In the path, in its list of variables, in what examples were replies to."""
    for request in (item["request"], *(r["originalRequest"] for r in item["response"])):
        url = request["url"]
        url["path"] = [f":{new}" if part == f":{old}" else part for part in url["path"]]
        for variable in url["variable"]:
            variable["key"] = new if variable["key"] == old else variable["key"]


def sent(data: Data, trail: str, change: Callable[[Data], object]) -> Data:
    """The body changed that the first example was a reply to."""
    body = at(data, trail)["response"][0]["originalRequest"]["body"]
    found = json.loads(body["raw"])
    change(found)
    body["raw"] = json.dumps(found)
    return found


def declared(data: Data, trail: str, change: Callable[[Data], object]) -> Data:
    """The body changed that a request declares."""
    body = at(data, trail)["request"]["body"]
    found = json.loads(body["raw"])
    change(found)
    body["raw"] = json.dumps(found)
    return found


def swap(item: Data) -> None:
    """`/teams/:team/members/:id` as `/members/:id/teams/:team`."""
    for request in (item["request"], *(r["originalRequest"] for r in item["response"])):
        path = request["url"]["path"]
        path[:] = [*path[2:], *path[:2]]


def in_parts(body: Data) -> None:
    """A urlencoded body as form-data."""
    body.update(mode="formdata", formdata=body.pop("urlencoded"))


def replace(data: Data, trail: str, body: Data) -> None:
    """The first example with another body."""
    at(data, trail)["response"][0]["body"] = json.dumps(body)


def to_header(request: Data, number: int) -> None:
    """A query parameter that the caller may give, as such a header."""
    found = request["url"]["query"].pop(number)
    request.setdefault("header", []).append({**found, "disabled": True})
