"""Names that must not be used, by what they would break. Each table is data with its reason."""

from __future__ import annotations

import keyword

from pmgen.names import stdlib

KEYWORDS = frozenset(keyword.kwlist)
"""Not identifiers at all."""

ANNOTATIONS = frozenset(
    [
        "bool",
        "bytes",
        "dict",
        "float",
        "frozenset",
        "int",
        "list",
        "object",
        "set",
        "str",
        "tuple",
        "type",
        "property",
    ]
)
"""Used in annotations of class bodies, where a member of the same name would be found first."""

FIELDS = (
    KEYWORDS
    | ANNOTATIONS - {"type", "object", "property", "set", "bytes"}
    | {
        "classmethod",
        "extra",
        "l",
        "from_json",
        "to_json",
        "self",
        "mro",
    }
)
"""Members of the runtime's Model, and what annotations of fields and decorators of their class use."""

MEMBERS = (
    KEYWORDS
    | ANNOTATIONS
    | {
        "close",
        "mro",
        "self",
        "send",
        "stream",
        "with_options",
    }
)
"""Members of clients and groups."""

MODULES = frozenset(
    [
        "client",
        "models",
        "requests",
        "tests",
        "con",
        "prn",
        "aux",
        "nul",
        "__init__",
        "__main__",
        "conftest",
    ]
) | {f"{device}{n}" for device in ("com", "lpt") for n in range(10)}
"""Modules of every package, and names that Windows keeps for devices."""

PARAMS = KEYWORDS | {"self", "body", "headers", "str", "int", "float", "bool"}
"""Arguments that every method has, and annotation names (a parameter of such a name only confuses)."""

SETTINGS = (
    KEYWORDS | ANNOTATIONS | {"self", "auth", "http", "on_drift", "retries", "timeout"}
)
"""Arguments that every client has."""

PACKAGES = KEYWORDS | stdlib.MODULES | {"black", "click", "httpx2", "pmgen", "pytest"}
"""A client of such a name would be found instead of the module, wherever generated/ is on the path."""

CLASSES = KEYWORDS | {"I", "O"}
"""Classes are reached through their module or defined before they are used; I and O look like numbers."""
