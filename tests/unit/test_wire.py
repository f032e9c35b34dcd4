"""What `pmgen wire` records, and what it takes from the collection alone."""

from __future__ import annotations

import base64
import json
import typing

import build
import pytest
from click.testing import CliRunner

from pmgen.cli import main

if typing.TYPE_CHECKING:
    from pathlib import Path

Line = dict[str, typing.Any]
BASE = "https://h.test"


def post(mode: str, content: build.Data, **more: build.Data) -> build.Data:
    body = {"mode": mode, mode: content}
    return {"method": "POST", "url": f"{BASE}/x", "body": body, **more}


def wired(tmp_path: Path, *items: build.Data, **more: build.Data) -> list[Line]:
    source = tmp_path / "shop.json"
    source.write_text(json.dumps(build.collection(*items, **more)), encoding="utf-8")
    files = tmp_path / "files"
    files.mkdir(exist_ok=True)
    (files / "note.txt").write_text("a note", encoding="utf-8")
    out = tmp_path / "sent.jsonl"
    given = ["wire", str(source), "--files", str(files), "--out", str(out)]
    done = CliRunner().invoke(main, given, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def one(tmp_path: Path, request: build.Data, **more: build.Data) -> Line:
    (line,) = wired(tmp_path, build.item(request), **more)
    assert line["error"] is None
    return line


def body(line: Line) -> str:
    return base64.b64decode(line["body_base64"]).decode()


@pytest.mark.parametrize(
    ("url", "target"),
    [
        (f"{BASE}/a b?x=1&y&z=&q=a%20b", "/a%20b?x=1&y&z=&q=a%20b"),
        (f"{BASE}/{{{{v}}}}/:id", "/7/:id"),
        ({"raw": "", "protocol": "https", "host": ["h", "test"], "path": ["{{none}}", ":id"], "variable": build.pairs(id="é")}, "/%7B%7Bnone%7D%7D/%C3%A9"),
    ],
)  # fmt: skip
def test_urls(tmp_path: Path, url: build.Data, target: str) -> None:
    found = one(tmp_path, build.get(url), variable=build.pairs(v="7"))
    assert (found["method"], found["target"]) == ("GET", target)


def test_a_literal_credential_is_sent_and_is_in_no_file(tmp_path: Path) -> None:
    auth = {"type": "bearer", "bearer": {"token": "l1teral"}}
    found = one(tmp_path, build.get(f"{BASE}/x", auth=auth))
    assert ["Authorization", "Bearer l1teral"] in found["headers"]
    assert (found["scheme"], found["host"], found["port"]) == ("https", "h.test", 443)


@pytest.mark.parametrize(
    ("request_", "sent"),
    [
        (post("raw", '{"a": {{v}}} // why', header=build.pairs(**{"Content-Type": "application/json"})), '{"a": 7} '),
        (post("raw", "a {{v}}"), "a 7"),
        (post("urlencoded", build.pairs(a="x y", b="{{v}}")), "a=x%20y&b=7"),
        (post("graphql", {"query": "{ x }", "variables": '{"n": {{v}}}'}), '{"query":"{ x }","variables":{"n":7}}'),
        (post("file", {"src": "/elsewhere/note.txt"}), "a note"),
        (post("file", {"src": "/missing.txt"}), "stand-in for missing.txt\n"),
    ],
)  # fmt: skip
def test_bodies(tmp_path: Path, request_: build.Data, sent: str) -> None:
    assert body(one(tmp_path, request_, variable=build.pairs(v="7"))) == sent


def test_form_data_has_the_files(tmp_path: Path) -> None:
    rows = [
        {"key": "a", "value": "1"},
        {"key": "f", "type": "file", "src": "note.txt"},
        {"key": "none", "type": "file", "src": None},
    ]
    found = body(one(tmp_path, post("formdata", rows)))
    assert 'name="a"\r\n\r\n1\r\n' in found
    assert 'name="f"; filename="note.txt"\r\nContent-Type: text/plain\r\n' in found
    assert 'name="none"; filename=""\r\n\r\n\r\n' in found


def test_every_item_has_its_line(tmp_path: Path) -> None:
    folder = {"name": "F", "item": [build.item(build.get(f"{BASE}/b"), name="b")]}
    found = wired(tmp_path, {"name": "none"}, folder)
    assert [(line["path"], line["index"], bool(line["error"])) for line in found] == [
        (["none"], 0, True),
        (["F", "b"], 1, False),
    ]
    assert found[0]["target"] is None


def test_what_cannot_be_sent_has_its_reason(tmp_path: Path) -> None:
    header = build.pairs(**{"X-A": "snow ☃"})
    (found,) = wired(tmp_path, build.item(build.get(f"{BASE}/x", header=header)))
    assert "X-A" in found["error"]
    assert found["target"] is None
