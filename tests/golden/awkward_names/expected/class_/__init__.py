"""The folder "class"."""
