"""The files that bodies name: looked up in one folder; a missing one gets a stand-in, as the oracle makes it."""

from __future__ import annotations

import dataclasses
import posixpath
import typing

if typing.TYPE_CHECKING:
    from pathlib import Path


@dataclasses.dataclass(frozen=True, slots=True)
class Files:
    """``folder``: where files lie, None for nowhere. ``scratch``: where stand-ins are put; both are absolute."""

    folder: Path | None
    scratch: Path

    def find(self, source: str) -> Path:
        """A file by its path within the folder, then by its base name, then its stand-in. Raises OSError, ValueError."""
        name = posixpath.basename(source)
        for candidate in (source, name) if self.folder else ():
            found = (self.folder or self.scratch) / candidate
            if found.is_file() and self._is_ours(found):
                return found
        return self._stand_in(name)

    def _is_ours(self, path: Path) -> bool:
        """No collection reads files of the user's elsewhere, by way of ``..`` or of a link."""
        return self.folder is not None and path.resolve().is_relative_to(
            self.folder.resolve()
        )

    def _stand_in(self, name: str) -> Path:
        if name in ("", ".", ".."):
            raise ValueError(f"{name!r} is no name of a file")
        path = self.scratch / name
        path.write_text(f"stand-in for {name}\n", encoding="utf-8")
        return path
