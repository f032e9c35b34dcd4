"""The folder "Bulk Write"."""
