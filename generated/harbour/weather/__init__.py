"""The folder "Weather".

Forecasts and warnings. They have a key of their own, sent in the query.
"""
