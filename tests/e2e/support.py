"""Clients against the mock server of their own collection, over loopback sockets."""

from __future__ import annotations

import asyncio
import dataclasses
import typing

import httpx2

from pmgen import resources
from pmgen.api import Example, Kind, Role
from pmgen.configuration import Beside, load
from pmgen.inputs import read
from pmgen.mock import gather, serving
from pmgen.names import names_of
from pmgen.names.symbols import Thing
from pmgen.options import Options
from pmgen.pipeline import Resources, analyse, compile_front, own
from pmgen.postman import Folder
from pmgen.runtime.statuses import error_name
from pmgen.runtime.testing import same_json
from pmgen.wire.calls import Calls
from pmgen.wire.files import Files
from pmgen.wire.load import loaded, upload_of

if typing.TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Any = typing.Any


@dataclasses.dataclass(frozen=True, slots=True)
class Replay:
    """One saved example: its operation, and how it is asked for."""

    pointer: str
    example: Example
    headers: dict[str, str]


class Checked(typing.NamedTuple):
    """How many examples were asked for; what was wrong, and with which.

    ``foreign`` were saved for another method than their request has now, so that no call can reach them.
    """

    asked: int
    wrong: list[str]
    foreign: int


def check(source: Path, scratch: Path) -> Checked:
    """Ask the mock for every example of a collection through its client, sync and async."""
    tools = Resources(resources.templates(), resources.runtime(), lambda _, text: text)
    project = load(scratch)
    inputs = read(str(source), Beside(None, None))
    front = analyse(inputs)
    found, _ = gather((str(source),), Beside(None, None), project)
    analysis, values = front.analyses[0], own(inputs, front)[0]
    (client,) = compile_front(front, Options(), tools).clients
    names = names_of(analysis.api, analysis.table, analysis.given)
    files = Files(None, scratch)
    with loaded(client.tree) as package, serving(found) as address:
        calls = Calls(analysis.api, names, values, files, upload_of(package))
        urls = {
            str(names(Thing.SETTING, s.key)): _address(s.role, address)
            for s in analysis.api.settings
            if s.role in (Role.URL, Role.HOST, Role.SCHEME, Role.PORT)
        }
        given = {name: value or "x" for name, value in calls.settings().items()} | urls
        methods = dict(_methods(analysis.collection.root))
        replays = [*_replays(analysis.api, methods)]
        wrong = [
            f"{replay.pointer} {replay.example.name}: {problem}"
            for replay in replays
            for problem in _problems(package, calls, given, replay, replays)
        ]
    every = sum(len(o.examples) for g in analysis.api.root.walk() for o in g.operations)
    return Checked(len(replays), wrong, every - len(replays))


def _address(role: Role, address: str) -> str:
    url = httpx2.URL(address)
    return {
        Role.URL: address,
        Role.HOST: url.host,
        Role.SCHEME: url.scheme,
        Role.PORT: str(url.port),
    }[role]


def _methods(folder: Folder) -> Iterator[tuple[str, str]]:
    """The method that each example was saved for."""
    for member in folder.members:
        if isinstance(member, Folder):
            yield from _methods(member)
        else:
            for response in member.responses:
                if response.request is not None:
                    yield response.pointer, response.request.method


def _replays(api: Any, methods: dict[str, str]) -> Iterator[Replay]:
    """Examples by their status and name; a name that no header can carry is left out."""
    for group in api.root.walk():
        for operation in group.operations:
            for example in operation.examples:
                if _of_response(methods, example.pointer) not in ("", operation.method):
                    continue
                asked = {"x-mock-response-code": str(example.status)}
                if example.name.isascii() and example.name.strip():
                    asked["x-mock-response-name"] = example.name
                yield Replay(operation.pointer, example, asked)


def _of_response(methods: dict[str, str], pointer: str) -> str:
    """An example lies in its response, and its pointer may be that of the body."""
    return next((m for p, m in methods.items() if pointer.startswith(p)), "")


def _problems(
    package: Any,
    calls: Calls,
    given: dict[str, str],
    replay: Replay,
    replays: list[Replay],
) -> Iterator[str]:
    """Of several examples with one status and name any may come: nothing else tells them apart for the server."""
    alike = [r.example for r in replays if r.headers == replay.headers]
    for outcome in (
        _outcome(package, lambda: _sync(package, calls, given, replay)),
        _outcome(package, lambda: asyncio.run(_awaited(package, calls, given, replay))),
    ):
        found = [_problem(package, example, outcome) for example in alike]
        if all(found):
            yield found[0]


def _sync(package: Any, calls: Calls, given: dict[str, str], replay: Replay) -> Any:
    with httpx2.Client(headers=replay.headers) as http:
        client = package.Client(
            **given, http=http, auth=httpx2.Auth(), on_drift=_overlooked, retries=0
        )
        return calls.of(client)[replay.pointer]()


async def _awaited(
    package: Any, calls: Calls, given: dict[str, str], replay: Replay
) -> Any:
    async with httpx2.AsyncClient(headers=replay.headers) as http:
        client = package.AsyncClient(
            **given, http=http, auth=httpx2.Auth(), on_drift=_overlooked, retries=0
        )
        return await typing.cast("Any", calls.of(client)[replay.pointer]())


def _overlooked(_: str, mismatches: object) -> None:
    """A reply that is not the one that was asked for is told below."""


def _outcome(package: Any, call: Any) -> Any:
    try:
        return call()
    except package.ApiError as error:
        return error


def _problem(package: Any, example: Example, outcome: Any) -> str:
    """ "" for what is as it should be."""
    failed = example.status >= 400
    if failed != isinstance(outcome, package.ApiError):
        return f"{example.status} gave {outcome!r:.200}"
    if failed and type(outcome).__name__ != error_name(example.status):
        return f"{example.status} raised {type(outcome).__name__}"
    if example.kind is not Kind.JSON:
        return ""
    value = outcome.body if failed else outcome
    dumped = package._runtime.models.dump(value)
    same = same_json(dumped, example.value)
    return "" if same else f"{dumped!r:.200} is not {example.value!r:.200}"
