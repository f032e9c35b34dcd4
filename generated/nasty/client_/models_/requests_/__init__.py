"""The folder "requests"."""
