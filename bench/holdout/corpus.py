"""The real collections as inference sees them: pmgen's own front half reads them, so that only inference is judged."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.configuration import Beside
from pmgen.infer import endpoints, roles
from pmgen.inputs import read
from pmgen.pipeline import analyse

if typing.TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pmgen.api import Api
    from pmgen.infer import Endpoint, Role
    from pmgen.source import Json


@dataclasses.dataclass(frozen=True, slots=True)
class Collection:
    """What `decide` is given. ``called``: the operations' names, by pointer."""

    file: str
    roles: Mapping[Role, tuple[Json, ...]]
    endpoints: Mapping[str, Endpoint]
    called: Mapping[str, str]


def corpus(shared: Path) -> list[Path]:
    """Every file and folder that holds collections, the biggest first: that keeps all workers busy to the end."""
    folder = shared / "corpus"
    found = [*folder.glob("collections/*.json"), *folder.glob("v3/*")]
    if not found:
        raise SystemExit(f"no collections in {folder}; set PMGEN_SHARED")
    return sorted(found, key=lambda path: (-path.stat().st_size, path))


def collections(path: Path) -> list[Collection]:
    """Those of one file or folder; none where pmgen refuses it."""
    front = analyse(read(str(path), Beside()))
    return [_collection(path.name, found.api) for found in front.analyses]


def _collection(file: str, api: Api) -> Collection:
    called = {o.pointer: o.name for g in api.root.walk() for o in g.operations}
    return Collection(file, roles(api), endpoints(api), called)
