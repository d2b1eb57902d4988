"""The village's own sketch under a plan, and the zones that are drawn on it (一廊三区)."""
