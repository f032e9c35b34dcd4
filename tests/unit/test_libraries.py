"""What a client's README says has to be installed."""

# ruff: noqa: S106 - variables, no passwords

from __future__ import annotations

import re

import build
import pytest

from pmgen.python.libraries import BY_MODULE, libraries
from pmgen.resources import runtime

_ASKED = re.compile(r"missing\([^\n]*\"([^\"]+)\"\)|pip install '(\w+)'; or")


def test_the_table_has_what_the_runtime_asks_for() -> None:
    asked = {
        (name.removesuffix(".py"), found[1] or found[2])
        for name, text in runtime().items()
        for found in _ASKED.finditer(text.decode())
    }
    assert asked == {*BY_MODULE.items()}


def auth(kind: str, **fields: str) -> build.Data:
    pairs = [{"key": k, "value": v} for k, v in fields.items()]
    return {**build.get("http://h"), "auth": {"type": kind, kind: pairs}}


@pytest.mark.parametrize(
    ("request_", "wanted"),
    [
        (build.get("http://h"), ()),
        (auth("bearer", token="{{t}}"), ()),
        (auth("jwt", algorithm="HS256", secret="{{s}}"), ("PyJWT[crypto]",)),
        (auth("ntlm", username="{{u}}", password="{{p}}"), ("pyspnego",)),
        (auth("oauth1", consumerSecret="{{s}}"), ()),
        (
            auth("oauth1", signatureMethod="RSA-SHA1", privateKey="{{k}}"),
            ("cryptography",),
        ),
        (build.get("http://h/{{$guid}}"), ()),
        (build.get("http://h/{{$randomCity}}"), ("Faker",)),
    ],
)
def test_a_client_needs_the_libraries_of_its_requests(
    request_: build.Data, wanted: tuple[str, ...]
) -> None:
    found, _ = build.lowered(build.collection(build.item(request_)))
    assert libraries(found) == wanted
