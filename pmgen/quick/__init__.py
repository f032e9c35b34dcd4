"""REPLAY: a run that would do again what the last one did is told from hashes alone.

It is on the way of every build, so that nothing here imports anything that is not needed: not even ``typing`` (5 ms),
``pathlib`` (10 ms), ``json`` (7 ms) or click (30 ms).
"""
