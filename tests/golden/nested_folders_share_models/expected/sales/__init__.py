"""The folder "Sales".

Orders and invoices.

Shared: `Money`.
"""
