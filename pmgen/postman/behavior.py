"""What a collection says of how its requests are sent: ``protocolProfileBehavior``, in format 3 ``settings``."""

from __future__ import annotations

import typing

from pmgen.diagnostics import Rule
from pmgen.postman.model import Behavior

if typing.TYPE_CHECKING:
    from pmgen.postman.node import Node
    from pmgen.source import Json

_PRUNING = "disableBodyPruning"
_REDIRECTS = "followRedirects"
_DROPPED = "disabledSystemHeaders"
_HEEDED = {_PRUNING, _REDIRECTS, _DROPPED}

_ADDED = frozenset(
    {
        "accept",
        "accept-encoding",
        "cache-control",
        "connection",
        "content-type",
        "postman-token",
        "user-agent",
    }
)
"""Headers that can stay away. Postman leaves out Host and Content-Length too, which HTTP/1.1 needs."""


def behavior(node: Node, inherited: Behavior) -> Behavior:
    """That of a folder or an item; of each flag the nearest setting wins (POSTMAN.md 2.12)."""
    found = node.child("protocolProfileBehavior")
    value = found.child(_DROPPED).value
    said = None
    if isinstance(value, dict):
        said = [name for name, on in value.items() if on is True]
    _unheeded(found, said)
    prunes = not _flag(found, _PRUNING, not inherited.prunes_body)
    follows = _flag(found, _REDIRECTS, inherited.follows_redirects)
    drops = inherited.drops if said is None else _ADDED.intersection(said)
    return Behavior(prunes, follows, drops)


def of_settings(node: Node) -> Behavior:
    """The same of a request of format 3, which prunes no body and lists the headers (POSTMAN.md 1.4)."""
    found = node.child("settings")
    value = found.child(_DROPPED).value
    said = [n for n in value if isinstance(n, str)] if isinstance(value, list) else []
    _unheeded(found, said)
    return Behavior(False, _flag(found, _REDIRECTS, True), _ADDED.intersection(said))


def _flag(found: Node, name: str, inherited: bool) -> bool:
    value = found.child(name).value
    return value if isinstance(value, bool) else inherited


def _unheeded(found: Node, dropped: list[str] | None) -> None:
    """Report what is left to the HTTP library, or to the client that the user configures."""
    given: dict[str, Json] = found.value if isinstance(found.value, dict) else {}
    flags = [k for k, value in given.items() if value not in (None, {}, [])]
    kept = [f"{_DROPPED}.{name}" for name in dropped or () if name not in _ADDED]
    told = sorted([*(flag for flag in flags if flag not in _HEEDED), *kept])
    if told:
        text = f"The client does not act upon {', '.join(told)}"
        found.report(Rule.BEHAVIOUR_IGNORED, text)
