"""A generated package as a module: written to a folder that lives as long as it is used, and imported from there."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import sys
import tempfile
import typing
from pathlib import Path

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType


@contextlib.contextmanager
def loaded(tree: Mapping[str, bytes]) -> Iterator[ModuleType]:
    """The package of these files, under a name that nothing else has. Its tests are left out: nothing here runs them."""
    with tempfile.TemporaryDirectory(prefix="pmgen_wire_") as folder:
        for path, content in tree.items():
            if not path.startswith("tests/"):
                file = Path(folder, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        name = Path(folder).name
        try:
            yield _imported(name, Path(folder))
        finally:
            for module in [m for m in sys.modules if m.partition(".")[0] == name]:
                del sys.modules[module]


def _imported(name: str, folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{name} is no package")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def errors_of(package: ModuleType) -> tuple[type[Exception], ...]:
    """The exceptions of a client's runtime."""
    errors = importlib.import_module("._runtime.errors", package.__name__)
    kinds = (found for found in vars(errors).values() if isinstance(found, type))
    return tuple(kind for kind in kinds if issubclass(kind, Exception))


def upload_of(package: ModuleType) -> typing.Any:
    """The class that a client takes a file as which has a name and a type: content, name, type."""
    return importlib.import_module("._runtime.api", package.__name__).Upload
