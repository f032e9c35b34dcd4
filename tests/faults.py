"""Collections of format 2 with a few plausible faults each, for the law that parser and schema agree.

(``damage`` has sources of every format with any damage at all, for the law that reading ends well.)
"""

from __future__ import annotations

import copy
import typing

from hypothesis import strategies as st

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

#: JSON as tests write it: narrower literals than ``Json`` fit in.
Data: typing.TypeAlias = typing.Any

_REQUEST: Data = {
    "method": "POST",
    "description": "what it does",
    "auth": {"type": "apikey", "apikey": [{"key": "key", "value": "X-Key"}]},
    "proxy": {"host": "proxy.test", "port": 8080},
    "url": {
        "raw": "https://h.test/a/:id?q=1",
        "protocol": "https",
        "host": ["h", "test"],
        "port": "443",
        "path": ["a", ":id", {"type": "string", "value": "b"}],
        "query": [{"key": "q", "value": "1"}, {"key": None, "value": None}],
        "hash": "end",
        "variable": [{"key": "id", "value": "7"}, {"id": "old"}],
    },
    "header": [{"key": "A", "value": "1", "description": {"content": "why"}}],
    "body": {
        "mode": "raw",
        "raw": "{}",
        "options": {"raw": {"language": "json"}},
        "urlencoded": [{"key": "a", "value": "1"}],
    },
}

_RESPONSE: Data = {
    "name": "found",
    "originalRequest": {"method": "GET", "url": "https://h.test", "header": "A: 1"},
    "status": "OK",
    "code": 200,
    "header": [{"key": "A", "value": "1"}, "B: 2"],
    "cookie": [{"domain": "h.test", "path": "/"}],
    "body": "{}",
    "_postman_previewlanguage": "json",
}


def _event() -> Data:
    script = {"type": "text/javascript", "exec": ["a", "b"]}
    return {"listen": "test", "script": script}


_DISABLED: Data = {"listen": "prerequest", "disabled": True, "script": {"exec": "c"}}


def _field(mode: str, *fields: Data) -> Data:
    body = {"mode": mode, mode: [*fields]}
    return {"name": mode, "request": {"url": "https://h.test", "body": body}}


#: Of format 2.1, nothing in it twice (copies would share it), sound for Postman's own schema, and with a bit of everything.
SOUND: Data = {
    "info": {
        "name": "Shop",
        "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        "description": {"content": "all of it", "type": "text/plain"},
    },
    "variable": [{"key": "base", "value": "x", "description": "d"}, {"id": "old"}],
    "auth": {"type": "basic", "basic": [{"key": "username", "value": "u"}]},
    "event": [_event(), _DISABLED],
    "protocolProfileBehavior": {"disableBodyPruning": True},
    "item": [
        {
            "name": "Folder",
            "description": "some of it",
            "auth": {"type": "noauth", "noauth": [{"key": "k"}]},
            "event": [_event()],
            "item": [
                {
                    "name": "one",
                    "request": _REQUEST,
                    "response": [_RESPONSE, {"body": None, "header": None}],
                    "event": [_event()],
                }
            ],
        },
        {"name": "two", "request": "https://h.test/x"},
        {"request": {"url": {"raw": "https://h.test"}, "header": "A: 1"}},
        {"request": {"url": {"host": "h.test", "path": "/x"}}, "response": []},
        _field("urlencoded", {"key": "a", "value": "1", "description": None}),
        _field("formdata", {"key": "f", "type": "file", "src": ["x"]}),
    ],
}

#: The same in format 2.0, which differs in the parameters of auths.
SOUND_20: Data = copy.deepcopy(SOUND)
SOUND_20["auth"]["basic"] = {"username": "u"}
SOUND_20["item"][0]["item"][0]["request"]["auth"]["apikey"] = {"key": "X-Key"}

_ODD: list[Data] = [
    *(None, True, False, 0, 5, 1.5, "", "x", "urlencoded", [], {}),
    *([5], ["a"], [None], [[]], [{}], [{"key": {}}], [{"id": {}}]),
    *({"x": {}}, {"a": "1"}, {"key": {}}, {"value": {}}, {"content": {}}),
    *({"raw": "https://h.test"}, {"type": "magic", "magic": [{"key": {}}]}),
]

_KEYS = [
    *("auth", "body", "code", "collection", "description", "disabled", "event"),
    *("header", "host", "id", "info", "item", "items", "key", "language", "mode"),
    *("name", "options", "query", "raw", "request", "response", "script", "type"),
    *("url", "user", "value", "variable", "_postman_previewlanguage"),
]


@st.composite
def damaged(draw: st.DrawFn, sound: Data = SOUND) -> Data:
    """A copy of a sound collection with one to three faults."""
    data = copy.deepcopy(sound)
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 2, 3]))):
        places = list(_places(data))
        if places:
            owner, key = draw(st.sampled_from(places))
            _break(draw, owner, key, [found[at] for found, at in places])
    return data


def _break(draw: st.DrawFn, owner: Data, key: Data, others: list[Data]) -> None:
    kind = draw(st.sampled_from(["drop", "odd", "odd", "swap", "add", "wrap", "first"]))
    if kind == "drop":
        del owner[key]
    elif kind == "swap":
        owner[key] = copy.deepcopy(draw(st.sampled_from(others)))
    elif kind == "add" and isinstance(owner[key], dict):
        name = draw(st.sampled_from(_KEYS))
        owner[key][name] = copy.deepcopy(draw(st.sampled_from(_ODD)))
    elif kind == "wrap":
        owner[key] = [owner[key]]
    elif kind == "first" and isinstance(owner[key], list) and owner[key]:
        owner[key] = owner[key][0]
    else:
        owner[key] = copy.deepcopy(draw(st.sampled_from(_ODD)))


def _places(data: Data) -> Iterator[tuple[Data, Data]]:
    """Everything in it, as what it stands in and where."""
    keys = data if isinstance(data, dict) else range(len(data))
    for key in keys:
        yield data, key
        if isinstance(data[key], (dict, list)):
            yield from _places(data[key])
