"""The folder "Deeper"."""
