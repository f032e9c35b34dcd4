"""Sources of every format -> the examples that a mock answers with, under the ids that Postman gave them."""

from __future__ import annotations

import json
import typing

import build
import build_v1
import pytest

from pmgen.configuration import Beside, ProjectError, load
from pmgen.diagnostics import Rule, has_errors
from pmgen.mock import Call, Found, catalog, choose, gather

if typing.TYPE_CHECKING:
    from pathlib import Path

    from pmgen.diagnostics import Diagnostic
    from pmgen.mock import Catalog


def gathered(
    path: Path, environment: str | None = None
) -> tuple[Catalog, tuple[Diagnostic, ...]]:
    beside = Beside(environment, None)
    found, said = gather((str(path),), beside, load(path.parent))
    return found, tuple(each for _, diagnostics in said for each in diagnostics)


def written(folder: Path, data: build.Data, name: str = "shop.json") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = data if isinstance(data, str) else json.dumps(data)
    path.write_text(text, encoding="utf-8")
    return path


def test_ids_of_format_2(tmp_path: Path) -> None:
    """The pointer is the last: it names the example where nothing else does."""
    data = build.collection(
        build.item(
            build.get("h.test/a"),
            {"name": "1", "id": "x", "uid": "7-x"},
            {"name": "2", "_postman_id": "y", "id": 3},
            {"name": "3", "id": ""},
        )
    )
    found, _ = gathered(written(tmp_path, data))
    assert [example.ids for example in found.examples] == [
        ("x", "7-x", "/item/0/response/0"),
        ("y", "/item/0/response/1"),
        ("/item/0/response/2",),
    ]


def test_ids_of_format_1(tmp_path: Path) -> None:
    answers = [{"id": "p", "name": "n", "text": "body"}]
    data = build_v1.shop(build_v1.req("r", url="http://h/a", responses=answers))
    found, said = gathered(written(tmp_path, data))
    assert said == ()
    assert [example.ids for example in found.examples] == [
        ("p", "/requests/0/responses/0")
    ]
    assert isinstance(choose(Call("GET", "/a"), found), Found)


def test_ids_of_format_3(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    request = "$kind: http-request\nname: r\nmethod: GET\nurl: https://h.test/a\n"
    example = "$kind: http-example\nid: x\nresponse: {statusCode: 201, body: hi}\n"
    written(root, "$kind: collection\nname: Shop\n", ".resources/definition.yaml")
    written(root, request, "r.request.yaml")
    written(root, example, ".resources/r.resources/examples/1.example.yaml")
    found, said = gathered(root)
    assert not has_errors(said), said
    (only,) = found.examples
    assert (only.ids[0], only.status, only.body) == ("x", 201, "hi")


def test_examples_that_belong_to_nothing_are_reported(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    example = "$kind: http-example\nresponse: {statusCode: 200}\n"
    written(root, "$kind: collection\nname: Shop\n", ".resources/definition.yaml")
    place = ".resources/gone.resources/examples/1.example.yaml"
    written(root, example, place)
    found, said = gathered(root)
    assert found.examples == ()
    (mine,) = [each for each in said if each.rule is Rule.EXAMPLE_SKIPPED]
    assert "it belongs to no request" in mine.text
    assert mine.file.endswith(place)


def test_an_example_without_any_request_is_reported(tmp_path: Path) -> None:
    data = build.collection(build.item(None, {"name": "n", "code": 200}, name="r"))
    found, said = gathered(written(tmp_path, data))
    assert found.examples == ()
    (mine,) = [each for each in said if each.rule is Rule.EXAMPLE_SKIPPED]
    assert (mine.trail, mine.pointer) == (("r", "n"), "/item/0/response/0")
    assert mine.line == 1


def test_after_an_error_there_is_nothing(tmp_path: Path) -> None:
    found, said = gathered(written(tmp_path, "{"))
    assert found.examples == ()
    assert has_errors(said)


def test_a_fault_beside_the_collection_is_told_of_its_file(tmp_path: Path) -> None:
    data = build.collection(build.item(build.get("h.test/a"), {"name": "n"}))
    path = written(tmp_path, data)
    wrong = written(tmp_path, "[", "e.json")
    found, said = gathered(path, str(wrong))
    assert found.examples == ()
    assert {each.file for each in said if each.rule is not Rule.EXAMPLE_SKIPPED} == {
        str(wrong)
    }


def test_a_source_that_is_not_there_is_an_error_of_the_project(tmp_path: Path) -> None:
    with pytest.raises(ProjectError):
        gathered(tmp_path / "missing.json")


def test_headers_bodies_and_queries_have_the_values_of_variables() -> None:
    reply = {
        "name": "n",
        "body": "{{a}} {{b}} {{id}}",
        "header": build.pairs(**{"X-{{a}}": "{{a}}{{b}}", "": "none"}),
    }
    data = build.collection(
        build.item(build.get("h.test/:id?q={{a}}&r={{b}}"), reply),
        variable=build.pairs(a="1", id="7"),
    )
    (only,) = catalog(build.sound(data))[0].examples
    assert only.body == "1 {{b}} {{id}}"
    assert only.values == {"id": "7"}
    assert only.headers == (("X-1", "1{{b}}"),)
    assert [(p.key, p.value, p.is_open) for p in only.asked.query] == [
        ("q", "1", False),
        ("r", "{{b}}", True),
    ]


def test_an_example_asked_for_without_a_path_value_has_the_variables_own() -> None:
    """By its name, when no path says what the variable has become."""
    reply = {"name": "n", "body": "{{id}}"}
    data = build.collection(
        build.item(build.get("h.test/x/:id"), reply), variable=build.pairs(id="7")
    )
    found, _ = catalog(build.sound(data))
    result = choose(Call("GET", "/", {"x-mock-response-name": "n"}), found)
    assert isinstance(result, Found)
    assert (dict(result.captured), result.example.values) == ({}, {"id": "7"})


def test_the_url_is_shown_as_the_collection_writes_it() -> None:
    url = "https://{{h}}:81/a/:id?x={{y}}&z"
    data = build.collection(build.item(build.get(url), {"name": "n"}))
    found, _ = catalog(build.sound(data))
    assert [example.asked.display for example in found.examples] == [url]


def test_titles_name_what_has_no_name() -> None:
    data = build.collection(
        build.folder("F", build.item(build.get("h.test/a"), {"code": 200}, name=""))
    )
    found, _ = catalog(build.parse(data)[0])
    assert [each.title for each in found.examples] == ["F / (no name) / (no name)"]
