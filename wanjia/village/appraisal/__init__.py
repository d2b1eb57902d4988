"""The appraisal of a quarter (C26, C27): homes that agreed to stand, the count of a closed poll, the red list by consent."""
