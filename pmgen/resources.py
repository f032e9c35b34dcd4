"""Files that ship with pmgen: templates, and the runtime that every client gets a copy of."""

from __future__ import annotations

import functools
import pathlib

_HERE = pathlib.Path(__file__).parent


@functools.cache
def templates() -> dict[str, str]:
    """Name -> source. In a wheel they lie in the package, in a checkout beside it."""
    shipped = _HERE / "_templates"
    folder = shipped if shipped.is_dir() else _HERE.parent / "templates"
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted(folder.glob("*.j2"))
    }


class TemplatesError(Exception):
    """A folder of own templates that cannot be used; ``place`` is the folder or the file."""

    def __init__(self, place: str, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__(f"{place}: {reason}")


ORIGINAL = "pmgen/"
"""Before the name of a template: pmgen's own, for those that take its place."""


def overridden(folder: str) -> dict[str, str]:
    """The templates with those of the folder in place of pmgen's. Raises TemplatesError."""
    known = templates()
    own: dict[str, str] = {}
    try:
        for path in sorted(pathlib.Path(folder).iterdir()):
            if path.suffix == ".j2" and path.name not in known:
                reason = f"No template is called so; there are {', '.join(known)}"
                raise TemplatesError(str(path), reason)
            if path.suffix == ".j2":
                own[path.name] = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TemplatesError(folder, f"Cannot be read: {reason}") from error
    originals = {f"{ORIGINAL}{name}": text for name, text in known.items()}
    return {**known, **own, **originals}


@functools.cache
def runtime() -> dict[str, bytes]:
    """File name -> content of pmgen/runtime."""
    return {
        path.name: path.read_bytes()
        for path in sorted((_HERE / "runtime").glob("*.py"))
    }
