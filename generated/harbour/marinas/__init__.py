"""The folder "Marinas".

The marinas, their berths and what they cost.
"""
