"""The layers of ARCHITECTURE: who may import whom, where third parties live, and how big things may be."""

from __future__ import annotations

import ast
import dataclasses
import sys
import typing
from pathlib import Path

import pytest

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent / "pmgen"
MODULES = sorted(ROOT.rglob("*.py"))


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """What a room may import: rooms, or single modules as ``room.module``; ``types`` only for annotations."""

    sees: str
    reason: str
    types: str = ""


#: From the top down. A room sees only rooms below itself, and of those only the ones named.
ROOMS: dict[str, Row] = {
    "__main__": Row("cli quick", "the entry: tells a run again, or runs"),
    "cli": Row(
        "__init__",
        "names the commands; loads the module of the one that is asked for, by its name",
    ),
    "building": Row(
        "screen outline verdict project spread arguments configuration diagnostics",
        "commands that write clients or compare them; the work is the project's",
        types="emit quick",
    ),
    "verdict": Row("diagnostics", "what check found, as text", types="emit"),
    "looking": Row(
        "screen outline schema project samples arguments configuration diagnostics",
        "commands that only look",
        types="pipeline",
    ),
    "sending": Row(
        "mock wire screen arguments configuration diagnostics",
        "commands that run a server or a client",
    ),
    "comparing": Row(
        "diff screen outline arguments configuration diagnostics",
        "the command that compares two versions",
    ),
    "diff": Row(
        "inputs pipeline emit python names infer api configuration options pins diagnostics "
        "runtime.dates runtime.statuses",
        "what users of a client meet, before and after, as the generated code has it",
        types="code",
    ),
    "wire": Row(
        "inputs pipeline lower.own names postman.node source resources options diagnostics",
        "a client and the collection's own values, brought together outside of any output",
        types="api configuration",
    ),
    "mock": Row(
        "inputs pipeline lower postman api source names.packages configuration diagnostics "
        "runtime.dynamic",
        "answers from what was saved; has nothing of clients but the values of dynamic variables",
    ),
    "arguments": Row(
        "diagnostics", "shared by the modules of commands", types="configuration"
    ),
    "screen": Row(
        "terminal outline diagnostics",
        "printing; loads what a terminal needs only where one is",
        types="pipeline",
    ),
    "terminal": Row("diagnostics", "colours and trees", types="outline"),
    "outline": Row(
        "api infer names python postman diagnostics rules",
        "shows types as the generated code spells them",
        types="pipeline source",
    ),
    "schema": Row(
        "infer names runtime.dates",
        "types as a schema has them, under the names of the client",
        types="api pipeline source",
    ),
    "project": Row(
        "__init__ samples inputs tools pipeline emit names.packages names.kept options "
        "configuration pins diagnostics",
        "joins the pure pipeline to the disk",
    ),
    "tools": Row(
        "pipeline render bundle layout format resources configuration spread quick diagnostics",
        "what the pipeline needs beside the source; knows who can fail, and how that is told",
    ),
    "samples": Row(
        "__init__ standalone source infer names diagnostics code",
        "samples of JSON are replies of no operation: collections have no part in it",
        types="pipeline",
    ),
    "standalone": Row(
        "bundle render python names infer api",
        "any table's types as one module, whatever they were found in",
        types="pipeline code",
    ),
    "inputs": Row(
        "pipeline configuration diagnostics",
        "the only reader of sources; what the pipeline reads is its Inputs",
    ),
    "pipeline": Row(
        "source postman lower overrides paging names python render support code options pins growth diagnostics",
        "the composition root: it alone knows every phase",
        types="api infer",
    ),
    "paging": Row(
        "overrides names.pinned infer api pins",
        "what the user says of pages, checked against the types of the replies",
        types="pagination",
    ),
    "overrides": Row(
        "infer names.pinned",
        "what the user wishes of types, in inference's terms; says what is wrong as pins do",
        types="api pins",
    ),
    "emit": Row("", "bytes against a directory, whatever the bytes are"),
    "bundle": Row("", "modules' texts in, one module's text out"),
    "format": Row("", "text in, text out"),
    "render": Row(
        "python layout code", "templates see the target model and nothing before"
    ),
    "layout": Row("", "text in, text out; is given who formats a statement"),
    "support": Row("", "texts of modules in, names of modules out"),
    "resources": Row("", "files that ship with pmgen"),
    "python": Row(
        "names infer api code runtime.dates runtime.statuses runtime.dynamic_fake",
        "spells what was decided; the runtime's tables must not be repeated",
        types="pagination source",
    ),
    "names": Row(
        "infer api code pins",
        "names for what exists, made of its words, or kept, or chosen",
        types="source",
    ),
    "infer": Row(
        "api growth runtime.dates",
        "shapes of examples; a date is what the runtime can read and print back",
        types="source",
    ),
    "lower": Row(
        "postman api source diagnostics growth",
        "the only door from Postman's words to the IR",
    ),
    "postman": Row("source diagnostics growth", "reads the format, decides nothing"),
    "api": Row("", "the IR stands alone", types="source pagination"),
    "source": Row("diagnostics growth", "JSON with places; knows no format"),
    "options": Row("pins", "plain data", types="pagination"),
    "code": Row("", "a type for printable text"),
    "configuration": Row(
        "pagination pins diagnostics", "pmgen.toml, and errors outside of any source"
    ),
    "pagination": Row("pins", "what pmgen.toml says of pages; paths are those of pins"),
    "pins": Row("", "places of a collection, in words that users write"),
    "diagnostics": Row("rules", "what every phase may add to"),
    "growth": Row("", "about the interpreter, not about collections"),
    "rules": Row("", "the table of everything that is reported"),
    "__init__": Row("", "the version"),
    "quick": Row("", "on the way of every build, so that it loads next to nothing"),
    "spread": Row("", "functions and items, whatever they are"),
    "runtime": Row("", "is copied into clients, so it must run without pmgen"),
}

#: The one room (or module) of each third party, and why there.
THIRD_PARTIES: dict[str, tuple[str, str]] = {
    "click": (
        "cli building looking sending comparing arguments screen",
        "arguments and printing are the driver's",
    ),
    "rich": ("terminal", "only a terminal shows colours"),
    "yaml": ("source", "format 3 is YAML"),
    "jsonschema": ("postman", "explains what the parser refuses"),
    "jinja2": ("render", "so that templates can be judged at one gate"),
    "black": ("format", "in-process use of black has no promised interface"),
    "markupsafe": ("code render", "Code is a Markup; the gate looks for it"),
    "pluralizer": ("names", "English is only needed for names"),
    "httpx2": (
        "runtime wire",
        "clients send; pmgen does not, but records what they do",
    ),
    "h11": ("wire", "what httpx2 would write onto a wire"),
    "cryptography": ("runtime", "keys of signatures, in clients that sign with them"),
    "jwt": ("runtime", "tokens, in clients that sign them"),
    "spnego": ("runtime", "NTLM, in clients that speak it"),
    "faker": ("runtime", "values of dynamic variables, in clients that make them"),
    "anyio": ("runtime", "async files and pauses; it comes with httpx2"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Import:
    """``target`` is dotted and absolute; ``typed``: under ``if TYPE_CHECKING``."""

    target: str
    typed: bool
    line: int


def name_of(path: Path) -> str:
    """``pmgen.emit.plan``; a package is named as itself."""
    parts = ("pmgen", *path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """The first name below ``pmgen``; ``__init__`` is pmgen itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


KNOWN = {name_of(path) for path in MODULES}


def imports(path: Path) -> list[Import]:
    """Every import statement of a module, wherever it stands."""
    return list(_walk(ast.parse(path.read_text("utf-8")), path, typed=False))


def _walk(node: ast.AST, path: Path, *, typed: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, typed, child.lineno)
        elif isinstance(child, ast.ImportFrom):
            for target in _targets(child, path):
                yield Import(target, typed, child.lineno)
        elif isinstance(child, ast.If) and _is_type_checking(child.test):
            for inner in child.body:
                yield from _walk(ast.Module([inner], []), path, typed=True)
            for inner in child.orelse:
                yield from _walk(ast.Module([inner], []), path, typed=typed)
        else:
            yield from _walk(child, path, typed=typed)


def _is_type_checking(test: ast.expr) -> bool:
    return ast.unparse(test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")


def _targets(node: ast.ImportFrom, path: Path) -> Iterator[str]:
    """Modules that the statement loads: ``from pmgen import api`` is ``pmgen.api``."""
    base = node.module or ""
    if node.level:
        package = ("pmgen", *path.relative_to(ROOT).parts)[: -node.level]
        base = ".".join([*package, *([base] if base else [])])
    for alias in node.names:
        inner = f"{base}.{alias.name}"
        yield inner if inner in KNOWN else base


def _ours(path: Path) -> list[Import]:
    return [i for i in imports(path) if i.target.split(".")[0] == "pmgen"]


def _allowed(row: Row, found: Import) -> bool:
    allowed = row.sees.split() + (row.types.split() if found.typed else [])
    inside = found.target.removeprefix("pmgen.")
    return room_of(found.target) in allowed or inside in allowed


@pytest.fixture(params=MODULES, ids=name_of)
def path(request: pytest.FixtureRequest) -> Path:
    """Each module of pmgen."""
    return typing.cast("Path", request.param)


def test_every_room_has_a_row_and_every_row_a_room() -> None:
    assert {room_of(module) for module in KNOWN} == set(ROOMS) | {"__init__"}


def test_rows_only_look_down() -> None:
    order = list(ROOMS)
    for room, row in ROOMS.items():
        for seen in (*row.sees.split(), *row.types.split()):
            assert order.index(seen.split(".")[0]) > order.index(room), (room, seen)


def test_every_row_has_a_reason() -> None:
    assert all(row.reason for row in ROOMS.values())
    assert all(reason for _, reason in THIRD_PARTIES.values())


def test_a_module_imports_only_what_its_row_names(path: Path) -> None:
    room = room_of(name_of(path))
    wrong = [
        f"{path.relative_to(ROOT)}:{found.line} imports {found.target}"
        for found in _ours(path)
        if room_of(found.target) != room and not _allowed(ROOMS[room], found)
    ]
    assert wrong == []


def test_no_row_names_what_nobody_imports() -> None:
    """A permission that nobody uses is a door left open."""
    used: set[tuple[str, str]] = set()
    for path in MODULES:
        for found in _ours(path):
            room = room_of(name_of(path))
            used |= {(room, room_of(found.target))}
            used |= {(room, found.target.removeprefix("pmgen."))}
    for room, row in ROOMS.items():
        for seen in (*row.sees.split(), *row.types.split()):
            assert (room, seen) in used, f"{room} need not see {seen}"


def test_a_third_party_stays_in_its_room(path: Path) -> None:
    room = room_of(name_of(path))
    for found in imports(path):
        top = found.target.split(".")[0]
        if top != "pmgen" and top not in sys.stdlib_module_names:
            assert top in THIRD_PARTIES, f"{found.target} has no room"
            assert room in THIRD_PARTIES[top][0].split(), found


def test_the_runtime_speaks_of_itself_relatively(path: Path) -> None:
    """Copied to another package, ``pmgen`` would be another module or none."""
    if room_of(name_of(path)) != "runtime":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            assert not any(a.name.startswith("pmgen") for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not (node.module or "").startswith("pmgen")
            assert node.level <= 1


def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_a_module_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_a_function_has_at_most_50_lines(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            size = (node.end_lineno or first) - first + 1
            assert size <= 50, f"{node.name} has {size} lines"


def test_the_walk_finds_imports_wherever_they_stand() -> None:
    """The tests above hold nothing if the walk misses an import."""
    file = ROOT / "emit" / "sample.py"
    text = (
        "import os, pmgen.api\n"
        "from . import plan\n"
        "from ..source import locate\n"
        "from pmgen import cli, __version__\n"
        "import typing\n"
        "if typing.TYPE_CHECKING:\n"
        "    from pmgen.postman import Url\n"
        "else:\n"
        "    import click\n"
        "def f():\n"
        "    try:\n"
        "        import black.mode\n"
        "    except ImportError:\n"
        "        pass\n"
    )
    found = [(i.target, i.typed) for i in _walk(ast.parse(text), file, typed=False)]
    assert found == [
        ("os", False),
        ("pmgen.api", False),
        ("pmgen.emit.plan", False),
        ("pmgen.source.locate", False),
        ("pmgen.cli", False),
        ("pmgen", False),
        ("typing", False),
        ("pmgen.postman", True),
        ("click", False),
        ("black.mode", False),
    ]
