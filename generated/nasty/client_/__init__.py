"""The folder "client".

As the modules of a package.
"""
