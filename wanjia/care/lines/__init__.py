"""The three lines and the three concerns of a child in company: who was reached when, what somebody watches, what is done about it (A5, A11, A12)."""
