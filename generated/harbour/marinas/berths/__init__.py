"""The folder "Berths".

The places where boats lie.
"""
