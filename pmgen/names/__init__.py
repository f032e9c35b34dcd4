"""SYMBOL TABLE: every Python name of a client, chosen in one place, once."""

from pmgen.names.propose import names_of
from pmgen.names.symbols import Names, Symbol

__all__ = ["Names", "Symbol", "names_of"]
