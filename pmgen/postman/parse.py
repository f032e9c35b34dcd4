"""Any source -> its collections: the shape decides which reader reads it."""

from __future__ import annotations

import dataclasses
import typing

from pmgen.diagnostics import Diagnostic, Rule, has_errors
from pmgen.growth import growing
from pmgen.postman import v1, v2, v3
from pmgen.postman.detect import Shape, shape, unwrapped
from pmgen.postman.explain import explained
from pmgen.postman.model import Environment
from pmgen.postman.node import Node, Sink
from pmgen.postman.strays import unread_members
from pmgen.postman.values import values
from pmgen.source import Tree

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

    from pmgen.postman.model import Collection
    from pmgen.source import Document

Diagnostics: typing.TypeAlias = "tuple[Diagnostic, ...]"


@growing
def parse(
    source: Document | Tree, stem: str
) -> tuple[tuple[Collection, ...], Diagnostics]:
    """The collections of a file or of a v3 folder: mostly one; none where the source is no collection.

    ``stem`` is the source's name without suffixes; it names what has no name.
    """
    if isinstance(source, Tree):
        return v3.collections(source, stem)
    sink = Sink()
    collections = tuple(_collections(unwrapped(Node(source.data, sink)), stem))
    found = explained(sink)
    if not collections and not has_errors(found):
        text = "The data dump holds no collection"
        found += (Diagnostic(Rule.NOT_A_COLLECTION, text),)
    return collections, found


def parse_environment(
    source: Document, stem: str
) -> tuple[Environment | None, Diagnostics]:
    """An environment or globals: JSON in all its forms, or v3's YAML. None where the source is none."""
    sink = Sink("environment")
    node = unwrapped(Node(source.data, sink))
    found = shape(node.value)
    if found is not Shape.VALUES:
        text = f"Expected a Postman environment or globals; this is {found.value}"
        node.report(Rule.NOT_AN_ENVIRONMENT, text)
        return None, explained(sink)
    in_list = isinstance(node.value, list)
    listed = (node if in_list else node.child("values")).as_part("values")
    name = node.child("name").text() or stem
    found_values = tuple(
        dataclasses.replace(variable, file=source.name) for variable in values(listed)
    )
    return Environment(name, found_values), explained(sink)


def _collections(node: Node, stem: str) -> Iterator[Collection]:
    found = shape(node.value)
    if found is Shape.V2:
        yield v2.collection(node, stem)
    elif found is Shape.V1:
        unread_members(node, "requests")
        yield v1.collection(node, stem)
    elif found is Shape.LIST and _are_collections(node):
        yield from _each(node, stem)
    elif found in (Shape.ITEM, Shape.LIST):
        yield v2.bare(node, stem)
    elif found is Shape.DUMP:
        yield from _of_dump(node, stem)
    else:
        rule = _RULES.get(found, Rule.NOT_A_COLLECTION)
        node.report(rule, f"This is {found.value}, not a Postman collection")


def _of_dump(node: Node, stem: str) -> Iterator[Collection]:
    """Each collection of a dump is one of its own, named by itself; its environments are chosen by the user."""
    unread_members(node, "collections")
    yield from _each(node.child("collections"), stem)
    for key in ("environments", "globals"):
        if node.child(key).value:
            text = f"The {key} of the dump are not used"
            node.child(key).report(Rule.ENVIRONMENT_UNUSED, text)


def _each(node: Node, stem: str) -> Iterator[Collection]:
    """Collections beside each other. What is none is left out."""
    for element in map(unwrapped, _members(node)):
        if shape(element.value) in _COLLECTIONS:
            yield from map(_named_by_itself, _collections(element, stem))
        else:
            element.refuse("a collection")


def _are_collections(node: Node) -> bool:
    """Whether these are whole collections, and not the members of one."""
    return all(
        element.has("requests") or (element.has("info") and element.has("item"))
        for element in map(unwrapped, _members(node))
    )


def _members(node: Node) -> list[Node]:
    return [element for element in node.elements() if element.value is not None]


def _named_by_itself(collection: Collection) -> Collection:
    """One of several in a file: the file's name can't tell them apart."""
    return dataclasses.replace(collection, stem=collection.name)


_COLLECTIONS = (Shape.V1, Shape.V2)
_RULES = {Shape.VALUES: Rule.ENVIRONMENT_AS_COLLECTION}
