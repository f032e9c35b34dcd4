"""What every generated client stands on. Plain Python that is copied into each client; it needs httpx2 only.

`api` is the surface that generated modules use, `testing` what their tests use.
"""
