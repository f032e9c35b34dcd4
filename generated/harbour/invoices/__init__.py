"""The folder "Invoices".

What was charged.
"""
