"""Who stands where (A46, A48): rows → the engine's question → a run → a version → the pointer; hand edits with their price, locks, exchanges, absences and their repair."""
