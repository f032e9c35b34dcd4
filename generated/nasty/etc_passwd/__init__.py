"""The folder "../../etc/passwd".

Not a path either.
"""
