"""What bodies bring: their place in the menu."""

PLACES: list = []
