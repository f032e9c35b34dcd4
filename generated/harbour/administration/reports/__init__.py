"""The folder "Reports".

Tables that are made every night.
"""
