"""The folder "Plants".

What grows.
"""
