"""FRONT END: Document -> Collection, the one canonical form of every collection format."""

from pmgen.postman.model import (
    Auth,
    Body,
    Collection,
    Folder,
    Item,
    Pair,
    Request,
    Response,
    Url,
    Variable,
)
from pmgen.postman.parse import parse

__all__ = [
    "Auth",
    "Body",
    "Collection",
    "Folder",
    "Item",
    "Pair",
    "Request",
    "Response",
    "Url",
    "Variable",
    "parse",
]
