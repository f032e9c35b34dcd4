"""Postman's own runtime, from $PMGEN_SHARED/wire, in a folder of our own with its npm packages."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import typing

if typing.TYPE_CHECKING:
    from pathlib import Path


class OracleError(Exception):
    """It cannot be run; the text says what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Oracle:
    """``folder`` has the scripts and ``node_modules``; ``files``: where the self-test's files lie."""

    folder: Path
    files: Path

    @classmethod
    def prepare(cls, source: Path, folder: Path) -> Oracle:
        """Copy it, and install its packages unless they are there. Raises OracleError."""
        node, npm = shutil.which("node"), shutil.which("npm")
        if node is None or npm is None:
            raise OracleError("the oracle needs Node.js 18 or later (node and npm)")
        ignored = shutil.ignore_patterns("node_modules")
        shutil.copytree(source, folder, dirs_exist_ok=True, ignore=ignored)
        if not (folder / "node_modules").is_dir():
            asked = [npm, "ci", "--silent", "--no-audit", "--no-fund"]
            done = subprocess.run(
                asked, cwd=folder, capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise OracleError(f"npm ci failed: {done.stderr[-500:]}")
        return cls(folder.resolve(), (source / "test" / "files").resolve())

    def record(self, source: Path, environment: Path, out: Path) -> str:
        """What Postman sends; the environment is written. "" or why there is nothing."""
        asked = [
            *("node", str(self.folder / "oracle.mjs"), str(source.resolve())),
            *("--define-missing", str(environment), "--files", str(self.files)),
            *("--out", str(out)),
        ]
        if source.parent.name == "test":  # the self-test has an environment of its own
            own = source.with_name("environment.json").resolve()
            asked += ["--environment", str(own)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        return done.stderr.strip()[-200:] if done.returncode else ""
