"""The folder "Availability".

When a berth can be had.
"""
