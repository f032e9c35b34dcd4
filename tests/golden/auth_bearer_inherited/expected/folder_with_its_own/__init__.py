"""The folder "Folder with its own"."""
