"""The folder "Class".

Differs by case from two others.
"""
