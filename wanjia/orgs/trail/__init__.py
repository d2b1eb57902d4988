"""The journal as its readers see it: who did or read what, in whose area, and whether the chain is whole."""
