"""What a program can see of a generated client, read from its code: an oracle for `diff`, which reads none of it."""

from __future__ import annotations

import ast
import dataclasses
import re
import typing

from pmgen import resources
from pmgen.diff.levels import Level
from pmgen.options import Options
from pmgen.pipeline import Front, Resources, compile_front

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pmgen.diff.model import Change, Pair, Version

_MODULES = re.compile(r"\b_(?:rt|dt|m|up\d+)\.")


@dataclasses.dataclass(frozen=True, slots=True)
class Function:
    """A request builder: names by position, names by keyword, and which of all must be given."""

    positional: tuple[str, ...]
    keywords: frozenset[str]
    required: frozenset[str]
    annotations: Mapping[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Surface:
    """Functions and classes by their paths; a class is the annotations of its fields."""

    functions: Mapping[str, Function]
    classes: Mapping[str, Mapping[str, str]]
    settings: frozenset[str]


def surface(version: Version) -> Surface:
    """What the generated modules have."""
    inputs = {"source": {"name": "shop.json", "sha256": ""}}
    tools = Resources(resources.templates(), resources.runtime(), _unformatted)
    front = Front((version.analysis,), inputs, ())
    (client,) = compile_front(front, Options("shop"), tools).clients
    trees = {
        path: ast.parse(text)
        for path, text in client.tree.items()
        if path.endswith((".py",)) and not path.startswith(("_runtime", "tests"))
    }
    return Surface(
        functions=dict(_functions(trees)),
        classes=dict(_classes(trees)),
        settings=frozenset(_settings(trees["client.py"])),
    )


def _unformatted(_: str, text: str) -> str:
    return text


def _functions(trees: Mapping[str, ast.Module]) -> Iterator[tuple[str, Function]]:
    for path, tree in trees.items():
        if path.endswith("requests.py"):
            for node in tree.body:
                if isinstance(node, ast.FunctionDef):
                    yield f"{path}:{node.name}", _function(node)


def _function(node: ast.FunctionDef) -> Function:
    found = node.args
    optional = {
        arg.arg
        for arg, default in zip(found.kwonlyargs, found.kw_defaults, strict=True)
        if default is not None
    }
    keywords = frozenset(arg.arg for arg in found.kwonlyargs)
    positional = tuple(arg.arg for arg in found.args)
    annotations = {
        arg.arg: _plain(arg.annotation) for arg in (*found.args, *found.kwonlyargs)
    }
    return Function(
        positional,
        keywords,
        frozenset({*positional, *keywords} - optional),
        {**annotations, "return": _plain(node.returns)},
    )


def _plain(annotation: ast.expr | None) -> str:
    return _MODULES.sub("", ast.unparse(annotation)) if annotation else ""


def _classes(
    trees: Mapping[str, ast.Module],
) -> Iterator[tuple[str, Mapping[str, str]]]:
    for path, tree in trees.items():
        if path.endswith("models.py"):
            for node in tree.body:
                if isinstance(node, ast.ClassDef):
                    yield f"{path}:{node.name}", dict(_fields(node))


def _fields(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for member in node.body:
        if (
            not isinstance(member, ast.AnnAssign)
            or ast.unparse(member.target) == "_KEYS"
        ):
            continue
        yield ast.unparse(member.target), _plain(member.annotation)


def _settings(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            yield from (arg.arg for arg in node.args.kwonlyargs)


def broken(old: Surface, new: Surface) -> Iterator[tuple[str, str]]:
    """What a program that used all of the old client can't do with the new one: the sort of thing, and which."""
    for path, function in old.functions.items():
        if path not in new.functions:
            yield "calls", path
        elif not _takes(new.functions[path], function):
            yield "arguments", path
    for path, fields in old.classes.items():
        if path not in new.classes:
            yield "classes", path
        elif not fields.keys() <= new.classes[path].keys():
            yield "fields", path
    for name in old.settings - new.settings:
        yield "settings", name


def _takes(new: Function, old: Function) -> bool:
    """Whether each call of the old one is one of the new one, to the same effect."""
    known = {*old.positional, *old.keywords}
    return (
        new.positional[: len(old.positional)] == old.positional
        and known <= {*new.positional, *new.keywords}
        and new.required <= old.required
    )


def annotated(old: Surface, new: Surface) -> Iterator[str]:
    """What is there on both sides and annotated otherwise."""
    for path in old.functions.keys() & new.functions.keys():
        was, now = old.functions[path].annotations, new.functions[path].annotations
        for name in was.keys() & now.keys():
            if _set(was[name]) != _set(now[name]):
                yield f"{path} {name}"
    for path in old.classes.keys() & new.classes.keys():
        for name in old.classes[path].keys() & new.classes[path].keys():
            if _set(old.classes[path][name]) != _set(new.classes[path][name]):
                yield f"{path} {name}"


def _set(annotation: str) -> list[str]:
    """The order of alternatives says nothing."""
    return sorted(re.split(r" \| |[\[\], ]+", annotation))


KINDS = {
    "calls": {
        "operation-removed",
        "operation-moved",
        "operation-renamed",
        "folder-moved",
    },
    "arguments": {
        "argument-removed",
        "argument-renamed",
        "argument-added-required",
        "argument-required",
        "argument-keyword",
        "argument-order",
        "body-added",
        "body-removed",
    },
    "classes": {
        "class-removed",
        "class-merged",
        "class-renamed",
        "class-moved",
        "folder-moved",
    },
    "fields": {"field-removed", "field-renamed"},
    "settings": {"setting-removed"},
}
"""A sort of thing that breaks -> the kinds of change that tell it."""


def untold(pair: Pair, found: Iterable[Change]) -> Iterator[str]:
    """What breaks, or is annotated otherwise, and no change tells.

    A thing may have the name that another one had; then it is the other one's move that is told.
    """
    if pair.old is None or pair.new is None:
        return
    was, now = surface(pair.old), surface(pair.new)
    found = [*found]
    told = {change.kind for change in found if change.level is Level.BREAKING}
    for sort, path in broken(was, now):
        if not told & (KINDS[sort] | KINDS["calls"] | KINDS["classes"]):
            yield f"{sort} {path}"
    if all(change.level is Level.DOCS for change in found):
        yield from annotated(was, now)
