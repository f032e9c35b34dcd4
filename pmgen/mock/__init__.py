"""MOCK: saved examples answer real requests, chosen as Postman's mock servers choose them."""

from pmgen.mock.catalog import Catalog, Example, catalog
from pmgen.mock.gather import gather
from pmgen.mock.match import Call, Found, Refusal, choose
from pmgen.mock.serve import MockError, run, serving

__all__ = [
    "Call",
    "Catalog",
    "Example",
    "Found",
    "MockError",
    "Refusal",
    "catalog",
    "choose",
    "gather",
    "run",
    "serving",
]
