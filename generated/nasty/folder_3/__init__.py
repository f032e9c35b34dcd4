"""The folder \"\"."""
