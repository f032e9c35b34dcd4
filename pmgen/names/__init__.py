"""SYMBOL TABLE: every Python name of a client, chosen in one place, once."""

from pmgen.names.kept import Kept, KeptError, dump, load
from pmgen.names.propose import names_of
from pmgen.names.recall import recall
from pmgen.names.remember import remember
from pmgen.names.symbols import NOTHING_GIVEN, Given, Names, Symbol

__all__ = [
    "NOTHING_GIVEN",
    "Given",
    "Kept",
    "KeptError",
    "Names",
    "Symbol",
    "dump",
    "load",
    "names_of",
    "recall",
    "remember",
]
