"""Generated methods that go through pages, run as a user runs them, sync and async."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import itertools
import sys
import tomllib
import typing

import build
import httpx2
import pytest
from paged import SHOP, TOML, pets

from pmgen import resources
from pmgen.options import Options
from pmgen.pagination import paginations
from pmgen.pipeline import File, Inputs, Resources, compile_source

if typing.TYPE_CHECKING:
    import types
    from collections.abc import Callable, Iterator
    from pathlib import Path

Any = typing.Any
WANTED = paginations(tomllib.loads(TOML)["collections"]["shop"]["pagination"])
NAME = "paged_shop"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[types.ModuleType]:
    """The client, imported."""
    folder = tmp_path_factory.mktemp("clients")
    tools = Resources(resources.templates(), resources.runtime(), lambda _, text: text)
    source = Inputs(File("shop.json", build.read(SHOP).raw))
    result = compile_source(source, Options(NAME, pagination=WANTED), tools)
    assert result.clients, result.diagnostics
    _write(folder / NAME, dict(result.clients[0].tree))
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield importlib.import_module(NAME)
    finally:
        sys.path.remove(str(folder))
        for module in [m for m in sys.modules if m.partition(".")[0] == NAME]:
            del sys.modules[module]


def _write(folder: Path, tree: dict[str, bytes]) -> None:
    for path, content in tree.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


class Run:
    """One side of the client; ``asked``: the URLs that it asked for."""

    def __init__(self, package: types.ModuleType, awaited: bool) -> None:
        self.package, self.awaited = package, awaited
        self.asked: list[str] = []

    def __call__(
        self,
        call: Callable[[Any], Any],
        page: Callable[[httpx2.Request], Any],
        most: int = 50,
    ) -> list[Any]:
        """The items of the call's pages, but no more than so many."""

        def handler(request: httpx2.Request) -> httpx2.Response:
            self.asked.append(str(request.url).removeprefix("https://h.test"))
            headers = {"Link": f"<{request.url}?2>; rel=next"}
            link = {} if request.url.query else headers
            return httpx2.Response(200, json=page(request), headers=link)

        mock = httpx2.MockTransport(handler)

        async def awaited() -> list[Any]:
            async with httpx2.AsyncClient(transport=mock) as http:
                found: list[Any] = []
                client = self.package.AsyncClient(http=http, on_drift="raise")
                async for item in call(client):
                    found.append(item)
                    if len(found) == most:
                        break
                return found

        if self.awaited:
            return asyncio.run(awaited())
        with httpx2.Client(transport=mock) as http:
            client = self.package.Client(http=http, on_drift="raise")
            return list(itertools.islice(call(client), most))


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def run(request: pytest.FixtureRequest, package: types.ModuleType) -> Run:
    """Each side of the client."""
    return Run(package, request.param)


def ids(found: list[Any]) -> list[int]:
    """Of models, which items are."""
    assert all(type(pet).__module__.startswith(NAME) for pet in found)
    return [pet.id for pet in found]


def linked(request: httpx2.Request) -> Any:
    """Two pages."""
    if "after" in request.url.params:
        return {"pets": pets(3), "links": {"next": None}}
    return {"pets": pets(1, 2), "links": {"next": "/list-pets?after=2"}}


def test_by_url(run: Run) -> None:
    found = run(lambda client: client.pets.iterate_list_pets(limit=2), linked)
    assert ids(found) == [1, 2, 3]
    assert run.asked == ["/list-pets?limit=2", "/list-pets?after=2"]


def test_lazily(run: Run) -> None:
    assert len(run(lambda client: client.pets.iterate_list_pets(), linked, 2)) == 2
    assert len(run.asked) == 1


def test_by_header(run: Run) -> None:
    found = run(lambda c: c.pets.iterate_link_pets(), lambda r: pets(len(r.url.query)))
    assert ids(found) == [0, 1]
    assert run.asked == ["/link-pets", "/link-pets?2"]


def test_by_cursor(run: Run) -> None:
    def page(request: httpx2.Request) -> Any:
        cursor = int(request.url.params["cursor"])
        after = str(cursor + 1) if cursor < 3 else None
        return {"found": {"pets": pets(cursor)}, "next-cursor": after}

    found = run(lambda c: c.pets.iterate_find_pets(cursor="1", q="x"), page)
    assert ids(found) == [1, 2, 3]
    assert run.asked == [f"/find-pets?cursor={n}&q=x" for n in (1, 2, 3)]


def walks(request: httpx2.Request) -> Any:
    """Three pages from 0 on."""
    number = int(request.url.params.get("page", 0))
    return {"walks": pets(number), "meta": {"pages": 3, "more": True}}


def test_by_page(run: Run) -> None:
    assert ids(run(lambda client: client.iterate_walks(), walks)) == [0, 1, 2]
    assert run.asked == ["/walks", "/walks?page=1", "/walks?page=2"]
    assert ids(run(lambda client: client.iterate_walks(page=1), walks)) == [1, 2]


def test_by_offset(run: Run) -> None:
    def page(request: httpx2.Request) -> Any:
        start = int(request.url.params.get("offset", 0))
        return {"visits": pets(*range(5)[start : start + 2])}

    found = run(lambda client: client.iterate_visits(limit=2), page)
    assert ids(found) == [*range(5)]
    assert run.asked[1:] == [f"/visits?offset={n}&limit=2" for n in (2, 4)]


def test_an_empty_first_page(run: Run) -> None:
    assert run(lambda client: client.iterate_visits(), lambda _: {"visits": []}) == []


def test_endless_pages_and_other_hosts_are_refused(run: Run) -> None:
    error = run.package.PagingError
    with pytest.raises(error, match="Visits: another 'offset' gives a page that was"):
        run(lambda client: client.iterate_visits(), lambda _: {"visits": pets(1)})
    far = {"pets": pets(1), "links": {"next": "https://evil.test/"}}
    with pytest.raises(error, match=r"List pets: .* on https://evil.test, not on"):
        run(lambda client: client.pets.iterate_list_pets(), lambda _: far)
    assert not [url for url in run.asked if "evil" in url]


def test_arguments_are_those_of_the_method(package: types.ModuleType) -> None:
    for client in (package.Client, package.AsyncClient):
        one, all_ = (
            inspect.signature(method).parameters
            for method in (client.visits, client.iterate_visits)
        )
        assert one == all_


def test_items_are_annotated(package: types.ModuleType) -> None:
    module = importlib.import_module(f"{package.__name__}.pets.client")
    for kind, annotation in (
        (module.Pets, "_t.Generator[_up1.Walk, None, None]"),
        (module.AsyncPets, "_t.AsyncGenerator[_up1.Walk, None]"),
    ):
        found = inspect.signature(kind.iterate_list_pets).return_annotation
        assert found == annotation
