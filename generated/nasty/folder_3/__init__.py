"""The folder "    "."""
