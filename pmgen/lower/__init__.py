"""LOWERING: Collection -> Api. What a caller gives, what the client is built with, what is constant."""

from pmgen.lower.lower import lower
from pmgen.lower.variables import Values

__all__ = ["Values", "lower"]
