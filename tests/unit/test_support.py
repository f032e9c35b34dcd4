"""Which modules of the runtime go into a client."""

from __future__ import annotations

import ast

from pmgen.resources import runtime
from pmgen.support import named, needed

MODULES = {
    "__init__.py": b"",
    "api.py": b"from .requests import Request\nfrom . import dates, retry\n",
    "requests.py": b"from .draft import Draft\n",
    "draft.py": b'"""from .unused import x"""\n',
    "dates.py": b"",
    "retry.py": b"if True:\n    from .late import x\n",
    "late.py": b"from .requests import Request\n",
    "testing.py": b"",
    "errors.py": b"",
    "statuses.py": b"",
    "auth_aws.py": b"from .auth_shared import x\n",
    "auth_shared.py": b"",
    "auth_jwt.py": b"from .auth_shared import x\n",
    "unused.py": b"",
}
ALWAYS = [
    *("__init__.py", "api.py", "requests.py", "draft.py", "dates.py", "retry.py"),
    *("late.py", "testing.py", "errors.py", "statuses.py"),
]


def test_every_client_has_what_all_use() -> None:
    assert [*needed([], MODULES)] == ALWAYS


def test_what_a_file_imports_comes_with_what_that_imports() -> None:
    texts = ["x = 1\n", "from .._runtime import auth_aws as _rt_auth_aws, api\n"]
    found = needed(set().union(*map(named, texts)), MODULES)
    assert sorted(found.keys() - set(ALWAYS)) == ["auth_aws.py", "auth_shared.py"]
    assert found["auth_aws.py"] == MODULES["auth_aws.py"]


def test_text_of_a_collection_brings_nothing() -> None:
    text = 'doc = "from .._runtime import auth_aws"\n'
    assert [*needed(named(text), MODULES)] == ALWAYS


def test_no_import_of_the_runtime_leads_to_a_module_that_is_left_out() -> None:
    found = needed(named("from ._runtime import " + ", ".join(_names())), runtime())
    assert found == runtime()
    for name in found:
        alone = needed([name.removesuffix(".py")], runtime())
        for module in alone.values():
            assert _imported(module.decode()) <= alone.keys()


def _names() -> list[str]:
    return [name.removesuffix(".py") for name in runtime()]


def _imported(text: str) -> set[str]:
    """What a module imports from beside itself, by Python's own reading."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            names = [node.module] if node.module else [a.name for a in node.names]
            found |= {f"{name}.py" for name in names}
    return found
