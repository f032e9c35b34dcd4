"""The folder "_runtime"."""
