"""The area dashboard: first what is not solved, then the figures, each with both its numbers, its day, and a link to its rows."""
