"""JSON SCHEMA: a TypeTable as draft 2020-12, accepting what the generated code's strict parsing accepts."""

from pmgen.schema.document import documents
from pmgen.schema.select import UnknownError, single

__all__ = ["UnknownError", "documents", "single"]
