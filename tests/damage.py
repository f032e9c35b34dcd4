"""Small collections of every format, and random damage to them."""

from __future__ import annotations

import copy
import json
import typing

from hypothesis import strategies as st

if typing.TYPE_CHECKING:
    from collections.abc import Callable

Data: typing.TypeAlias = typing.Any

_HEADERS = [{"key": "Accept", "value": "application/json", "disabled": False}]
_REPLY = '{"id": 1, "tags": ["a"], "at": "2024-01-02T03:04:05Z", "n": null}'
_URL = {
    "raw": "{{base}}/carts/:id?dry=1",
    "host": ["{{base}}"],
    "path": ["carts", ":id"],
    "query": [{"key": "dry", "value": "1", "description": {"content": "(Required)"}}],
    "variable": [{"key": "id", "value": "7", "type": "string"}],
}
_REQUEST = {
    "method": "PUT",
    "url": _URL,
    "header": _HEADERS,
    "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}"}]},
    "body": {
        "mode": "raw",
        "raw": '{"a": {{n}}, // c\n "b": "<integer>",}',
        "options": {"raw": {"language": "json"}},
    },
    "description": "Puts a cart.",
}
_RESPONSE = {
    "name": "done",
    "originalRequest": {"method": "PUT", "url": "https://h.test/carts/9", "header": ""},
    "code": 200,
    "status": "OK",
    "header": [{"key": "Content-Type", "value": "application/json"}],
    "_postman_previewlanguage": "json",
    "cookie": [],
    "body": _REPLY,
}
_EVENT = {"listen": "test", "script": {"type": "text/javascript", "exec": ["pm.x()"]}}
_ITEM = {
    "name": "put cart",
    "request": _REQUEST,
    "response": [_RESPONSE, {"name": "no", "code": 404, "header": None, "body": "no"}],
    "event": [_EVENT],
    "protocolProfileBehavior": {"disableBodyPruning": True},
}
_V2 = {
    "info": {
        "name": "Shop",
        "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        "description": {"content": "A shop.", "type": "text/markdown"},
    },
    "item": [
        {"name": "Carts", "item": [_ITEM, {"name": "ping", "request": "h.test/ping"}]},
        {
            "name": "form",
            "request": {
                "method": "POST",
                "url": "h.test/f",
                "body": {
                    "mode": "urlencoded",
                    "urlencoded": [{"key": "a", "value": "1"}],
                },
            },
        },
    ],
    "variable": [
        {"key": "base", "value": "https://{{h}}.test"},
        {"key": "h", "value": "a"},
    ],
    "auth": {"type": "apikey", "apikey": {"key": "k", "value": "v", "in": "query"}},
    "event": [_EVENT],
}
_V1 = {
    "id": "c1",
    "name": "Shop",
    "order": ["r1"],
    "folders_order": ["f1"],
    "folders": [
        {"id": "f1", "name": "Carts", "order": ["r2", "r9"], "folders_order": []}
    ],
    "requests": [
        {
            "id": "r1",
            "name": "ping",
            "method": "GET",
            "url": "{{base}}/ping",
            "headers": "",
        },
        {
            "id": "r2",
            "name": "put",
            "method": "PUT",
            "url": "{{base}}/carts/:id?dry=1",
            "headers": "Accept: application/json\n//X-Off: 1\n",
            "headerData": [{"key": "Accept", "value": "*/*", "enabled": True}],
            "queryParams": [{"key": "dry", "value": "1", "enabled": False}],
            "pathVariables": {"id": "7"},
            "dataMode": "raw",
            "rawModeData": '{"a": 1}',
            "data": [],
            "currentHelper": "basicAuth",
            "helperAttributes": {"username": "u", "password": "p"},
            "tests": "tests['x'] = true;",
            "responses": [
                {
                    "name": "done",
                    "responseCode": {"code": 200, "name": "OK"},
                    "headers": [{"key": "Content-Type", "value": "application/json"}],
                    "text": _REPLY,
                    "request": {"url": "https://h.test/carts/9", "method": "PUT"},
                }
            ],
        },
    ],
    "variables": [{"key": "base", "value": "https://h.test"}],
}
_ENVIRONMENT = {
    "name": "Dev",
    "values": [
        {
            "key": "base",
            "value": "https://dev.test",
            "enabled": True,
            "type": "default",
        },
        {"key": "token", "value": "x", "type": "secret"},
    ],
    "_postman_variable_scope": "environment",
}

#: By name: a value whose JSON text is a source.
JSON_SOURCES: dict[str, Data] = {
    "v2": _V2,
    "v1": _V1,
    "wrapper": {"collection": _V2},
    "dump": {"version": 1, "collections": [_V1, _V1], "environments": [_ENVIRONMENT]},
    "item": _ITEM,
    "list": [_ITEM, {"name": "F", "item": [_ITEM]}],
    "environment": _ENVIRONMENT,
}

TREE: dict[str, Data] = {
    ".resources/definition.yaml": {
        "$kind": "collection",
        "name": "Shop",
        "variables": {"base": "https://h.test"},
        "auth": [{"type": "bearer", "credentials": {"token": "{{token}}"}}],
        "scripts": [{"type": "http:beforeRequest", "code": "x()", "language": "js"}],
    },
    "Carts/.resources/definition.yaml": {"$kind": "collection", "order": 1000},
    "Carts/put.request.yaml": {
        "$kind": "http-request",
        "method": "PUT",
        "url": "{{base}}/carts/:id?dry=1",
        "headers": {"Accept": "application/json"},
        "queryParams": [{"key": "dry", "value": "1", "disabled": True}],
        "pathVariables": {"id": "7"},
        "body": {"type": "json", "content": '{"a": 1}'},
        "examples": "./.resources/put.resources/examples",
        "order": 2000,
    },
    "Carts/.resources/put.resources/examples/done.example.yaml": {
        "$kind": "http-example",
        "request": {"url": "{{base}}/carts/9", "method": "PUT", "headers": []},
        "response": {
            "statusCode": 200,
            "headers": [{"key": "Content-Type", "value": "application/json"}],
            "body": {"type": "json", "content": _REPLY},
        },
    },
    "up.request.yaml": {
        "$kind": "http-request",
        "url": "https://h.test/up",
        "method": "POST",
        "body": {
            "type": "formdata",
            "content": [{"type": "file", "key": "f", "src": ""}],
        },
    },
    "chat.request.yaml": {"$kind": "grpc-request", "url": "h.test"},
}


def tree(files: dict[str, Data] = TREE) -> dict[str, bytes]:
    """A v3 folder. JSON is YAML, so that damage can be done to values."""
    return {path: json.dumps(value).encode() for path, value in files.items()}


def _nested(depth: int) -> Data:
    value: Data = 1
    for level in range(depth):
        value = [value] if level % 2 else {"item": value}
    return value


_ODD: st.SearchStrategy[Data] = st.one_of(
    st.sampled_from(
        [
            None,
            True,
            False,
            0,
            -1,
            5,
            1.5,
            "",
            "x",
            "{{x}}",
            "{{",
            [],
            {},
            [None],
            [[]],
            ["x"],
        ]
    ),
    st.sampled_from(
        [
            {"key": 5},
            {"": None},
            {"item": None},
            {"type": {}},
            {"name": "n", "item": []},
        ]
    ),
    st.sampled_from([10**400, -(10**30), 1e308, 5e-324, 2**53 + 1]),
    st.sampled_from(["\ud800", "\x00", "\u202e", "<Error>", "é" * 300, "a/b~c", "\n"]),
    st.sampled_from(
        ['{"a": }', "[" * 400, "{{a}}{{b}}", "// x", "'", "<integer>", "NaN"]
    ),
    st.integers(1, 260).map(_nested),
)

Change: typing.TypeAlias = "Callable[[st.DataObject, Data, Data], None]"


def _places(value: Data) -> list[tuple[Data, Data]]:
    """Every container with each of its keys."""
    found: list[tuple[Data, Data]] = []
    todo = [value]
    while todo:
        inner = todo.pop()
        keys = list(inner) if isinstance(inner, dict) else range(len(inner))
        found += [(inner, key) for key in keys]
        todo += [inner[key] for key in keys if isinstance(inner[key], (dict, list))]
    return found


def _drop(_: st.DataObject, owner: Data, key: Data) -> None:
    del owner[key]


def _swap(data: st.DataObject, owner: Data, key: Data) -> None:
    owner[key] = copy.deepcopy(data.draw(_ODD))


def _repeat(_: st.DataObject, owner: Data, key: Data) -> None:
    if isinstance(owner, list):
        owner.insert(0, copy.deepcopy(owner[key]))
    else:
        owner[f"{key}s"] = copy.deepcopy(owner[key])


def _wrap(data: st.DataObject, owner: Data, key: Data) -> None:
    wrappers: list[Callable[[Data], Data]] = [lambda v: [v], lambda v: {"item": v}, str]
    owner[key] = data.draw(st.sampled_from(wrappers))(owner[key])


def _exchange(data: st.DataObject, owner: Data, key: Data) -> None:
    keys = list(owner) if isinstance(owner, dict) else list(range(len(owner)))
    other = data.draw(st.sampled_from(keys))
    owner[key], owner[other] = owner[other], owner[key]


_CHANGES: list[Change] = [_drop, _swap, _swap, _swap, _repeat, _wrap, _exchange]


def damaged(data: st.DataObject, value: Data) -> Data:
    """A copy with one to six changes at random places."""
    found = copy.deepcopy(value)
    for _ in range(data.draw(st.integers(1, 6))):
        places = _places(found) if isinstance(found, (dict, list)) else []
        if not places:
            break
        owner, key = data.draw(st.sampled_from(places))
        data.draw(st.sampled_from(_CHANGES))(data, owner, key)
    return found


_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


def encoded(data: st.DataObject, value: Data) -> bytes:
    """Its text in some encoding, now and then with a fault in the bytes."""
    text = json.dumps(
        value,
        ensure_ascii=data.draw(st.booleans()),
        indent=data.draw(st.sampled_from([None, 1])),
    )
    if data.draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    raw = text.encode(data.draw(st.sampled_from(_ENCODINGS)), "replace")
    if data.draw(st.integers(0, 4)):
        return raw
    at = data.draw(st.integers(0, len(raw)))
    patch = data.draw(
        st.sampled_from([b"", b"\xff", b"\x00", b'"', b"}", b"\xe9\n", b"<<<<<<< a\n"])
    )
    return raw[:at] + patch + raw[at + data.draw(st.integers(0, 9)) :]
