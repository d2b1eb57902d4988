"""What grew, and what may be thrown away by word."""
