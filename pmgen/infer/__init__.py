"""TYPE INFERENCE: examples -> Shapes -> TypeTable. Nothing here knows Python names."""

from pmgen.infer.decide import decide
from pmgen.infer.roles import Role, Use, roles
from pmgen.infer.types import (
    ANYTHING,
    Array,
    Field,
    Map,
    Origin,
    Record,
    Ref,
    Scalar,
    Timestamp,
    Type,
    TypeTable,
    Union,
)

__all__ = [
    "ANYTHING",
    "Array",
    "Field",
    "Map",
    "Origin",
    "Record",
    "Ref",
    "Role",
    "Scalar",
    "Timestamp",
    "Type",
    "TypeTable",
    "Union",
    "Use",
    "decide",
    "roles",
]
