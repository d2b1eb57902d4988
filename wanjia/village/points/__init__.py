"""Points of homes (C28): the rules that a meeting adopted, what homes claim under them, the board, objections."""
