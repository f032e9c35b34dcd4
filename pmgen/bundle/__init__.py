"""BUNDLER: a generated module and the runtime's sources -> one module that stands alone. Text in, text out."""

from pmgen.bundle.join import BundleError, bundle

__all__ = ["BundleError", "bundle"]
