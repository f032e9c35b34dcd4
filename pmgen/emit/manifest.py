"""`.pmgen.json`: what a client was made from, and which files are pmgen's. No time and no path of a machine in it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST = ".pmgen.json"


class ManifestError(ValueError):
    """A manifest that is not as pmgen writes it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Manifest:
    """``inputs``: source, environment, globals -> ``name`` and ``sha256``. ``files``: path -> sha256 of what pmgen wrote."""

    generator: str
    inputs: Mapping[str, Mapping[str, str]]
    files: Mapping[str, str]

    @classmethod
    def of(
        cls,
        generator: str,
        inputs: Mapping[str, Mapping[str, str]],
        tree: Mapping[str, bytes],
    ) -> Manifest:
        """The manifest of a tree, made from those inputs."""
        return cls(generator, inputs, {p: digest(c) for p, c in tree.items()})

    def dump(self) -> bytes:
        """As it is written."""
        return (json.dumps(dataclasses.asdict(self), indent=2) + "\n").encode()


def load(raw: bytes) -> Manifest:
    """Raises ManifestError for anything but a manifest; its paths stay inside of its folder."""
    try:
        found = Manifest(**json.loads(raw))
    except (ValueError, TypeError, RecursionError) as error:
        raise ManifestError(str(error)) from error
    files = found.files
    if not isinstance(files, dict) or not all(
        isinstance(path, str) and isinstance(sha256, str)
        for path, sha256 in files.items()
    ):
        raise ManifestError("`files` is no map from path to digest")
    for path in files:
        if path.startswith("/") or ".." in path.split("/") or "\\" in path:
            raise ManifestError(f"the path {path!r} leaves the folder")
    return found


def digest(content: bytes) -> str:
    """sha256, in hex."""
    return hashlib.sha256(content).hexdigest()
