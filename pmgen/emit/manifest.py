"""`.pmgen.json`: what a client was made from, and which files are pmgen's. No time and no path of a machine in it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST = ".pmgen.json"


class ManifestError(ValueError):
    """A manifest that is not as pmgen writes it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Manifest:
    """``inputs``: source, environment, globals -> ``name`` and ``sha256``. ``files``: path -> sha256 of what pmgen wrote.

    ``names``: what the next run needs to keep the names; ``names.kept`` says what is in it.
    """

    generator: str
    inputs: Mapping[str, Mapping[str, str]]
    files: Mapping[str, str]
    names: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @classmethod
    def of(
        cls,
        generator: str,
        inputs: Mapping[str, Mapping[str, str]],
        tree: Mapping[str, bytes],
        names: Mapping[str, object] = types.MappingProxyType({}),
    ) -> Manifest:
        """The manifest of a tree, made from those inputs."""
        files = {path: digest(content) for path, content in tree.items()}
        return cls(generator, inputs, files, dict(names))

    def dump(self) -> bytes:
        """As it is written: a line for each thing, so that a diff shows what became of which."""
        parts = {
            "generator": json.dumps(self.generator),
            "inputs": _lines(self.inputs, 1),
            "files": _lines(self.files, 1),
            "names": _lines(self.names, 2),
        }
        members = (f'  "{key}": {text}' for key, text in parts.items())
        return ("{\n" + ",\n".join(members) + "\n}\n").encode()


def load(raw: bytes) -> Manifest:
    """Raises ManifestError for anything but a manifest; its paths stay inside of its folder."""
    try:
        found = Manifest(**json.loads(raw))
    except (ValueError, TypeError, RecursionError) as error:
        raise ManifestError(str(error)) from error
    if not isinstance(found.names, dict):
        raise ManifestError("`names` is no object")
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


def _lines(value: object, depth: int, indent: str = "  ") -> str:
    """JSON with a line for each member, down to the ``depth``."""
    if not depth or not value or not isinstance(value, dict):
        return json.dumps(value)
    inner = indent + "  "
    members = (
        f"{inner}{json.dumps(key)}: {_lines(member, depth - 1, inner)}"
        for key, member in value.items()
    )
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"


def digest(content: bytes) -> str:
    """sha256, in hex."""
    return hashlib.sha256(content).hexdigest()
