"""The notice of an area and a month, frozen under its number, and its corrections. Apps bring what is counted and said (BULLETINS)."""
