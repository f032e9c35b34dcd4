"""Files as a git revision has them: laid out in a folder of their own, so that they are read as those of the disk are.

Contents come from git's own objects: filters (line ends, LFS) and the working tree have no part in it.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
import posixpath
import shutil
import subprocess
import typing
from pathlib import Path

from pmgen.configuration import problem
from pmgen.diagnostics import Rule

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.configuration import ProjectError

_FILES, _LINK = ("100644", "100755"), "120000"
_READ = (".json", ".yaml", ".yml")


class RevisionError(ValueError):
    """No git, no repository, or no such revision."""


@dataclasses.dataclass(frozen=True, slots=True)
class Revision:
    """``name`` as the user gives it. ``folder`` stands for the working folder, ``above`` for all of the repository.

    ``prefix``: the way from the repository to the working folder, "" or with a slash at its end.
    """

    name: str
    commit: str
    prefix: str
    above: Path
    folder: Path

    @classmethod
    def of(cls, name: str, scratch: Path) -> Revision:
        """Raises RevisionError. Files will lie in ``scratch``, an empty folder."""
        if not name or name.startswith("-"):
            raise RevisionError(f"{name!r} is no revision")
        top, prefix = _said("rev-parse", "--show-toplevel", "--show-prefix")
        try:
            (commit,) = _said("rev-parse", "--verify", f"{name}^{{commit}}", "--")[:1]
        except RevisionError as error:
            text = f"git knows no revision {name!r} here; `git log` shows those it has"
            raise RevisionError(text) from error
        # The folder has its own name: what is in `collections` is told by that.
        above = scratch / (Path(top).name or "root")
        folder = above / prefix
        folder.mkdir(parents=True)
        return cls(name, commit, prefix, above, folder)

    def fetch(self, path: str) -> str:
        """Lay a file or folder out, and say where. Raises ProjectError where the revision has none."""
        inside = self._inside(path)
        found = None if inside is None else list(self._listed(inside))
        if not found:
            text = f"git has no such file or folder in {self.name}"
            raise problem(f"{self.name}:{inside or path}", Rule.UNREADABLE, text)
        self._lay_out(found, whole=inside or "")
        return str(self.above / (inside or ""))

    def find(self, path: str) -> str:
        """As ``fetch``, for what may be missing; what lies out of the repository is that of the disk."""
        inside = self._inside(path)
        if inside is None:
            return path
        self._lay_out(list(self._listed(inside)), whole=inside)
        return str(self.above / inside)

    def shown(self, path: str) -> str:
        """How messages, and git, call what lies here: `HEAD~1:collections/shop.json`."""
        try:
            inside = Path(path).relative_to(self.above).as_posix()
        except ValueError:
            return path
        return f"{self.name}:{inside}"

    def told(self, error: ProjectError) -> ProjectError:
        """The same error without the folder that nobody knows."""
        found = error.diagnostic
        text = found.text.replace(f"{self.above}{os.sep}", f"{self.name}:")
        return problem(self.shown(error.file), found.rule, text)

    def _inside(self, path: str) -> str | None:
        """The path from the top of the repository; None outside of it."""
        near = os.path.relpath(path) if os.path.isabs(path) else path
        inside = posixpath.normpath(self.prefix + near.replace(os.sep, "/"))
        if inside == ".." or inside.startswith("../"):
            return None
        return "" if inside == "." else inside

    def _listed(self, inside: str) -> Iterator[tuple[str, str, str]]:
        """Mode, object and path of each file there."""
        paths = ["--", inside] if inside else []
        raw = _git("ls-tree", "-r", "-z", "--full-tree", self.commit, *paths)
        for line in raw.split(b"\0")[:-1]:
            head, _, path = line.partition(b"\t")
            mode, _, name = head.decode().split()
            yield mode, name, os.fsdecode(path)

    def _lay_out(self, found: list[tuple[str, str, str]], whole: str) -> None:
        """Those files that can be read as sources, or the one that is meant."""
        wanted = [
            (mode, name, path)
            for mode, name, path in found
            if mode == _LINK
            or (mode in _FILES and (path == whole or path.lower().endswith(_READ)))
        ]
        contents = _contents([name for _, name, _ in wanted])
        for (mode, _, path), content in zip(wanted, contents, strict=True):
            target = self.above / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if mode == _LINK:
                self._link(path, os.fsdecode(content))
            else:
                target.write_bytes(content)

    def _link(self, path: str, to: str) -> None:
        """A link within the repository; what it names is fetched, too.

        First up, then down: of a way up behind a folder that is a link nobody can say by its text where it leads.
        """
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(path), to))
        down = itertools.dropwhile(lambda part: part == "..", Path(to).parts)
        if ".." in down or f"{inside}/".startswith("../") or posixpath.isabs(to):
            text = f"It is a link that may lead out of the repository: {to}"
            raise problem(f"{self.name}:{path}", Rule.UNREADABLE, text)
        target = self.above / path
        if target.is_symlink():  # links may go round in a circle
            return
        target.symlink_to(to)
        self._lay_out(list(self._listed(inside)), whole=inside)


def _contents(names: list[str]) -> Iterator[bytes]:
    """Of objects, all at once: a process for each would cost more than all the rest."""
    if not names:
        return
    raw = _git("cat-file", "--batch", stdin="".join(f"{n}\n" for n in names).encode())
    start = 0
    for _ in names:
        end = raw.index(b"\n", start)
        size = int(raw[start:end].rpartition(b" ")[2])
        yield raw[end + 1 : end + 1 + size]
        start = end + 1 + size + 1


def _said(*arguments: str) -> list[str]:
    return os.fsdecode(_git(*arguments)).split("\n")[:-1]


def _git(*arguments: str, stdin: bytes = b"") -> bytes:
    """Raises RevisionError with git's own words."""
    program = shutil.which("git")
    if program is None:
        raise RevisionError("--git needs git, and there is none on the path")
    # Paths are paths, and no patterns.
    environment = {**os.environ, "GIT_LITERAL_PATHSPECS": "1"}
    done = subprocess.run(  # noqa: S603 - no shell; a revision never begins with a dash
        [program, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env=environment,
    )
    if done.returncode:
        words = os.fsdecode(done.stderr).strip().splitlines() or ["git failed"]
        raise RevisionError(words[0])
    return done.stdout
