"""What was found on a school's own grounds, for its own people: each hazard with its day, the order on paper, that it is mended (整改反馈)."""
