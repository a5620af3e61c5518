"""The workbooks a kelurahan hands out: one an RT, blank or filled with what was accepted last time."""
