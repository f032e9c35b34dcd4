"""The folder "con"."""
