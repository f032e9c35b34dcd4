"""What writing a tree into a directory would change. Reads, writes nothing."""

from __future__ import annotations

import dataclasses
import difflib
import typing

from pmgen.emit.manifest import MANIFEST, Manifest, digest, load

if typing.TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterator, Mapping


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """``files``: all paths that are pmgen's then. ``writes``: path -> new content; ``before``: what stands there; ``removes``: what pmgen wrote and no longer does.

    ``edited``: files that would be lost: changed by hand, or not pmgen's at all.
    """

    folder: pathlib.Path
    writes: Mapping[str, bytes]
    removes: tuple[str, ...]
    edited: tuple[str, ...]
    before: Mapping[str, bytes]
    unchanged: int
    files: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the directory is as it should be."""
        return not self.writes and not self.removes

    def changes(self) -> Iterator[tuple[str, str]]:
        """What would happen to which path, in order of path."""
        for path in sorted({*self.writes, *self.removes}):
            if path in self.removes:
                yield "remove", path
            else:
                yield "change" if path in self.before else "add", path

    def diff(self) -> Iterator[str]:
        """A unified diff of all changes, in lines."""
        for _, path in self.changes():
            old = _lines(self.before.get(path, b""))
            new = _lines(self.writes.get(path, b""))
            shown = f"{self.folder.name}/{path}"
            yield from difflib.unified_diff(
                old, new, f"a/{shown}", f"b/{shown}", lineterm=""
            )


def plan(folder: pathlib.Path, tree: Mapping[str, bytes], manifest: Manifest) -> Plan:
    """Compare. Raises OSError where the directory cannot be read, ManifestError where its manifest is broken."""
    wanted = {**tree, MANIFEST: manifest.dump()}
    known = _known(folder)
    before = {
        path: content
        for path in (*wanted, *known)
        if (content := _content(folder / path)) is not None
    }
    writes = {p: content for p, content in wanted.items() if before.get(p) != content}
    removes = tuple(path for path in known if path not in wanted and path in before)
    edited = tuple(
        path
        for path in sorted({*writes, *removes} - {MANIFEST})
        if path in before and digest(before[path]) != known.get(path)
    )
    return Plan(
        folder,
        writes,
        removes,
        edited,
        before,
        len(wanted) - len(writes),
        tuple(wanted),
    )


def read_manifest(folder: pathlib.Path) -> Manifest | None:
    """The manifest of a client, if there is one. Raises OSError and ManifestError, as ``plan`` does."""
    raw = _content(folder / MANIFEST)
    return None if raw is None else load(raw)


def _known(folder: pathlib.Path) -> Mapping[str, str]:
    manifest = read_manifest(folder)
    return {} if manifest is None else manifest.files


def _content(path: pathlib.Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _lines(content: bytes) -> list[str]:
    return content.decode(errors="replace").splitlines()
