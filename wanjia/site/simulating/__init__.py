"""`wanjia simulate`: a county lives a year in a database, by a clock and with dice of its own; each evening everything is held together."""
