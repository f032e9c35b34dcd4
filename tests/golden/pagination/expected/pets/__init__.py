"""The folder "Pets"."""
