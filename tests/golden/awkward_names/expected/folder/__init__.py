"""The folder "📦"."""
