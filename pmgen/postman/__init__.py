"""FRONT END: a source -> its Collections, the one canonical form of every collection format."""

from pmgen.postman.census import Census, census
from pmgen.postman.model import (
    Auth,
    Body,
    Collection,
    Environment,
    Folder,
    Item,
    Pair,
    Request,
    Response,
    Script,
    Url,
    Variable,
)
from pmgen.postman.parse import parse, parse_environment
from pmgen.postman.v3_files import wanted

__all__ = [
    "Auth",
    "Body",
    "Census",
    "Collection",
    "Environment",
    "Folder",
    "Item",
    "Pair",
    "Request",
    "Response",
    "Script",
    "Url",
    "Variable",
    "census",
    "parse",
    "parse_environment",
    "wanted",
]
