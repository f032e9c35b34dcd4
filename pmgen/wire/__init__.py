"""WIRE: what the generated client sends with the collection's own values, as lines in the wire oracle's format."""

from pmgen.wire.run import Recorded, WireError, record

__all__ = ["Recorded", "WireError", "record"]
