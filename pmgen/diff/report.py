"""Changes as JSON, for programs.

    {"clients": [{"package": "shop",
                  "counts": {"breaking": 1, "inference": 0, "additive": 0, "docs": 0},
                  "changes": [{"kind": "argument-required", "level": "breaking",
                               "subject": "client.books.get_book(...)", "what": "lang", "was": "not sent", "now": "",
                               "text": "...", "old": "/item/0", "new": "/item/0"}]}]}

``kind`` is a key of ``kinds.KINDS`` and stable; ``text`` is for people and may change. ``what``, ``was`` and ``now`` are
"" where a kind has none. ``old`` and ``new`` are JSON pointers into the collections (in a folder of format 3 their first
part is a file), null where the thing is not there, or has no place of its own. Clients without a change are left out.
"""

from __future__ import annotations

import dataclasses
import json
import typing

from pmgen.diff.levels import LEVELS
from pmgen.diff.markdown import text

if typing.TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmgen.diff.model import Change


def report(found: Mapping[str, Sequence[Change]]) -> str:
    """By package."""
    clients = [_client(name, changes) for name, changes in found.items() if changes]
    return json.dumps({"clients": clients}, indent=2)


def _client(package: str, changes: Sequence[Change]) -> dict[str, typing.Any]:
    return {
        "package": package,
        "counts": {
            level: sum(change.level is level for change in changes) for level in LEVELS
        },
        "changes": [
            {**dataclasses.asdict(change), "text": text(change)} for change in changes
        ],
    }
