"""Pieces of modules -> one module: what is used is kept, what others are built on comes first, names stay apart."""

from __future__ import annotations

import collections
import functools
import typing

from pmgen.bundle.pieces import MAIN, Ours, Theirs, read

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pmgen.bundle.pieces import Module, Piece, Target, Use

_BASE = "The base of the types."
_TYPES = "The types."
_READING = "How they are read, checked and printed."
_VALUES = "Values that are no object."


class BundleError(Exception):
    """Sources that can't be joined: a defect of pmgen."""


def bundle(main: str, runtime: Mapping[str, str]) -> str:
    """One module of a generated one and of what it uses of the runtime's (file name -> source).

    The generated one keeps its names; one of the runtime's that is called as one of those gets an underscore.
    Raises BundleError.
    """
    library = _Library(main, runtime)
    own = library.module(MAIN).pieces
    _check_once(own)
    kept = library.reached(own)
    types = [piece for piece in own if piece.is_block]
    early = {*library.reached(types, eagerly=True)} - {*types}
    placed = {*early, *types}
    late = [piece for piece in kept if piece not in placed]
    spelling = _Spelling(library, kept)
    sections = {
        _BASE: [piece for piece in kept if piece in early],
        _TYPES: types,
        _READING: [piece for piece in late if piece.module != MAIN],
        _VALUES: [piece for piece in late if piece.module == MAIN],
    }
    parts = [
        library.module(MAIN).doc,
        "from __future__ import annotations",
        "\n".join(spelling.imports()),
        *(spelling.section(title, found) for title, found in sections.items() if found),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _check_once(pieces: Iterable[Piece]) -> None:
    counts = collections.Counter(name for piece in pieces for name in piece.binds)
    twice = [name for name, count in counts.items() if count > 1]
    if twice:
        raise BundleError(f"{', '.join(twice)}: defined twice")


def _place(use: Use) -> tuple[int, int]:
    return use.line, use.start


_read_once = functools.lru_cache(maxsize=64)(read)


class _Library:
    """The modules, read when they are first asked for."""

    def __init__(self, main: str, runtime: Mapping[str, str]) -> None:
        self._sources = {n.removesuffix(".py"): text for n, text in runtime.items()}
        self._main = read(MAIN, main)

    def module(self, name: str) -> Module:
        """The module; raises BundleError where there is none."""
        if name == MAIN:
            return self._main
        if name not in self._sources:
            raise BundleError(f"no module {name!r}")
        return _read_once(name, self._sources[name])

    def reached(self, start: Iterable[Piece], *, eagerly: bool = False) -> list[Piece]:
        """The pieces and all that they use (``eagerly``: to run at all), in the order in which Python would run them."""
        todo = list(start)
        found = dict.fromkeys(todo)
        while todo:
            for use in todo.pop().uses:
                target = self.definition(use.target)
                if isinstance(target, Ours) and (use.eager or not eagerly):
                    piece = self.module(target.module).binding[target.name]
                    if piece not in found:
                        found[piece] = None
                        todo.append(piece)
        return [
            p for name in self._order() for p in self.module(name).pieces if p in found
        ]

    def definition(self, target: Target) -> Target:
        """What is really meant, where modules hand on what they import."""
        while isinstance(target, Ours):
            known = self.module(target.module).known
            if target.name not in known:
                raise BundleError(f"{target.module} has no {target.name}")
            if known[target.name] == target:
                return target
            target = known[target.name]
        return target

    def _order(self) -> list[str]:
        """Every module after those that it imports."""
        done: dict[str, None] = {}
        todo = [MAIN]
        while todo:
            waiting = [
                name
                for name in self.module(todo[-1]).imports
                if name not in done and name not in todo
            ]
            if waiting:
                todo.append(waiting[0])
            else:
                done[todo.pop()] = None
        return list(done)


class _Spelling:
    """The one name of everything that the module holds."""

    def __init__(self, library: _Library, kept: list[Piece]) -> None:
        self._library = library
        self._names: dict[Target, str] = {}
        self._taken: set[str] = set()
        own = [piece for piece in kept if piece.module == MAIN]
        for piece in (*own, *kept):  # the generated module chooses first
            for name in piece.binds:
                self._take(Ours(piece.module, name), name)
        used = {
            target: None
            for piece in (*own, *kept)
            for use in piece.uses
            if isinstance(target := library.definition(use.target), Theirs)
        }
        for target in used:
            if target.module != "builtins":
                self._take(target, target.alias)
        hidden = [t for t in used if t.module == "builtins" and t.name in self._taken]
        if hidden:
            self._take(Theirs("builtins", alias="builtins"), "builtins")
        for target in hidden:
            self._names[target] = f"{self._names[Theirs('builtins')]}.{target.name}"

    def imports(self) -> Iterator[str]:
        """The import statements, as isort has them."""
        by_module: dict[str, list[str]] = collections.defaultdict(list)
        for target, name in self._names.items():
            if isinstance(target, Theirs) and target.module != "builtins":
                plain = target.name or target.module
                spelled = plain if plain == name else f"{plain} as {name}"
                by_module[target.module if target.name else ""].append(spelled)
        if Theirs("builtins") in self._names:
            by_module[""].append(self._names[Theirs("builtins")])
        yield from (f"import {spelled}" for spelled in sorted(by_module.pop("", [])))
        for module, names in sorted(by_module.items()):
            yield f"from {module} import {', '.join(sorted(names))}"

    def section(self, title: str, pieces: list[Piece]) -> str:
        """The pieces under their title."""
        text = f"# --- {title} ".ljust(88, "-")
        before: Piece | None = None
        for piece in pieces:
            is_apart = before is None or before.is_block or piece.is_block
            is_long = (
                before is not None and max(map(len, (before.lines, piece.lines))) > 1
            )
            text += "\n\n\n" if is_apart else "\n\n" if is_long else "\n"
            text += self._renamed(piece)
            before = piece
        return f"\n{text}"

    def _renamed(self, piece: Piece) -> str:
        lines = list(piece.lines)
        for use in sorted(piece.uses, key=_place, reverse=True):
            target = self._library.definition(use.target)
            name = self._names.get(target, target.name)
            if use.text == name:
                continue
            line, end = lines[use.line], use.start + len(use.text.encode())
            if line[use.start : end] != use.text.encode():
                raise BundleError(
                    f"{piece.module}: {use.text} is not where it should be"
                )
            lines[use.line] = line[: use.start] + name.encode() + line[end:]
        return b"\n".join(lines).decode()

    def _take(self, target: Target, name: str) -> None:
        if target in self._names:
            return
        while name in self._taken:
            name = f"_{name}"
        self._names[target] = name
        self._taken.add(name)
