"""What stands in a format 2 file and Postman overlooks: keys of other formats, keys in the wrong place."""

from __future__ import annotations

import typing

from pmgen.diagnostics import Rule

if typing.TYPE_CHECKING:
    from collections.abc import Collection

    from pmgen.postman.node import Node

#: Keys of other formats, and what this one calls them.
_FOREIGN = {"headers": "header", "events": "event", "variables": "variable"}


def foreign_keys(node: Node) -> None:
    """Report keys that are another format's, and responses under such a key one by one."""
    for key in _said(node, _FOREIGN.keys()):
        text = f"`{key}` has no effect; Postman reads `{_FOREIGN[key]}`"
        node.child(key).report(Rule.WITHOUT_EFFECT, text)
    responses = node.child("responses")
    if isinstance(responses.value, list):
        for element in responses.elements():
            text = "`responses` is not read, by Postman neither; it reads `response`"
            element.report(Rule.EXAMPLE_SKIPPED, text)


_MEMBERS = frozenset(
    {"collection", "collections", "item", "items", "requests", "request"}
)


def _said(node: Node, keys: Collection[str]) -> list[str]:
    """Those of the keys under which something stands. Nearly always none, so that this must cost nothing."""
    if not isinstance(node.value, dict):
        return []
    return sorted(key for key in node.value.keys() & keys if node.value[key])


def unread_members(node: Node, read: str) -> None:
    """Report requests that stand beside the key that was read, under another one."""
    for key in _said(node, _MEMBERS - {read}):
        text = f"`{key}` stands beside `{read}` and is left out"
        node.child(key).report(Rule.MEMBERS_IGNORED, text)
    if read != "request" and isinstance(node.child("response").value, list):
        for element in node.child("response").elements():
            text = "The saved example belongs to no request"
            element.report(Rule.EXAMPLE_SKIPPED, text)


def proxy_and_certificate(node: Node) -> None:
    """Report them, at a request."""
    for key in _said(node, {"proxy", "certificate"}):
        text = f"The client does not act upon the {key}"
        node.child(key).report(Rule.BEHAVIOUR_IGNORED, text)


def unsent_body(node: Node) -> None:
    """Report a body that is switched off, or whose mode is missing."""
    if node.child("disabled").value is True:
        node.report(Rule.DISABLED, "The body is switched off")
    elif isinstance(node.value, dict) and node.value.get("raw"):
        text = "A body without `mode` has no effect"
        node.child("raw").report(Rule.WITHOUT_EFFECT, text)


def overlooked_in_url(node: Node) -> None:
    """Report a query that stands in ``raw`` only: Postman looks at the parts where there are any."""
    raw = node.child("raw").value
    if isinstance(raw, str) and "?" in raw and not node.has("query"):
        text = "The query stands in `raw` only; Postman sends none"
        node.child("raw").report(Rule.WITHOUT_EFFECT, text)


def auth_beside_request(found: Node) -> None:
    """Report auth at an item, where Postman looks for none."""
    if found.value:
        text = "Auth beside the request has no effect; Postman reads `request.auth`"
        found.report(Rule.WITHOUT_EFFECT, text)


def unused_variables(found: Node) -> None:
    """Report variables of a folder or request, where Postman looks for none."""
    if found.value:
        text = "Variables of folders and requests have no effect in Postman"
        found.report(Rule.WITHOUT_EFFECT, text)
