"""The folder "Administration".

For harbour offices.
"""
