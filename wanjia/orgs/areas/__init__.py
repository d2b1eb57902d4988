"""Areas (A2): names as people write them → areas; roll-ups over splits and mergers."""
