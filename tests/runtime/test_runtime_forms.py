"""Bodies made of fields, and files."""

from __future__ import annotations

import datetime
import io
import json
import pathlib
import typing

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmgen.runtime import testing
from pmgen.runtime.draft import Draft
from pmgen.runtime.files import Upload, upload
from pmgen.runtime.forms import Fields, Form, GraphQL, Parts
from pmgen.runtime.models import UNSET, Model
from pmgen.runtime.requests import Operation, Request, prepare

if typing.TYPE_CHECKING:
    from pmgen.runtime.forms import Encoding

SETTINGS = {"secret": "s&t"}
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)


def filled(form: Encoding, fields: Fields, *headers: tuple[str, str]) -> Draft:
    draft = Draft("POST", "http://h.test/", [], [*headers])
    form.fill(draft, fields, SETTINGS)
    return draft


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([("a", 1), ("b", None), ("c", True), ("d", "x y")], b"a=1&c=true&d=x%20y"),
        ([("a", ["1", 2]), ("b", []), ("c", ())], b"a=1&a=2"),
        ([("k", None), ("a", "")], b"k=s%26t&a="),
        ([("k", "own")], b"k=own"),
        ([], b""),
    ],
)
def test_a_form(fields: Fields, expected: bytes) -> None:
    assert filled(Form(defaults={"k": "{secret}"}), fields).body == expected


@given(st.lists(st.tuples(NAMES, st.text(st.characters(codec="utf-8")))))
def test_a_form_is_read_back(pairs: list[tuple[str, str]]) -> None:
    import urllib.parse

    body = filled(Form(), pairs).body
    assert body is not None
    assert urllib.parse.parse_qsl(body.decode(), keep_blank_values=True) == pairs


def sent(draft: Draft) -> httpx2.Request:
    return httpx2.Request("POST", draft.url, headers=draft.headers, content=draft.body)


def test_parts_are_texts_and_files(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "ä.txt"
    path.write_bytes(b"\x00text")
    opened = io.BytesIO(b"open")
    draft = filled(
        Parts(types={"meta": "application/json", "raw": "a/b"}),
        [
            ("title", "é"),
            ("meta", "{}"),
            ("path", path),
            ("raw", b"\r\n--"),
            ("open", opened),
            ("many", [Upload(b"1", "x.pdf"), Upload(b"2", "y", "c/d")]),
            ("none", None),
            ("number", 1.5),
        ],
    )
    testing.check_parts(
        sent(draft),
        [
            ("title", None, "", "é"),
            ("meta", None, "application/json", "{}"),
            ("path", "ä.txt", "text/plain", "\x00text"),
            ("raw", "file", "a/b", "\r\n--"),
            ("open", "file", "application/octet-stream", "open"),
            ("many", "x.pdf", "application/pdf", "1"),
            ("many", "y", "c/d", "2"),
            ("number", None, "", "1.5"),
        ],
    )


def test_a_name_cannot_leave_its_quotes() -> None:
    name = 'a"; filename="b\r\nX: y'
    draft = filled(Parts(), [(name, Upload(b"", name))])
    assert draft.body is not None
    head = draft.body.partition(b"\r\n\r\n")[0]
    assert head.count(b"\r\n") == 2
    assert head.count(b'"') == 4


@pytest.mark.parametrize("boundary", ["xyz", '"x y"'])
def test_the_users_boundary_is_used(boundary: str) -> None:
    header = "Content-Type", f"multipart/form-data; boundary={boundary}; charset=x"
    draft = filled(Parts(), [("a", "1")], header)
    assert draft.headers == [header]
    assert draft.body is not None
    assert draft.body.startswith(b"--" + boundary.strip('"').encode() + b"\r\n")


def test_boundaries_differ() -> None:
    assert filled(Parts(), []).headers != filled(Parts(), []).headers


class Named(Model):
    """A model with one key."""

    def _dump(self) -> typing.Any:
        return {"name": "x"}


@pytest.mark.parametrize(
    ("form", "fields", "expected"),
    [
        (GraphQL("{ x }"), [], {"query": "{ x }"}),
        (GraphQL("q", "N"), [("a", UNSET)], {"query": "q", "operationName": "N"}),
        (
            GraphQL("q"),
            [("a", None), ("b", UNSET), ("c", [1]), ("d", Named())],
            {"query": "q", "variables": {"a": None, "c": [1], "d": {"name": "x"}}},
        ),
    ],
)
def test_graphql(form: GraphQL, fields: Fields, expected: typing.Any) -> None:
    body = filled(form, fields).body
    assert body is not None
    assert json.loads(body) == expected
    assert [*json.loads(body)] == [*expected]


@pytest.mark.parametrize(
    ("file", "name", "kind"),
    [
        (b"", "file", "application/octet-stream"),
        (pathlib.Path("/a/b.json"), "b.json", "application/json"),
        (Upload(b"", "c.png"), "c.png", "image/png"),
        (Upload(pathlib.Path("d.png"), "e.txt"), "e.txt", "image/png"),
        (Upload(b"", "", ""), "", ""),
        (Upload(pathlib.Path("d.png"), "e", "x/y"), "e", "x/y"),
    ],
)
def test_an_upload_has_name_and_type(file: typing.Any, name: str, kind: str) -> None:
    found = upload(file)
    assert (found.name, found.content_type) == (name, kind)


def test_an_open_file_has_its_name(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.html"
    path.write_bytes(b"")
    with path.open("rb") as file:
        assert upload(file).name == "x.html"
        assert upload(file).content_type == "text/html"


PUT = Operation(name="Put", method="PUT", server="http://h.test", path="/x")


def test_a_file_is_a_body_with_its_type(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b"[1]")
    request: Request[None] = Request(PUT, file=path)
    out = prepare(request, {}, auth=True)
    assert out.headers == [("Content-Type", "application/json")]
    assert out.content is not None
    assert b"".join(typing.cast("typing.Iterable[bytes]", out.content)) == b"[1]"


def test_the_callers_type_of_a_file_stays() -> None:
    own = {"content-type": "a/b"}
    request: Request[None] = Request(PUT, file=b"x", headers=own)
    assert prepare(request, {}, auth=True).headers == [("content-type", "a/b")]


def test_none_in_a_list_is_not_sent() -> None:
    assert filled(Form(), [("tag", ["a", None, "b"])]).body == b"tag=a&tag=b"
    assert (filled(Parts(), [("tag", ["a", None])]).body or b"").count(
        b'name="tag"'
    ) == 1


def test_variables_of_a_query_are_json_as_bodies_are() -> None:
    given = [("day", datetime.date(2024, 1, 2)), ("name", "é")]
    assert json.loads(filled(GraphQL("q"), given).body or b"")["variables"] == {
        "day": "2024-01-02",
        "name": "é",
    }
    with pytest.raises(ValueError, match="not JSON compliant"):
        filled(GraphQL("q"), [("n", float("nan"))])
