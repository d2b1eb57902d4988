"""Handling (A32): notes, evidence, and what the handler says came out. His word is a claim, not yet a settlement."""
