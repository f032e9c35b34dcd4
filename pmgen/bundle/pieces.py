"""A module's text -> its top-level statements, and what each name in them stands for."""

from __future__ import annotations

import ast
import builtins
import dataclasses
import re
import typing

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAIN = ""
"""How the generated module is called among those of the runtime."""

_RUNTIME = "_runtime"
_DOTTED = re.compile(r"([A-Za-z_]\w*)(\.\w+)*")
_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclasses.dataclass(frozen=True, slots=True)
class Ours:
    """What a module of ours defines; the module itself where ``name`` is ""."""

    module: str
    name: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """A module of the standard library, or a name in it. ``alias`` is what our module calls it."""

    module: str
    name: str = ""
    alias: str = dataclasses.field(default="", compare=False)


Target: typing.TypeAlias = "Ours | Theirs"


@dataclasses.dataclass(frozen=True, slots=True)
class Use:
    """A name in a piece: its line in there, its column in bytes. ``eager``: the piece runs only after it is bound."""

    line: int
    start: int
    text: str
    target: Target
    eager: bool


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A statement with the comments above and the docstring below it. ``binds`` are the names that it gives."""

    module: str
    lines: tuple[bytes, ...]
    binds: tuple[str, ...]
    uses: tuple[Use, ...]
    is_block: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Module:
    """``known``: everything that its top level binds. ``imports``: the modules of ours that it needs, in order."""

    name: str
    doc: str
    known: Mapping[str, Target]
    imports: tuple[str, ...]
    pieces: tuple[Piece, ...]
    binding: Mapping[str, Piece]


def read(name: str, text: str) -> Module:
    """Take a module apart. Its annotations must be lazy (``from __future__ import annotations``)."""
    body = ast.parse(text).body
    lines = text.encode().split(b"\n")
    doc = ast.get_source_segment(text, body[0]) if _is_text(body[0]) else None
    known: dict[str, Target] = {}
    for node in body:
        known.update(_bound(node, name))
    found = [known[name] for name in known]
    imports = (t.module for t in found if isinstance(t, Ours) and t.module != name)
    reader = _Reader(name, known, lines)
    pieces = tuple(reader.pieces(body))
    return Module(
        name=name,
        doc=doc or "",
        known=known,
        imports=tuple(dict.fromkeys(imports)),
        pieces=pieces,
        binding={name: piece for piece in pieces for name in piece.binds},
    )


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _bound(node: ast.stmt, module: str) -> Iterator[tuple[str, Target]]:
    """The names that a top-level statement binds, and to what."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            known = alias.asname or alias.name
            yield known, Theirs(alias.name, alias=known)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            known = alias.asname or alias.name
            yield known, _imported(node, alias.name, known)
    else:
        yield from ((name, Ours(module, name)) for name in _names(node))


def _imported(node: ast.ImportFrom, name: str, known: str) -> Target:
    base = node.module or ""
    if not node.level:
        return Theirs(base, name, alias=known)
    is_module = base.rpartition(".")[2] in ("", _RUNTIME)
    return Ours(name) if is_module else Ours(base, name)


def _names(node: ast.stmt) -> tuple[str, ...]:
    if isinstance(node, _DEFINITIONS):
        return (node.name,)
    targets: list[ast.expr] = []
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return tuple(
        name.id
        for target in targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Reader:
    """Resolves names by the module's top level: our modules have no locals that are called as something there."""

    module: str
    known: Mapping[str, Target]
    lines: list[bytes]

    def pieces(self, body: list[ast.stmt]) -> Iterator[Piece]:
        """Every statement that is neither an import nor a docstring."""
        end = 0
        for node, after in zip(body, [*body[1:], None], strict=True):
            if isinstance(node, (ast.Import, ast.ImportFrom)) or _is_text(node):
                end = node.end_lineno or end
                continue
            first = self._first(node, end)
            has_doc = after is not None and _is_text(after)
            end = (after if after is not None and has_doc else node).end_lineno or first
            yield Piece(
                module=self.module,
                lines=tuple(self.lines[first - 1 : end]),
                binds=_names(node),
                uses=tuple(self._uses(node, first)),
                is_block=isinstance(node, _DEFINITIONS),
            )

    def _first(self, node: ast.stmt, before: int) -> int:
        """The statement's first line: that of its decorators, of the comments above it."""
        decorators = node.decorator_list if isinstance(node, _DEFINITIONS) else []
        line = min([node.lineno, *(d.lineno for d in decorators)])
        while line - 1 > before and self.lines[line - 2].startswith(b"#"):
            line -= 1
        return line

    def _uses(self, node: ast.stmt, first: int) -> Iterator[Use]:
        if isinstance(node, _DEFINITIONS):
            keyword = b"class " if isinstance(node, ast.ClassDef) else b"def "
            start = self.lines[node.lineno - 1].index(keyword) + len(keyword)
            own = Ours(self.module, node.name)
            yield Use(node.lineno - first, start, node.name, own, eager=False)
        for inner, eager in _walk(node, eager=True):
            text, target = self._resolved(inner)
            if target is not None:
                quote = isinstance(inner, ast.Constant)
                start = inner.col_offset + quote
                yield Use(inner.lineno - first, start, text, target, eager)

    def _resolved(self, node: ast.expr) -> tuple[str, Target | None]:
        """What a name, a name in one of our modules, or a name as text stands for, and how it is written."""
        match node:
            case ast.Attribute(value=ast.Name(name), attr=attribute):
                base = self.known.get(name)
                if isinstance(base, Ours) and not base.name:
                    return f"{name}.{attribute}", Ours(base.module, attribute)
            case ast.Name(name):
                return name, self._target(name)
            case ast.Constant(str(text)) if self.module != MAIN:
                dotted = _DOTTED.fullmatch(text)  # as in typing.cast("typing.Self", …)
                if dotted:
                    return dotted[1], self.known.get(dotted[1])
        return "", None

    def _target(self, name: str) -> Target | None:
        target = self.known.get(name)
        if isinstance(target, Ours) and not target.name:
            return None  # a module of ours is no value; `module.name` is resolved as a whole
        if target is None and hasattr(builtins, name):
            return Theirs("builtins", name)
        return target


def _walk(node: ast.AST, *, eager: bool) -> Iterator[tuple[ast.expr, bool]]:
    """Every expression below, and whether running the statement evaluates it."""
    for field, value in ast.iter_fields(node):
        later = field in ("annotation", "returns") or (
            field == "body" and isinstance(node, (*_DEFINITIONS[1:], ast.Lambda))
        )
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST):
                continue
            now = eager and not later
            if isinstance(child, ast.expr):
                yield child, now
            yield from _walk(child, eager=now)
