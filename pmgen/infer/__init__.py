"""TYPE INFERENCE: examples -> Shapes -> TypeTable. Nothing here knows Python names."""

from pmgen.infer.decide import decide
from pmgen.infer.roles import Endpoint, Role, Use, endpoints, roles
from pmgen.infer.types import (
    ANYTHING,
    Array,
    Choice,
    Field,
    Loan,
    Map,
    Origin,
    Record,
    Ref,
    Scalar,
    Timestamp,
    Type,
    TypeTable,
    Union,
    references,
)
from pmgen.infer.wishes import Spot, Wish, WishError

__all__ = [
    "ANYTHING",
    "Array",
    "Choice",
    "Endpoint",
    "Field",
    "Loan",
    "Map",
    "Origin",
    "Record",
    "Ref",
    "Role",
    "Scalar",
    "Spot",
    "Timestamp",
    "Type",
    "TypeTable",
    "Union",
    "Use",
    "Wish",
    "WishError",
    "decide",
    "endpoints",
    "references",
    "roles",
]
