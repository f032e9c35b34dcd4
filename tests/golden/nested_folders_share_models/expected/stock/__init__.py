"""The folder "Stock"."""
