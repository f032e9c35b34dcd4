"""The folder "type".

Builtins, nested.
"""
