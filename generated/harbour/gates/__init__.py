"""The folder "Gates".

The gate controllers. They are older than the rest and know basic authentication only.
"""
