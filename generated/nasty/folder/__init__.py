"""The folder \""."""
