"""The slip (小条): a small paper with a code. The household sees whose desk its need is on, and has the last word."""
