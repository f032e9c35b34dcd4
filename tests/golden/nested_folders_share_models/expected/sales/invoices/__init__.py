"""The folder "Invoices"."""
