"""The folder "Orders"."""
