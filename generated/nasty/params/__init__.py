"""The folder "params[]".

Parameters.
"""
