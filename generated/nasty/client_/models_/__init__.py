"""The folder "models"."""
