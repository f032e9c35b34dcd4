"""EMITTER: a tree of files against a directory: compare, write all or nothing, prune what the manifest lists."""

from pmgen.emit.lock import locked
from pmgen.emit.manifest import MANIFEST, Manifest
from pmgen.emit.plan import Plan, plan, read_manifest
from pmgen.emit.write import WriteError, recover, write

__all__ = [
    "MANIFEST",
    "Manifest",
    "Plan",
    "WriteError",
    "locked",
    "plan",
    "read_manifest",
    "recover",
    "write",
]
