"""What the demo county plants of care, by the acts of a click, up to yesterday."""
