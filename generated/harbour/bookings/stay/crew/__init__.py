"""The folder "Crew".

Who is on board.
"""
