"""The folder "Prices"."""
