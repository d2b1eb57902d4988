"""Numbers about children as they are published: counted once a month, no small one among them or to be worked out, never changed after."""
