"""The folder "Same"."""
