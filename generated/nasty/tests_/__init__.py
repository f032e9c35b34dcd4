"""The folder "tests"."""
