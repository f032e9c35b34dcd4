"""The folder "__init__"."""
