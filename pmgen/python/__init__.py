"""BACK END: (Api, TypeTable, Names) -> Package, the target model. The only room that knows Python's spelling."""

from pmgen.python.build import build
from pmgen.python.model import Package

__all__ = ["Package", "build"]
