"""A parent's slip: where the child's bus is today, without an account and without a name."""
