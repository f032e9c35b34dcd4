"""The folder "Stay".

From arrival to departure.
"""
