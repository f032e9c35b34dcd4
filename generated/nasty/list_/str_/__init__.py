"""The folder "str"."""
