"""The folder "Bookings".

A booking joins a berth, a vessel and some nights.
"""
