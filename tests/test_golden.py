"""Golden tests: small collections against whole expected clients, and the clients put to use.

`PMGEN_UPDATE_GOLDEN=1 python -m pytest tests/test_golden.py` rewrites what is expected; read the diff before it
is committed.
"""

from __future__ import annotations

import json
import re
import typing
from xml.etree import ElementTree

import golden_support as golden
import pytest

from pmgen.format import format_source

if typing.TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterator

    from pmgen.pipeline import Result

CASES = golden.cases()
ERRORS = frozenset(("broken_json", "not_a_collection"))
FEWEST_GENERATED_TESTS = 400
COLLECTIONS = sorted((golden.ROOT / "collections").glob("*.json"))


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    """Every case, compiled once."""
    return {case.name: case.compile() for case in CASES}


@pytest.fixture(scope="module")
def clients(
    results: dict[str, Result], tmp_path_factory: pytest.TempPathFactory
) -> pathlib.Path:
    """A folder with all the generated packages."""
    folder = tmp_path_factory.mktemp("clients")
    for name, result in results.items():
        golden.write_tree(folder / name, golden.tree_of(result))
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_output_is_as_expected(case: golden.Case, results: dict[str, Result]) -> None:
    result = results[case.name]
    found = golden.compared(result)
    if golden.updating():
        golden.write_tree(case.expected, found)
        case.diagnostics.write_bytes(golden.reported(result))
    expected = {
        **golden.read_tree(case.expected),
        "diagnostics.txt": case.diagnostics.read_bytes(),
    }
    found = {**found, "diagnostics.txt": golden.reported(result)}
    problems = list(golden.differences(expected, found))
    assert not problems, "\n".join(problems)


def test_cases_hold_nothing_else() -> None:
    known = {
        golden.SOURCE,
        *golden.BESIDE,
        golden.SETTINGS,
        "diagnostics.txt",
        "expected",
    }
    stray = [
        path
        for case in CASES
        for path in case.folder.iterdir()
        if path.name not in known
    ]
    assert not stray


def test_only_error_cases_have_no_tree(results: dict[str, Result]) -> None:
    without = {name for name, result in results.items() if not result.clients}
    assert without == ERRORS
    assert not [
        case.name for case in CASES if case.expected.exists() is (case.name in ERRORS)
    ]


def test_updating_is_refused_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(golden.UPDATE, "1")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(RuntimeError, match="refused"):
        golden.updating()


def test_comparing_finds_stray_missing_and_changed_files() -> None:
    expected = {"same": b"1\n", "gone": b"", "changed": b"a\n", "ends": b"\xff"}
    found = {"same": b"1\n", "new": b"", "changed": b"b\n", "ends": b"\\xff"}
    changed, ends, gone, new = golden.differences(expected, found)
    assert changed.splitlines()[-3:] == ["-a", "+b", " "]
    assert ends == "bytes differ: ends"
    assert gone.startswith("missing: gone ")
    assert new.startswith("stray: new ")


def test_runtime_is_copied_byte_for_byte(results: dict[str, Result]) -> None:
    folder = golden.ROOT / "pmgen" / "runtime"
    runtime = {f"_runtime/{p.name}": p.read_bytes() for p in folder.glob("*.py")}
    for name, result in results.items():
        if result.clients:
            copied = {
                p: c
                for p, c in golden.tree_of(result).items()
                if p.startswith("_runtime/")
            }
            assert copied.items() <= runtime.items(), name
            assert {"_runtime/api.py", "_runtime/testing.py"} <= copied.keys(), name


def test_paths_stay_inside(results: dict[str, Result]) -> None:
    plain = re.compile(r"([^\W.]\w*/)*\.?\w+(\.\w+)?")
    paths = [path for result in results.values() for path in golden.tree_of(result)]
    assert not [path for path in paths if not plain.fullmatch(path)]


def test_credentials_reach_no_file(results: dict[str, Result]) -> None:
    secret = b"do-not-print-me"
    sources = [(case.folder / golden.SOURCE).read_bytes() for case in CASES]
    assert any(secret in source for source in sources)
    leaks = [
        f"{name}/{path}"
        for name, result in results.items()
        for path, content in golden.tree_of(result).items()
        if secret in content
    ]
    assert not leaks
    assert not any(secret in golden.reported(result) for result in results.values())


IMPORT_EACH = """
import importlib, pathlib, sys
for file in sorted(pathlib.Path().rglob("*.py")):
    parts = file.with_suffix("").parts
    if "_runtime" not in parts:  # a copy of what has tests of its own; imported, but not first
        for name in [n for n in sys.modules if n.partition(".")[0] == parts[0]]:
            del sys.modules[name]
    importlib.import_module(".".join(parts).removesuffix(".__init__"))
    print(file)
"""


def test_every_module_can_be_imported_first(clients: pathlib.Path) -> None:
    """In a fresh interpreter, each as the first of its package: circles of imports show only so."""
    done = golden.run("-W", "error", "-c", IMPORT_EACH, cwd=clients)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(list(clients.rglob("*.py")))


def test_generated_tests_pass(clients: pathlib.Path) -> None:
    done = golden.run_pytest(clients)
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed, done.stdout
    assert int(passed[1]) >= FEWEST_GENERATED_TESTS


@pytest.mark.parametrize(
    "environment",
    [
        # Without the second, Python would turn the C locale into a UTF-8 one.
        {"PYTHONHASHSEED": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8", "TZ": "Asia/Kathmandu"},
    ],
    ids=lambda environment: f"seed {environment['PYTHONHASHSEED']}",
)
def test_same_bytes_everywhere(
    environment: dict[str, str], results: dict[str, Result], tmp_path: pathlib.Path
) -> None:
    environment = {**environment, "PYTHONUTF8": "0"}
    done = golden.run(golden.__file__, cwd=tmp_path, **environment)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == golden.digests(results)


def test_black_changes_nothing(results: dict[str, Result]) -> None:
    for name, result in results.items():
        for path, content in golden.tree_of(result).items():
            if path.endswith(".py") and content:
                text = content.decode()
                assert format_source(path, text) == text, f"{name}/{path}"


def test_mypy_strict(clients: pathlib.Path) -> None:
    options = ("--strict", f"--config-file={golden.ROOT / 'pyproject.toml'}")
    cache = f"--cache-dir={clients.parent / 'mypy'}"
    done = golden.run("-m", "mypy", *options, cache, ".", cwd=clients)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda path: path.stem)
def test_generated_is_up_to_date(collection: pathlib.Path) -> None:
    """collections/ and generated/ are the large golden cases; `make generate` updates them."""
    client = golden.ROOT / "generated" / collection.stem
    assert client.is_dir(), f"{client} is missing: run `make generate`, and commit it"
    source = collection.relative_to(golden.ROOT)
    done = golden.run("-m", "pmgen", "check", source, cwd=golden.ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_real_collections() -> None:
    assert [path.stem for path in COLLECTIONS] == ["harbour", "nasty", "zoho_crm"]


class Mutant(typing.NamedTuple):
    """A fault put into the client of the case ``one_model``: what a pattern finds first in a file is replaced."""

    file: str
    pattern: str
    replacement: str


MUTANTS = {
    "field check dropped": Mutant("models.py", r"type\(v\) is not bool:", "False:"),
    "other type tested": Mutant("models.py", r"type\(v\) is not str", "type(v) is int"),
    "wire key swapped": Mutant("models.py", r'get\(\s*"name"', 'get("id"'),
    "wire key misspelt in JSON": Mutant("models.py", r'"id": self\.', '"Id": self.'),
    "extra dropped": Mutant("models.py", r"model\.extra = .*", "model.extra = None"),
    "known key forgotten": Mutant("models.py", r'            "name",\n', ""),
    "wrong date-time style": Mutant("models.py", r":05\.000Z", ":05Z"),
    "date taken for text": Mutant("models.py", r"_rt\.Date\(\)", "_rt.STRING"),
    "wrong item type": Mutant("models.py", r'\(str,\), "string"', '(int,), "string"'),
    "absent key dumped": Mutant("models.py", r"if self\.note is not None:", "if True:"),
    "value lost": Mutant("models.py", r"model\.balance = v", "model.balance = 0"),
    "wrong method": Mutant("requests.py", '"PUT"', '"POST"'),
    "wrong path": Mutant("requests.py", "/accounts/", "/account/"),
    "header lost": Mutant("requests.py", r'\("X-Mode", "fast"\),', ""),
    "query parameter lost": Mutant("requests.py", r'\("page", page\),', ""),
    "credential lost": Mutant("requests.py", r'"token": "\{token\}",', ""),
    "error body untyped": Mutant("requests.py", "404: ", "405: "),
}


@pytest.fixture(scope="module")
def red(
    results: dict[str, Result], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, int]:
    """How many generated tests fail for each mutant; all run at once, each as a package of its own.

    A mutant whose pattern is not found is the sound client, and so turns no test red.
    """
    folder = tmp_path_factory.mktemp("mutants")
    tree = golden.tree_of(results["one_model"])
    packages = {f"mutant_{n}": name for n, name in enumerate(MUTANTS)}
    golden.write_tree(folder / "sound", tree)
    for package, name in packages.items():
        golden.write_tree(folder / package, _mutated(tree, MUTANTS[name]))
    found = dict.fromkeys(("sound", *MUTANTS), 0)
    for package, failed in _verdicts(folder):
        found[packages.get(package, package)] += failed
    return found


def _mutated(tree: golden.Tree, mutant: Mutant) -> golden.Tree:
    text = tree[mutant.file].decode()
    changed = re.sub(mutant.pattern, mutant.replacement, text, count=1)
    return {**tree, mutant.file: changed.encode()}


def _verdicts(folder: pathlib.Path) -> Iterator[tuple[str, bool]]:
    """Of each generated test below a folder its package and whether it fails; one that cannot run is our fault."""
    report = folder / "report.xml"
    golden.run_pytest(folder, f"--junitxml={report}", "--tb=no")
    for test in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - our own
        error = test.find("error")
        assert error is None, error.attrib["message"]
        package = test.attrib["classname"].partition(".")[0]
        yield package, test.find("failure") is not None


@pytest.mark.parametrize("name", MUTANTS)
def test_generated_tests_notice(name: str, red: dict[str, int]) -> None:
    assert red["sound"] == 0
    assert red[name] > 0, f"unnoticed, or its pattern is gone: {MUTANTS[name]}"
