"""The folder "Public"."""
