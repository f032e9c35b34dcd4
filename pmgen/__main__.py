"""The command: `pmgen`, `python -m pmgen`."""

from __future__ import annotations

import sys

from pmgen.quick.replay import Recorder, replayed


def main() -> None:
    """Tell what is told of a run that changes nothing, or run."""
    arguments = sys.argv[1:]
    code = replayed(arguments)
    if code is None:
        from pmgen.cli import main as command

        command(obj=Recorder(arguments))
    sys.exit(code)


if __name__ == "__main__":
    main()
