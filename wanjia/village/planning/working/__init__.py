"""How the items of a plan go, and what stands there: the acts on an item and on an asset."""
