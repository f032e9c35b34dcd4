"""The folder "list"."""
