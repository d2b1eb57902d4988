"""The public board of a village and of each of its groups: what was decided, carried out and spent, what is open for objection (村务公开)."""
