"""What a JSON value is: the shapes of POSTMAN.md 1.1, told by content."""

from __future__ import annotations

import enum
import typing

from pmgen.postman.strays import unread_members

if typing.TYPE_CHECKING:
    from pmgen.postman.node import Node
    from pmgen.source import Json


class Shape(enum.Enum):
    """``value`` says it in words, after "This is"."""

    DUMP = "a Postman data dump"
    V2 = "a Postman collection"
    V1 = "a Postman collection of format 1.0"
    VALUES = "a Postman environment (or globals)"
    ITEM = "a Postman request"
    LIST = "a list of Postman items"
    OPENAPI = "an OpenAPI description"
    SWAGGER = "a Swagger description"
    UNKNOWN = "an object with neither `item` nor `request`"
    NO_OBJECT = "no JSON object"


def unwrapped(node: Node) -> Node:
    """What stands in the wrappers of Postman's API, ``{"collection": {…}}`` and ``{"environment": {…}}``."""
    while not node.has("item"):
        key = next((k for k in _WRAPPERS if isinstance(node.child(k).value, dict)), "")
        if not key:
            break
        unread_members(node, key)
        node = node.child(key)
    return node


_WRAPPERS = ("collection", "environment")


def shape(value: Json) -> Shape:
    """The shape of an unwrapped value; the first rule that fits decides."""
    if isinstance(value, list):
        return _of_list(value)
    if not isinstance(value, dict):
        return Shape.NO_OBJECT
    return next((found for found, fits in _RULES if fits(value)), Shape.UNKNOWN)


def _has_list(key: str) -> typing.Callable[[dict[str, Json]], bool]:
    return lambda value: isinstance(value.get(key), list)


def _has(key: str) -> typing.Callable[[dict[str, Json]], bool]:
    return lambda value: key in value


_RULES: tuple[tuple[Shape, typing.Callable[[dict[str, Json]], bool]], ...] = (
    (Shape.DUMP, _has_list("collections")),
    (Shape.V2, lambda value: value.get("item") is not None),
    (Shape.V1, _has_list("requests")),
    (Shape.ITEM, _has("request")),
    (Shape.V2, _has("item")),
    (Shape.V2, _has_list("items")),
    (Shape.VALUES, _has_list("values")),
    (Shape.OPENAPI, _has("openapi")),
    (Shape.SWAGGER, _has("swagger")),
)


def _bare(value: dict[str, Json]) -> Json:
    """What stands in a wrapper of Postman's API."""
    inner = value.get("collection")
    return inner if isinstance(inner, dict) and "item" not in value else value


def _of_list(value: list[Json]) -> Shape:
    """A bare list is of items, or of an environment's values."""
    objects = [element for element in value if isinstance(element, dict)]
    shapes = {shape(_bare(element)) for element in objects}
    if shapes & {Shape.V2, Shape.V1, Shape.ITEM}:
        return Shape.LIST
    if objects and all("key" in element for element in objects):
        return Shape.VALUES
    return Shape.UNKNOWN if objects else Shape.NO_OBJECT
