"""The day and after: the roll, those who did not come, the hand-over to the firm, the home that stays behind, follow-ups after 7, 30 and 90 days."""
