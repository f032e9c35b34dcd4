"""The folder "class".

The same folder name again.
"""
