"""The folder "Class"."""
