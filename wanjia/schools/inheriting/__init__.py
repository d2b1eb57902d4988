"""What schools hand over when a unit ends: its open hazards, its rounds, its notices. No day begins anew, and each says in its line whose it was."""
