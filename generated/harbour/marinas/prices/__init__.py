"""The folder "Prices".

Price lists and quotes.
"""
