"""Same matter, one answer (A28, A33): repeats, needs that many homes voice, related ones; proposed by rule, decided by a person, undone without loss."""
