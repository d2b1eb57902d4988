"""Callback (A33 回访): the household's own word, asked by somebody of a unit that never handled the need."""
