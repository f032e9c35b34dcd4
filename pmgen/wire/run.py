"""The walk: a source is compiled in memory, its client loaded, and every method called with the collection's values."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.util
import tempfile
import typing
from pathlib import Path

from pmgen import resources, source
from pmgen.diagnostics import has_errors
from pmgen.inputs import read
from pmgen.names import names_of
from pmgen.names.packages import package_name
from pmgen.options import Options
from pmgen.pipeline import Resources, analyse, compile_front, own, stem
from pmgen.wire import requests, titles
from pmgen.wire.calls import Calls
from pmgen.wire.files import Files
from pmgen.wire.load import errors_of, loaded, upload_of

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pmgen.configuration import Beside, Project
    from pmgen.diagnostics import Diagnostic
    from pmgen.pipeline import Front, Inputs
    from pmgen.source import Json
    from pmgen.wire.recorder import Recorder

Line: typing.TypeAlias = "dict[str, Json]"


class WireError(Exception):
    """Nothing can be sent at all; the text says what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Recorded:
    """What the source says, and a line for each of its items; none after an error."""

    diagnostics: tuple[Diagnostic, ...]
    lines: Iterator[Line]


def record(path: str, beside: Beside, project: Project, folder: str | None) -> Recorded:
    """Compile a source and send what is in it, while its lines are asked for. Nothing leaves the process.

    ``folder`` is where the files lie that bodies name. Raises ProjectError for a source that cannot be read, WireError.
    """
    if importlib.util.find_spec("httpx2") is None:
        text = "Generated clients send with httpx2, which is not installed"
        raise WireError(f"{text}: run `pip install httpx2`")
    table = package_name(stem(Path(path).name))
    given = read(path, beside.over(project.beside_of(table)))
    front = analyse(given)
    return Recorded(front.diagnostics, _numbered(given, front, folder))


def _numbered(inputs: Inputs, front: Front, folder: str | None) -> Iterator[Line]:
    index, document = 0, _document(inputs)
    for items, lines in _sent(inputs, front, folder):
        for (pointer, trail), line in zip(items, lines, strict=True):
            names: Json = [*titles.path(document, pointer, trail)]
            yield {"path": names, "index": index, **line}
            index += 1


def _document(inputs: Inputs) -> source.Document | None:
    """The source once more, for its names; None for a folder, whose files have them."""
    content = inputs.source.content
    if not isinstance(content, bytes):
        return None
    return source.read(inputs.source.path, content)[0]


def _sent(
    inputs: Inputs, front: Front, folder: str | None
) -> Iterator[tuple[tuple[tuple[str, tuple[str, ...]], ...], Iterator[Line]]]:
    """For each client its items, and what is sent for them."""
    if has_errors(front.diagnostics):
        return
    tools = Resources(resources.templates(), resources.runtime(), _unformatted)
    result = compile_front(front, Options(), tools)
    found = zip(front.analyses, result.clients, own(inputs, front), strict=True)
    for analysis, client, values in found:
        names = names_of(analysis.api, analysis.table, analysis.given)
        with contextlib.ExitStack() as stack:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            files = Files(Path(folder).resolve() if folder else None, scratch)
            package = stack.enter_context(loaded(client.tree))
            calls = Calls(analysis.api, names, values, files, upload_of(package))
            yield values.items, _lines(package, calls)


def _unformatted(_: str, text: str) -> str:
    """Nobody reads these files, and formatting takes longer than all the rest."""
    return text


def _lines(package: typing.Any, calls: Calls) -> Iterator[Line]:
    # Only here: everybody who compiles has pmgen, and only who runs clients has httpx2.
    from pmgen.wire.recorder import Recorder

    recorder, given = Recorder(), calls.settings()
    client = package.Client(**given, http=recorder.client(), on_drift=_overlooked)
    known = calls.of(client)
    refusals: tuple[type[Exception], ...] = (*_REFUSALS, *errors_of(package))
    for pointer, _ in calls.own.items:
        if pointer in known:
            yield _line(known[pointer], recorder, refusals)
        else:
            text = "The client has no method for it: the item has no request with a URL"
            yield {**requests.NOTHING, "error": text}


def _overlooked(_: str, mismatches: object) -> None:
    """The recorder's answers are none of the API's."""


#: What refuses arguments and files; for the rest a client has errors of its own.
_REFUSALS = (ValueError, TypeError, LookupError, AttributeError, OSError)


def _line(
    call: Callable[[], object],
    recorder: Recorder,
    refusals: tuple[type[Exception], ...],
) -> Line:
    error = None
    try:
        call()
    except refusals as refusal:
        error = f"{type(refusal).__name__}: {refusal}"
    sent = recorder.take()
    if not sent:
        return {**requests.NOTHING, "error": error or "nothing was sent"}
    return {**requests.sent(sent[-1]), "error": error}
