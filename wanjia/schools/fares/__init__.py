"""Full fare, the home's half, the subsidy; a month settled to the fen, signed by another, printed."""
