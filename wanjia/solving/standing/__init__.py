"""Which version stands."""
