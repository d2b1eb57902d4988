"""One home: its people on any day, its facts, what is missing, who verified it and when."""
