"""The folder "Vessels".

The boats of your account. `mmsi` is text: it may begin with zeros. `transponder_serial`
is larger than most languages' exact floats.
"""
