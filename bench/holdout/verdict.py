"""What one tool's types say of a sample that they were inferred without."""

from __future__ import annotations

import dataclasses
import enum
import typing

if typing.TYPE_CHECKING:
    from holdout.looseness import Looseness


class Reason(enum.StrEnum):
    """Why a sample is refused, by the first thing that is. OTHER: there is no type for its place."""

    MISSING = "missing key"
    NULL = "null"
    TYPE = "other type"
    DATE = "date style"
    TEXT = "tag, enum"
    OTHER = "other"


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """``refused`` is None for what is accepted with unknown keys allowed; ``closed``: accepted as the types stand."""

    refused: Reason | None
    closed: bool
    looseness: Looseness
